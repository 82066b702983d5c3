import { collectionsLoaded } from '../code/collections.ts';
import type { Collection } from '../code/collections.ts';
import { ordersOfCustomers as example } from '../examples.ts';
import { areAlternatives } from '../code/within.ts';
import type { FileFacts, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { CodeContext, QueryRule } from '../rule.ts';

export const multipleCollectionLoads: QueryRule = {
  id: 'multiple-collection-loads',
  code: 'NP005',
  severity: 'warning',
  on: 'query',
  docs: {
    what: 'Reports a query that joins two or more collections of the same row.',
    why:
      'The rows of the collections multiply: an order with 50 lines and 20 status changes comes back as 1,000 rows, with all columns of the order, ' +
      'line and change in each. The ORM throws most of it away again.',
    fix: 'Load the collections by queries of their own (TypeORM: `relationLoadStrategy: "query"`), or load one of them afterwards for all rows at once.',
    bad: [
      example(
        'Orders and handled orders multiply.',
        `  async all() {
    return this.customers.find({ relations: { orders: true, handled: true } });
  }`,
      ),
    ],
    good: [
      example(
        'Each collection is loaded by a query of its own.',
        `  async all() {
    return this.customers.find({ relations: { orders: true, handled: true }, relationLoadStrategy: 'query' });
  }`,
      ),
      example(
        'One collection only.',
        `  async all() {
    return this.customers.find({ relations: { orders: true } });
  }`,
      ),
    ],
    references: [
      {
        title: 'TypeORM: relation load strategy',
        url: 'https://typeorm.io/docs/working-with-entity-manager/find-options',
      },
      {
        title: 'EF Core: single and split queries',
        url: 'https://learn.microsoft.com/ef/core/querying/single-split-queries',
      },
    ],
  },
  check({ query, file }, context, report) {
    if (
      query.loading === 'query' ||
      query.inOneStatement ||
      query.table === null ||
      query.loads.length < 2 ||
      query.operation !== 'select'
    )
      return;
    const table = context.table(query.table, query.namespace);
    if (!table) return;
    const joined = { ...query, loads: query.loads.filter(({ separate }) => separate !== true) };
    const collections = siblings(joined, table, file, context);
    if (collections.length < 2) return;
    report({
      message: `Joins ${collections.length} collections (${collections.map(({ path }) => path).join(', ')}) in one statement: their rows multiply`,
      at: query.loads.find(({ path }) => path === collections[1]?.path)?.at ?? query.at,
      table: table.name,
      severity: query.rows === 'one' ? 'info' : 'warning',
      evidence: collections.map(({ path, relation }) => ({
        message: `${path} holds any number of rows of ${relation.target}.`,
        at: relation.at,
      })),
      fixes: [],
    });
  },
};

/** Collections that multiply with one another: neither lies below the other, and both are asked for at once. */
function siblings(query: Query, root: Table, file: FileFacts, context: CodeContext): readonly Collection[] {
  const found = collectionsLoaded(query, root, context);
  return found.filter(({ path, at }) =>
    found.some(
      (other) =>
        other.path !== path &&
        !other.path.startsWith(`${path}.`) &&
        !path.startsWith(`${other.path}.`) &&
        !areAlternatives(file, at, other.at),
    ),
  );
}
