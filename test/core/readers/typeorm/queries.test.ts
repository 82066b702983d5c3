import assert from 'node:assert/strict';
import { readFacts } from '../../../../src/core/readers/shared/typescript/facts.ts';
import { readQueries } from '../../../../src/core/readers/typeorm/queries.ts';
import type { FileFacts, Query } from '../../../../src/core/schema/code.ts';
import { openSource } from '../../../support/openSource.ts';

async function factsOf(text: string): Promise<FileFacts> {
  const file = await openSource('src/orders/orders.service.ts', text);
  return readQueries(file, readFacts(file));
}

/** Queries of a service with the usual fields. */
async function queriesOf(body: string): Promise<readonly Query[]> {
  const facts = await factsOf(`
    import { DataSource, In, Repository } from 'typeorm';
    export class OrdersService {
      constructor(
        @InjectRepository(Order) private readonly orders: Repository<Order>,
        private readonly dataSource: DataSource,
        @InjectEntityManager() private manager: EntityManager,
      ) {}
      async run(id: string, ids: string[], input: OrderInput) { ${body} }
    }`);
  return facts.queries;
}

async function one(body: string): Promise<Query> {
  const queries = await queriesOf(body);
  assert.equal(queries.length, 1, `one query in: ${body}, found ${queries.map(({ api }) => api).join(', ')}`);
  return queries[0]!;
}

/** `path comparison`, with `|n` for the group, `~` for wrapped and `!` for constant values. */
const filters = (query: Query): string[] =>
  query.filters.map(
    ({ path, comparison, orGroup, wrapped, constant }) =>
      `${path} ${comparison}${orGroup === 0 ? '' : `|${orGroup}`}${wrapped ? '~' : ''}${constant ? '!' : ''}`,
  );
const paths = (uses: readonly { readonly path: string }[]): string[] => uses.map(({ path }) => path);

describe('TypeORM queries', () => {
  describe('find options', () => {
    it('reads where objects with operators, nested relations and lists', async () => {
      const query = await one(`
        const rows = await this.orders.find({
          where: [
            { status: In(['new', 'paid']), customer: { email: input.email }, total: MoreThan(10) },
            { number: Like('2024%'), note: ILike(\`%\${input.q}%\`), deletedAt: IsNull(), kind: Not('draft'), at: Between(a, b), closedAt: Not(IsNull()) },
          ],
          relations: { lines: { product: true }, customer: true, payments: false },
          order: { createdAt: 'DESC', customer: { name: 'ASC' } },
          select: { id: true, customer: { name: true } },
          take: 20,
          skip: (input.page - 1) * 20,
          lock: { mode: 'pessimistic_write' },
          withDeleted: true,
          relationLoadStrategy: 'query',
        });`);
      assert.deepEqual(filters(query), [
        'status in|1!',
        'customer.email eq|1',
        'total range|1!',
        'number prefix|2!',
        'note contains|2~',
        'deletedAt is-null|2!',
        'kind ne|2!',
        'at range|2',
        'closedAt other|2!',
      ]);
      assert.deepEqual(paths(query.loads), ['lines', 'lines.product', 'customer']);
      assert.deepEqual(
        query.sorts.map(({ path, direction }) => `${path} ${direction}`),
        ['createdAt desc', 'customer.name asc'],
      );
      assert.deepEqual(query.selects, ['id', 'customer.name']);
      assert.equal(query.limit?.value, 20);
      assert.equal(query.offset?.value, null);
      assert.equal(query.lock, 'pessimistic_write');
      assert.equal(query.withDeleted, true);
      assert.equal(query.loading, 'query');
      assert.deepEqual(
        [query.operation, query.entity, query.rows, query.result, query.awaited, query.complete],
        ['select', 'Order', 'many', 'rows', true, true],
      );
    });

    it('follows a variable that holds the options, and says that later assignments may not apply', async () => {
      const query = await one(`
        const where: FindOptionsWhere<Order> = { tenantId: input.tenant };
        if (input.status) where.status = input.status;
        return this.orders.findAndCount({ where, relations: ['lines', 'lines.product'] });`);
      assert.deepEqual(filters(query), ['tenantId eq', 'status eq']);
      assert.equal(query.complete, false);
      assert.deepEqual(paths(query.loads), ['lines', 'lines.product']);
    });

    it('is incomplete where filters cannot be read', async () => {
      assert.equal((await one('await this.orders.find({ where: input.where });')).complete, false);
      assert.equal((await one('await this.orders.find({ where: { ...input.where, id } });')).complete, false);
      assert.equal((await one('await this.orders.find({ where: { [input.key]: 1 } });')).complete, false);
      assert.equal((await one('await this.orders.find(options);')).complete, false);
      assert.equal((await one('await this.orders.find();')).complete, true);
    });

    it('reads what a conditional spread may add', async () => {
      const query = await one(
        'await this.orders.findBy({ tenantId: id, ...(input.status && { status: input.status }) });',
      );
      assert.deepEqual(filters(query), ['tenantId eq', 'status eq']);
      assert.equal(query.complete, false);
    });

    it('reads Raw with its alias, and what else is put into it', async () => {
      const safe = await one(
        'await this.orders.findBy({ email: Raw((alias) => `LOWER(${alias}) = LOWER(:email)`, { email: input.email }) });',
      );
      assert.deepEqual(filters(safe), ['email eq~']);
      assert.equal(safe.sql, null);
      const unsafe = await one("await this.orders.findBy({ email: Raw((alias) => `${alias} = '${input.email}'`) });");
      assert.deepEqual(
        unsafe.sql?.interpolations.map(({ text, position }) => `${text} ${position}`),
        ['input.email value'],
      );
    });

    it('reads ids as the primary key', async () => {
      assert.deepEqual(filters(await one('await this.orders.delete(id);')), ['id eq']);
      assert.deepEqual(filters(await one('await this.orders.softDelete(ids);')), ['id in']);
      assert.deepEqual(filters(await one('await this.orders.findOne(id);')), ['id eq']);
      assert.deepEqual(filters(await one('await this.orders.findByIds(ids);')), ['id in']);
      assert.deepEqual(
        filters(await one("await this.orders.update({ status: 'new' }, { status: 'paid', paidAt: new Date() });")),
        ['status eq!'],
      );
    });
  });

  it('knows the operation and the rows of each method', async () => {
    const table: [string, string, string][] = [
      ['findOneByOrFail({ id })', 'select', 'one'],
      ['countBy({ id })', 'count', 'one'],
      ['existsBy({ id })', 'exists', 'one'],
      ["sum('total', { id })", 'aggregate', 'one'],
      ['save(input)', 'upsert', 'none'],
      ['insert({ number: id })', 'insert', 'none'],
      ['update(id, { number: id })', 'update', 'none'],
      ["upsert(input, ['number'])", 'upsert', 'none'],
      ['remove(input)', 'delete', 'none'],
      ['softRemove(input)', 'update', 'none'],
      ['restore(id)', 'update', 'none'],
      ["increment({ id }, 'count', 1)", 'update', 'none'],
      ['clear()', 'delete', 'none'],
    ];
    for (const [call, operation, rows] of table) {
      const query = await one(`await this.orders.${call};`);
      assert.deepEqual([query.operation, query.rows, query.entity], [operation, rows, 'Order'], call);
    }
  });

  describe('receivers', () => {
    const entityOf = async (body: string): Promise<string | null> => (await one(body)).entity;

    it('finds the entity of repositories and managers', async () => {
      assert.equal(await entityOf('await this.dataSource.getRepository(Invoice).find();'), 'Invoice');
      assert.equal(await entityOf('await this.dataSource.getRepository<Invoice>("Invoice").find();'), 'Invoice');
      assert.equal(
        await entityOf('const repo = this.manager.getRepository(Invoice); await repo.findBy({ id });'),
        'Invoice',
      );
      assert.equal(
        await entityOf('await this.connection.getRepository(ctx, Invoice).findOne({ where: { id } });'),
        'Invoice',
      );
      assert.equal(await entityOf('await this.manager.find(Invoice, { where: { id } });'), 'Invoice');
      assert.equal(await entityOf('await this.orders.manager.findOneBy(Invoice, { id });'), 'Invoice');
      assert.equal(await entityOf('await getManager().count(Invoice);'), 'Invoice');
      assert.equal(await entityOf('const invoice = new Invoice(); await this.manager.save(invoice);'), 'Invoice');
      assert.equal(await entityOf('await this.manager.delete(Invoice, { id });'), 'Invoice');
      assert.equal(await entityOf('await this.manager.find<Invoice>(Invoice, {});'), 'Invoice');
      assert.equal(await entityOf('await this.dataSource.getRepository(input.entity).find();'), null);
    });

    it('leaves receivers of other files to linking', async () => {
      const facts = await factsOf(`
        import { OrderRepository } from './order.repository';
        import { invoices } from './invoices';
        class A { constructor(private repo: OrderRepository) {}
          async run(order: Order) { await this.repo.findByNumber(1); await this.repo.find(); await invoices.findBy({ id: 1 }); await Order.findOne({ where: { id: 1 } }); } }`);
      assert.deepEqual(
        facts.queries.map(({ api, entity, receiver }) => [api, entity, receiver]),
        [
          ['find', null, 'OrderRepository'],
          ['findBy', null, 'invoices'],
          ['findOne', 'Order', 'Order'],
        ],
      );
    });

    it('knows `this` in a repository class and in an extended repository', async () => {
      const facts = await factsOf(`
        export class OrderRepository extends Repository<Order> { open() { return this.find({ where: { open: true } }); } }
        export const invoices = dataSource.getRepository(Invoice).extend({ async byNumber(number: string) { return this.findOneBy({ number }); } });`);
      assert.deepEqual(
        facts.queries.map(({ api, entity }) => [api, entity]),
        [
          ['find', 'Order'],
          ['findOneBy', 'Invoice'],
        ],
      );
      assert.ok(
        facts.fields.some(
          ({ owner, name, type }) => owner === '' && name === 'invoices' && type === 'Repository<Invoice>',
        ),
      );
    });

    it('takes no array, map or cache for a repository', async () => {
      assert.deepEqual(
        await queriesOf(`
          const found = input.lines.find((line) => line.id === id);
          const known = new Map<string, Order>(); known.delete(id);
          const set = new Set<string>(); set.clear();
          input.lines.find(isOpen);`),
        [],
      );
    });
  });

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

  it('says where a query stands: function, loop, result, what it uses', async () => {
    const queries = await queriesOf(`
      const orders = await this.orders.find();
      for (const order of orders) {
        order.customer = await this.dataSource.getRepository(Customer).findOneBy({ id: order.customerId });
      }
      const [a, b] = await Promise.all([this.orders.count(), this.orders.findBy({ id: In(ids) })]);
      const names = (await this.orders.find()).map((o) => o.name);`);
    assert.deepEqual(
      queries.map(({ loop, result, awaited, uses }) => [loop, result, awaited, uses]),
      [
        [null, 'orders', true, []],
        [0, 'order.customer', true, ['order.customerId']],
        [null, 'a', true, []],
        [null, 'b', true, ['ids']],
        [null, null, true, []],
      ],
    );
    assert.deepEqual(new Set(queries.map((query) => query.function)), new Set([1]));
  });

  it('reads every prefix of a service without a throw', async () => {
    const text = `
      class A { constructor(private orders: Repository<Order>, private ds: DataSource) {}
        async run(id: string) {
          const qb = this.orders.createQueryBuilder('o').leftJoinAndSelect('o.customer', 'c').where(\`o.id = \${id} AND (o.x = 'a' OR o.y BETWEEN 1 AND 2)\`);
          if (id) qb.andWhere(new Brackets((q) => q.where('a.b IN (:...c)', { c: [1] }).orWhere({ z: Not(In([1])) })));
          await this.ds.query('INSERT INTO t (a, b) VALUES ($1, ' + id + ')');
          return this.orders.find({ where: [{ a: { b: Like('%x') }, ...(id && { d: 1 }) }], relations: { x: { y: true } }, order: { a: { b: 'ASC' } } });
        } }`;
    for (let end = 0; end <= text.length; end += 2) await factsOf(text.slice(0, end));
  });
});
