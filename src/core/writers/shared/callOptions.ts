/** Options in the object that a decorator (or any other call) of TypeScript is given last. */
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { lineEnd, partsOf } from './style.ts';

interface File {
  readonly path: string;
  readonly text: string;
}

/** The pair of an object literal by its key. */
export function pairOf(object: SyntaxNode, key: string): SyntaxNode | undefined {
  return partsOf(object).find(
    (pair) => pair.type === 'pair' && pair.childForFieldName('key')?.text.replace(/^['"](.*)['"]$/u, '$1') === key,
  );
}

/** Sets, replaces and (null) removes options; no edit where nothing is to be done. */
export function setPairs(
  { path, text }: File,
  object: SyntaxNode,
  options: Readonly<Record<string, string | null>>,
): readonly TextEdit[] {
  const parts = partsOf(object);
  const edits: TextEdit[] = [];
  const removed = new Set<SyntaxNode>();
  const added: string[] = [];
  for (const [key, value] of Object.entries(options)) {
    const pair = pairOf(object, key);
    const old = pair?.childForFieldName('value');
    if (value === null) {
      if (pair) removed.add(parts.find(({ startIndex }) => startIndex === pair.startIndex) ?? pair);
    } else if (old) {
      if (old.text !== value) edits.push({ file: path, start: old.startIndex, end: old.endIndex, newText: value });
    } else added.push(`${key}: ${value}`);
  }
  const kept = parts.filter((part) => !removed.has(part));
  const last = kept.at(-1);
  if (!last) {
    if (added.length === 0 && removed.size === 0) return edits;
    const newText = added.length === 0 ? '{}' : `{ ${added.join(', ')} }`;
    return [{ file: path, start: object.startIndex, end: object.endIndex, newText }];
  }
  edits.push(...removals({ path, text }, parts, [...removed]));
  if (added.length > 0) edits.push(insertion({ path, text }, object, last, added));
  return edits;
}

/** Parts of a list with the commas that set them off; neighbours go together. */
export function removals(file: File, parts: readonly SyntaxNode[], gone: readonly SyntaxNode[]): readonly TextEdit[] {
  const isGone = (part: SyntaxNode | undefined): boolean =>
    part !== undefined && gone.some(({ startIndex }) => startIndex === part.startIndex);
  const edits: TextEdit[] = [];
  for (let first = 0; first < parts.length; first++) {
    if (!isGone(parts[first])) continue;
    let last = first;
    while (isGone(parts[last + 1])) last++;
    const [begin, end] = [parts[first], parts[last]];
    const [previous, next] = [parts[first - 1], parts[last + 1]];
    if (begin && end) {
      const span = { startIndex: begin.startIndex, endIndex: end.endIndex };
      edits.push(removed(file, previous, span, next));
    }
    first = last;
  }
  return edits;
}

/** A part of a list with the comma that sets it off, and its line where it has one of its own. */
export function removal({ path, text }: File, parts: readonly SyntaxNode[], part: SyntaxNode): TextEdit {
  const at = parts.indexOf(part);
  return removed({ path, text }, parts[at - 1], part, parts[at + 1]);
}

type Span = Pick<SyntaxNode, 'startIndex' | 'endIndex'>;

function removed({ path, text }: File, previous: Span | undefined, part: Span, next: Span | undefined): TextEdit {
  if (next) return { file: path, start: part.startIndex, end: next.startIndex, newText: '' };
  if (previous) return { file: path, start: previous.endIndex, end: part.endIndex, newText: '' };
  const comma = /^\s*,/u.exec(text.slice(part.endIndex))?.[0].length ?? 0;
  return { file: path, start: part.startIndex, end: part.endIndex + comma, newText: '' };
}

function insertion({ path, text }: File, object: SyntaxNode, last: SyntaxNode, added: readonly string[]): TextEdit {
  const multiLine = last.startPosition.row > object.startPosition.row;
  const start = Math.max(text.lastIndexOf('\n', last.startIndex - 1), text.lastIndexOf('\r', last.startIndex - 1)) + 1;
  const indent = /^[ \t]*/u.exec(text.slice(start, last.startIndex))?.[0] ?? '';
  const separator = multiLine ? `${text.includes('\r\n') ? '\r\n' : '\n'}${indent}` : ' ';
  const comma = /^\s*,/u.exec(text.slice(last.endIndex, object.endIndex - 1));
  if (comma && multiLine) {
    const end = Math.min(lineEnd(text, last.endIndex + comma[0].length), object.endIndex - 1);
    return { file: path, start: end, end, newText: added.map((each) => `${separator}${each},`).join('') };
  }
  const newText = added.map((each) => `,${separator}${each}`).join('');
  return { file: path, start: last.endIndex, end: last.endIndex, newText };
}

/** The same for the last argument of a call, which is added where it is no object. `call` holds its brackets. */
export function setOptions(
  file: File,
  list: SyntaxNode,
  options: Readonly<Record<string, string | null>>,
): readonly TextEdit[] {
  const args = partsOf(list);
  const last = args.at(-1);
  if (last?.type === 'object') {
    const isOnly = args.length === 1;
    const edits = setPairs(file, last, options);
    const [only] = edits;
    // `@Column({})` says no more than `@Column()`.
    if (edits.length !== 1 || only?.newText !== '{}') return edits;
    return [isOnly ? { ...only, newText: '' } : removal(file, args, last)];
  }
  const added = Object.entries(options).flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}`]));
  if (added.length === 0) return [];
  const text = `{ ${added.join(', ')} }`;
  if (last) return [{ file: file.path, start: last.endIndex, end: last.endIndex, newText: `, ${text}` }];
  return [{ file: file.path, start: list.startIndex + 1, end: list.endIndex - 1, newText: text }];
}
