/** Values and argument lists of attributes. */
import type { PrismaArgument, PrismaProblem, PrismaValue } from './ast.ts';
import type { PrismaCursor } from './cursor.ts';

/** Nobody nests deeper; a text that does is broken. */
const deepest = 32;

/** From `(` to its `)`; where that is missing, to the end of what can belong to it. */
export function readArguments(
  cursor: PrismaCursor,
  problems: PrismaProblem[] = [],
  depth = 0,
): readonly PrismaArgument[] {
  return readEntries(cursor, ')', problems, depth);
}

function readEntries(
  cursor: PrismaCursor,
  close: ')' | '}',
  problems: PrismaProblem[],
  depth: number,
): readonly PrismaArgument[] {
  const open = cursor.next();
  const found: PrismaArgument[] = [];
  for (;;) {
    if (!skipLines(cursor, close)) break;
    if (cursor.takes(close)) return found;
    if (cursor.takes(',')) continue;
    const named = cursor.peek().kind === 'word' && cursor.sees(':', 1);
    const name = named ? cursor.next().text : null;
    if (named) cursor.next();
    const value = readValue(cursor, problems, depth + 1);
    if (value) found.push({ name, value });
    else if (!named) cursor.next();
  }
  problems.push({ message: 'This bracket is not closed.', start: open.start, end: open.end });
  return found;
}

/** Null where no value begins. */
export function readValue(cursor: PrismaCursor, problems: PrismaProblem[] = [], depth = 0): PrismaValue | null {
  const token = cursor.peek();
  const { start } = token;
  if (depth > deepest) return null;
  if (token.kind === 'string' || token.kind === 'number') {
    cursor.next();
    return { kind: token.kind, value: token.text, start, end: token.end };
  }
  if (token.kind === 'word') {
    let path = cursor.next().text;
    while (cursor.sees('.') && cursor.peek(1).kind === 'word') {
      cursor.next();
      path += `.${cursor.next().text}`;
    }
    if (!cursor.sees('(')) return { kind: 'name', value: path, start, end: cursor.last.end };
    const args = readArguments(cursor, problems, depth);
    return { kind: 'call', value: path, arguments: args, start, end: cursor.last.end };
  }
  if (cursor.sees('{')) {
    const entries = readEntries(cursor, '}', problems, depth);
    return { kind: 'object', entries, start, end: cursor.last.end };
  }
  if (!cursor.sees('[')) return null;
  const open = cursor.next();
  const items: PrismaValue[] = [];
  for (;;) {
    if (!skipLines(cursor, ']')) {
      problems.push({ message: 'This bracket is not closed.', start: open.start, end: open.end });
      break;
    }
    if (cursor.takes(']')) break;
    if (cursor.takes(',')) continue;
    // `[authorId)`: the list was left open, the arguments around it end here.
    if (cursor.sees(')') || cursor.sees('}')) break;
    const item = readValue(cursor, problems, depth + 1);
    if (item) items.push(item);
    else cursor.next();
  }
  return { kind: 'list', items, start, end: cursor.last.end };
}

/** Passes over line breaks; false, with nothing passed over, where what follows belongs to no bracket any more. */
function skipLines(cursor: PrismaCursor, close: string): boolean {
  let ahead = 0;
  let breaks = false;
  for (; ; ahead++) {
    const token = cursor.peek(ahead);
    if (token.kind !== 'newline' && token.kind !== 'documentation') break;
    if (cursor.isDoneAt(ahead)) return false;
    breaks ||= token.kind === 'newline';
  }
  if (!cursor.sees(close, ahead)) {
    // A brace ends the block; a line may begin a new member.
    if (cursor.sees('}', ahead) || (breaks && cursor.seesMember(ahead))) return false;
  }
  for (; ahead > 0; ahead--) cursor.next();
  return !cursor.isDone;
}
