/** Types of CQL → classes of the model. Source: cassandra.apache.org/doc/latest/cassandra/developing/cql/types.html */
import type { Column, ColumnType, Table } from '../../schema/model.ts';

const classes: Readonly<Record<string, ColumnType>> = {
  ascii: 'text',
  bigint: 'int64',
  blob: 'binary',
  boolean: 'boolean',
  counter: 'int64',
  date: 'date',
  decimal: 'decimal',
  double: 'float64',
  duration: 'interval',
  float: 'float32',
  inet: 'network',
  int: 'int32',
  smallint: 'int16',
  text: 'text',
  time: 'time',
  timestamp: 'datetime-tz',
  timeuuid: 'uuid',
  tinyint: 'int16',
  uuid: 'uuid',
  varchar: 'text',
  varint: 'decimal',
};

/** Every column but those of the key can be without a value. Where no columns are bracketed the first one of the key chooses the partition. */
export function withCqlTypes(table: Table): Table {
  const columns = table.columns.map((column) => typed(column));
  if (table.kind !== 'table' || table.primaryKey.length === 0) return { ...table, columns };
  return { ...table, columns, partitionKeyLength: table.partitionKeyLength ?? 1 };
}

function typed(column: Column): Column {
  const plain = column.rawType.toLowerCase().replace(/^frozen\s*<(.*)>$/s, '$1');
  const list = /^(?:list|set)\s*<(.*)>$/s.exec(plain);
  const element = (list?.[1] ?? plain).trim().replace(/^frozen\s*<(.*)>$/s, '$1');
  const type = /^vector\s*</.test(element) ? 'vector' : (classes[element] ?? 'object');
  return { ...column, type, array: list !== null };
}
