/**
 * The page of the diagram's webview. Everything it may load is named; scripts carry a nonce. What draws the first picture is in
 * the page itself: whatever a webview loads takes its way through a service worker and the editor's own process.
 */

export interface PageSources {
  readonly nonce: string;
  /** `webview.cspSource` */
  readonly cspSource: string;
  /** Texts of the script and the style sheet that draw the first picture. */
  readonly first: { readonly script: string; readonly style: string };
  /** Addresses of the app's script and style sheet, which are read once there is a picture. */
  readonly app: string;
  readonly appStyle: string;
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
  const { nonce, cspSource, first, app, appStyle, worker, elkWorker, l10n, title, language } = sources;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    // Controls adopt their sheets and scripts set single properties: neither is inline style to a policy. What is left is
    // the empty style attribute of the toolkit's templates, by its hash.
    `style-src ${cspSource} 'nonce-${nonce}' 'unsafe-hashes' '${emptyStyleHash}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data: blob:`,
    `connect-src ${cspSource}`,
    `worker-src blob:`,
  ].join('; ');
  const texts = l10n === null ? '' : ` data-l10n="${escapeAttribute(JSON.stringify(l10n))}"`;
  const addresses = Object.entries({ app, 'app-style': appStyle, worker, 'elk-worker': elkWorker })
    .map(([name, address]) => `data-${name}="${escapeAttribute(address)}"`)
    .join(' ');
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${first.style}</style>
<title>${escapeAttribute(title)}</title>
</head>
<body>
<div id="root" ${addresses}${texts}></div>
<script nonce="${nonce}">${inScript(first.script)}</script>
</body>
</html>
`;
}

/** What would end the element or hide its end stands in texts and patterns alone, where an escape means the same. */
function inScript(script: string): string {
  return script.replaceAll(/<(?=\/script|!--)/gi, '\\x3C');
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
