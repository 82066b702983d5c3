import assert from 'node:assert/strict';
import { plainView } from '../../../src/core/diagram/view.ts';
import { tableAt } from '../../../src/core/diagram/tableAt.ts';
import { search } from '../../../webview/state/search.ts';
import { unhide } from '../../../webview/state/unhide.ts';
import { shopModel } from '../models.ts';

const model = shopModel();

describe('webview/state/search over enums', () => {
  it('finds values at the columns that have them, exact ones before names that only begin so', () => {
    const { hits } = search(model, 'shipped');
    assert.deepEqual(
      hits.map(({ label, description }) => `${label} ${description}`),
      ['shipped order.status', 'shipped_at shipment'],
    );
    assert.deepEqual(hits[0]?.match, [0, 7]);
    assert.deepEqual([hits[0].table, hits[0].column], ['order', 'status']);
  });
});

describe('core/diagram/tableAt', () => {
  const order = model.tables.find(({ id }) => id === 'order')!;

  it('finds the table, and the column whose declaration the line is in', () => {
    const at = (line: number) => tableAt(model, { file: order.at.file, line });
    assert.deepEqual(at(order.at.line), { table: 'order', column: null });
    assert.deepEqual(at(order.columns[3]!.at.line), { table: 'order', column: order.columns[3]!.name });
    assert.equal(at(order.at.line - 1), null);
    assert.equal(tableAt(model, { file: 'file:///elsewhere.ts', line: 99 }), null);
  });

  it('takes the last of several tables of one file that begins above the line', () => {
    const second = { ...order, id: 'second', at: { ...order.at, line: 200 }, columns: [] };
    const both = { ...model, tables: [...model.tables, second] };
    assert.equal(tableAt(both, { file: order.at.file, line: 250 })?.table, 'second');
    assert.equal(tableAt(both, { file: order.at.file, line: 199 })?.table, 'order');
  });
});

describe('webview/state/unhide', () => {
  it('changes nothing where the table is shown, or unknown', () => {
    assert.equal(unhide(model, plainView, 'order'), null);
    assert.equal(unhide(model, { ...plainView, hiddenModules: ['orders'] }, 'unknown'), null);
  });

  it('opens its module, and leaves filters that do not hide it', () => {
    const view = { ...plainView, collapsed: ['orders', 'customers'], hiddenModules: ['payments'] };
    assert.deepEqual(unhide(model, view, 'order'), { collapsed: ['customers'] });
  });

  it('takes filters away that hide it, and unfolds join tables only for one of them', () => {
    const view = { ...plainView, foldJoins: true, focus: { table: 'brand', hops: 1 } };
    const change = unhide(model, view, 'order');
    assert.deepEqual([change?.focus, change?.foldJoins], [null, undefined]);
    assert.equal(unhide(model, { ...plainView, foldJoins: true }, 'order_coupon')?.foldJoins, false);
  });
});
