import assert from 'node:assert/strict';
import { readFacts } from '../../../../src/core/readers/shared/typescript/facts.ts';
import { linkQueries } from '../../../../src/core/readers/typeorm/linkQueries.ts';
import { readQueries } from '../../../../src/core/readers/typeorm/queries.ts';
import type { FileFacts, Query } from '../../../../src/core/schema/code.ts';
import type { Table } from '../../../../src/core/schema/model.ts';
import { openSource } from '../../../support/openSource.ts';
import { aColumn, aForeignKey, aRelation, aTable } from '../../../support/tables.ts';

const column = (name: string, property: string | null) => aColumn(name, { property, type: 'uuid', rawType: 'uuid' });

const table = (name: string, entity: string, more: Partial<Table>) => aTable(name, { entity, columns: [], ...more });

const entities = new Map<string, Table>([
  [
    'Order',
    table('orders', 'Order', {
      columns: [
        column('id', 'id'),
        column('order_status', 'status'),
        column('customer_id', null),
        column('ship_city', 'shipping.city'),
      ],
      foreignKeys: [aForeignKey(['customer_id'], 'customers')],
      relations: [
        aRelation('customer', 'many-to-one', 'customers', { owner: true, columns: ['customer_id'], inverse: 'orders' }),
        aRelation('tags', 'many-to-many', 'tags', { owner: true, joinTable: 'order_tags' }),
      ],
    }),
  ],
  [
    'Customer',
    table('customers', 'Customer', {
      columns: [column('id', 'id'), column('email_address', 'email')],
      relations: [aRelation('orders', 'one-to-many', 'orders', { inverse: 'customer' })],
    }),
  ],
  ['Tag', table('tags', 'Tag', { columns: [column('tag_id', 'tagId')], primaryKey: ['tag_id'] })],
]);

async function link(...texts: readonly string[]): Promise<Query[]> {
  const files: FileFacts[] = [];
  for (const [index, text] of texts.entries()) {
    const file = await openSource(`src/file${index}.ts`, text);
    files.push(readQueries(file, readFacts(file)));
  }
  return linkQueries(files, entities).flatMap(({ queries }) => queries);
}

const targets = (query: Query | undefined): string[] =>
  (query?.filters ?? []).map(({ target }) => (target ? `${target.table}.${target.columns.join('+')}` : '?'));

describe('linking queries', () => {
  it('finds physical tables and columns of property paths', async () => {
    const [query] = await link(`
      class A { constructor(private orders: Repository<Order>) {}
        async run(id: string) {
          await this.orders.find({
            where: { status: 'new', shipping: { city: 'Rome' }, customer: { email: 'x', id }, tags: { tagId: 1 }, unknown: 1 },
            relations: { customer: { orders: true }, tags: true },
            order: { status: 'ASC' },
          });
        } }`);
    assert.equal(query?.table, 'orders');
    assert.deepEqual(targets(query), [
      'orders.order_status',
      'orders.ship_city',
      'customers.email_address',
      'orders.customer_id',
      'tags.tag_id',
      '?',
    ]);
    assert.deepEqual(
      query.loads.map(({ path, target }) => [path, target?.table, target?.columns]),
      [
        ['customer', 'orders', ['customer_id']],
        ['customer.orders', 'orders', ['customer_id']],
        ['tags', 'order_tags', []],
      ],
    );
    assert.deepEqual(query.sorts[0]?.target?.columns, ['order_status']);
  });

  it('reads columns of a query builder through its aliases, physical names included', async () => {
    const [query] = await link(`
      class A { constructor(private orders: Repository<Order>) {}
        async run() { await this.orders.createQueryBuilder('o').innerJoin('o.customer', 'c').where('o.status = :s AND c.email = :e AND o.customer_id = :c AND o.customerId = :d').getMany(); } }`);
    assert.deepEqual(targets(query), ['orders.order_status', 'customers.email_address', 'orders.customer_id', '?']);
    assert.deepEqual(query?.joins[0]?.target, { table: 'orders', namespace: null, columns: ['customer_id'] });
  });

  it('takes `id` for the primary key whatever its name', async () => {
    const [query] = await link(
      'class A { constructor(private tags: Repository<Tag>) {} async run(id: string) { await this.tags.delete(id); } }',
    );
    assert.deepEqual(targets(query), ['tags.tag_id']);
  });

  it('follows custom repositories over files, generic bases included', async () => {
    const queries = await link(
      `export class BaseRepository<T> extends Repository<T> { async page() { return this.find({ take: 10 }); } }`,
      `export class OrderRepository extends BaseRepository<Order> { async findOpen() { return this.findBy({ status: 'open' }); } }`,
      `class Service { constructor(private repo: OrderRepository) {}
         async run(id: string) { await this.repo.findOneBy({ id }); await this.repo.findOpen(); await this.repo.createQueryBuilder('o').where('o.status = 1').getOne(); } }`,
      `async function old(id: string) { const orders = getCustomRepository(OrderRepository); await orders.count({ where: { id } }); }`,
    );
    assert.deepEqual(
      queries.map(({ api, entity, table: name }) => [api, entity, name]),
      [
        ['find', null, null],
        ['findBy', 'Order', 'orders'],
        ['findOneBy', 'Order', 'orders'],
        ['getOne', 'Order', 'orders'],
        ['count', 'Order', 'orders'],
      ],
    );
    assert.deepEqual(targets(queries[3]), ['orders.order_status']);
  });

  it('follows constants that other modules export', async () => {
    const queries = await link(
      `export const orderRepo = AppDataSource.getRepository(Order); export async function warm() { await orderRepo.count(); }`,
      `import { orderRepo } from './file0'; export async function run(id: string) { return orderRepo.findOneBy({ id }); }`,
    );
    assert.deepEqual(
      queries.map(({ api, table: name }) => [api, name]),
      [
        ['count', 'orders'],
        ['findOneBy', 'orders'],
      ],
    );
  });

  it('follows fields that base classes declare', async () => {
    const queries = await link(
      `export abstract class CrudService<T> { constructor(protected readonly repository: Repository<T>) {} async all() { await 1; } }`,
      `export class OrderService extends CrudService<Order> { async run(id: string) { await this.repository.findOneBy({ id }); } }`,
    );
    assert.deepEqual(
      queries.map(({ api, table: name }) => [api, name]),
      [['findOneBy', 'orders']],
    );
  });

  it('knows static methods of entities, and drops what is no repository', async () => {
    const queries = await link(
      `export class OrdersService { async find() { return 1; } async delete() { await 1; } }`,
      `class Api { constructor(private orders: OrdersService, private redis: RedisClient) {}
         async run(id: string) { await Order.findOneBy({ id }); await this.orders.find({ id }); await this.orders.delete(id); await this.redis.clear(); await Model.find({ id }); } }`,
    );
    assert.deepEqual(
      queries.map(({ api, table: name }) => [api, name]),
      [['findOneBy', 'orders']],
    );
  });

  it('does not take a method that a repository class defines itself for a query', async () => {
    const queries = await link(
      `export class OrderRepository extends Repository<Order> { async findOne(id: any) { return this.findOneBy({ id }); } }`,
      `class A { constructor(private repo: OrderRepository) {} async run(id: string) { await this.repo.findOne(id); } }`,
    );
    assert.deepEqual(
      queries.map(({ api }) => api),
      ['findOneBy'],
    );
  });

  it('guesses by name only an entity that exists', async () => {
    const queries = await link(
      `import { x } from 'typeorm'; module.exports = async (orderRepository, planetRepository, id) => { await orderRepository.findOneBy({ id }); await planetRepository.findOneBy({ id }); };`,
    );
    assert.deepEqual(
      queries.map(({ table: name }) => name),
      ['orders'],
    );
  });

  it('finds the tables of raw SQL by their physical names', async () => {
    const [query] = await link(
      `async function run(dataSource: DataSource) { await dataSource.query('SELECT * FROM Orders o JOIN customers c ON c.id = o.customer_id WHERE o.order_status = $1 AND c.email_address = $2'); }`,
    );
    assert.deepEqual([query?.table, query?.entity], ['orders', 'Order']);
    assert.deepEqual(targets(query), ['orders.order_status', 'customers.email_address']);
  });
});
