import assert from 'node:assert/strict';
import { applyView, collapsedId, moduleOfBox } from '../../../src/core/diagram/applyView.ts';
import type { DiagramModel } from '../../../src/core/diagram/model.ts';
import { around, pathBetween } from '../../../src/core/diagram/neighbourhood.ts';
import { isFiltered, parseView, plainView } from '../../../src/core/diagram/view.ts';
import type { DiagramView } from '../../../src/core/diagram/view.ts';
import { shopModel } from '../../webview/models.ts';

const shown = (change: Partial<DiagramView>, model: DiagramModel = shopModel()): DiagramModel =>
  applyView(model, { ...plainView, ...change });
const ids = (model: DiagramModel) => model.tables.map(({ id }) => id).sort();

/** No line leads to a table that is not there, and modules name only what is. */
function assertWhole(model: DiagramModel): void {
  const tables = new Set(ids(model));
  for (const { id, from, to } of model.edges) assert.ok(tables.has(from.table) && tables.has(to.table), id);
  assert.deepEqual(model.modules.flatMap((module) => module.tables).sort(), [...tables].sort());
}

describe('a diagram as a view shows it', () => {
  it('is the model itself where nothing is chosen', () => {
    const model = shopModel();
    assert.equal(shown({}, model), model);
    assert.equal(isFiltered(plainView), false);
  });

  it('leaves out modules, and schemas', () => {
    const model = shown({ hiddenModules: ['catalogue', 'customers'] });
    assert.ok(model.tables.length > 0 && model.tables.every(({ module }) => !/catalogue|customers/.test(module)));
    assertWhole(model);
    const source = shopModel();
    const audited = {
      ...source,
      tables: source.tables.map((table) => (table.id === 'refund' ? { ...table, namespace: 'audit' } : table)),
    };
    assert.deepEqual(ids(shown({ hiddenSchemas: [''] }, audited)), ['refund']);
  });

  it('leaves out ORMs', () => {
    const source = shopModel();
    const mixed = {
      ...source,
      tables: source.tables.map((table) => ({ ...table, orm: table.id === 'refund' ? 'Prisma' : 'TypeORM' })),
    };
    assert.deepEqual(ids(shown({ hiddenOrms: ['TypeORM'] }, mixed)), ['refund']);
    assert.equal(shown({ hiddenOrms: ['TypeORM'] }, source).tables.length, source.tables.length);
  });

  it('shows tables with findings at least so grave', () => {
    assert.ok(ids(shown({ findings: 'warning' })).includes('order'));
    assert.ok(!ids(shown({ findings: 'warning' })).includes('brand'));
    assert.deepEqual(ids(shown({ findings: 'error' })), []);
  });

  it('shows a table and its neighbours, so many steps away', () => {
    assert.deepEqual(ids(shown({ focus: { table: 'brand', hops: 1 } })), ['brand', 'product']);
    const two = shown({ focus: { table: 'brand', hops: 2 } });
    assert.ok(ids(two).includes('product_variant') && !ids(two).includes('stock_item'));
    assertWhole(two);
  });

  it('shows the way between two tables, with its own lines alone', () => {
    const model = shown({ path: { from: 'brand', to: 'order' } });
    assert.deepEqual(ids(model), ['brand', 'order', 'order_line', 'product', 'product_variant']);
    assert.equal(model.edges.length, 4);
    assertWhole(model);
  });

  it('passes over a focus and a path whose tables are gone', () => {
    const model = shopModel();
    assert.equal(shown({ focus: { table: 'gone', hops: 1 }, path: { from: 'order', to: 'gone' } }, model), model);
  });

  it('shows a module as one box, with one line to each other table or box', () => {
    const model = shown({ collapsed: ['orders', 'customers'] });
    assertWhole(model);
    const box = model.tables.find(({ id }) => id === collapsedId('orders'));
    assert.deepEqual([box?.name, box?.entity, box?.columns.length], ['orders', '7 tables', 0]);
    assert.equal(moduleOfBox(collapsedId('orders')), 'orders');
    assert.equal(moduleOfBox('orders'), null);
    const between = model.edges.filter(
      ({ from, to }) => from.table === collapsedId('orders') && to.table === collapsedId('customers'),
    );
    assert.equal(between.length, 1);
    assert.equal(new Set(model.edges.map(({ id }) => id)).size, model.edges.length);
    assert.ok(model.edges.every(({ from, to }) => from.table !== to.table || from.table === 'category'));
    // What is found in its tables shows at the box.
    assert.ok((box?.findings.length ?? 0) > 0);
  });

  it('shows single tables in more or less detail', () => {
    const model = shown({ detail: 'names', tableDetails: { order: 'all', customer: 'keys' } });
    const columns = (id: string) => model.tables.find((table) => table.id === id)?.columns.map(({ name }) => name);
    assert.equal(columns('order')?.length, 10);
    assert.deepEqual(columns('customer'), ['id', 'email']);
    assert.deepEqual(columns('brand'), []);
    const edge = model.edges.find(({ id }) => id === 'order.customer_id');
    assert.deepEqual([edge?.from.columns, edge?.to.columns], [['customer_id'], ['id']]);
  });
});

describe('tables by their relations', () => {
  it('counts steps in both directions, and finds nothing around what is not there', () => {
    assert.deepEqual([...around(shopModel(), 'coupon', 1)].sort(), ['coupon', 'order_coupon']);
    assert.equal(around(shopModel(), 'gone', 3).size, 0);
  });

  it('finds a shortest way, the table itself, and none where there is none', () => {
    assert.deepEqual(pathBetween(shopModel(), 'refund', 'order'), ['refund', 'payment', 'order']);
    assert.deepEqual(pathBetween(shopModel(), 'order', 'order'), ['order']);
    const model = shopModel();
    assert.equal(pathBetween({ ...model, edges: [] }, 'refund', 'order'), null);
  });
});

describe('a view read back', () => {
  it('is what was written', () => {
    const view: DiagramView = {
      detail: 'keys',
      tableDetails: { order: 'all' },
      foldJoins: true,
      arrangement: 'down',
      collapsed: ['a'],
      hiddenModules: ['b'],
      hiddenSchemas: [''],
      hiddenOrms: ['Prisma'],
      findings: 'warning',
      focus: { table: 'order', hops: 2 },
      path: { from: 'a', to: 'b' },
    };
    assert.deepEqual(parseView(JSON.parse(JSON.stringify(view))), view);
  });

  it('takes plain values for what makes no sense', () => {
    const nonsense = {
      detail: 'some',
      tableDetails: { a: 'none', b: 3 },
      arrangement: 'up',
      collapsed: 'all',
      hiddenModules: [1, 'x', 'x'],
      findings: 'fatal',
      focus: { table: 4 },
      path: { from: 'a' },
    };
    assert.deepEqual(parseView(nonsense), { ...plainView, hiddenModules: ['x'] });
    for (const other of [null, 4, 'text', []]) assert.deepEqual(parseView(other), plainView);
    assert.equal(parseView({ focus: { table: 'a', hops: 900 } }).focus?.hops, 5);
  });
});
