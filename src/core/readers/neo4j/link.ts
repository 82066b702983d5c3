/** Statements of all files, in the order of their names, as migration tools run them → a collection per label and per type of relationship. */
import type { Column, ColumnType, Index, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { Fragment, LinkResult } from '../reader.ts';
import { plainColumn, plainTable, plainUnique } from '../../schema/emptyTable.ts';
import { directoryOf } from '../shared/paths.ts';
import type { CypherStatement } from './statements.ts';

export interface Neo4jStatement extends Omit<CypherStatement, 'start' | 'end'> {
  readonly at: SourceRange;
}

export interface Neo4jMappings {
  readonly statements: readonly Neo4jStatement[];
}

export function link(fragments: readonly Fragment<Neo4jMappings>[]): LinkResult {
  const ordered = fragments.toSorted((a, b) => compare(a.file, b.file));
  let stated: Neo4jStatement[] = [];
  for (const { mappings } of ordered)
    for (const statement of mappings.statements)
      if (statement.kind === 'drop') stated = stated.filter(({ name }) => name !== statement.name);
      else stated.push(statement);
  const groups = new Map<string, Neo4jStatement[]>();
  for (const statement of stated)
    for (const label of statement.labels) {
      const key = `${statement.isRelationship ? '-' : ':'}${label}`;
      const group = groups.get(key);
      if (group) group.push(statement);
      else groups.set(key, [statement]);
    }
  return {
    tables: [...groups].map(([key, statements]) => tableOf(key.slice(1), statements)),
    enums: [],
    files: fragments.map(({ facts }) => facts),
    problems: [],
  };
}

/** `V9__x` before `V10__y`. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => path.replace(/\d+/gu, (digits) => digits.padStart(20, '0')));
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

function tableOf(label: string, statements: readonly Neo4jStatement[]): Table {
  const [first] = statements;
  const at = first?.at ?? { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };
  const columns = new Map<string, Column>();
  for (const { kind, properties, detail, at: place } of statements)
    for (const name of properties) {
      const known = columns.get(name) ?? { ...plainColumn(name, unknown, place), nullable: true };
      const typed = kind === 'type' && detail !== null ? { ...known, ...shapeOf(detail) } : known;
      columns.set(name, kind === 'exists' || kind === 'key' ? { ...typed, nullable: false } : typed);
    }
  const key = statements.find(({ kind }) => kind === 'key');
  return {
    ...plainTable(label, 'neo4j', directoryOf(at.file), at),
    kind: 'collection',
    columns: [...columns.values()],
    primaryKey: key?.properties ?? [],
    primaryKeyName: key?.name ?? null,
    uniques: statements
      .filter(({ kind }) => kind === 'unique')
      .map(({ name, properties, at: place }) => plainUnique(name, properties, place)),
    indexes: statements.filter(({ kind }) => kind === 'index').map(indexOf),
    comment: first?.isRelationship === true ? 'Relationships of this type' : 'Nodes with this label',
  };
}

function indexOf({ name, properties, detail, at }: Neo4jStatement): Index {
  return {
    name,
    columns: properties,
    orders: [],
    include: [],
    unique: false,
    // `RANGE` and the older `BTREE` are what an index is without a word on it.
    method: detail === 'range' || detail === 'btree' ? null : detail,
    where: null,
    expression: null,
    origin: 'declared',
    at,
  };
}

const unknown = { type: 'unknown', rawType: 'ANY', length: null, precision: null, scale: null, array: false } as const;

/** neo4j.com/docs/cypher-manual/current/values-and-types/property-structural-constructed */
const types: Readonly<Record<string, ColumnType>> = {
  BOOLEAN: 'boolean',
  STRING: 'string',
  INTEGER: 'int64',
  FLOAT: 'float64',
  DATE: 'date',
  'LOCAL TIME': 'time',
  'ZONED TIME': 'time',
  'LOCAL DATETIME': 'datetime',
  'ZONED DATETIME': 'datetime-tz',
  DURATION: 'interval',
  POINT: 'geometry',
};

function shapeOf(detail: string): Pick<Column, 'type' | 'rawType' | 'array'> {
  const list = /^LIST\s*<\s*(.+?)(?:\s+NOT\s+NULL)?\s*>$/u.exec(detail);
  const name = (list?.[1] ?? detail).replace(/\s+NOT\s+NULL$/u, '').trim();
  return { type: types[name] ?? 'unknown', rawType: name, array: list !== null };
}
