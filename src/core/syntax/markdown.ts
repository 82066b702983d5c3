/** The only importer of the Markdown parser. */
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Nodes, Parents } from 'mdast';

/** A heading, a paragraph or a list item's text. Code blocks and HTML (comments) are left out: they show, they do not say. */
export interface MarkdownBlock {
  readonly kind: 'heading' | 'paragraph' | 'item';
  /**
   * Source text of the block, so that an index in it plus `start` is an offset in the file. What a reader does not see
   * (link targets, inline HTML) is replaced by as many spaces.
   */
  readonly text: string;
  /** Offset in UTF-16 code units. */
  readonly start: number;
  /** Texts of the headings above it, outermost first. */
  readonly headings: readonly string[];
}

/** Blocks in document order. Any text is Markdown, so nothing can fail. */
export function readMarkdown(text: string): readonly MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  const headings: { depth: number; text: string }[] = [];
  const visit = (node: Nodes, inItem: boolean): void => {
    if (node.type === 'heading') {
      while (headings.length > 0 && (headings.at(-1)?.depth ?? 0) >= node.depth) headings.pop();
      const block = blockOf('heading', node, text, headings);
      if (block) blocks.push(block);
      headings.push({ depth: node.depth, text: block?.text.trim() ?? '' });
    } else if (node.type === 'paragraph') {
      const block = blockOf(inItem ? 'item' : 'paragraph', node, text, headings);
      if (block) blocks.push(block);
    } else if ('children' in node) for (const child of node.children) visit(child, inItem || node.type === 'listItem');
  };
  visit(fromMarkdown(text), false);
  return blocks;
}

function blockOf(
  kind: MarkdownBlock['kind'],
  node: Parents,
  source: string,
  headings: readonly { readonly text: string }[],
): MarkdownBlock | null {
  const first = node.children[0]?.position?.start.offset;
  const end = node.children.at(-1)?.position?.end.offset;
  if (first === undefined || end === undefined) return null;
  let text = source.slice(first, end);
  const blank = (from: number, to: number): void => {
    text = text.slice(0, from - first) + ' '.repeat(to - from) + text.slice(to - first);
  };
  const hide = (child: Nodes): void => {
    const start = child.position?.start.offset;
    const stop = child.position?.end.offset;
    if (start === undefined || stop === undefined) return;
    if (child.type === 'html' || child.type === 'image') blank(start, stop);
    else if (child.type === 'link') {
      const labelEnd = child.children.at(-1)?.position?.end.offset ?? start;
      blank(labelEnd, stop);
    } else if ('children' in child) child.children.forEach(hide);
  };
  node.children.forEach(hide);
  return { kind, text, start: first, headings: headings.map((heading) => heading.text) };
}
