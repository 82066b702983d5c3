import assert from 'node:assert/strict';
import { factsOf, filters, one, paths, queriesOf } from './serviceQueries.ts';

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
