import assert from 'node:assert/strict';
import { readFacts } from '../../../../../src/core/readers/shared/typescript/facts.ts';
import type { FileFacts } from '../../../../../src/core/schema/code.ts';
import { openSource } from '../../../../support/openSource.ts';

const read = async (text: string, path = 'src/orders/orders.service.ts'): Promise<FileFacts> =>
  readFacts(await openSource(path, text));

describe('facts of TypeScript', () => {
  describe('functions', () => {
    it('names methods, arrows and functions with their class, parameters and decorators', async () => {
      const { functions } = await read(`
        @Injectable()
        export class OrdersService {
          constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}
          @Get(':id') @Roles('admin', 'x)') async one(@Param('id') id: string, { page, size: limit = 10 }: Page = {}) {
            const rows = await this.orders.find();
            return rows;
          }
          private handle = async (event: OrderPlaced): Promise<void> => { await this.one(event.id); };
        }
        export const load = (ids: string[]) => ids;
        export default async function run<T>(this: void, items: T[]) {}
      `);
      const shown = functions.map(
        ({ name, owner, parameters, parameterTypes, async, exported, decorators, returns }) => ({
          name,
          owner,
          parameters,
          parameterTypes,
          async,
          exported,
          decorators,
          returns,
        }),
      );
      assert.deepEqual(shown, [
        {
          name: 'constructor',
          owner: 'OrdersService',
          parameters: ['orders'],
          parameterTypes: ['Repository<Order>'],
          async: false,
          exported: true,
          decorators: [],
          returns: null,
        },
        {
          name: 'one',
          owner: 'OrdersService',
          parameters: ['id', 'page,limit'],
          parameterTypes: ['string', 'Page'],
          async: true,
          exported: true,
          decorators: ['Get', 'Roles'],
          returns: 'rows',
        },
        {
          name: 'handle',
          owner: 'OrdersService',
          parameters: ['event'],
          parameterTypes: ['OrderPlaced'],
          async: true,
          exported: true,
          decorators: [],
          returns: null,
        },
        {
          name: 'load',
          owner: null,
          parameters: ['ids'],
          parameterTypes: ['string[]'],
          async: false,
          exported: true,
          decorators: [],
          returns: 'ids',
        },
        {
          name: 'run',
          owner: null,
          parameters: ['this', 'items'],
          parameterTypes: ['void', 'T[]'],
          async: true,
          exported: true,
          decorators: [],
          returns: null,
        },
      ]);
    });
  });

  describe('loops', () => {
    const loopsOf = async (body: string) =>
      (await read(`async function run(orders: Order[], ids: string[]) { ${body} }`)).loops.map(
        ({ kind, variables, iterable, bounded, concurrent }) => ({ kind, variables, iterable, bounded, concurrent }),
      );

    it('reads what is iterated and by which names', async () => {
      assert.deepEqual(
        await loopsOf('for (const { id, lines: [first] } of await this.orders.find()) { await load(id, first); }'),
        [
          {
            kind: 'for-of',
            variables: ['id', 'first'],
            iterable: 'this.orders.find()',
            bounded: false,
            concurrent: false,
          },
        ],
      );
      assert.deepEqual(
        await loopsOf('for (let i = 0; i < orders.length; i++) { const order = orders[i]; await load(order.id); }'),
        [{ kind: 'for', variables: ['i', 'order'], iterable: 'orders', bounded: false, concurrent: false }],
      );
      assert.deepEqual(await loopsOf('for await (const row of stream) { await load(row); }'), [
        { kind: 'for-await', variables: ['row'], iterable: 'stream', bounded: false, concurrent: false },
      ]);
    });

    it('knows callbacks of array methods and whether they run at the same time', async () => {
      assert.deepEqual(await loopsOf('await Promise.all(orders.map(async (order) => load(order.id)));'), [
        { kind: 'map', variables: ['order'], iterable: 'orders', bounded: false, concurrent: true },
      ]);
      assert.deepEqual(
        await loopsOf(
          'await orders.reduce(async (done, order) => { await done; await load(order.id); }, Promise.resolve());',
        ),
        [{ kind: 'reduce', variables: ['order'], iterable: 'orders', bounded: false, concurrent: false }],
      );
      assert.deepEqual(await loopsOf('await pMap(orders, async (order) => load(order.id), { concurrency: 5 });'), [
        { kind: 'pMap', variables: ['order'], iterable: 'orders', bounded: false, concurrent: true },
      ]);
      assert.deepEqual(await loopsOf('await Promise.all(ids.map(this.load));'), [
        { kind: 'map', variables: [], iterable: 'ids', bounded: false, concurrent: true },
      ]);
    });

    it('takes no callback of a stream operator, a repository or a promise for a loop', async () => {
      assert.deepEqual(
        await loopsOf(
          "source.pipe(map((x) => x.id), filter((x) => x)); await repo.find({ where: { id: 1 } }); p.then((x) => x); on('x', (y) => y);",
        ),
        [],
      );
    });

    it('tells loops whose rounds do not depend on rows', async () => {
      const bounded = async (body: string) => (await loopsOf(body)).map((loop) => loop.bounded);
      assert.deepEqual(await bounded('for (let i = 0; i < 3; i++) { await load(i); }'), [true]);
      assert.deepEqual(await bounded('for (let attempt = 1; attempt <= maxAttempts; attempt++) { await load(1); }'), [
        true,
      ]);
      assert.deepEqual(await bounded("for (const status of ['new', 'paid']) { await load(status); }"), [true]);
      assert.deepEqual(await bounded('for (const status of STATUSES) { await load(status); }'), [true]);
      assert.deepEqual(
        await bounded('for (let i = 0; i < ids.length; i += 500) { await load(ids.slice(i, i + 500)); }'),
        [true],
      );
      assert.deepEqual(
        await bounded('while (true) { const rows = await page(skip); skip += 100; if (!rows.length) break; }'),
        [true],
      );
      assert.deepEqual(await bounded('while (queue.length) { await load(queue.pop()); }'), [false]);
      assert.deepEqual(await bounded('for (const part of chunk(ids, 100)) { await load(part); }'), [true]);
    });

    it('takes code that leaves a loop to run once', async () => {
      const facts = readFacts(
        await openSource(
          'src/rounds.ts',
          `export async function run(rows: Row[], parts: Part[]) {
            for (const row of rows) {
              each(row);
              if (row.first) { returned(row); return; }
              for (const part of parts) {
                if (part.last) { broken(part); break; }
                switch (part.kind) { case 'a': { switched(part); break; } }
                try { if (part.bad) { caught(part); throw new Error(); } } catch { failed(part); throw part; }
                if (row.done) { thrown(row); throw row; }
              }
              parts.map(async (part) => { if (part.x) { called(part); return; } });
              if (row.last) return;
            }
          }`,
        ),
      );
      const loops = Object.fromEntries(facts.calls.map(({ callee, loop }) => [callee, loop]));
      assert.deepEqual(loops, {
        each: 0,
        returned: null,
        broken: 0,
        switched: 1,
        caught: 1,
        failed: null,
        thrown: null,
        called: 2,
      });
    });

    it('keeps the query of a header outside the loop and the body inside', async () => {
      const { calls } = await read(
        'async function run() { for (const a of await listAll()) { for (const b of a.items) { await loadOne(b); } } }',
      );
      assert.deepEqual(
        calls.map(({ callee, loop, awaited }) => ({ callee, loop, awaited })),
        [
          { callee: 'listAll', loop: null, awaited: true },
          { callee: 'loadOne', loop: 1, awaited: true },
        ],
      );
    });
  });

  it('records calls with plain arguments, results and the loop they stand in', async () => {
    const { calls } = await read(`
      class Orders {
        async run(ids: string[]) {
          const order = await this.loader
            .loadOrder<Order>(ids[0], this.tenant.id, { deep: true });
          const names = order.lines.map((l) => l.name).join(', ');
          await Promise.all(ids.map((id) => this.audit?.write(id, order)));
          const [a, b] = await Promise.all([first(order), second()]);
          throw new NotFoundException('x');
        }
      }`);
    assert.deepEqual(
      calls.map(({ callee, arguments: args, awaited, result, loop }) => ({ callee, args, awaited, result, loop })),
      [
        {
          callee: 'this.loader.loadOrder',
          args: [null, 'this.tenant.id', null],
          awaited: true,
          result: 'order',
          loop: null,
        },
        { callee: 'this.audit.write', args: ['id', 'order'], awaited: false, result: null, loop: 1 },
        { callee: 'first', args: ['order'], awaited: true, result: null, loop: null },
        { callee: 'second', args: [], awaited: true, result: null, loop: null },
      ],
    );
  });

  it('records members of loop variables, once per path, and not what strings and comments say', async () => {
    const { accesses } = await read(`
      async function run(orders: Order[]) {
        for (const order of orders) {
          // order.comment is not read
          const customer = await order.customer;
          send('order.text', customer.email, order.lines.map((line) => line.sku), order.customer);
          const { number, shipping: to } = order;
        }
      }`);
    assert.deepEqual(
      accesses.map(({ path, awaited, loop }) => ({ path, awaited, loop })),
      [
        { path: 'order.customer', awaited: true, loop: 0 },
        { path: 'order.lines', awaited: false, loop: 0 },
        { path: 'order.number', awaited: false, loop: 0 },
        { path: 'order.shipping', awaited: false, loop: 0 },
        { path: 'line.sku', awaited: false, loop: 1 },
      ],
    );
  });

  it('reads imports in all their forms', async () => {
    const { imports } = await read(`
      import def, { a, type B as C } from './x';
      import * as ns from "./y.js";
      import type { D } from '../d';
      import old = require('old');
      const { e, f: g } = require('./z');
      await a();`);
    assert.deepEqual(imports, [
      { local: 'def', imported: 'default', module: './x' },
      { local: 'a', imported: 'a', module: './x' },
      { local: 'C', imported: 'B', module: './x' },
      { local: 'ns', imported: '*', module: './y.js' },
      { local: 'D', imported: 'D', module: '../d' },
      { local: 'old', imported: '*', module: 'old' },
      { local: 'e', imported: 'e', module: './z' },
      { local: 'g', imported: 'f', module: './z' },
    ]);
  });

  it('knows the types of fields, of constructor parameters and of constants of the module', async () => {
    const { fields, classes } = await read(`
      export const mailer = new Mailer({ from: 'x' });
      export class OrderRepository extends Repository<Order> implements Loads<Order>, Saves {}
      export class Orders {
        @Inject() private readonly audit!: AuditService;
        private cache = new Map<string, Order>();
        readonly log: Logger | null = null;
        constructor(private readonly orders: Repository<Order>, customers: CustomerService) { this.customers = customers; }
        async run() {}
      }`);
    assert.deepEqual(fields, [
      { owner: 'Orders', name: 'audit', type: 'AuditService' },
      { owner: 'Orders', name: 'cache', type: 'Map<string, Order>' },
      { owner: 'Orders', name: 'log', type: 'Logger' },
      { owner: 'Orders', name: 'orders', type: 'Repository<Order>' },
      { owner: 'Orders', name: 'customers', type: 'CustomerService' },
      { owner: '', name: 'mailer', type: 'Mailer' },
    ]);
    assert.deepEqual(
      classes.map(({ name, extends: base, implements: all }) => ({ name, base, all })),
      [
        { name: 'OrderRepository', base: 'Repository<Order>', all: ['Loads<Order>', 'Saves'] },
        { name: 'Orders', base: null, all: [] },
      ],
    );
  });

  it('takes declared transactions for what they are', async () => {
    const { transactions } = await read(`
      class Orders { @Transactional({ isolationLevel: IsolationLevel.SERIALIZABLE }) async place() { await this.save(); } }`);
    assert.deepEqual(
      transactions.map(({ api, isolation, body }) => ({ api, isolation, body })),
      [{ api: 'Transactional', isolation: 'SERIALIZABLE', body: 0 }],
    );
  });

  it('judges the purpose of a file by its path', async () => {
    const purpose = async (path: string) => (await read('', path)).purpose;
    assert.equal(await purpose('src/orders/orders.service.ts'), 'application');
    assert.equal(await purpose('src/orders/orders.service.spec.ts'), 'test');
    assert.equal(await purpose('test/orders.ts'), 'test');
    assert.equal(await purpose('src/database/migrations/1700000000000-Init.ts'), 'migration');
    assert.equal(await purpose('src/database/seeds/orders.ts'), 'seed');
    assert.equal(await purpose('src/contest/latest.ts'), 'application');
  });

  it('reads every prefix of a file without a throw', async () => {
    const text = `
      import { Get } from '@nestjs/common';
      @Controller('orders') @UseGuards(AuthGuard('jwt'))
      export class OrdersController {
        constructor(private readonly orders: OrdersService) {}
        @Get(':id') async one(@Param('id') id: string, { a, b = [1, "x)"] }: Page) {
          for (const o of await this.orders.all()) { const c = await o.customer; \`\${c.name} \${o['x']}\`; }
          await Promise.all(ids.map(async (i) => { await this.load(i); }));
          router.route({ method: 'GET', url: '/x', handler: async () => 1 });
        }
      }`;
    for (let end = 0; end <= text.length; end += 3) await read(text.slice(0, end));
  });
});
