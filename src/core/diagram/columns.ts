/** Rows of a table: type in short, marks, worst finding. */
import type { Column, Table } from '../schema/model.ts';
import { worst } from './findings.ts';
import type { Badge, DiagramColumn, DiagramFinding, DiagramIndex } from './model.ts';

export function drawnColumns(table: Table, findings: readonly DiagramFinding[]): readonly DiagramColumn[] {
  const keys = keyColumns(table);
  return table.columns.map((column) => ({
    name: column.name,
    type: typeLabel(column),
    nullable: column.nullable,
    badges: badges(column, keys),
    severity: worst(findings.filter((finding) => finding.column === column.name)),
    enum: column.enum,
    default: column.default,
    comment: column.comment,
    at: column.at,
  }));
}

interface KeyColumns {
  readonly primary: ReadonlySet<string>;
  readonly foreign: ReadonlySet<string>;
  readonly unique: ReadonlySet<string>;
  readonly indexed: ReadonlySet<string>;
}

function keyColumns(table: Table): KeyColumns {
  const alone = (columns: readonly string[]) => (columns.length === 1 ? columns : []);
  return {
    primary: new Set(table.primaryKey),
    foreign: new Set([
      ...table.foreignKeys.flatMap(({ columns }) => columns),
      ...table.relations.flatMap(({ owner, columns }) => (owner ? columns : [])),
    ]),
    unique: new Set([
      ...table.uniques.flatMap(({ columns }) => alone(columns)),
      ...table.indexes.flatMap(({ unique, where, expression, columns }) =>
        unique && where === null && expression === null ? alone(columns) : [],
      ),
    ]),
    // Only the leading column of an index can be looked up by it.
    indexed: new Set([
      ...table.primaryKey.slice(0, 1),
      ...table.uniques.flatMap(({ columns }) => columns.slice(0, 1)),
      ...table.indexes.flatMap(({ columns }) => columns.slice(0, 1)),
    ]),
  };
}

function badges({ name, classification }: Column, keys: KeyColumns): readonly Badge[] {
  const result: Badge[] = [];
  if (keys.primary.has(name)) result.push('pk');
  if (keys.foreign.has(name)) result.push('fk');
  if (keys.unique.has(name)) result.push('unique');
  if (keys.indexed.has(name)) result.push('index');
  if (classification !== null) result.push(classification.kind);
  return result;
}

/** Standard SQL spells these types in words that would not fit a row; the short forms are PostgreSQL's own aliases. */
const shortTypes: ReadonlyMap<string, string> = new Map([
  ['character varying', 'varchar'],
  ['character', 'char'],
  ['timestamp with time zone', 'timestamptz'],
  ['timestamp without time zone', 'timestamp'],
  ['time with time zone', 'timetz'],
  ['time without time zone', 'time'],
  ['double precision', 'double'],
]);

/** Each set of columns once: a unique constraint and the index that serves it are one to the reader of a diagram. */
export function drawnIndexes({ uniques, indexes, primaryKey }: Table): readonly DiagramIndex[] {
  const seen = new Set<string>([`true ${primaryKey.join()}`]);
  return [
    ...uniques.map(({ name, columns }) => ({ name, columns, unique: true })),
    ...indexes.map(({ name, columns, unique }) => ({ name, columns, unique })),
  ].filter(({ columns, unique }) => {
    const key = `${unique} ${columns.join()}`;
    if (columns.length === 0 || seen.has(key)) return false;
    seen.add(key);
    // The engine's own index of the primary key is no news.
    return columns.join() !== primaryKey.join();
  });
}

/** `varchar(120)`, `numeric(12,2)`, `text[]`. */
export function typeLabel(
  column: Pick<Column, 'rawType' | 'length' | 'precision' | 'scale' | 'array' | 'enum'>,
): string {
  const stated = column.rawType.trim();
  // `enum` alone says nothing where the enum has a name.
  const raw = stated.toLowerCase() === 'enum' && column.enum !== null ? column.enum : stated;
  const name = shortTypes.get(raw.toLowerCase()) ?? raw;
  const array = column.array && !name.endsWith('[]') ? '[]' : '';
  if (name.includes('(')) return name + array;
  const size =
    column.length !== null
      ? `(${column.length})`
      : column.precision === null
        ? ''
        : column.scale === null
          ? `(${column.precision})`
          : `(${column.precision},${column.scale})`;
  return name + size + array;
}
