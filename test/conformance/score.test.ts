import assert from 'node:assert/strict';
import { aColumn, aForeignKey, aTable, anEnum, anIndex, aUnique } from '../support/tables.ts';
import { describeModel } from './described.ts';
import { oracles } from './registry.ts';
import { facets, nameDifferences, precision, recall, score, sum } from './score.ts';

const orders = aTable('orders', {
  columns: [aColumn('id'), aColumn('customer_id', { nullable: true }), aColumn('tags', { array: true })],
  foreignKeys: [aForeignKey(['customer_id'], 'customers', { onDelete: 'CASCADE' })],
  indexes: [anIndex(['customer_id']), anIndex(['id', 'customer_id'], { unique: true, orders: ['asc', 'desc'] })],
  uniques: [aUnique(['customer_id'])],
});
const states = anEnum('state', ['a', 'b']);

describe('conformance score', () => {
  it('is full for what equals', () => {
    const scores = score(describeModel([orders], [states]), describeModel([orders], [states]));
    assert.deepEqual(
      facets.map((facet) => [facet, precision(scores[facet]), recall(scores[facet]), scores[facet].expected]),
      [
        ['tables', 1, 1, 1],
        ['columns', 1, 1, 3],
        ['primary keys', 1, 1, 1],
        ['foreign keys', 1, 1, 1],
        ['indexes', 1, 1, 1],
        ['uniques', 1, 1, 2],
        ['enums', 1, 1, 1],
      ],
    );
  });

  it('counts what is missing against recall, what is too much against precision', () => {
    const read = aTable('orders', {
      columns: [aColumn('id', { type: 'uuid' }), ...orders.columns.slice(1), aColumn('more')],
      foreignKeys: [aForeignKey(['customer_id'], 'customers', { onDelete: 'RESTRICT' })],
      indexes: [anIndex(['id', 'customer_id'], { unique: true })],
    });
    const { columns, indexes, uniques, ...rest } = score(describeModel([orders], [states]), describeModel([read], []));
    assert.deepEqual(columns.differences, [
      '- orders: id int32 not null',
      '+ orders: id uuid not null',
      '+ orders: more int32 not null',
    ]);
    assert.deepEqual([precision(columns), recall(columns)], [2 / 4, 2 / 3]);
    assert.deepEqual([precision(indexes), recall(indexes)], [1, 0]);
    assert.deepEqual(uniques.differences, [
      '- orders: (id, customer_id desc)',
      '- orders: (customer_id)',
      '+ orders: (id, customer_id)',
    ]);
    assert.equal(recall(rest['foreign keys']), 0);
    assert.equal(recall(rest.enums), 0);
    assert.equal(precision(rest['primary keys']), 1);
  });

  it('leaves out what no database holds, and compares enums only where the oracle knows of them', () => {
    const view = aTable('totals', { kind: 'view' });
    const loose = aTable('orders', { foreignKeys: [aForeignKey(['customer_id'], 'customers', { enforced: false })] });
    const described = describeModel([loose, view], [states], { enums: false });
    assert.deepEqual(
      described.tables.map(({ name, foreignKeys }) => [name, foreignKeys]),
      [['orders', []]],
    );
    assert.equal(score(described, describeModel([loose], [states])).enums.actual, 0);
  });

  it('sums cases and tells names that differ', () => {
    const one = score(describeModel([orders], []), describeModel([], []));
    const two = score(describeModel([orders], []), describeModel([orders], []));
    assert.equal(recall(sum([one, two]).tables), 0.5);
    const named = { ...orders, indexes: [anIndex(['customer_id'], { name: 'ix' })], uniques: [] };
    const other = { ...orders, indexes: [anIndex(['customer_id'], { name: 'iy' })], uniques: [] };
    assert.deepEqual(nameDifferences(describeModel([named], []), describeModel([other], [])), [
      '- orders: index ix',
      '+ orders: index iy',
    ]);
  });

  it('names every oracle once', () => {
    assert.equal(new Set(oracles.map(({ orm }) => orm)).size, oracles.length);
  });
});
