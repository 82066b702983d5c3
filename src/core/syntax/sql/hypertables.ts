/**
 * TimescaleDB indexes a hypertable by its time, and by its second partition and its time, unless there is such an index or it is told otherwise
 * (docs.tigerdata.com, create_hypertable; `src/indexing.c` of timescaledb).
 */
import type { SqlCursor } from './cursor.ts';
import type { DdlOperation, SqlName } from './operation.ts';

/** `SELECT create_hypertable('metrics', 'at', 'device', 4)`, after the word SELECT. */
export function readHypertable(cursor: SqlCursor): DdlOperation[] {
  cursor.takes('*', 'FROM');
  const name = cursor.name();
  if (name?.name.toLowerCase() !== 'create_hypertable') return [];
  const partitions: string[] = [];
  const items = cursor.items().map((item, at) => {
    const isNamed = item.peek(1).key === '=>' || item.peek(1).text === '=';
    const given = isNamed ? item.peek().text.toLowerCase() : null;
    if (isNamed) item.position += item.peek(2).text === '>' ? 3 : 2;
    if ((at === 2 && !isNamed && item.peek().kind === 'string') || given === 'partitioning_column')
      partitions.push(item.peek().text);
    return item;
  });
  const [relation = '', namespace] = (items[0]?.next().text ?? '').replaceAll('"', '').split('.').reverse();
  const [, time] = items;
  if (time?.takes('BY_RANGE')) time.position += 1;
  const column = time?.next().text ?? '';
  const plain = items.some((item) => /create_default_indexes[\s=>]*false/i.test(item.all()));
  if (relation === '' || column === '' || plain) return [];
  const table = { name: relation, namespace: cursor.namespaceOf(namespace ?? null) };
  const indexes = [timeIndex(table, [column])];
  return [...indexes, ...partitions.map((partition) => timeIndex(table, [partition, column]))];
}

/** `CREATE TABLE … WITH (tsdb.hypertable, tsdb.partition_column = 'at')`: what stands in the brackets. */
export function indexesOfOptions(table: SqlName, options: string): DdlOperation[] {
  if (!/\b(?:tsdb|timescaledb)\s*\.\s*hypertable\b(?!\s*=\s*'?false)/i.test(options)) return [];
  if (/\bcreate_default_indexes\s*=\s*'?false/i.test(options)) return [];
  const column = /\bpartition_column\s*=\s*'([^']+)'/i.exec(options)?.[1];
  return column === undefined ? [] : [timeIndex(table, [column])];
}

/** @param columns the last is the time */
function timeIndex(table: SqlName, columns: readonly string[]): DdlOperation {
  return {
    kind: 'createIndex',
    table,
    index: {
      ...{ name: `${table.name}_${columns.join('_')}_idx`, columns, include: [], unique: false },
      orders: columns.map((_, at) => (at === columns.length - 1 ? ('desc' as const) : ('asc' as const))),
      ...{ method: null, where: null, expression: null },
    },
    ifNotExists: true,
    unlessIndexed: true,
  };
}
