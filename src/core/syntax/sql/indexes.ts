/** `CREATE INDEX` from its method on, and the indexes that stand in a table's body. */
import type { SqlCursor } from './cursor.ts';
import type { SqlIndex } from './operation.ts';

/** `USING method (columns) INCLUDE (…) WHERE …`; what tunes storage is left out. */
export function readIndexBody(cursor: SqlCursor, name: string | null, unique: boolean): SqlIndex {
  cursor.takesAny('CLUSTERED', 'NONCLUSTERED');
  let method = cursor.takes('USING') ? (cursor.identifier()?.toLowerCase() ?? null) : null;
  const from = cursor.position;
  const items = cursor.items();
  const written = cursor.since(from).slice(1, -1).trim();
  const parts = items.map((item) => {
    takePart(item);
    const isBare = item.peek().kind !== 'symbol' && item.peek(1).key !== '.';
    const column = isBare ? item.identifier() : null;
    // MySQL's prefix length: the column is indexed, if not all of it.
    const isPrefix = item.sees('(') && item.peek(1).kind === 'number' && item.peek(2).key === ')';
    if (isPrefix) item.group();
    if (cursor.dialect === 'cassandra' && item.sees(')')) item.next();
    if (item.takes('COLLATE')) item.name();
    const operatorClass = /^(?:ASC|DESC|NULLS)?$/.test(item.peek().key) ? null : item.peek();
    if (operatorClass?.kind === 'word') item.name();
    const order = item.takesAny('ASC', 'DESC') === 'DESC' ? ('desc' as const) : ('asc' as const);
    if (item.takes('NULLS')) item.next();
    // An operator class is part of what is indexed: without it the index would be another one.
    return { column: item.isDone && operatorClass === null ? column : null, order };
  });
  const columns = parts.flatMap(({ column }) => column ?? []);
  const isPlain = columns.length === parts.length;
  let include: string[] = [];
  let where: string | null = null;
  while (!cursor.isDone) {
    if (cursor.takes('INCLUDE') || (cursor.sees('STORING', '(') && cursor.takes('STORING')))
      include = cursor.names() ?? [];
    else if (cursor.takes('WHERE')) where = cursor.expression(new Set(['WITH', 'ON']));
    else if (cursor.takes('USING')) method = cursor.identifier()?.toLowerCase() ?? method;
    else if (cursor.sees('WITH') || cursor.sees('TABLESPACE')) {
      cursor.next();
      if (cursor.group() === null) cursor.next();
    } else cursor.next();
  }
  return {
    name,
    columns,
    orders: parts.some(({ order }) => order === 'desc') && isPlain ? parts.map(({ order }) => order) : [],
    include,
    unique,
    method: method === 'btree' ? null : method,
    where,
    expression: isPlain ? null : written,
  };
}

/** Cassandra indexes a part of a collection: `KEYS(attributes)`. The column is indexed, if not all of it. */
function takePart(item: SqlCursor): void {
  const isPart = ['KEYS', 'VALUES', 'ENTRIES', 'FULL'].some((part) => item.sees(part, '('));
  if (item.dialect === 'cassandra' && isPart) item.position += 2;
}
