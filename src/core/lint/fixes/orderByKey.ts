import type { Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import { columnNamed } from '../findColumn.ts';
import type { Fix } from '../rule.ts';

/** Sorts the query by the primary key of its table, after what it is sorted by; none where the key has no properties. */
export function orderByKey(query: Query, table: Table): readonly Fix[] {
  const properties = table.primaryKey.map((name) => columnNamed(table, name)?.property ?? null);
  if (table.entity === null || properties.length === 0 || query.sql !== null || query.selects !== null) return [];
  if (!properties.every((property) => property !== null && /^\w+$/u.test(property))) return [];
  return [
    {
      title:
        query.sorts.length > 0
          ? `Let ${table.primaryKey.join(', ')} decide ties`
          : `Sort by ${table.primaryKey.join(', ')}`,
      preferred: true,
      change: null,
      edits: [],
      code: {
        kind: 'orderQuery',
        orm: table.reader,
        at: query.at,
        api: query.api,
        entity: table.entity,
        properties: properties.flatMap((property) => property ?? []),
        sorted: query.sorts.length > 0,
        descending: query.sorts.at(-1)?.direction === 'desc',
      },
    },
  ];
}
