import type { Relation } from '../../schema/model.ts';
import type { PerElement } from '../code/perElement.ts';
import type { Rows } from '../code/rows.ts';
import type { Fix } from '../rule.ts';

/** Loads the relation with the query that read the rows; none where that query is not known. */
export function loadWithRows({ query, table }: Rows, relation: Relation): readonly Fix[] {
  // Only rows of the entity itself have its relations, and only a query that nothing goes through can load them by its own means.
  if (!query || table?.entity == null || query.sql !== null || query.selects !== null) return [];
  if (query.through !== undefined || query.operation !== 'select' || query.groups.length > 0) return [];
  return [
    {
      title: `Load ${relation.property} with the rows`,
      preferred: true,
      change: null,
      edits: [],
      code: {
        kind: 'loadRelation',
        orm: table.reader,
        at: query.at,
        api: query.api,
        entity: table.entity,
        relation: relation.property,
        toMany: relation.kind === 'one-to-many' || relation.kind === 'many-to-many',
      },
    },
  ];
}

/** The same, where the query in the loop reads all that a relation of the row leads to: `customer.orders.all()`. */
export function loadThrough({ rows, query, loop, chain }: PerElement): readonly Fix[] {
  const [element = '', property, ...more] = query.through?.split('.') ?? [];
  const relation = rows?.table?.relations.find((each) => each.property === property);
  const isAll = query.api === 'all' && query.filters.length === 0 && query.sorts.length === 0 && query.limit === null;
  if (!rows || !relation || more.length > 0 || !loop.variables.includes(element) || !isAll || chain.length > 0)
    return [];
  return loadWithRows(rows, relation);
}
