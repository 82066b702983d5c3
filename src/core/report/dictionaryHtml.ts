/** The data dictionary as one HTML page that loads nothing, its diagrams as SVG. */
import { layoutDiagram } from '../layout/layoutDiagram.ts';
import type { Block, Content, Inline } from './document.ts';
import { renderSvg, svgStyle } from './svg.ts';
import { svgThemes } from './svgTheme.ts';
import { escapeXml } from './xml.ts';

export const dictionaryHtmlMark =
  '<!-- Written by data-engineer docs: changes made here are lost when it is written anew. -->';

/** `sourceBase`: from the document to the analysed directory, with a `/` at its end or empty. */
export async function renderDictionaryHtml(blocks: readonly Block[], sourceBase: string): Promise<string> {
  const parts: string[] = [];
  for (const [index, block] of blocks.entries()) parts.push(await renderBlock(block, index, sourceBase));
  const title = blocks.find((block) => block.kind === 'heading')?.text ?? '';
  const { background, foreground, muted, border, header, badge } = svgThemes.light;
  return `<!DOCTYPE html>
${dictionaryHtmlMark}
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>
body{max-width:1100px;margin:0 auto;padding:24px;background:${background};color:${foreground};font:15px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Arial,sans-serif}
h2{margin-top:48px;padding-bottom:6px;border-bottom:1px solid ${border}}
h3{margin-top:36px}
h4{margin:18px 0 4px;color:${muted}}
ul{margin:4px 0}
table{border-collapse:collapse;width:100%;margin:12px 0}
th,td{padding:5px 10px;border:1px solid ${border};text-align:left;vertical-align:top}
th{background:${header}}
code{font:13px ui-monospace,SFMono-Regular,Consolas,monospace}
a{color:${badge.fk}}
figure{margin:16px 0;overflow:auto}
figure svg{max-width:100%;height:auto}
@media print{h3{break-after:avoid}tr,figure{break-inside:avoid}}
${svgStyle(svgThemes.light)}
</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`;
}

async function renderBlock(block: Block, index: number, base: string): Promise<string> {
  const content = (inlines: Content) => inlines.map((inline) => renderInline(inline, base)).join('');
  switch (block.kind) {
    case 'heading': {
      const id = block.anchor === null ? '' : ` id="${escapeXml(block.anchor)}"`;
      return `<h${block.level}${id}>${escapeXml(block.text)}</h${block.level}>`;
    }
    case 'paragraph':
      return `<p>${content(block.content)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${content(item)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return [
        `<table>\n<thead><tr>${block.heads.map((head) => `<th scope="col">${escapeXml(head)}</th>`).join('')}</tr></thead>`,
        '<tbody>',
        ...block.rows.map((row) => `<tr>${row.map((cell) => `<td>${content(cell)}</td>`).join('')}</tr>`),
        '</tbody>\n</table>',
      ].join('\n');
    case 'diagram': {
      const svg = renderSvg(block.model, await layoutDiagram(block.model), 'light')
        .replace(/<style>[\s\S]*?<\/style>\n?/, '')
        // Ids of several pictures in one page.
        .replace(/ id="([^"]+)"/g, ` id="d${index}-$1"`)
        .replace(/ href="#([^"]+)"/g, ` href="#d${index}-$1"`)
        .replace('aria-labelledby="title desc"', `aria-labelledby="d${index}-title d${index}-desc"`);
      return `<figure>\n${svg}</figure>`;
    }
  }
}

function renderInline(inline: Inline, base: string): string {
  switch (inline.kind) {
    case 'text':
      return escapeXml(inline.text);
    case 'code':
      return `<code>${escapeXml(inline.text)}</code>`;
    case 'see':
      return `<a href="#${escapeXml(inline.anchor)}">${escapeXml(inline.text)}</a>`;
    case 'source': {
      const path = base + inline.file.split('/').map(encodeURIComponent).join('/');
      return `<a href="${path}#L${inline.line}">${escapeXml(`${inline.file}:${inline.line}`)}</a>`;
    }
  }
}
