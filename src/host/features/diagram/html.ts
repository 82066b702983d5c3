/** The page of the diagram's webview. Everything it may load is named; scripts carry a nonce. */

export interface PageSources {
  readonly nonce: string;
  /** `webview.cspSource` */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  /** The layout worker; fetched by the script and started from a blob, because workers must be of the page's own origin. */
  readonly worker: string;
  /** The same with ELK in it, which is thirty times as large. */
  readonly elkWorker: string;
  /** Translated texts of the editor's language; null = English. */
  readonly l10n: Readonly<Record<string, string>> | null;
  readonly title: string;
  readonly language: string;
}

/** SHA-256 of nothing. */
const emptyStyleHash = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

export function diagramPage(sources: PageSources): string {
  const { nonce, cspSource, script, style, worker, elkWorker, l10n, title, language } = sources;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    // Controls adopt their sheets and scripts set single properties: neither is inline style to a policy. What is left is
    // the empty style attribute of the toolkit's templates, by its hash.
    `style-src ${cspSource} 'unsafe-hashes' '${emptyStyleHash}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data: blob:`,
    `connect-src ${cspSource}`,
    `worker-src blob:`,
  ].join('; ');
  const texts = l10n === null ? '' : ` data-l10n="${escapeAttribute(JSON.stringify(l10n))}"`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeAttribute(style)}">
<title>${escapeAttribute(title)}</title>
</head>
<body>
<div id="root" data-worker="${escapeAttribute(worker)}" data-elk-worker="${escapeAttribute(elkWorker)}"${texts}></div>
<script type="module" nonce="${nonce}" src="${escapeAttribute(script)}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
