/**
 * DDL as migrations and schema files hold it → operations. Tolerant: a clause it does not know is skipped and told of, a statement that changes no
 * structure (INSERT, GRANT, CREATE FUNCTION…) yields no operation. It never throws.
 */
import type { Dialect } from '../../schema/model.ts';
import { SqlCursor } from './cursor.ts';
import type { DdlOperation, SqlName, SqlProblem, SqlScript, SqlStatement } from './operation.ts';
import { splitStatements } from './split.ts';
import type { TokenRun } from './split.ts';
import { readAlterTable, readCreateIndex, readCreateTable } from './tables.ts';

/** Longer scripts are dumps of data; beyond it nothing is read, and a problem says so. In UTF-16 code units. */
const maxLength = 5_000_000;

export function readStatements(text: string, dialect: Dialect): SqlScript {
  if (text.length > maxLength) {
    const message = `This SQL is longer than ${maxLength / 1_000_000} million characters; it is not read.`;
    return { statements: [], problems: [{ message, start: 0, end: 0 }] };
  }
  const problems: SqlProblem[] = [];
  const statements = splitStatements(text, dialect).map((run): SqlStatement => {
    const operations = readStatement(text, run, dialect, problems);
    return { start: run.start, end: run.end, verb: verbOf(run), operations };
  });
  return { statements, problems };
}

function verbOf({ tokens }: TokenRun): string {
  const words = [];
  for (const { key, kind } of tokens.slice(0, 2)) if (kind === 'word') words.push(key);
  return words.join(' ');
}

const modifiers: ReadonlySet<string> = new Set(
  'OR REPLACE UNIQUE TEMP TEMPORARY GLOBAL LOCAL UNLOGGED FULLTEXT SPATIAL CLUSTERED NONCLUSTERED ONLINE OFFLINE'.split(
    ' ',
  ),
);

function readStatement(text: string, run: TokenRun, dialect: Dialect, problems: SqlProblem[]): DdlOperation[] {
  const cursor = new SqlCursor(text, run.tokens, dialect);
  const skipped = (what: string, at: { start: number; end: number }): void => {
    problems.push({ message: `"${what}" is not understood here and was left out.`, ...at });
  };
  const verb = cursor.takesAny('CREATE', 'ALTER', 'DROP', 'RENAME', 'COMMENT', 'EXEC', 'EXECUTE');
  switch (verb) {
    case 'CREATE': {
      const words = new Set<string>();
      while (modifiers.has(cursor.peek().key)) words.add(cursor.next().key);
      // A temporary table is gone with the session.
      if (cursor.takes('TABLE'))
        return words.has('TEMP') || words.has('TEMPORARY') ? [] : readCreateTable(cursor, skipped);
      if (cursor.takes('INDEX')) {
        const read = readCreateIndex(cursor, words.has('UNIQUE'));
        if (read.length === 0) skipped(text.slice(run.start, run.start + 40), run);
        const method = words.has('FULLTEXT') ? 'fulltext' : words.has('SPATIAL') ? 'spatial' : null;
        return method === null
          ? read
          : read.map((each) => (each.kind === 'createIndex' ? { ...each, index: { ...each.index, method } } : each));
      }
      if (cursor.takes('TYPE')) return readCreateType(cursor);
      return [];
    }
    case 'ALTER':
      if (cursor.takes('IGNORE')) return [];
      if (cursor.takes('TABLE')) return readAlterTable(cursor, skipped);
      if (cursor.takes('INDEX')) return readAlterIndex(cursor);
      return cursor.takes('TYPE') ? readAlterType(cursor) : [];
    case 'DROP':
      return readDrop(cursor);
    case 'RENAME':
      if (!cursor.takesAny('TABLE', 'TABLES')) return [];
      return cursor.split().flatMap((item): DdlOperation[] => {
        const table = item.name();
        const to = item.takes('TO') ? item.name() : null;
        return table && to ? [{ kind: 'renameTable', table, to }] : [];
      });
    case 'COMMENT':
      return readComment(cursor);
    case null:
      return [];
    default:
      return readProcedure(cursor);
  }
}

function readCreateType(cursor: SqlCursor): DdlOperation[] {
  const type = cursor.name();
  if (!type || !cursor.takes('AS', 'ENUM')) return [];
  return [{ kind: 'createEnum', type, values: cursor.list((item) => [item.next().text]) }];
}

function readAlterType(cursor: SqlCursor): DdlOperation[] {
  const type = cursor.name();
  if (!type) return [];
  if (cursor.takes('ADD', 'VALUE')) {
    cursor.takes('IF', 'NOT', 'EXISTS');
    const value = cursor.next().text;
    const side = cursor.takesAny('BEFORE', 'AFTER');
    const place =
      side === null
        ? null
        : { side: side === 'BEFORE' ? ('before' as const) : ('after' as const), value: cursor.next().text };
    return [{ kind: 'addEnumValue', type, value, place }];
  }
  if (cursor.takes('RENAME', 'VALUE')) {
    const from = cursor.next().text;
    cursor.takes('TO');
    return [{ kind: 'renameEnumValue', type, from, to: cursor.next().text }];
  }
  const to = cursor.takes('RENAME', 'TO') ? cursor.identifier() : null;
  return to === null ? [] : [{ kind: 'renameType', type, to }];
}

function readAlterIndex(cursor: SqlCursor): DdlOperation[] {
  cursor.takes('IF', 'EXISTS');
  const index = cursor.name();
  const to = index && cursor.takes('RENAME', 'TO') ? cursor.identifier() : null;
  return index && to !== null ? [{ kind: 'renameIndex', index, table: null, to }] : [];
}

function readDrop(cursor: SqlCursor): DdlOperation[] {
  cursor.takes('TEMPORARY');
  const kind = cursor.takesAny('TABLE', 'INDEX', 'TYPE', 'SCHEMA');
  if (kind === null) return [];
  cursor.takes('CONCURRENTLY');
  const ifExists = cursor.takes('IF', 'EXISTS');
  const names: SqlName[] = [];
  const items = cursor.split();
  for (const item of items) {
    const name = item.name();
    if (name === null) continue;
    names.push(name);
    if (kind === 'INDEX' && item.takes('ON')) {
      const table = item.name();
      if (table) return [{ kind: 'dropIndex', index: name, table, ifExists }];
    }
  }
  switch (kind) {
    case 'TABLE':
      return [{ kind: 'dropTable', tables: names, ifExists }];
    case 'TYPE':
      return [{ kind: 'dropType', types: names, ifExists }];
    case 'SCHEMA':
      return names.map(({ name }) => ({ kind: 'dropSchema', schema: name }));
    default:
      return names.map((index) => ({ kind: 'dropIndex', index, table: null, ifExists }));
  }
}

function readComment(cursor: SqlCursor): DdlOperation[] {
  if (!cursor.takes('ON')) return [];
  const kind = cursor.takesAny('TABLE', 'COLUMN');
  if (kind === null) return [];
  const path: string[] = [];
  for (let part = cursor.identifier(); part !== null; part = cursor.takes('.') ? cursor.identifier() : null)
    path.push(part);
  if (!cursor.takes('IS')) return [];
  const value = cursor.next();
  const comment = value.kind === 'string' ? value.text : null;
  const column = kind === 'COLUMN' ? (path.pop() ?? null) : null;
  const namespace = path.at(-2) ?? null;
  const table: SqlName = { name: path.at(-1) ?? '', namespace: namespace === 'public' ? null : namespace };
  return [{ kind: 'setComment', table, column, comment }];
}

/** SQL Server renames by a procedure: `EXEC sp_rename 'dbo.orders.client', 'customer', 'COLUMN'`. */
function readProcedure(cursor: SqlCursor): DdlOperation[] {
  const procedure = cursor.name()?.name.toLowerCase();
  if (procedure !== 'sp_rename') return [];
  const [path = '', to = '', kind = ''] = cursor.split().map((item) => {
    if (item.peek(1).key === '=') item.position += 2;
    return item.next().text;
  });
  const parts = path.split('.').map((part) => part.replace(/^\[|\]$|^"|"$/g, ''));
  const named = (name: string | undefined, namespace: string | undefined): SqlName => ({
    name: name ?? '',
    namespace: namespace === undefined || namespace === 'dbo' ? null : namespace,
  });
  if (/^column$/i.test(kind))
    return [{ kind: 'renameColumn', table: named(parts.at(-2), parts.at(-3)), from: parts.at(-1) ?? '', to }];
  if (/^index$/i.test(kind))
    return [
      { kind: 'renameIndex', table: named(parts.at(-2), parts.at(-3)), index: named(parts.at(-1), undefined), to },
    ];
  const table = named(parts.at(-1), parts.at(-2));
  return /^object$/i.test(kind) || kind === '' ? [{ kind: 'renameTable', table, to: { ...table, name: to } }] : [];
}
