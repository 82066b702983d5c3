/**
 * DDL as migrations and schema files hold it → operations. Tolerant: a clause it does not know is skipped and told of, a statement that changes no
 * structure (INSERT, GRANT, CREATE FUNCTION…) yields no operation. It never throws.
 */
import type { Dialect } from '../../schema/model.ts';
import type { Skipped } from './columns.ts';
import { SqlCursor } from './cursor.ts';
import type { DdlOperation, SqlName, SqlProblem, SqlScript, SqlStatement } from './operation.ts';
import { splitStatements } from './split.ts';
import type { TokenRun } from './split.ts';
import { readHypertable } from './hypertables.ts';
import { readAlterTable, readCreateIndex, readCreateTable } from './tables.ts';
import { tokenizeSql } from './tokens.ts';
import { readCreateView, readDomain } from './views.ts';

/** Longer scripts are dumps of data; beyond it nothing is read, and a problem says so. In UTF-16 code units. */
const maxLength = 5_000_000;

export interface ReadOptions {
  /** Statements that hold rows are stepped over: they get no `end` of their own. */
  readonly skipsRows?: boolean;
}

export function readStatements(text: string, dialect: Dialect, options: ReadOptions = {}): SqlScript {
  if (text.length > maxLength && options.skipsRows !== true) {
    const message = `This SQL is longer than ${maxLength / 1_000_000} million characters; it is not read.`;
    return { statements: [], problems: [{ message, start: 0, end: 0 }] };
  }
  const problems: SqlProblem[] = [];
  let home: string | null = null;
  const statements = splitStatements(text, dialect, options).map((run): SqlStatement => {
    const stated = homeOf(text, run, dialect);
    if (stated !== undefined) home = stated;
    const operations = readStatement(text, run, dialect, home, problems);
    return { start: run.start, end: run.end, verb: verbOf(run), operations };
  });
  return { statements, problems };
}

export interface OneStatement {
  readonly operations: readonly DdlOperation[];
  readonly problems: readonly SqlProblem[];
  /** Namespace that names without one have from here on. */
  readonly home: string | null;
}

/** One statement by itself, as `splitStatements` cut it out of its script. */
export function readOneStatement(text: string, dialect: Dialect, home: string | null): OneStatement {
  const tokens = tokenizeSql(text, dialect);
  const run: TokenRun = { tokens, start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
  const stated = homeOf(text, run, dialect);
  const now = stated === undefined ? home : stated;
  const problems: SqlProblem[] = [];
  return { operations: readStatement(text, run, dialect, now, problems), problems, home: now };
}

/** `SET search_path = sales, public`, as pg_dump of older versions writes it; undefined = nothing is said. */
function homeOf(text: string, run: TokenRun, dialect: Dialect): string | null | undefined {
  if (dialect !== 'postgresql' && dialect !== 'cockroachdb') return undefined;
  const cursor = new SqlCursor(text, run.tokens, dialect);
  if (cursor.sees('RESET', 'SEARCH_PATH')) return null;
  if (cursor.takes('SET')) {
    cursor.takesAny('SESSION', 'LOCAL');
    if (!cursor.takes('SEARCH_PATH')) return undefined;
    cursor.takesAny('TO', '=');
    const first = cursor.identifier();
    return first === null || first === '' || /^(?:default|\$user|pg_catalog)$/i.test(first)
      ? null
      : cursor.namespaceOf(first);
  }
  return cursor.sees('SELECT') &&
    /^SELECT\s+(?:pg_catalog\.)?set_config\s*\(\s*'search_path'\s*,\s*''/i.test(text.slice(run.start, run.end))
    ? null
    : undefined;
}

function verbOf({ tokens }: TokenRun): string {
  const words = [];
  for (const { key, kind } of tokens.slice(0, 2)) if (kind === 'word') words.push(key);
  return words.join(' ');
}

const modifiers: ReadonlySet<string> = new Set(
  'OR REPLACE ALTER UNIQUE TEMP TEMPORARY GLOBAL LOCAL UNLOGGED FULLTEXT SPATIAL CLUSTERED NONCLUSTERED ONLINE OFFLINE FOREIGN RECURSIVE FORCE NOFORCE EDITIONABLE NONEDITIONABLE BITMAP COLUMNSTORE INVERTED CUSTOM PRIVATE SHARDED DUPLICATED EXTERNAL PUBLIC VIRTUAL CACHED MEMORY'.split(
    ' ',
  ),
);

/** Code units of SQL that a message quotes. */
const longestQuote = 60;

function notUnderstood(sql: string): string {
  const line = sql.replace(/\s+/gu, ' ');
  const shown = line.length > longestQuote ? `${line.slice(0, longestQuote - 1)}…` : line;
  return `"${shown}" is not understood here and was left out.`;
}

function readStatement(
  text: string,
  run: TokenRun,
  dialect: Dialect,
  home: string | null,
  problems: SqlProblem[],
): DdlOperation[] {
  const cursor = new SqlCursor(text, run.tokens, dialect, home);
  const skipped = (what: string, at: { start: number; end: number }): void => {
    const last = problems.at(-1);
    // Several words in a row are one thing to tell of.
    const isNext = last !== undefined && last.end <= at.start && text.slice(last.end, at.start).trim() === '';
    const start = isNext ? last.start : at.start;
    if (isNext) problems.pop();
    problems.push({ message: notUnderstood(isNext ? text.slice(start, at.end) : what), start, end: at.end });
  };
  const verb = cursor.takesAny('CREATE', 'ALTER', 'DROP', 'RENAME', 'COMMENT', 'EXEC', 'EXECUTE', 'DO', 'SELECT');
  switch (verb) {
    case 'CREATE':
      return readCreate(text, run, cursor, skipped);
    case 'ALTER':
      cursor.takesAny('IGNORE', 'FOREIGN', 'ONLINE', 'OFFLINE');
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
    case 'DO':
      return readBlock(text, run, dialect, home, problems);
    case 'SELECT':
      return readHypertable(cursor);
    case null:
      return [];
    default:
      return readProcedure(cursor);
  }
}

function readCreate(text: string, run: TokenRun, cursor: SqlCursor, skipped: Skipped): DdlOperation[] {
  const words = new Set<string>();
  while (modifiers.has(cursor.peek().key)) words.add(cursor.next().key);
  // MySQL: ALGORITHM = UNDEFINED DEFINER = `a`@`b` SQL SECURITY DEFINER VIEW
  if (/^(?:ALGORITHM|DEFINER|SQL)$/.test(cursor.peek().key))
    for (let left = 20; left > 0 && !/^(?:VIEW|TRIGGER|PROCEDURE|FUNCTION|EVENT)$/.test(cursor.peek().key); left--)
      cursor.next();
  const isMaterialized = cursor.takes('MATERIALIZED');
  if (cursor.takes('VIEW'))
    return words.has('TEMP') || words.has('TEMPORARY') ? [] : readCreateView(cursor, isMaterialized);
  // A temporary table is gone with the session; a virtual one of SQLite is a module's.
  if (cursor.takes('TABLE'))
    return ['TEMP', 'TEMPORARY', 'VIRTUAL'].some((word) => words.has(word)) ? [] : readCreateTable(cursor, skipped);
  if (cursor.takes('INDEX')) {
    const read = readCreateIndex(cursor, words.has('UNIQUE'));
    if (read.length === 0) skipped(text.slice(run.start, run.start + 40), run);
    const method = ['FULLTEXT', 'SPATIAL', 'BITMAP', 'COLUMNSTORE', 'INVERTED'].find((word) => words.has(word));
    return method === undefined
      ? read
      : read.map((each) =>
          each.kind === 'createIndex' ? { ...each, index: { ...each.index, method: method.toLowerCase() } } : each,
        );
  }
  if (cursor.takes('DOMAIN')) return readDomain(cursor, skipped);
  return cursor.takes('TYPE') ? readCreateType(cursor, skipped) : [];
}

/** PostgreSQL's anonymous block: its statements are read as if no guard around them failed (`IF NOT EXISTS … THEN`, `EXCEPTION WHEN duplicate_object`). */
function readBlock(
  text: string,
  run: TokenRun,
  dialect: Dialect,
  home: string | null,
  problems: SqlProblem[],
): DdlOperation[] {
  const body = run.tokens.find(({ kind }) => kind === 'string');
  const open = body ? /^\$\w*\$/.exec(text.slice(body.start, body.start + 64)) : null;
  if (!body || !open) return [];
  const from = body.start + open[0].length;
  const runs = splitStatements(text.slice(from, body.end - open[0].length), dialect);
  return runs.flatMap(({ tokens }) => {
    const start = tokens.findIndex(
      ({ key }, place) =>
        /^(?:CREATE|ALTER|DROP|COMMENT)$/.test(key) && /^(?:|BEGIN|THEN|ELSE|LOOP)$/.test(tokens[place - 1]?.key ?? ''),
    );
    if (start === -1) return [];
    const shifted = tokens
      .slice(start)
      .map((token) => ({ ...token, start: token.start + from, end: token.end + from }));
    const inner: TokenRun = { tokens: shifted, start: shifted[0]?.start ?? 0, end: shifted.at(-1)?.end ?? 0 };
    return readStatement(text, inner, dialect, home, problems);
  });
}

function readCreateType(cursor: SqlCursor, skipped: Skipped): DdlOperation[] {
  const from = cursor.position;
  cursor.takes('IF', 'NOT', 'EXISTS');
  const type = cursor.name();
  if (type && cursor.sees('FROM')) {
    cursor.position = from;
    return readDomain(cursor, skipped);
  }
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
  cursor.takesAny('TEMPORARY', 'MATERIALIZED', 'FOREIGN');
  const kind = cursor.takesAny('TABLE', 'INDEX', 'TYPE', 'DOMAIN', 'VIEW', 'SCHEMA');
  if (kind === null) return [];
  cursor.takes('CONCURRENTLY');
  // H2 and HSQLDB say it behind the names.
  const ifExists = cursor.takes('IF', 'EXISTS') || /\bIF\s+EXISTS\s*$/i.test(cursor.all());
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
    case 'VIEW':
      return [{ kind: 'dropView', views: names }];
    case 'DOMAIN':
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
  const table: SqlName = { name: path.at(-1) ?? '', namespace: cursor.namespaceOf(path.at(-2) ?? null) };
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
