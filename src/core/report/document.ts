/** A document without a format: what a data dictionary is made of, before it is Markdown or HTML. */
import type { DiagramModel } from '../diagram/model.ts';

export type Inline =
  /** Words of ours, or a user's comment. */
  | { readonly kind: 'text'; readonly text: string }
  /** Names and values of the user's source. */
  | { readonly kind: 'code'; readonly text: string }
  /** To a heading of this document. */
  | { readonly kind: 'see'; readonly text: string; readonly anchor: string }
  /** To a line of the source; the path is relative to the analysed directory. */
  | { readonly kind: 'source'; readonly file: string; readonly line: number };

export type Content = readonly Inline[];

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string; readonly anchor: string | null }
  | { readonly kind: 'paragraph'; readonly content: Content }
  | { readonly kind: 'list'; readonly items: readonly Content[] }
  | { readonly kind: 'table'; readonly heads: readonly string[]; readonly rows: readonly (readonly Content[])[] }
  | { readonly kind: 'diagram'; readonly title: string; readonly model: DiagramModel };

export const text = (words: string): Inline => ({ kind: 'text', text: words });
export const code = (words: string): Inline => ({ kind: 'code', text: words });

/** `a, b`, each as code. */
export function codes(words: readonly string[]): Content {
  return words.flatMap((word, index) => (index === 0 ? [code(word)] : [text(', '), code(word)]));
}
