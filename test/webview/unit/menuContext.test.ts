import assert from 'node:assert/strict';
import { collapsedKind } from '../../../src/core/diagram/model.ts';
import { menuContextOf, relationContextOf } from '../../../webview/components/Canvas/menuContext.ts';
import { shopModel } from '../models.ts';

const model = shopModel();
const order = model.tables.find(({ id }) => id === 'order')!;

describe('webview/components/Canvas/menuContext', () => {
  it('means the row under the pointer, and the table elsewhere', () => {
    const column = order.columns[1]!;
    const { webviewSection, table, element, columns, label, at } = menuContextOf('p', order, column.name);
    assert.deepEqual(
      { webviewSection, table, element, columns, label },
      { webviewSection: 'entity', table: 'order', element: 'column', columns: [column.name], label: column.name },
    );
    assert.deepEqual(at, column.at);
    const whole = menuContextOf('p', order);
    assert.deepEqual([whole.element, whole.columns, whole.at], ['table', [], order.at]);
    assert.equal(menuContextOf('p', order, 'gone').element, 'table');
  });

  it('offers no edits where no entity stands for a table, and none of a box', () => {
    assert.equal(menuContextOf('p', { ...order, entity: null }).webviewSection, 'table');
    assert.equal(menuContextOf('p', { ...order, kind: collapsedKind }).webviewSection, 'diagram');
    const empty = menuContextOf('p', undefined);
    assert.deepEqual([empty.webviewSection, empty.id, empty.table], ['diagram', 'p', undefined]);
  });

  it('means a line by the table that holds the key', () => {
    const edge = model.edges.find(({ from }) => from.table === 'order')!;
    const { webviewSection, table, element, columns } = relationContextOf('p', edge);
    assert.deepEqual(
      { webviewSection, table, element, columns },
      { webviewSection: 'relation', table: 'order', element: 'relation', columns: edge.from.columns },
    );
  });
});
