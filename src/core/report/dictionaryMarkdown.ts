/** The data dictionary as Markdown that GitHub and VS Code show, its diagrams as Mermaid. */
import { code, table } from '../briefs/markdown.ts';
import type { Block, Content, Inline } from './document.ts';
import { renderMermaid } from './mermaid.ts';
import { oneLine } from './words.ts';

/** First line of every dictionary: a file that begins with it may be written anew. */
export const dictionaryMark =
  '<!-- Written by `data-engineer docs`: changes made here are lost when it is written anew. -->';

/** `sourceBase`: from the document to the analysed directory, with a `/` at its end or empty. */
export function renderDictionaryMarkdown(blocks: readonly Block[], sourceBase: string): string {
  return `${dictionaryMark}\n\n${blocks.map((block) => renderBlock(block, sourceBase)).join('\n\n')}\n`;
}

function renderBlock(block: Block, base: string): string {
  const content = (inlines: Content) => inlines.map((inline) => renderInline(inline, base)).join('');
  switch (block.kind) {
    case 'heading': {
      const line = `${'#'.repeat(block.level)} ${escaped(block.text)}`;
      // Not every renderer makes the same anchors of headings.
      return block.anchor === null ? line : `<a id="${block.anchor}"></a>\n\n${line}`;
    }
    case 'paragraph':
      return content(block.content);
    case 'list':
      return block.items.map((item) => `- ${content(item)}`).join('\n');
    case 'table':
      return table(
        block.heads,
        block.rows.map((row) => row.map(content)),
      );
    case 'diagram':
      return `\`\`\`mermaid\n${renderMermaid(block.model)}\`\`\``;
  }
}

function renderInline(inline: Inline, base: string): string {
  switch (inline.kind) {
    case 'text':
      return inline.text === '' ? '' : escaped(inline.text);
    case 'code':
      return code(inline.text);
    case 'see':
      return `[${escaped(inline.text)}](#${inline.anchor})`;
    case 'source': {
      const path = base + inline.file.split('/').map(encodeURIComponent).join('/');
      return `[${escaped(`${inline.file}:${inline.line}`)}](${path}#L${inline.line})`;
    }
  }
}

/** Words stay words: no markup, no link, no cell's end. Spaces at the ends join what stands beside them. */
function escaped(words: string): string {
  const [start, end] = [/^\s/.test(words) ? ' ' : '', /\S\s+$/.test(words) ? ' ' : ''];
  return start + oneLine(words).replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&') + end;
}
