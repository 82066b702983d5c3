/**
 * XML with positions, read tolerantly: mappings (`orm.xml`, `*.hbm.xml`, MyBatis mappers), change logs and project files. The only
 * importer of htmlparser2, which never throws: what is not closed ends with its parent or the text.
 */
import { Parser } from 'htmlparser2';

export interface XmlElement {
  /** As written, prefix included: `hibernate-mapping`, `liquibase:changeSet`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements and texts, in order; comments and processing instructions are left out. */
  readonly children: readonly (XmlElement | XmlText)[];
  /** Offsets of the opening tag. */
  readonly start: number;
  readonly tagEnd: number;
  /** Offset behind the closing tag. */
  readonly end: number;
}

export interface XmlText {
  readonly name: null;
  /** Entities decoded. */
  readonly text: string;
  /** Offset of its first character in the source. */
  readonly start: number;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: (XmlElement | XmlText)[];
  start: number;
  tagEnd: number;
  end: number;
}

/** Depth beyond which elements are read as if they stood beside each other, so that no input can exhaust the stack of who walks the tree. */
const deepest = 200;

/** The elements at the top: one in well-formed XML. */
export function parseXml(text: string): readonly XmlElement[] {
  const root: OpenElement = { name: '', attributes: {}, children: [], start: 0, tagEnd: 0, end: text.length };
  const open: OpenElement[] = [root];
  let ignored = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = {
          name,
          attributes: { ...attributes },
          children: [],
          start: parser.startIndex,
          tagEnd: parser.endIndex + 1,
          end: text.length,
        };
        open.at(-1)?.children.push(element);
        if (open.length < deepest) open.push(element);
        else ignored++;
      },
      onclosetag() {
        if (ignored > 0) ignored--;
        else if (open.length > 1) {
          const closed = open.pop();
          if (closed) closed.end = Math.min(parser.endIndex + 1, text.length);
        }
      },
      ontext(data) {
        const siblings = open.at(-1)?.children;
        const before = siblings?.at(-1);
        // The parser tells a text in pieces, cut at entities.
        if (before?.name === null) siblings?.splice(-1, 1, { ...before, text: before.text + data });
        else siblings?.push({ name: null, text: data, start: parser.startIndex });
      },
    },
    { xmlMode: true },
  );
  parser.end(text);
  return root.children.filter((child): child is XmlElement => child.name !== null);
}

/** Elements directly below, by name. */
export function childrenNamed(element: XmlElement, ...names: readonly string[]): readonly XmlElement[] {
  return element.children.filter((child): child is XmlElement => child.name !== null && names.includes(child.name));
}

/** All text below, in order. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (child.name === null ? child.text : textOf(child))).join('');
}

/**
 * Offsets of an attribute's value within the source; those of the tag where it cannot be found.
 * @param text the source that was parsed
 */
export function attributeRange(text: string, element: XmlElement, attribute: string): { start: number; end: number } {
  const tag = text.slice(element.start, element.tagEnd);
  const escaped = attribute.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  const match = new RegExp(`\\s${escaped}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'u').exec(tag);
  if (!match) return { start: element.start, end: element.tagEnd };
  const value = match[1] ?? match[2] ?? '';
  const start = element.start + match.index + match[0].length - value.length - 1;
  return { start, end: start + value.length };
}
