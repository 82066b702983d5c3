import assert from 'node:assert/strict';
import { diffSchemas } from '../../../src/core/diff/diff.ts';
import type { Comparable } from '../../../src/core/diff/diff.ts';
import { describeChange, losesData } from '../../../src/core/diff/describe.ts';
import { findRenames, similarity } from '../../../src/core/diff/renames.ts';
import type { Table } from '../../../src/core/schema/model.ts';
import { aColumn, aForeignKey, aTable, aUnique, anEnum, anIndex } from '../../support/tables.ts';

function schema(...tables: Table[]): Comparable {
  return { tables, enums: [] };
}

function words(from: Comparable, to: Comparable, options = {}): string[] {
  return diffSchemas(from, to, options).map(describeChange);
}

describe('diff', () => {
  it('finds nothing between a schema and itself, whatever the names of keys and indexes', () => {
    const table = aTable('orders', {
      indexes: [anIndex(['id'], { name: null })],
      foreignKeys: [aForeignKey(['id'], 'x', { name: 'FK_1' })],
    });
    const same = aTable('orders', {
      indexes: [anIndex(['id'], { name: 'IDX_1' })],
      foreignKeys: [aForeignKey(['id'], 'x', { onDelete: 'NO ACTION' })],
    });
    assert.deepEqual(words(schema(table), schema(same)), []);
  });

  it('takes expressions for equal whatever quotes, tables and blanks they are written with', () => {
    const written = aTable('orders', {
      indexes: [
        anIndex(['id'], { unique: true, where: `"orders"."state" = 'a.b  "c"' AND \`orders\`.\`gone\` IS NULL` }),
        anIndex([], { expression: 'LOWER( "email" ), `id`' }),
      ],
      checks: [{ name: null, expression: '[orders].[price] > 1.5', at: aTable('x').at }],
    });
    const same = aTable('orders', {
      indexes: [
        anIndex(['id'], { unique: true, where: `state = 'a.b  "c"' AND gone IS NULL` }),
        anIndex([], { expression: 'LOWER(email), id' }),
      ],
      checks: [{ name: null, expression: 'price>1.5', at: aTable('x').at }],
    });
    assert.deepEqual(words(schema(written), schema(same)), []);
    const other = aTable('orders', {
      indexes: [anIndex(['id'], { unique: true, where: `state = 'a.b "c"' AND gone IS NULL` })],
    });
    assert.equal(words(schema(written), schema(other)).length > 0, true);
  });

  it('keeps of two indexes of one shape each its own name', () => {
    const named = (...names: string[]): Table =>
      aTable('orders', { indexes: names.map((name) => anIndex(['id'], { name })) });
    assert.deepEqual(words(schema(named('a', 'b')), schema(named('b', 'a'))), []);
    assert.deepEqual(words(schema(named('a', 'b')), schema(named('c', 'a'))), ['Rename index b of orders to c']);
  });

  it('creates tables before the foreign keys between them, in a circle too', () => {
    const a = aTable('a', { foreignKeys: [aForeignKey(['id'], 'b')] });
    const b = aTable('b', { foreignKeys: [aForeignKey(['id'], 'a')], indexes: [anIndex(['id'])] });
    assert.deepEqual(
      diffSchemas(schema(), schema(a, b)).map((change) => change.kind),
      ['createTable', 'createTable', 'addForeignKey', 'addIndex', 'addForeignKey'],
    );
  });

  it('drops foreign keys before the tables they hang on', () => {
    const a = aTable('a', { foreignKeys: [aForeignKey(['id'], 'b')] });
    const changes = diffSchemas(
      schema(a, aTable('b')),
      schema(a.foreignKeys.length > 0 ? { ...a, foreignKeys: [] } : a),
    );
    assert.deepEqual(
      changes.map((change) => change.kind),
      ['dropForeignKey', 'dropTable'],
    );
    assert.deepEqual(changes.map(losesData), [false, true]);
  });

  it('names each facet of a changed column', () => {
    const from = aTable('t', { columns: [aColumn('id'), aColumn('n', { nullable: true })] });
    const to = aTable('t', { columns: [aColumn('id'), aColumn('n', { rawType: 'bigint', default: '0' })] });
    assert.deepEqual(words(schema(from), schema(to)), [
      'Change t.n: type integer to bigint, require a value, default 0',
    ]);
  });

  it('takes two spellings of a type for one where the caller can tell', () => {
    const from = schema(aTable('t', { columns: [aColumn('id', { rawType: 'int4' })] }));
    assert.deepEqual(words(from, schema(aTable('t')), { typeOf: () => 'int' }), []);
  });

  it('carries a confirmed rename through keys, indexes and references', () => {
    const from = schema(
      aTable('orders', {
        columns: [aColumn('id'), aColumn('client_id')],
        indexes: [anIndex(['client_id'])],
        foreignKeys: [aForeignKey(['client_id'], 'clients')],
      }),
      aTable('clients'),
    );
    const to = schema(
      aTable('orders', {
        columns: [aColumn('id'), aColumn('customer_id')],
        indexes: [anIndex(['customer_id'])],
        foreignKeys: [aForeignKey(['customer_id'], 'customers')],
      }),
      aTable('customers'),
    );
    const renames = [
      { kind: 'table', table: 'clients', namespace: null, to: 'customers', toNamespace: null },
      { kind: 'column', table: 'orders', namespace: null, from: 'client_id', to: 'customer_id' },
    ] as const;
    assert.deepEqual(words(from, to, { renames }), [
      'Rename column orders.client_id to customer_id',
      'Rename table clients to customers',
    ]);
  });

  it('addresses what it detaches from a renamed table by the old name', () => {
    const from = schema(aTable('a', { indexes: [anIndex(['id'])] }));
    const renames = [{ kind: 'table', table: 'a', namespace: null, to: 'b', toNamespace: null }] as const;
    assert.deepEqual(words(from, schema(aTable('b')), { renames }), ['Drop index on (id) of a', 'Rename table a to b']);
  });

  it('compares uniques, checks and enums, and leaves the engine its own indexes', () => {
    const at = aTable('t').at;
    const from: Comparable = {
      tables: [
        aTable('t', {
          uniques: [aUnique(['id'])],
          checks: [{ name: null, expression: 'a  > 0', at }],
          indexes: [anIndex(['id'], { origin: 'engine' })],
        }),
      ],
      enums: [anEnum('state', ['a', 'b'])],
    };
    const to: Comparable = {
      tables: [aTable('t', { checks: [{ name: 'c', expression: 'a > 0', at }] })],
      enums: [anEnum('state', ['a', 'c'])],
    };
    assert.deepEqual(words(from, to), ['Change enum state: add c; remove b', 'Allow duplicates in t (id)']);
  });

  it('offers renames by property, type and name, and not of unlike columns', () => {
    const rename = (from: ReturnType<typeof aColumn>, to: ReturnType<typeof aColumn>) =>
      findRenames(
        diffSchemas(
          schema(aTable('t', { columns: [aColumn('id'), from] })),
          schema(aTable('t', { columns: [aColumn('id'), to] })),
        ),
      );
    assert.equal(rename(aColumn('a', { property: 'p' }), aColumn('zzz', { property: 'p' }))[0]?.score, 1);
    assert.equal(rename(aColumn('client_id'), aColumn('customer_id')).length, 1);
    assert.equal(
      rename(
        aColumn('note', { type: 'text', rawType: 'text' }),
        aColumn('paid_at', { type: 'datetime', rawType: 'timestamp' }),
      ).length,
      0,
    );
  });

  it('offers a table rename when most columns are shared', () => {
    const columns = ['id', 'name', 'email', 'phone'].map((name) => aColumn(name));
    const [found] = findRenames(
      diffSchemas(schema(aTable('users', { columns })), schema(aTable('accounts', { columns }))),
    );
    assert.equal(found?.rename.kind, 'table');
    assert.deepEqual(
      findRenames(
        diffSchemas(schema(aTable('users', { columns })), schema(aTable('user', { columns: [aColumn('x')] }))),
      ),
      [],
    );
  });

  it('measures names by words and letters', () => {
    assert.equal(similarity('a', 'a'), 1);
    assert.ok(similarity('customerId', 'customer_id') >= 0.9);
    assert.ok(similarity('note', 'paid_at') < 0.4);
  });
});
