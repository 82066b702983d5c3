import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { relevantTables } from '../../../src/core/retrieval/relevantTables.ts';
import { rootOf } from '../../../src/core/retrieval/terms.ts';
import type { Schema } from '../../../src/core/schema/model.ts';
import { createEngine } from '../../../src/server/engine.ts';
import { aColumn, aForeignKey, aTable, anEnum } from '../../support/tables.ts';

const shop = fileURLToPath(new URL('../../workspaces/shop', import.meta.url));

/** Question → tables without which it cannot be answered. */
const questions: readonly (readonly [question: string, needed: readonly string[]])[] = [
  ['Which customers placed an order last month?', ['customers', 'orders']],
  ['How are order lines priced?', ['order_lines']],
  ['Where is the street of a client kept?', ['customer_addresses']],
  ['What is in a shopping basket?', ['carts', 'cart_items']],
  ['Show me the ratings of a product', ['reviews', 'products']],
  ['list all pictures of an article', ['product_images']],
  ['Which brands do we sell?', ['brands']],
  ['category tree with parents', ['categories']],
  ['Who changed the status of an order, and when?', ['order_status_changes']],
  ['payments that failed', ['payments']],
  ['coupons that were redeemed', ['coupons']],
  ['stock per warehouse', ['stock_levels']],
  ['shipments under way', ['shipments']],
  ['audit trail', ['audit_entries']],
  ['revenue per day', ['daily_sales']],
  ['quantity discounts (price tiers) of a variant', ['price_tiers', 'product_variants']],
  ['customerId on orders', ['orders']],
  ['order_lines', ['order_lines']],
];

describe('relevantTables', function () {
  this.timeout(60_000);
  let schema: Schema;
  let domains: readonly string[] = [];
  before(async () => {
    const engine = await createEngine({
      directory: shop,
      wasmDirectory: dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm')),
      cacheDirectory: null,
      exclude: [],
      maxFileSizeKb: 1024,
      rules: {},
    });
    const { snapshot } = await engine.analyze();
    engine.dispose();
    const [project] = snapshot.projects;
    assert.ok(project);
    schema = project.schema;
    domains = project.profile.domains;
  });

  for (const [question, needed] of questions)
    it(`finds ${needed.join(' and ')} for "${question}"`, () => {
      const found = relevantTables(schema, question, 5, domains).map(({ table }) => table.name);
      const unknown = needed.filter((name) => !schema.tables.some((table) => table.name === name));
      assert.deepEqual(unknown, [], `the shop has ${schema.tables.map(({ name }) => name).join(', ')}`);
      assert.deepEqual(
        needed.filter((name) => !found.includes(name)),
        [],
        `found ${found.join(', ')}`,
      );
    });

  it('says why', () => {
    const [first] = relevantTables(schema, 'e-mail of customers', 1, domains);
    assert.equal(first?.table.name, 'customers');
    assert.ok(first.reasons.includes('name "customers"'), first.reasons.join());
  });

  it('yields nothing for a question about something else, for an empty one, and for no tables wanted', () => {
    assert.deepEqual(relevantTables(schema, 'xylophone', 5), []);
    assert.deepEqual(relevantTables(schema, '', 5), []);
    assert.deepEqual(relevantTables(schema, 'orders', 0), []);
  });
});

describe('relevantTables on small schemas', () => {
  const names = (
    tables: Parameters<typeof relevantTables>[0]['tables'],
    question: string,
    domains: readonly string[] = [],
  ) =>
    relevantTables({ tables, enums: [anEnum('state', ['draft', 'cancelled'])] }, question, 10, domains).map(
      ({ table }) => table.name,
    );

  it('brings what joins two hits', () => {
    const tables = [
      aTable('students'),
      aTable('courses'),
      aTable('xref', { foreignKeys: [aForeignKey(['a'], 'students'), aForeignKey(['b'], 'courses')] }),
      aTable('rooms'),
    ];
    assert.deepEqual(names(tables, 'students of courses'), ['courses', 'students', 'xref']);
  });

  it('finds a table by a comment, by an enum value and by the property of a column', () => {
    const tables = [
      aTable('t1', { comment: 'Warranty claims' }),
      aTable('t2', { columns: [aColumn('st', { enum: 'state' })] }),
      aTable('t3', { columns: [aColumn('x', { property: 'loyaltyPoints' })] }),
    ];
    assert.deepEqual(names(tables, 'warranty'), ['t1']);
    assert.deepEqual(names(tables, 'cancelled'), ['t2']);
    assert.deepEqual(names(tables, 'loyalty points'), ['t3']);
  });

  it('reads a word as the field of business does', () => {
    const tables = [aTable('encounters'), aTable('orders')];
    assert.deepEqual(names(tables, 'visits', ['healthcare']), ['encounters']);
    assert.deepEqual(names(tables, 'visits', ['e-commerce']), []);
  });

  it('does not depend on the order of the tables', () => {
    const tables = [aTable('b_log'), aTable('a_log'), aTable('c_log')];
    assert.deepEqual(names(tables, 'log'), names(tables.toReversed(), 'log'));
  });

  it('gives words of one root the same root', () => {
    for (const family of [
      ['ship', 'shipping', 'shipped', 'shipment', 'shipper'],
      ['invoice', 'invoicing', 'invoiced'],
      ['pay', 'payment', 'paying'],
    ])
      assert.equal(new Set(family.map(rootOf)).size, 1, family.map(rootOf).join());
  });
});
