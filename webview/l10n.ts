/**
 * Translated strings of the webview. The host puts `vscode.l10n.bundle` as JSON into `data-l10n` of `#root`; English text is the
 * key, as with `vscode.l10n.t`, so that one `l10n/bundle.l10n.<language>.json` serves both sides.
 */
let bundle: Readonly<Record<string, string>> = {};

/** Takes the bundle as JSON text; anything unreadable leaves English. */
export function loadL10n(json: string | undefined): void {
  if (json === undefined || json === '') return;
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed !== 'object' || parsed === null) return;
    bundle = Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    // English is always there.
  }
}

/** `{0}`, `{1}`… are replaced by the arguments, as `vscode.l10n.t` does. */
export function t(message: string, ...args: readonly (string | number)[]): string {
  const text = bundle[message] ?? message;
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => {
    const value = args[Number(index)];
    return value === undefined ? whole : String(value);
  });
}
