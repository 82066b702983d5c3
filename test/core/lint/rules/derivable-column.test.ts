import assert from 'node:assert/strict';
import { lintProject } from '../../../../src/core/lint/engine.ts';
import type { Column, Table } from '../../../../src/core/schema/model.ts';
import { aProject } from '../../../support/project.ts';
import { aColumn, aForeignKey, aTable } from '../../../support/tables.ts';

function lint(...tables: readonly Table[]): readonly string[] {
  return lintProject(aProject(tables, 'postgresql'))
    .filter(({ rule }) => rule === 'derivable-column')
    .map(({ message }) => message.split(' ')[0] ?? '');
}

const text = (name: string): Column => aColumn(name, { type: 'string', rawType: 'varchar(40)' });

describe('derivable-column', () => {
  it('leaves a document of a moment what held then', () => {
    const account = aTable('accounts', { columns: [aColumn('id'), text('currency')] });
    const payout = (...more: readonly Column[]): Table =>
      aTable('payouts', {
        columns: [aColumn('id'), aColumn('account_id'), text('account_currency'), ...more],
        foreignKeys: [aForeignKey(['account_id'], 'accounts')],
      });
    assert.deepEqual(lint(account, payout()), ['payouts.account_currency']);
    assert.deepEqual(lint(account, payout(aColumn('amount', { type: 'int64' }))), []);
    // What only refers to one, or counts them, is no amount.
    assert.deepEqual(lint(account, payout(aColumn('invoice_id', { type: 'int64' }))), ['payouts.account_currency']);
  });

  it('takes a column that refers to two tables for no copy of itself', () => {
    const found = lint(
      aTable('sorts'),
      aTable('prices', {
        columns: [aColumn('id'), aColumn('sort_id')],
        foreignKeys: [aForeignKey(['sort_id'], 'sorts')],
      }),
      aTable('stores', {
        columns: [aColumn('id'), aColumn('sort_id')],
        foreignKeys: [aForeignKey(['sort_id'], 'sorts'), aForeignKey(['sort_id'], 'prices')],
      }),
    );
    assert.deepEqual(found, []);
  });

  it('leaves a row what it came of itself', () => {
    const schema = (name: string): readonly Table[] => [
      aTable('events'),
      aTable('cards', {
        columns: [aColumn('id'), aColumn(name)],
        foreignKeys: [aForeignKey([name], 'events')],
      }),
      aTable('lines', {
        columns: [aColumn('id'), aColumn('card_id'), aColumn(name)],
        foreignKeys: [aForeignKey(['card_id'], 'cards'), aForeignKey([name], 'events')],
      }),
    ];
    assert.deepEqual(lint(...schema('event_id')), ['lines.event_id']);
    for (const name of ['origineventid', 'origin_event_id', 'originEventId', 'last_event_id'])
      assert.deepEqual(lint(...schema(name)), [], name);
  });
});
