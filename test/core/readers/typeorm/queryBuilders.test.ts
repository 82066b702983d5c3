import assert from 'node:assert/strict';
import { factsOf, filters, one, paths, queriesOf } from './serviceQueries.ts';

describe('TypeORM query builders, raw SQL and transactions', () => {
  describe('query builders', () => {
    it('reads clauses into paths of the root entity', async () => {
      const query = await one(`
        const [rows, total] = await this.orders
          .createQueryBuilder('o')
          .leftJoinAndSelect('o.customer', 'c')
          .innerJoin('c.address', 'a', 'a.country = :country', { country })
          .where('o.status = :status AND o.createdAt > :from', { status, from })
          .andWhere('LOWER(c.email) LIKE :q', { q: \`%\${input.q}%\` })
          .andWhere('o.id IN (:...ids)', { ids })
          .orderBy('o.createdAt', 'DESC')
          .addOrderBy('c.name')
          .groupBy('o.id, c.id')
          .take(20).skip(40).setLock('pessimistic_read')
          .getManyAndCount();`);
      assert.deepEqual(filters(query), [
        'status eq',
        'createdAt range',
        'customer.email contains~',
        'id in',
        'customer.address.country eq',
      ]);
      assert.deepEqual(
        query.joins.map(({ path, alias, kind, selected }) => [path, alias, kind, selected]),
        [
          ['customer', 'c', 'left', true],
          ['customer.address', 'a', 'inner', false],
        ],
      );
      assert.deepEqual(paths(query.loads), ['customer']);
      assert.deepEqual(
        query.sorts.map(({ path, direction }) => `${path} ${direction}`),
        ['createdAt desc', 'customer.name asc'],
      );
      assert.deepEqual(paths(query.groups), ['id', 'customer.id']);
      assert.deepEqual(
        [query.limit?.value, query.offset?.value, query.lock, query.rows, query.result],
        [20, 40, 'pessimistic_read', 'many', 'rows'],
      );
      assert.equal(query.entity, 'Order');
    });

    it('goes on with a builder held in a variable, over ifs and nested functions', async () => {
      const query = await one(`
        const qb = this.orders.createQueryBuilder('order').where('order.tenant = :t', { t: id });
        if (input.status) { qb.andWhere('order.status = :s', { s: input.status }); }
        ids.forEach((x, i) => qb.orWhere(\`order.number = :n\${i}\`, { ['n' + i]: x }));
        qb.orderBy('order.id');
        return qb.getMany();`);
      assert.deepEqual(filters(query), ['tenant eq|1', 'status eq|1', 'number eq|2']);
      assert.deepEqual(paths(query.sorts), ['id']);
    });

    it('tells AND from OR, also inside brackets', async () => {
      const query = await one(`
        await this.orders.createQueryBuilder('o')
          .where('o.a = 1')
          .andWhere(new Brackets((qb) => { qb.where('o.b = :b').orWhere('o.c IS NULL'); }))
          .andWhere('(o.d = 2 OR o.e > 3)')
          .getOne();`);
      assert.deepEqual(filters(query), ['a eq!', 'b eq|1', 'c is-null|2!', 'd eq|3!', 'e range|4!']);
    });

    it('reads update, delete and insert with what they write', async () => {
      const update = await one(
        "await this.dataSource.createQueryBuilder().update(Order).set({ status: 'paid', paidAt: () => 'now()' }).where('id = :id', { id }).execute();",
      );
      assert.deepEqual(
        [update.operation, update.entity, paths(update.writes), filters(update)],
        ['update', 'Order', ['status', 'paidAt'], ['id eq']],
      );
      const removal = await one('await this.manager.createQueryBuilder().delete().from(Order).execute();');
      assert.deepEqual(
        [removal.operation, removal.entity, removal.filters.length, removal.complete],
        ['delete', 'Order', 0, true],
      );
      const insert = await one(
        "await this.orders.createQueryBuilder().insert().into(Order).values([{ number: 'a' }]).orIgnore().execute();",
      );
      assert.deepEqual([insert.operation, insert.entity, paths(insert.writes)], ['insert', 'Order', ['number']]);
      const relation = await one(
        "await this.dataSource.createQueryBuilder().relation(Order, 'lines').of(id).add(ids);",
      );
      assert.deepEqual([relation.operation, relation.entity, filters(relation)], ['update', 'Order', ['id eq']]);
    });

    it('reads subqueries where they are made', async () => {
      const queries = await queriesOf(`
        await this.orders.createQueryBuilder('o')
          .where((qb) => 'o.id IN ' + qb.subQuery().select('l.orderId').from(OrderLine, 'l').where('l.sku = :sku').getQuery())
          .getMany();`);
      assert.deepEqual(
        queries.map((query) => [query.api, query.entity, filters(query), query.complete]),
        [
          ['getMany', 'Order', [], false],
          ['subQuery', 'OrderLine', ['sku eq'], true],
        ],
      );
    });

    it('is incomplete when it is handed on, and known by its parameter type', async () => {
      const handed = await one(
        "const qb = this.orders.createQueryBuilder('o'); applyFilters(qb, input); return qb.getMany();",
      );
      assert.equal(handed.complete, false);
      const facts = await factsOf(
        "import { SelectQueryBuilder } from 'typeorm'; export async function narrow(qb: SelectQueryBuilder<Order>, q: string) { qb.andWhere(`order.name LIKE '%${q}%'`); }",
      );
      const [query] = facts.queries;
      assert.deepEqual(
        [query?.entity, query?.complete, query?.sql?.interpolations[0]?.position],
        ['Order', false, 'value'],
      );
    });
  });

  describe('raw SQL', () => {
    it('reads table, filters, sorting and limit', async () => {
      const query = await one(
        "const rows = await this.dataSource.query('SELECT * FROM shop.orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = $1 AND c.email = $2 ORDER BY o.created_at DESC LIMIT 10', [a, b]);",
      );
      assert.deepEqual(
        [query.operation, query.namespace, query.table, query.rows],
        ['select', 'shop', 'orders', 'many'],
      );
      assert.deepEqual(filters(query), ['status eq', 'customers.email eq']);
      assert.deepEqual(
        query.sorts.map(({ path, direction }) => [path, direction]),
        [['created_at', 'desc']],
      );
      assert.equal(query.limit?.value, 10);
      assert.deepEqual(query.sql?.interpolations, []);
    });

    it('tells interpolated values from names, whatever builds the text', async () => {
      const positions = async (body: string): Promise<string[]> =>
        (await one(body)).sql!.interpolations.map(({ text, position }) => `${text} ${position}`);
      assert.deepEqual(
        await positions(
          "await this.manager.query(`DELETE FROM ${table} WHERE id = ${id} AND name = '${input.name}'`);",
        ),
        ['table identifier', 'id value', 'input.name value'],
      );
      assert.deepEqual(
        await positions("await this.dataSource.query('SELECT * FROM orders WHERE id IN (' + ids.join(',') + ')');"),
        ["ids.join(',') value"],
      );
      assert.deepEqual(
        await positions('const sql = `UPDATE orders SET total = ${input.total}`; await this.orders.query(sql);'),
        ['input.total value'],
      );
      assert.deepEqual(await positions("await this.dataSource.query('SELECT * FROM orders ' + where);"), [
        'where fragment',
      ]);
      assert.deepEqual(
        await positions("await this.orders.createQueryBuilder('o').where(`o.name = '${input.name}'`).getMany();"),
        ['input.name value'],
      );
    });

    it('takes constants of the file, bound parameters and tagged templates for no interpolation', async () => {
      const facts = await factsOf(
        "import { DataSource } from 'typeorm'; const TABLE = 'orders'; export async function f(dataSource: DataSource, id: string) { await dataSource.query(`SELECT * FROM ${TABLE} WHERE id = $1`, [id]); await dataSource.sql`SELECT ${id}`; }",
      );
      assert.deepEqual(
        facts.queries.map(({ sql, table }) => [sql?.interpolations.length, table]),
        [[0, 'orders']],
      );
    });
  });

  describe('transactions', () => {
    it('ties queries to the transaction and tells its own manager from others', async () => {
      const facts = await factsOf(`
        import { DataSource, Repository } from 'typeorm';
        class A {
          constructor(private dataSource: DataSource, private orders: Repository<Order>) {}
          async run(id: string) {
            await this.dataSource.transaction('SERIALIZABLE', async (manager) => {
              await manager.update(Order, id, { status: 'paid' });
              const lines = manager.getRepository(OrderLine);
              await lines.delete({ order: { id } });
              await this.orders.findOneBy({ id });
            });
          }
        }`);
      assert.deepEqual(
        facts.transactions.map(({ api, isolation, client }) => [api, isolation, client]),
        [['transaction', 'SERIALIZABLE', 'manager']],
      );
      assert.deepEqual(
        facts.queries.map(({ entity, transaction, inTransactionClient }) => [entity, transaction, inTransactionClient]),
        [
          ['Order', 0, true],
          ['OrderLine', 0, true],
          ['Order', 0, false],
        ],
      );
    });

    it('follows a query runner from startTransaction on', async () => {
      const facts = await factsOf(`
        import { DataSource } from 'typeorm';
        export async function run(dataSource: DataSource, orders: Repository<Order>) {
          const queryRunner = dataSource.createQueryRunner();
          await orders.find();
          await queryRunner.startTransaction('REPEATABLE READ');
          await queryRunner.manager.save(Order, { id: 1 });
          await queryRunner.query('UPDATE orders SET x = 1');
          await orders.find();
        }`);
      assert.deepEqual(
        facts.transactions.map(({ isolation, client }) => [isolation, client]),
        [['REPEATABLE READ', 'queryRunner']],
      );
      assert.deepEqual(
        facts.queries.map(({ api, transaction, inTransactionClient }) => [api, transaction, inTransactionClient]),
        [
          ['find', null, false],
          ['save', 0, true],
          ['query', 0, true],
          ['find', 0, false],
        ],
      );
    });
  });
});
