/** Reads one SQL statement, as application code holds it, into what rules ask of a query. Columns and tables are physical names. */
import type { Operation } from '../../../schema/code.ts';
import { readConditionTokens } from './conditions.ts';
import type { Predicate } from './conditions.ts';
import { tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';

export interface Statement {
  readonly operation: Operation;
  readonly namespace: string | null;
  readonly table: string | null;
  readonly alias: string | null;
  readonly joins: readonly {
    readonly table: string;
    readonly alias: string | null;
    readonly kind: 'inner' | 'left' | 'other';
  }[];
  readonly predicates: readonly Predicate[];
  readonly complete: boolean;
  readonly sorts: readonly { readonly column: string; readonly direction: 'asc' | 'desc' }[];
  readonly groups: readonly string[];
  /** Null = all columns, or not known. */
  readonly selects: readonly string[] | null;
  readonly writes: readonly string[];
  readonly limit: { readonly value: number | null } | null;
  readonly offset: { readonly value: number | null } | null;
  readonly lock: string | null;
  /** It yields one row by what it computes: `SELECT COUNT(*) …` without GROUP BY. */
  readonly scalar: boolean;
}

const clauseWords = new Set([
  'SELECT',
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'FETCH',
  'FOR',
  'RETURNING',
  'SET',
  'VALUES',
  'ON',
  'UNION',
  'INTO',
  'UPDATE',
  'USING',
]);
const joinWords = new Set(['JOIN', 'INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'OUTER', 'NATURAL', 'LATERAL']);
const operations: Readonly<Record<string, Operation>> = {
  SELECT: 'select',
  INSERT: 'insert',
  UPDATE: 'update',
  DELETE: 'delete',
  REPLACE: 'upsert',
  MERGE: 'upsert',
};

/** Null where the text is no statement on rows (DDL, SET, a fragment). */
export function readStatement(sql: string): Statement | null {
  let tokens = tokenize(sql);
  if (tokens[0]?.key === 'WITH') tokens = afterCommonTables(tokens);
  const first = tokens[0]?.key ?? '';
  const operation = Object.hasOwn(operations, first) ? operations[first] : undefined;
  if (operation === undefined) return null;
  const clauses = clausesOf(tokens);
  const source =
    first === 'INSERT' || first === 'REPLACE' || first === 'MERGE'
      ? clauses.get('INTO')
      : first === 'UPDATE'
        ? clauses.get('UPDATE')
        : clauses.get('FROM');
  const tables = tablesOf(source ?? []);
  const main = tables[0];
  const where = clauses.get('WHERE');
  const condition = where ? readConditionTokens(where) : { predicates: [], complete: !clauses.has('UNION') };
  const selected = clauses.get('SELECT') ?? [];
  const groups = columnList(clauses.get('GROUP')).map(({ column }) => column);
  const aggregate = /^(?:COUNT|SUM|AVG|MIN|MAX|BOOL_OR|BOOL_AND)$/.test(selected[0]?.key ?? '') && groups.length === 0;
  const lock = clauses.get('FOR');
  const upsert =
    first === 'INSERT' &&
    tokens.some(({ key }, at) => key === 'CONFLICT' || (key === 'DUPLICATE' && tokens[at + 1]?.key === 'KEY'));
  return {
    operation: upsert ? 'upsert' : aggregate ? (selected[0]?.key === 'COUNT' ? 'count' : 'aggregate') : operation,
    namespace: main?.namespace ?? null,
    table: main?.name ?? null,
    alias: main?.alias ?? null,
    joins: tables.slice(1).map(({ name, alias, kind }) => ({ table: name, alias, kind })),
    predicates: condition.predicates,
    complete: condition.complete,
    sorts: sortsOf(clauses.get('ORDER')),
    groups,
    selects: selectsOf(selected),
    writes: writesOf(first, clauses, tokens),
    limit: numberOf(clauses.get('LIMIT') ?? clauses.get('FETCH')),
    offset: numberOf(clauses.get('OFFSET')),
    lock: lock ? lock.map(({ text }) => text.toLowerCase()).join(' ') : null,
    scalar: aggregate,
  };
}

/** The statement behind `WITH a AS (…), b AS (…)`. */
function afterCommonTables(tokens: readonly Token[]): Token[] {
  let depth = 0;
  const at = tokens.findIndex(({ key }) => {
    if (key === '(') depth++;
    else if (key === ')') depth--;
    return depth === 0 && Object.hasOwn(operations, key);
  });
  return at === -1 ? [] : tokens.slice(at);
}

/** Tokens of each clause at the outer level, by its first keyword; the first of a kind wins. */
function clausesOf(tokens: readonly Token[]): Map<string, Token[]> {
  const clauses = new Map<string, Token[]>();
  let current: Token[] = [];
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.key === '(') depth++;
    else if (token.key === ')') depth--;
    const starts =
      depth === 0 &&
      token.kind === 'word' &&
      clauseWords.has(token.key) &&
      // `ON` of a join belongs to FROM; `DO UPDATE SET` to the conflict clause.
      !(token.key === 'ON' && clauses.has('FROM') && !clauses.has('WHERE')) &&
      !(token.key === 'UPDATE' && at > 0) &&
      tokens[at - 1]?.key !== '.' &&
      tokens[at + 1]?.key !== '.' &&
      (!/^(?:ORDER|GROUP)$/.test(token.key) || tokens[at + 1]?.key === 'BY');
    if (starts) {
      current = [];
      if (!clauses.has(token.key)) clauses.set(token.key, current);
    } else if (!(token.key === 'BY' && current.length === 0)) current.push(token);
  }
  return clauses;
}

interface TableUse {
  readonly namespace: string | null;
  readonly name: string;
  readonly alias: string | null;
  readonly kind: 'inner' | 'left' | 'other';
}

function tablesOf(tokens: readonly Token[]): TableUse[] {
  const tables: TableUse[] = [];
  let kind: TableUse['kind'] = 'inner';
  let expects = true;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    if (joinWords.has(token.key)) {
      if (token.key === 'LEFT') kind = 'left';
      else if (token.key === 'RIGHT' || token.key === 'FULL' || token.key === 'CROSS') kind = 'other';
      else if (token.key === 'INNER') kind = 'inner';
      expects = true;
    } else if (token.key === ',' && tables.length > 0) expects = true;
    else if (token.key === '(') {
      at = skip(tokens, at);
      expects = false;
    } else if (
      expects &&
      (token.kind === 'word' || token.kind === 'name') &&
      token.key !== 'ONLY' &&
      token.key !== 'IGNORE'
    ) {
      const names = [token.text];
      while (tokens[at + 1]?.key === '.' && tokens[at + 2]) {
        names.push(tokens[at + 2]?.text ?? '');
        at += 2;
      }
      if (tokens[at + 1]?.key === 'AS') at++;
      const next = tokens[at + 1];
      const aliased =
        next &&
        (next.kind === 'name' ||
          (next.kind === 'word' && !joinWords.has(next.key) && next.key !== 'ON' && next.key !== 'USING'));
      tables.push({
        namespace: names.length > 1 ? (names.at(-2) ?? null) : null,
        name: names.at(-1) ?? '',
        alias: aliased ? next.text : null,
        kind,
      });
      if (aliased) at++;
      expects = false;
      kind = 'inner';
    }
  }
  return tables;
}

function skip(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]?.key === '(') depth++;
    else if (tokens[at]?.key === ')' && --depth === 0) return at;
  }
  return tokens.length;
}

function itemsOf(tokens: readonly Token[]): Token[][] {
  const items: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.key === '(') depth++;
    else if (token.key === ')') depth--;
    if (token.key === ',' && depth === 0) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.filter((item) => item.length > 0);
}

/** Plain columns of a list; expressions are left out. */
function columnList(tokens: readonly Token[] | undefined): { column: string; direction: 'asc' | 'desc' }[] {
  return itemsOf(tokens ?? []).flatMap((item) => {
    const direction = item.some(({ key }) => key === 'DESC') ? 'desc' : 'asc';
    const plain = item.filter(({ key }) => !/^(?:ASC|DESC|NULLS|FIRST|LAST)$/.test(key));
    const column = plainColumn(plain);
    return column === null ? [] : [{ column, direction }];
  });
}

/** Where none of them is a column, the first expression stands for all: they have an order, whatever it is. */
function sortsOf(tokens: readonly Token[] | undefined): { column: string; direction: 'asc' | 'desc' }[] {
  const columns = columnList(tokens);
  const [first] = itemsOf(tokens ?? []);
  if (columns.length > 0 || !first) return columns;
  const column = first.map(({ text }) => text).join(' ');
  return [{ column: column.slice(0, 80), direction: first.at(-1)?.key === 'DESC' ? 'desc' : 'asc' }];
}

function plainColumn(item: readonly Token[]): string | null {
  const names = item.filter((_, at) => at % 2 === 0);
  const dotted = item.every(({ key, kind }, at) => (at % 2 === 1 ? key === '.' : kind === 'word' || kind === 'name'));
  return dotted && item.length % 2 === 1 ? names.map(({ text }) => text).join('.') : null;
}

function selectsOf(tokens: readonly Token[]): string[] | null {
  const items = itemsOf(tokens);
  if (items.length === 0 || items.some((item) => item.at(-1)?.key === '*')) return null;
  return items.map(
    (item) =>
      plainColumn(item) ??
      item
        .map(({ text }) => text)
        .join(' ')
        .slice(0, 80),
  );
}

function writesOf(first: string, clauses: ReadonlyMap<string, Token[]>, tokens: readonly Token[]): string[] {
  if (first === 'UPDATE')
    return itemsOf(clauses.get('SET') ?? []).flatMap((item) =>
      item[1]?.key === '=' || item[1]?.key === '.' ? [item[item[1].key === '.' ? 2 : 0]?.text ?? ''] : [],
    );
  if (first !== 'INSERT' && first !== 'REPLACE') return [];
  const open = tokens.findIndex(({ key }) => key === '(');
  const values = tokens.findIndex(({ key }) => key === 'VALUES' || key === 'SELECT');
  if (open === -1 || values < open) return [];
  return itemsOf(tokens.slice(open + 1, skip(tokens, open))).flatMap((item) => plainColumn(item) ?? []);
}

function numberOf(tokens: readonly Token[] | undefined): { value: number | null } | null {
  if (!tokens) return null;
  const number = tokens.find(({ kind }) => kind === 'number');
  return {
    value: number && !tokens.some(({ kind }) => kind === 'parameter' || kind === 'hole') ? Number(number.text) : null,
  };
}
