/**
 * Reads a Prisma schema. Tolerant: what is half typed costs its own line and no more, a block that is not closed ends where the next begins.
 * It never throws, and its time is linear in the text.
 */
import type {
  PrismaAttribute,
  PrismaBlock,
  PrismaBlockKind,
  PrismaDocument,
  PrismaField,
  PrismaProblem,
  PrismaSetting,
  PrismaType,
} from './ast.ts';
import { PrismaCursor } from './cursor.ts';
import { prismaTokens } from './tokens.ts';
import { readArguments, readValue } from './values.ts';

export function parsePrisma(text: string): PrismaDocument {
  const cursor = new PrismaCursor(prismaTokens(text), text.length);
  const blocks: PrismaBlock[] = [];
  const problems: PrismaProblem[] = [];
  let documentation: string[] = [];
  while (!cursor.isDone) {
    const token = cursor.peek();
    if (token.kind === 'newline') cursor.next();
    else if (token.kind === 'documentation') documentation.push(cursor.next().text);
    else if (cursor.seesBlock()) {
      blocks.push(readBlock(cursor, documentation, problems));
      documentation = [];
    } else {
      problems.push({ message: 'No block of a Prisma schema begins like this.', start: token.start, end: token.end });
      cursor.skipLine();
      documentation = [];
    }
  }
  return { blocks, problems };
}

function readBlock(cursor: PrismaCursor, documentation: readonly string[], problems: PrismaProblem[]): PrismaBlock {
  const word = cursor.next();
  const kind = word.text as PrismaBlockKind;
  const named = cursor.peek().kind === 'word' ? cursor.next() : null;
  const head = { start: word.start, end: (named ?? word).end };
  const fields: PrismaField[] = [];
  const attributes: PrismaAttribute[] = [];
  const settings: PrismaSetting[] = [];
  if (named === null) problems.push({ message: `This ${kind} has no name.`, ...head });
  const opened = cursor.takes('{');
  const start = opened ? cursor.last.end : head.end;
  let isClosed = false;
  if (opened) {
    let comments: string[] = [];
    for (;;) {
      const token = cursor.peek();
      if (cursor.isDone || cursor.seesBlock()) break;
      if (cursor.takes('}')) {
        isClosed = true;
        break;
      }
      if (token.kind === 'newline') cursor.next();
      else if (token.kind === 'documentation') comments.push(cursor.next().text);
      else {
        readMember(cursor, kind, comments, { fields, attributes, settings, problems });
        comments = [];
      }
    }
  }
  const end = isClosed ? cursor.last.start : opened ? Math.max(start, cursor.last.end) : start;
  if (!isClosed)
    problems.push({ message: `The ${kind} ${named?.text ?? ''} is not closed.`.replace('  ', ' '), ...head });
  return {
    kind,
    name: named?.text ?? '',
    head,
    body: { start, end },
    isClosed,
    fields,
    attributes,
    settings,
    documentation: joined(documentation),
    start: head.start,
    end: isClosed ? cursor.last.end : end,
  };
}

interface Members {
  readonly fields: PrismaField[];
  readonly attributes: PrismaAttribute[];
  readonly settings: PrismaSetting[];
  readonly problems: PrismaProblem[];
}

function readMember(cursor: PrismaCursor, kind: PrismaBlockKind, comments: readonly string[], into: Members): void {
  const token = cursor.peek();
  if (kind === 'datasource' || kind === 'generator') {
    if (token.kind === 'word') into.settings.push(readSetting(cursor));
  } else if (token.text === '@@' && token.kind === 'mark') into.attributes.push(readAttribute(cursor, into.problems));
  else if (token.kind === 'word') into.fields.push(readField(cursor, kind, comments, into.problems));
  // What follows on the line is not understood; a closing brace there still closes.
  let reported = false;
  while (!cursor.isDone && cursor.peek().kind !== 'newline' && !cursor.sees('}')) {
    const rest = cursor.next();
    if (!reported && rest.kind !== 'documentation')
      into.problems.push({ message: `"${rest.text}" is not understood here.`, start: rest.start, end: rest.end });
    reported = true;
  }
}

function readSetting(cursor: PrismaCursor): PrismaSetting {
  const key = cursor.next();
  const value = cursor.takes('=') ? readValue(cursor) : null;
  return { key: key.text, value, start: key.start, end: cursor.last.end };
}

function readField(
  cursor: PrismaCursor,
  kind: PrismaBlockKind,
  comments: readonly string[],
  problems: PrismaProblem[],
): PrismaField {
  const name = cursor.next();
  cursor.takes(':');
  const type = kind !== 'enum' && cursor.peek().kind === 'word' ? readType(cursor) : null;
  if (type === null && kind !== 'enum')
    problems.push({ message: `The field ${name.text} has no type.`, start: name.start, end: name.end });
  const attributes: PrismaAttribute[] = [];
  while (cursor.sees('@') || cursor.sees('@@')) attributes.push(readAttribute(cursor, problems));
  const end = cursor.last.end;
  const behind = cursor.peek().kind === 'documentation' ? [cursor.next().text] : [];
  return {
    name: name.text,
    nameEnd: name.end,
    type,
    attributes,
    documentation: joined([...comments, ...behind]),
    start: name.start,
    end,
  };
}

function readType(cursor: PrismaCursor): PrismaType {
  const name = cursor.next();
  let unsupported: string | null = null;
  if (cursor.sees('(')) {
    const [first] = readArguments(cursor);
    unsupported = first?.value.kind === 'string' ? first.value.value : '';
  }
  let list = false;
  let optional = false;
  for (;;) {
    if (cursor.takes('?')) optional = true;
    else if (cursor.takes('[')) {
      list = true;
      cursor.takes(']');
    } else if (!cursor.takes('!')) break;
  }
  return { name: name.text, unsupported, list, optional, start: name.start, end: cursor.last.end };
}

function readAttribute(cursor: PrismaCursor, problems: PrismaProblem[]): PrismaAttribute {
  const sign = cursor.next();
  const path: string[] = [];
  while (cursor.peek().kind === 'word') {
    path.push(cursor.next().text);
    if (!cursor.takes('.')) break;
  }
  if (path.length === 0) problems.push({ message: 'An attribute has no name here.', start: sign.start, end: sign.end });
  const args = cursor.sees('(') ? readArguments(cursor, problems) : [];
  return { name: path.join('.'), arguments: args, start: sign.start, end: cursor.last.end };
}

function joined(comments: readonly string[]): string | null {
  return comments.length === 0 ? null : comments.join('\n');
}
