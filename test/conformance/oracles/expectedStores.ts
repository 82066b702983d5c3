/** What the stores' fixtures declare, written by hand from their documentation: `name type`, with `!` where it cannot be without a value. */
import type { Described, DescribedIndex, DescribedTable } from '../described.ts';

interface Rest {
  readonly key?: readonly string[];
  /** Columns, then a method where it is not the usual one. */
  readonly indexes?: readonly (readonly [columns: readonly string[], method?: string])[];
  readonly uniques?: readonly (readonly string[])[];
}

function table(
  name: string,
  columns: readonly string[],
  { key = [], indexes = [], uniques = [] }: Rest,
): DescribedTable {
  const index = (of: readonly string[], method: string | null): DescribedIndex => ({
    name: null,
    columns: of,
    method,
    partial: false,
    descending: [],
  });
  return {
    name,
    columns: columns.map((column) => {
      const [own = '', type = ''] = column.split(/ (?=\S+$)/u);
      return { name: own, type: type.replace('!', ''), nullable: !type.endsWith('!') };
    }),
    primaryKey: key,
    primaryKeyName: null,
    foreignKeys: [],
    indexes: indexes.map(([of, method]) => index(of, method ?? null)),
    uniques: uniques.map((of) => index(of, null)),
  };
}

const stated = (...tables: readonly DescribedTable[]): Described => ({ tables, enums: null });

export const expectedStores = {
  // cassandra.apache.org/doc/latest/cassandra/developing/cql: a key is its partition columns, then its clustering columns.
  cassandraShop: stated(
    table(
      'customers',
      [
        'id uuid!',
        'email text',
        'name text',
        'phone text',
        'address object',
        'created_at datetime-tz',
        'deleted_at datetime-tz',
      ],
      { key: ['id'], indexes: [[['email']]] },
    ),
    table('categories', ['id int32!', 'name text', 'parent_id int32'], { key: ['id'] }),
    table(
      'products_by_category',
      [
        'category_id int32!',
        'name text!',
        'sku text!',
        'price decimal',
        'active boolean',
        'details object',
        'tags text[]',
      ],
      { key: ['category_id', 'name', 'sku'], indexes: [[['tags']]] },
    ),
    table(
      'orders_by_customer',
      [
        'customer_id uuid!',
        'placed_at datetime-tz!',
        'number text!',
        'status text',
        'lines object[]',
        'customer_name text',
      ],
      { key: ['customer_id', 'placed_at', 'number'] },
    ),
    table('payments', ['order_number text!', 'amount decimal', 'paid_on date', 'reference binary'], {
      key: ['order_number'],
    }),
    table(
      'reviews_by_product',
      ['sku text!', 'written uuid!', 'customer_id uuid', 'stars int16', 'text text', 'score float64'],
      { key: ['sku', 'written'] },
    ),
  ),
  cassandraEvents: stated(
    table(
      'metrics.events',
      [
        'tenant uuid!',
        'day date!',
        'at uuid!',
        'Kind text!',
        'source network',
        'took interval',
        'size decimal',
        'embedding vector',
        'attributes object',
        'old_note text',
        'host text',
        'port int16',
      ],
      { key: ['tenant', 'day', 'at', 'Kind'], indexes: [[['host'], 'storageattachedindex'], [['attributes']]] },
    ),
    table('metrics.hits', ['page text!', 'hour datetime-tz!', 'count int64'], { key: ['page', 'hour'] }),
  ),
  // neo4j.com/docs/cypher-manual/current/constraints
  neo4jShop: stated(
    table('Customer', ['id unknown!', 'email unknown', 'name string!', 'createdAt datetime-tz'], {
      key: ['id'],
      uniques: [['email']],
    }),
    table('Category', ['name unknown'], { uniques: [['name']] }),
    table('Product', ['sku unknown!', 'price float64', 'active boolean', 'name unknown', 'description unknown'], {
      key: ['sku'],
      indexes: [[['name']], [['name', 'description'], 'fulltext']],
    }),
    table('Order', ['number unknown', 'status unknown', 'placedAt unknown'], {
      uniques: [['number']],
      indexes: [[['status', 'placedAt']]],
    }),
    table('CONTAINS', ['quantity int64!'], {}),
    table('REVIEWED', ['stars unknown'], { indexes: [[['stars']]] }),
  ),
  neo4jVersions: stated(
    table('Person', ['id unknown', 'age unknown!', 'name unknown', 'birth place unknown'], {
      uniques: [['id']],
      indexes: [[['name', 'birth place']]],
    }),
    table('Movie', ['title unknown', 'year unknown', 'genres string[]', 'place unknown', 'embedding unknown'], {
      uniques: [['title', 'year']],
      indexes: [
        [['place'], 'point'],
        [['embedding'], 'vector'],
      ],
    }),
    table('ACTED_IN', ['role unknown!', 'since unknown!'], {
      key: ['role', 'since'],
      indexes: [[['role'], 'text']],
    }),
  ),
  // elastic.co/guide, "Mapping": every field is optional, and an array as well as a value; a document has an `_id`.
  elasticsearchShop: stated(
    table(
      'products',
      [
        '_id string!',
        'sku string',
        'name text',
        'price decimal',
        'active boolean',
        'details object',
        'category.id int32',
        'category.name string',
        'tags string',
        'reviews object',
        'reviews.customerId string',
        'reviews.stars int16',
        'reviews.text text',
      ],
      { key: ['_id'] },
    ),
    table(
      'orders',
      [
        '_id string!',
        'number string',
        'status string',
        'placedAt datetime',
        'customer.id string',
        'customer.email string',
        'lines object',
        'lines.sku string',
        'lines.quantity int32',
        'lines.unitPrice float64',
        'payment object',
        'payment.amount float64',
        'payment.paidOn datetime',
      ],
      { key: ['_id'] },
    ),
  ),
  elasticsearchOthers: stated(
    table(
      'logs-*',
      [
        '_id string!',
        '@timestamp datetime',
        'client network',
        'took int64',
        'ratio float32',
        'place geometry',
        'window range',
        'vector vector',
        'message text',
      ],
      { key: ['_id'] },
    ),
    table('people', ['_id string!', 'name text', 'type string'], { key: ['_id'] }),
    table('places', ['_id string!', 'at geometry', 'payload binary'], { key: ['_id'] }),
  ),
  // solr.apache.org/guide, "Fields": optional unless `required`; `multiValued` is said by the field, else by its type.
  solrShop: stated(
    table(
      'products',
      [
        'sku string!',
        'name text!',
        'price float64',
        'active boolean',
        'category string',
        'tags string[]',
        'made_on datetime',
      ],
      { key: ['sku'] },
    ),
  ),
  solrTypes: stated(
    table(
      'default-config',
      [
        'id string!',
        'name text!',
        'stock int32',
        'tags string[]',
        'colours string[]',
        'made_at datetime',
        'active boolean',
        'place geometry',
        'likeness vector',
      ],
      { key: ['id'] },
    ),
  ),
} as const;
