/** A strict reader of the XML that our exports may contain: throws on what a browser's XML parser would refuse. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Text directly inside, entities resolved. */
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** All elements, in document order. */
export function parseXml(source: string): readonly XmlElement[] {
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  const token = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  for (let end = 0; end < source.length; end = token.lastIndex) {
    token.lastIndex = end;
    const match = token.exec(source);
    if (match === null) throw new Error(`Not well-formed at ${end}: ${source.slice(end, end + 60)}`);
    const [, closing, name, attributes, empty, text] = match;
    if (text !== undefined) {
      const parent = open.at(-1);
      if (parent) parent.text += resolve(text);
      else if (text.trim() !== '') throw new Error(`Text outside of the root: ${text}`);
    } else if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name ?? ''}> closes what is not open, at ${end}`);
    } else {
      if (open.length === 0 && elements.length > 0) throw new Error('A second root');
      const element = { name: name ?? '', attributes: readAttributes(attributes ?? ''), text: '' };
      elements.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name ?? ''}> is not closed`);
  return elements;
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (attributes.has(name)) throw new Error(`Attribute ${name} twice`);
    attributes.set(name, resolve(value));
  }
  return attributes;
}

function resolve(text: string): string {
  // XML 1.0, production 2: the characters a document may contain.
  const bad = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(text);
  if (bad) throw new Error(`Character U+${bad[0].charCodeAt(0).toString(16)} is not allowed in XML`);
  return text.replace(/&(\w*;?)/g, (whole, name: string) => {
    const value = name.endsWith(';') ? entities[name.slice(0, -1)] : undefined;
    if (value === undefined) throw new Error(`Unknown entity ${whole}`);
    return value;
  });
}
