/** Reads the text of a type. */
import type { JavaType } from './model.ts';

export const unknownType: JavaType = { name: 'Object', arguments: [], array: false };

/** How deep type arguments are followed; deeper ones are left out. */
const deepest = 8;

/** `Map<String, @NotNull List<? extends Order>>[]` */
export function parseType(text: string): JavaType {
  const reader = { text: withoutAnnotations(text), at: 0 };
  return typeAt(reader, 0);
}

/** Annotations of types, with one pair of brackets at most, and comments. */
function withoutAnnotations(text: string): string {
  if (!text.includes('@') && !text.includes('/')) return text;
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu, ' ')
    .replace(/@[\w.]+(?:\s*\((?:[^()"]|"(?:[^"\\]|\\.)*")*\))?/gu, ' ');
}

interface Reader {
  readonly text: string;
  at: number;
}

function typeAt(reader: Reader, depth: number): JavaType {
  skipSpace(reader);
  if (reader.text[reader.at] === '?') {
    reader.at++;
    skipSpace(reader);
    const bound = /^(?:extends|super)\b/u.exec(reader.text.slice(reader.at, reader.at + 8));
    if (!bound) return unknownType;
    reader.at += bound[0].length;
    return typeAt(reader, depth);
  }
  const name = nameAt(reader);
  const args: JavaType[] = [];
  skipSpace(reader);
  if (reader.text[reader.at] === '<') {
    reader.at++;
    while (reader.at < reader.text.length) {
      skipSpace(reader);
      if (reader.text[reader.at] === '>') break;
      const before = reader.at;
      if (depth < deepest) args.push(typeAt(reader, depth + 1));
      else reader.at++;
      skipSpace(reader);
      if (reader.text[reader.at] === ',' || reader.text[reader.at] === '&') reader.at++;
      else if (reader.at === before) reader.at++;
    }
    reader.at++;
  }
  skipSpace(reader);
  const array = /^(?:\[\s*\]|\.\.\.)/u.exec(reader.text.slice(reader.at, reader.at + 20));
  if (array) reader.at += array[0].length;
  return { name: name === '' ? 'Object' : name, arguments: args, array: array !== null };
}

function nameAt(reader: Reader): string {
  const match = /^[\p{L}_$][\p{L}\p{N}_$]*(?:\s*\.\s*[\p{L}_$][\p{L}\p{N}_$]*)*/u.exec(
    reader.text.slice(reader.at, reader.at + 400),
  );
  reader.at += match?.[0].length ?? 0;
  return (match?.[0] ?? '').replace(/\s+/gu, '');
}

function skipSpace(reader: Reader): void {
  while (/\s/u.test(reader.text[reader.at] ?? '')) reader.at++;
}

/** Last part of a name: `UUID` of `java.util.UUID`. */
export function simpleName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** As it would be written: `Map<String, Order>`. */
export function typeText({ name, arguments: args, array }: JavaType): string {
  return `${name}${args.length > 0 ? `<${args.map(typeText).join(', ')}>` : ''}${array ? '[]' : ''}`;
}
