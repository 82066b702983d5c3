import { collectionsLoaded } from '../code/collections.ts';
import { ordersOfCustomers as example } from '../examples.ts';
import type { QueryRule } from '../rule.ts';

export const paginatedCollectionJoin: QueryRule = {
  id: 'paginated-collection-join',
  code: 'PAG002',
  severity: 'warning',
  on: 'query',
  docs: {
    what: 'Reports a page of rows that is cut from a join with a collection.',
    why:
      'The limit counts rows of the join: a customer with thirty orders fills a page of twenty alone, with ten orders missing. ' +
      'ORMs that keep collections whole read all rows instead and cut them in memory.',
    fix: 'Read a page of keys first and the rows with their collections by those keys, or load the collection with a query of its own. TypeORM’s `take` and `skip` do so; `limit` and `offset` do not.',
    bad: [
      example(
        'Twenty rows of the join are not twenty customers.',
        `  async page() {
    return this.customers
      .createQueryBuilder('customer')
      .leftJoinAndSelect('customer.orders', 'order')
      .orderBy('customer.id')
      .limit(20)
      .getMany();
  }`,
      ),
    ],
    good: [
      example(
        'Twenty customers, each with all orders.',
        `  async page() {
    return this.customers
      .createQueryBuilder('customer')
      .leftJoinAndSelect('customer.orders', 'order')
      .orderBy('customer.id')
      .take(20)
      .getMany();
  }`,
      ),
      example(
        'One customer per order: the rows of the join are the orders.',
        `  async page() {
    return this.orders
      .createQueryBuilder('order')
      .leftJoinAndSelect('order.customer', 'customer')
      .orderBy('order.id')
      .limit(20)
      .getMany();
  }`,
      ),
    ],
    references: [
      {
        title: 'TypeORM: pagination with joins',
        url: 'https://typeorm.io/docs/query-builder/select-query-builder#using-pagination',
      },
      {
        title: 'Hibernate: HHH90003004, pagination applied in memory',
        url: 'https://docs.jboss.org/hibernate/orm/current/userguide/html_single/Hibernate_User_Guide.html#hql-limit-offset',
      },
    ],
  },
  check({ query }, context, report) {
    const counts = query.limit?.counts;
    if (counts === undefined || query.table === null || query.operation !== 'select' || query.rows === 'one') return;
    const table = context.table(query.table, query.namespace);
    const [collection] = table ? collectionsLoaded(query, table, context) : [];
    if (!table || !collection) return;
    report({
      message:
        counts === 'joined-rows'
          ? `The limit counts rows of the join with ${collection.path}: pages hold fewer ${table.name}, and cut the last one’s ${collection.path}`
          : `All rows of the join with ${collection.path} are read, and the page is cut in memory`,
      at: query.limit?.at ?? query.at,
      table: table.name,
      evidence: [
        {
          message: `${collection.path} holds any number of rows of ${collection.relation.target}.`,
          at: collection.relation.at,
        },
      ],
      fixes: [],
    });
  },
};
