/** Views, with the columns their queries yield as far as the text tells. */
import { tableKey } from '../../diff/diff.ts';
import type { Column, Dialect, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { SqlCursor } from '../../syntax/sql/cursor.ts';
import type { DdlOperation, SqlName } from '../../syntax/sql/operation.ts';
import { tokenizeSql } from '../../syntax/sql/tokens.ts';
import { placeOf } from './replayState.ts';
import type { ReplayContext, ReplaySchema } from './replayState.ts';
import { emptyTable } from './replayTables.ts';

type CreateView = Extract<DdlOperation, { kind: 'createView' }>;

/** A view of the same name is replaced, as dumps do that create a stand-in first. */
export function createView(schema: ReplaySchema, operation: CreateView, context: ReplayContext): ReplaySchema {
  const at = placeOf(context, operation.at);
  const columns = viewColumns(operation.query, schema, context.dialect, at).map((column, place) => ({
    ...column,
    name: operation.columns[place] ?? column.name,
  }));
  const view: Table = {
    ...emptyTable(operation.table, null, at),
    kind: operation.materialized ? 'materialized-view' : 'view',
    columns: columns.filter(
      ({ name }, place) => name !== '' && columns.findIndex((each) => each.name === name) === place,
    ),
    viewExpression: operation.query,
  };
  const key = tableKey(view);
  return { ...schema, tables: [...schema.tables.filter((table) => tableKey(table) !== key), view] };
}

const listEnds: ReadonlySet<string> = new Set(['FROM', 'WHERE', 'UNION', 'INTO', 'LIMIT', 'ORDER', 'GROUP']);
const sourceEnds: ReadonlySet<string> = new Set(
  'WHERE GROUP ORDER HAVING LIMIT UNION EXCEPT INTERSECT WINDOW FETCH OFFSET FOR'.split(' '),
);

function viewColumns(query: string, schema: ReplaySchema, dialect: Dialect, at: SourceRange): Column[] {
  const cursor = new SqlCursor(query, tokenizeSql(query, dialect), dialect);
  // The names that WITH gives to queries are no tables: their columns stay untyped.
  while (!cursor.isDone && !cursor.sees('SELECT')) if (cursor.group() === null) cursor.next();
  if (!cursor.takes('SELECT')) return [];
  cursor.takesAny('DISTINCT', 'ALL');
  if (cursor.takes('ON')) cursor.group();
  if (cursor.takes('TOP') && cursor.group() === null) cursor.next();
  const list = cursor.until(listEnds).split();
  const sources = cursor.takes('FROM') ? sourcesOf(cursor.until(sourceEnds), schema) : [];
  return list.flatMap((item) => yielded(item, sources, at));
}

interface Source {
  readonly alias: string;
  /** Null = a query, or a table that is not known. */
  readonly table: Table | null;
}

function sourcesOf(from: SqlCursor, schema: ReplaySchema): Source[] {
  const sources: Source[] = [];
  let expectsTable = true;
  while (!from.isDone) {
    const token = from.peek();
    if (expectsTable) {
      from.takesAny('LATERAL', 'ONLY');
      // `((a join b) join c)` as MySQL writes it; a query in brackets is a source of its own.
      if (from.sees('(') && from.peek(1).key !== 'SELECT') {
        const inner = from.group();
        if (inner) sources.push(...sourcesOf(inner, schema));
      } else {
        const isQuery = from.group() !== null;
        const name = isQuery ? null : from.name();
        from.takes('AS');
        const alias =
          /^(?:|word|name)$/.test(from.peek().kind) && !joinWords.test(from.peek().key) ? from.identifier() : null;
        sources.push({ alias: alias ?? name?.name ?? '', table: name ? lookUp(name, schema) : null });
      }
      expectsTable = false;
    } else if (token.key === ',' || token.key === 'JOIN' || token.key === 'APPLY') {
      from.next();
      expectsTable = true;
    } else if (from.group() === null) from.next();
  }
  return sources;
}

const joinWords = /^(?:JOIN|LEFT|RIGHT|INNER|OUTER|CROSS|FULL|NATURAL|ON|USING|STRAIGHT_JOIN|APPLY|WITH)$/;

function lookUp(name: SqlName, schema: ReplaySchema): Table | null {
  const lower = name.name.toLowerCase();
  return (
    schema.tables.find((table) => tableKey(table) === tableKey(name)) ??
    schema.tables.find((table) => table.name.toLowerCase() === lower) ??
    null
  );
}

function yielded(item: SqlCursor, sources: readonly Source[], at: SourceRange): Column[] {
  const path: string[] = [];
  for (;;) {
    if (item.sees('*')) {
      const chosen = path.length === 0 ? sources : sources.filter(({ alias }) => same(alias, path.at(-1) ?? ''));
      return chosen.flatMap(({ table }) => (table?.columns ?? []).map((column) => plain(column, at)));
    }
    const part = item.peek().kind === 'string' ? null : item.identifier();
    if (part === null) break;
    path.push(part);
    if (!item.takes('.')) break;
  }
  const isPath =
    path.length > 0 && (item.isDone || item.sees('AS') || (item.peek().kind !== 'symbol' && item.left === 1));
  const column = isPath ? columnOf(path, sources) : null;
  const name = item.isDone ? (path.at(-1) ?? null) : item.alias();
  return [column ? { ...plain(column, at), name: name ?? column.name } : unknownColumn(name ?? '', at)];
}

function columnOf(path: readonly string[], sources: readonly Source[]): Column | null {
  const name = path.at(-1) ?? '';
  const owner = path.at(-2);
  for (const { alias, table } of sources) {
    if (owner !== undefined && !same(alias, owner)) continue;
    const found = table?.columns.find((column) => same(column.name, name));
    if (found) return found;
  }
  return null;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** A view holds nothing by itself: no default, no numbering. */
function plain(column: Column, at: SourceRange): Column {
  return { ...column, default: null, generated: null, comment: null, at };
}

function unknownColumn(name: string, at: SourceRange): Column {
  return {
    ...{ name, property: null, type: 'unknown', rawType: '', length: null, precision: null, scale: null },
    ...{ array: false, nullable: true, default: null, generated: null, enum: null, collation: null, comment: null },
    ...{ role: null, classification: null, selected: true, insertable: true, updatable: true, transformer: null, at },
  };
}
