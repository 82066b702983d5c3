import type { Column, ColumnType, Schema } from '../../schema/model.ts';
import type { PrismaBlock, PrismaField } from '../../syntax/prisma/ast.ts';
import { lineStart } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';
import { indentOf, insertLine } from './modelSource.ts';
import type { ModelSource } from './modelSource.ts';

export const scalars: Readonly<Partial<Record<ColumnType, string>>> = {
  boolean: 'Boolean',
  int16: 'Int',
  int32: 'Int',
  int64: 'BigInt',
  decimal: 'Decimal',
  money: 'Decimal',
  float32: 'Float',
  float64: 'Float',
  string: 'String',
  text: 'String',
  char: 'String',
  uuid: 'String',
  xml: 'String',
  network: 'String',
  'object-id': 'String',
  binary: 'Bytes',
  date: 'DateTime',
  time: 'DateTime',
  datetime: 'DateTime',
  'datetime-tz': 'DateTime',
  json: 'Json',
};

/** Native types by the engine's names. */
const natives: Readonly<Record<string, string>> = {
  varchar: 'VarChar',
  'character varying': 'VarChar',
  char: 'Char',
  character: 'Char',
  nvarchar: 'NVarChar',
  text: 'Text',
  tinytext: 'TinyText',
  mediumtext: 'MediumText',
  longtext: 'LongText',
  citext: 'Citext',
  uuid: 'Uuid',
  uniqueidentifier: 'UniqueIdentifier',
  xml: 'Xml',
  inet: 'Inet',
  smallint: 'SmallInt',
  tinyint: 'TinyInt',
  real: 'Real',
  decimal: 'Decimal',
  numeric: 'Decimal',
  money: 'Money',
  date: 'Date',
  time: 'Time',
  timetz: 'Timetz',
  'time with time zone': 'Timetz',
  timestamp: 'Timestamp',
  'timestamp without time zone': 'Timestamp',
  timestamptz: 'Timestamptz',
  'timestamp with time zone': 'Timestamptz',
  datetime: 'DateTime',
  datetime2: 'DateTime2',
  datetimeoffset: 'DateTimeOffset',
  json: 'Json',
  objectid: 'ObjectId',
};

/** What Prisma takes without being told, on one engine or another: type and sizes. */
const standard: Readonly<Record<string, readonly string[]>> = {
  postgresql: ['text', 'timestamp(3)', 'timestamp without time zone(3)', 'decimal(65,30)', 'numeric(65,30)'],
  mysql: ['varchar(191)', 'datetime(3)', 'decimal(65,30)', 'json'],
  sqlite: ['text', 'datetime', 'decimal'],
  sqlserver: ['nvarchar(1000)', 'datetime2', 'decimal(32,16)'],
  cockroachdb: ['timestamp(3)', 'decimal(65,30)'],
  mongodb: ['date', 'decimal', 'json'],
};

/** A field behind the model's other columns, aligned with them. */
export function addColumn(column: Column, schema: Schema, source: ModelSource): WriteResult {
  const { block, table } = source;
  const type = typeOf(column, source);
  if (type === null)
    return {
      ok: false,
      reason: `No enum of ${source.path} stands for ${column.enum ?? column.rawType}; declare it first, then add the column by hand.`,
    };
  const name = column.property ?? nameFor(column.name, block);
  if (block.fields.some((field) => field.name === name))
    return { ok: false, reason: `${table.entity ?? table.name} has a field ${name} already.` };
  const suffix = column.array ? '[]' : column.nullable ? '?' : '';
  const attributes = [
    ...defaultOf(column),
    ...(column.role === 'updated-at' ? ['@updatedAt'] : []),
    ...(name === column.name ? [] : [`@map(${JSON.stringify(column.name)})`]),
    ...nativeOf(column, type, source),
  ];
  const after = lastColumn(block, schema);
  const line = aligned([name, type + suffix, attributes.join(' ')], after, source);
  const newText = source.eol + indentOf(source) + line;
  return { ok: true, edits: [insertLine(source, after?.end ?? block.body.start, newText)] };
}

function typeOf(column: Column, { document }: ModelSource): string | null {
  if (column.enum !== null) {
    const declared = document.blocks.find(
      (block) => block.kind === 'enum' && (block.name === column.enum || mappedName(block) === column.enum),
    );
    return declared?.name ?? null;
  }
  return scalars[column.type] ?? `Unsupported(${JSON.stringify(column.rawType)})`;
}

function mappedName({ attributes }: PrismaBlock): string | null {
  const value = attributes.find(({ name }) => name === 'map')?.arguments[0]?.value;
  return value?.kind === 'string' ? value.value : null;
}

/** As the model spells its fields: `customerId` mapped to `customer_id`, unless its fields have underscores themselves. */
function nameFor(column: string, { fields }: PrismaBlock): string {
  if (fields.some(({ name }) => /[a-z]_[a-z]/.test(name))) return column;
  return column.replace(/[_\s-]+(\p{L}|\p{N})/gu, (_, letter: string) => letter.toUpperCase());
}

function defaultOf({ default: initial, generated, role, type }: Column): readonly string[] {
  if (generated?.kind === 'increment' || generated?.kind === 'identity' || generated?.kind === 'rowid')
    return ['@default(autoincrement())'];
  if (generated?.kind === 'uuid') return ['@default(uuid())'];
  if (generated?.kind === 'application' && generated.expression !== null) return [`@default(${generated.expression})`];
  if (role === 'created-at') return ['@default(now())'];
  if (initial === null) return [];
  if (/^(?:now\(\)|current_timestamp(?:\(\d*\))?|getdate\(\))$/i.test(initial)) return ['@default(now())'];
  if (type === 'boolean' && /^(?:true|false|'?[01tf]'?)$/i.test(initial))
    return [`@default(${/^(?:true|'?[1t]'?)$/i.test(initial) ? 'true' : 'false'})`];
  if (/^-?\d+(?:\.\d+)?$/.test(initial)) return [`@default(${initial})`];
  const text = /^'((?:[^']|'')*)'$/.exec(initial)?.[1]?.replaceAll("''", "'");
  if (text !== undefined) return [`@default(${type === 'enum' ? text : JSON.stringify(text)})`];
  return [`@default(dbgenerated(${JSON.stringify(initial)}))`];
}

/** `@db.…` where the type is not what Prisma takes without being told. */
export function nativeOf(
  column: Pick<Column, 'rawType' | 'enum' | 'length' | 'precision' | 'scale'>,
  type: string,
  { document }: ModelSource,
): readonly string[] {
  if (column.enum !== null || type.startsWith('Unsupported')) return [];
  const provider = document.blocks
    .find(({ kind }) => kind === 'datasource')
    ?.settings.find(({ key }) => key === 'provider')?.value;
  const known = provider?.kind === 'string' ? (standard[provider.value] ?? []) : (standard.postgresql ?? []);
  const rawType = column.rawType.toLowerCase();
  const sizes = [column.length, column.precision, column.scale].filter((size) => size !== null);
  const list = sizes.length > 0 ? `(${sizes.join(',')})` : '';
  const native = Object.hasOwn(natives, rawType) ? natives[rawType] : undefined;
  if (
    native === undefined ||
    known.includes(rawType + list) ||
    (provider?.kind === 'string' && provider.value === 'sqlite')
  )
    return [];
  return [`@db.${native}${sizes.length > 0 ? `(${sizes.join(', ')})` : ''}`];
}

/** The last field that is no relation. */
function lastColumn({ fields }: PrismaBlock, schema: Schema): PrismaField | undefined {
  const models = new Set(schema.tables.map(({ entity }) => entity));
  return fields.findLast(({ type }) => type !== null && !models.has(type.name)) ?? fields.at(-1);
}

/** In the columns of the field before: names, types and attributes stand below each other. */
function aligned(
  [name, type, attributes]: readonly [string, string, string],
  before: PrismaField | undefined,
  { text, block }: ModelSource,
): string {
  const start = before ? lineStart(text, before.start) : 0;
  const typeColumn = before?.type ? before.type.start - before.start : 0;
  const attributeColumns = block.fields.flatMap((field) => {
    const [first] = field.attributes;
    return first && lineStart(text, first.start) === lineStart(text, field.start) ? [first.start - field.start] : [];
  });
  const named = before && start > block.start ? name.padEnd(typeColumn - 1) : name;
  const typed = `${named} ${type}`;
  if (attributes === '') return typed;
  return `${typed.padEnd(Math.max(0, ...attributeColumns) - 1)} ${attributes}`;
}
