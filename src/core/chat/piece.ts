/** What a prompt is grounded in, in pieces that are taken or left whole. */
import type { Column, EnumType, ForeignKey, Index, Relation, Table } from '../schema/model.ts';
import type { Query } from '../schema/code.ts';
import type { Finding } from '../lint/rule.ts';
import type { SourceRange } from '../schema/source.ts';
import { quote } from './quote.ts';

export type PieceKind =
  'profile' | 'table' | 'overview' | 'finding' | 'query' | 'endpoint' | 'source' | 'instructions' | 'plan' | 'facts';

export interface Piece {
  readonly kind: PieceKind;
  /** One line of JSON. */
  readonly text: string;
  /** Table it is about, as `tableName` names it; null = none or many. */
  readonly table: string | null;
}

/** A piece whose texts are still as the workspace has them. */
export interface Draft {
  readonly kind: PieceKind;
  readonly value: unknown;
  readonly table: string | null;
}

export function piece(kind: PieceKind, value: unknown, table: string | null = null): Draft {
  return { kind, value, table };
}

/** @param clean takes secrets out of a text; it sees every string before it is quoted */
export function finish({ kind, value, table }: Draft, clean: (text: string) => string): Piece {
  return { kind, text: quote({ [kind]: cleaned(value, clean) }), table };
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((each) => cleaned(each, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleaned(each, clean)]));
}

export function tableName({ name, namespace }: { readonly name: string; readonly namespace: string | null }): string {
  return namespace === null ? name : `${namespace}.${name}`;
}

/** Short enough that thirty columns take no page: what is usual is left out. */
export function tablePiece(table: Table, enums: readonly EnumType[], referencedBy: readonly string[]): Draft {
  const indexes = table.indexes.map(indexText);
  return piece(
    'table',
    {
      name: tableName(table),
      ...(table.entity === null ? {} : { entity: table.entity }),
      ...(table.kind === 'table' ? {} : { kind: table.kind }),
      file: place(table.at),
      ...(table.comment === null ? {} : { comment: table.comment }),
      columns: table.columns.map((column) => columnText(column, table, enums)),
      primaryKey: table.primaryKey.join(', '),
      ...(table.uniques.length === 0 ? {} : { unique: table.uniques.map(({ columns }) => columns.join(', ')) }),
      ...(indexes.length === 0 ? {} : { indexes }),
      ...(table.relations.length === 0 ? {} : { relations: table.relations.map(relationText) }),
      ...(table.checks.length === 0 ? {} : { checks: table.checks.map(({ expression }) => expression) }),
      ...(referencedBy.length === 0 ? {} : { referencedBy }),
    },
    tableName(table),
  );
}

/** One line per table, where there is no room for its columns. */
export function overviewPiece(tables: readonly Table[]): Draft {
  return piece(
    'overview',
    tables.map((table) => {
      const targets = [
        ...new Set(
          table.foreignKeys.map(({ references }) =>
            tableName({ name: references.table, namespace: references.namespace }),
          ),
        ),
      ];
      return `${tableName(table)}${targets.length === 0 ? '' : ` → ${targets.join(', ')}`}`;
    }),
  );
}

function columnText(column: Column, table: Table, enums: readonly EnumType[]): string {
  const key = table.foreignKeys.find(({ columns }) => columns.includes(column.name));
  const values = column.enum === null ? null : enums.find(({ name }) => name === column.enum)?.values;
  const size = [column.length ?? column.precision, column.scale].filter((part) => part !== null).join(',');
  return [
    column.name,
    ...(column.property !== null && column.property !== column.name && column.property !== camelCase(column.name)
      ? [`(${column.property})`]
      : []),
    `${values ? `enum(${values.join('|')})` : column.rawType}${size === '' ? '' : `(${size})`}${column.array ? '[]' : ''}`,
    ...(column.nullable ? ['null'] : []),
    ...(column.generated === null ? [] : [`generated:${column.generated.kind}`]),
    ...(column.default === null ? [] : [`default ${column.default}`]),
    ...(key ? [`→ ${referenceText(key, column.name)}`] : []),
    ...(column.role === null ? [] : [`[${column.role}]`]),
    ...(column.classification === null ? [] : [`[${column.classification.kind}]`]),
    ...(column.comment === null ? [] : [`-- ${column.comment}`]),
  ].join(' ');
}

function referenceText({ columns, references, onDelete }: ForeignKey, column: string): string {
  const target = references.columns[columns.indexOf(column)] ?? '?';
  const action = onDelete === null || onDelete === 'NO ACTION' ? '' : ` on delete ${onDelete.toLowerCase()}`;
  return `${tableName({ name: references.table, namespace: references.namespace })}.${target}${action}`;
}

function indexText({ columns, expression, unique, where, method, orders }: Index): string {
  const parts = columns.map((column, at) => (orders[at] === 'desc' ? `${column} desc` : column)).join(', ');
  return [
    ...(unique ? ['unique'] : []),
    ...(method === null ? [] : [method]),
    `(${expression ?? parts})`,
    ...(where === null ? [] : [`where ${where}`]),
  ].join(' ');
}

function relationText({ property, kind, target, fetch }: Relation): string {
  return `${property} ${kind} ${target}${fetch === 'explicit' ? '' : ` ${fetch}`}`;
}

export function findingPiece({ rule, severity, message, table, file, range }: Finding): Draft {
  return piece('finding', { rule, severity, message, at: `${file}:${range.line}` }, table);
}

export function queryPiece(query: Query, file: string): Draft {
  const uses = (list: readonly { readonly path: string }[]): string => list.map(({ path }) => path).join(', ');
  return piece(
    'query',
    {
      at: `${file}:${query.at.line}`,
      does: `${query.operation} ${query.table ?? query.entity ?? '?'} (${query.api})`,
      ...(query.filters.length === 0
        ? {}
        : { filters: query.filters.map(({ path, comparison }) => `${path} ${comparison}`).join(', ') }),
      ...(query.sorts.length === 0
        ? {}
        : { sorts: query.sorts.map(({ path, direction }) => `${path} ${direction}`).join(', ') }),
      ...(query.joins.length === 0 ? {} : { joins: uses(query.joins) }),
      ...(query.loads.length === 0 ? {} : { loads: uses(query.loads) }),
      ...(query.rows === 'many' && query.limit === null ? { unlimited: true } : {}),
      ...(query.loop === null ? {} : { inLoop: true }),
      ...(query.sql === null ? {} : { sql: query.sql.text.replace(/\s+/gu, ' ').slice(0, 600) }),
      ...(query.sql !== null && query.sql.interpolations.length > 0
        ? { putIntoText: query.sql.interpolations.map(({ text }) => text) }
        : {}),
    },
    query.table,
  );
}

export function place({ file, line }: SourceRange): string {
  return `${file}:${line}`;
}

function camelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/gu, (_match, letter: string) => letter.toUpperCase());
}
