import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { domains } from '../../../src/core/profile/domains/registry.ts';
import { expectedStructures } from '../../../src/core/profile/domains/expected.ts';
import { plainColumn, plainTable } from '../../../src/core/schema/emptyTable.ts';
import type { Table } from '../../../src/core/schema/model.ts';

const at = { file: 'schema.sql', line: 1, column: 1, endLine: 1, endColumn: 1 };
const shape = { type: 'string', rawType: 'text', length: null, precision: null, scale: null, array: false } as const;

function tables(stated: Readonly<Record<string, readonly string[]>>): readonly Table[] {
  return Object.entries(stated).map(([name, columns]) => ({
    ...plainTable(name, 'sql', '', at),
    columns: columns.map((column) => plainColumn(column, shape, at)),
  }));
}

function told(ids: readonly string[], stated: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return expectedStructures(ids, tables(stated)).flatMap(({ domain, found, missing }) => [
    ...found.map(({ structure, table }) => `${domain.id}: ${structure.label} = ${table.name}`),
    ...missing.map(({ label }) => `${domain.id}: no ${label}`),
  ]);
}

describe('expected structures of domains', () => {
  it('finds what a shop has, and says what it lacks', () => {
    assert.deepEqual(
      told(['e-commerce'], {
        shop_products: ['id', 'name', 'price'],
        orders: ['id', 'customer_id'],
        OrderLines: ['id', 'unitPrice'],
        customers: ['id'],
      }),
      [
        'e-commerce: products = shop_products',
        'e-commerce: orders = orders',
        'e-commerce: prices kept with the lines of orders = OrderLines',
        'e-commerce: no payments',
        'e-commerce: no stock',
      ],
    );
  });

  it('asks for the column where the table alone says nothing', () => {
    const lines = told(['e-commerce'], {
      orders: ['id'],
      order_items: ['id', 'product_id'],
      products: ['id', 'stock'],
      a: [],
    });
    assert.ok(lines.includes('e-commerce: no prices kept with the lines of orders'));
    assert.ok(lines.includes('e-commerce: stock = products'));
  });

  it('knows tenants, ledgers, patients and devices', () => {
    assert.deepEqual(
      told(['software-as-a-service'], { organizations: [], memberships: [], plans: [], invites: [] }).filter((each) =>
        each.includes(' no '),
      ),
      [],
    );
    assert.deepEqual(
      told(['banking'], {
        accounts: ['currency'],
        ledger_entries: ['amount'],
        transfers: ['idempotency_key'],
        audit_log: [],
      }).filter((each) => each.includes(' no ')),
      [],
    );
    assert.deepEqual(
      told(['healthcare'], { patient: [], encounter: [], consent: [], access_log: [], users: [] }).filter((each) =>
        each.includes(' no '),
      ),
      [],
    );
    assert.deepEqual(
      told(['internet-of-things'], {
        devices: ['firmware_version'],
        readings: ['recorded_at'],
        alarms: [],
        users: [],
      }).filter((each) => each.includes(' no ')),
      [],
    );
  });

  it('says nothing of few tables, of views alone, of another business, and of fields that expect nothing', () => {
    assert.deepEqual(told(['e-commerce'], { orders: [], products: [] }), []);
    assert.deepEqual(told(['healthcare'], { posts: [], tags: [], users: [], likes: [] }), []);
    assert.deepEqual(told(['education', 'unheard-of'], { courses: [], lessons: [], users: [], marks: [] }), []);
  });

  it('is stated with labels that differ, and reasons that are sentences', () => {
    for (const { id, expects = [] } of domains) {
      assert.equal(new Set(expects.map(({ label }) => label)).size, expects.length, id);
      for (const { why } of expects) assert.match(why, /^[A-Z].*\.$/u);
    }
    assert.ok(domains.filter(({ expects }) => expects).length >= 5);
  });
});
