/** Types to choose from, and columns made of them. */
import { plainColumn } from '../schema/emptyTable.ts';
import type { Column, Dialect, Table } from '../schema/model.ts';
import type { TypeSpec } from '../writers/entityChange.ts';
import { rawTypeOf } from '../writers/shared/rawTypes.ts';

const plain = { length: null, precision: null, scale: null } as const;

/** The common ones first; sizes are only what to start from. */
export const commonTypes: readonly TypeSpec[] = [
  { type: 'string', ...plain, length: 255 },
  { type: 'text', ...plain },
  { type: 'int32', ...plain },
  { type: 'int64', ...plain },
  { type: 'decimal', length: null, precision: 12, scale: 2 },
  { type: 'float64', ...plain },
  { type: 'boolean', ...plain },
  { type: 'date', ...plain },
  { type: 'time', ...plain },
  { type: 'datetime', ...plain },
  { type: 'datetime-tz', ...plain },
  { type: 'uuid', ...plain },
  { type: 'json', ...plain },
  { type: 'binary', ...plain },
];

/** Types that may come back from reading where another was asked for: engines and ORMs have not all of them. */
const stoodInBy: Readonly<Partial<Record<TypeSpec['type'], readonly TypeSpec['type'][]>>> = {
  string: ['text', 'char'],
  text: ['string'],
  int32: ['int16'],
  decimal: ['money', 'float64'],
  float64: ['float32', 'decimal'],
  boolean: ['int16'],
  datetime: ['datetime-tz'],
  'datetime-tz': ['datetime'],
  uuid: ['char', 'string', 'text', 'binary'],
  json: ['text', 'object', 'string'],
};

export function isType(asked: TypeSpec, read: Column): boolean {
  if (read.array || read.enum !== null) return false;
  return read.type === asked.type || (stoodInBy[asked.type]?.includes(read.type) ?? false);
}

/** A column as it is asked for: what is not asked for is as engines have it. */
export function newColumn(
  names: { readonly name: string; readonly property: string },
  spec: TypeSpec,
  nullable: boolean,
  table: Table,
  dialect: Dialect | null,
): Column {
  const { type, length, precision, scale } = spec;
  const shape = { type, rawType: rawTypeOf(spec, dialect) ?? type, length, precision, scale, array: false };
  return { ...plainColumn(names.name, shape, table.at), property: names.property, nullable };
}
