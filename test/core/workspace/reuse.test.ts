import assert from 'node:assert/strict';
import { createReuse, isEqual } from '../../../src/core/workspace/reuse.ts';

describe('objects of the last link', () => {
  it('stand for equal ones of this link', () => {
    const reuse = createReuse();
    const link = (...items: { name: string; columns: readonly string[] }[]) => {
      const kept = reuse.of('table', items, ({ name }) => name);
      reuse.end();
      return kept;
    };
    const [orders, users] = link({ name: 'orders', columns: ['id'] }, { name: 'users', columns: ['id'] });
    const again = link({ name: 'users', columns: ['id'] }, { name: 'orders', columns: ['id', 'total'] });
    assert.equal(again[0], users);
    assert.notEqual(again[1], orders);
    assert.deepEqual(again[1], { name: 'orders', columns: ['id', 'total'] });
    // What was gone for one link is not remembered.
    link({ name: 'orders', columns: ['id', 'total'] });
    assert.notEqual(link({ name: 'users', columns: ['id'] })[0], users);
  });

  it('are equal where nothing differs, however deep', () => {
    const table = { name: 'orders', columns: [{ name: 'id', type: null, default: undefined }], comment: null };
    assert.ok(isEqual(table, structuredClone(table)));
    for (const other of [
      { ...table, name: 'order' },
      { ...table, columns: [] },
      { ...table, columns: { 0: table.columns[0] } },
      { ...table, columns: [{ name: 'id', type: 'int', default: undefined }] },
      { ...table, columns: [{ name: 'id', type: null }] },
      { name: table.name, columns: table.columns },
      { ...table, more: 1 },
      null,
      'orders',
    ]) {
      assert.equal(isEqual(table, other), false);
      assert.equal(isEqual(other, table), false);
    }
  });
});
