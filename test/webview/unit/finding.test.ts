import assert from 'node:assert/strict';
import type { LayoutBox } from '../../../src/core/layout/layout.ts';
import { loadL10n, t } from '../../../webview/l10n.ts';
import { relationsOf, tableSummary } from '../../../webview/state/describe.ts';
import { buildGraph, tableSeverity } from '../../../webview/state/graph.ts';
import { neighbourInDirection, readingOrder } from '../../../webview/state/navigation.ts';
import { search } from '../../../webview/state/search.ts';
import { shopModel } from '../models.ts';

describe('webview/state/search', () => {
  const model = shopModel();
  const names = (query: string, limit?: number) =>
    search(model, query, limit).hits.map(({ table, column }) => (column === null ? table : `${table}.${column}`));

  it('puts the exact table first, then what starts with the query', () => {
    assert.deepEqual(names('order').slice(0, 4), ['order', 'order_line', 'order_note', 'order_coupon']);
    assert.ok(names('order').includes('payment.order_id'));
  });

  it('prefers starts of words to any place', () => {
    const hits = names('line');
    assert.ok(hits.indexOf('order_line') < hits.indexOf('shipment_line.order_line_id'), hits.join());
  });

  it('finds tables by the entity and columns by table.column', () => {
    assert.equal(names('ProductVariant')[0], 'product_variant');
    assert.equal(names('customer.email')[0], 'customer.email');
    assert.equal(names('customer.')[0], 'customer.id');
  });

  it('says how many there are beyond the limit, and where the match lies', () => {
    const { hits, total } = search(model, 'id', 5);
    assert.equal(hits.length, 5);
    assert.ok(total > 30);
    const [hit] = search(model, 'VARIANT', 1).hits;
    assert.deepEqual(hit?.match, [8, 15]);
  });

  it('matches nothing with nothing', () => {
    assert.deepEqual(search(model, '  '), { hits: [], total: 0 });
    assert.deepEqual(names('zebra'), []);
  });
});

describe('webview/state/navigation', () => {
  const box = (id: string, x: number, y: number): LayoutBox => ({ id, x, y, width: 100, height: 60 });
  const boxes = [box('a', 0, 0), box('b', 200, 0), box('c', 500, 10), box('d', 0, 200), box('e', 210, 300)];

  it('goes to the nearest table in the direction', () => {
    assert.equal(neighbourInDirection(boxes, new Set(), 'a', 'right'), 'b');
    assert.equal(neighbourInDirection(boxes, new Set(), 'a', 'down'), 'd');
    assert.equal(neighbourInDirection(boxes, new Set(), 'c', 'left'), 'b');
    assert.equal(neighbourInDirection(boxes, new Set(), 'e', 'up'), 'b');
  });

  it('prefers a related table that is further away', () => {
    assert.equal(neighbourInDirection(boxes, new Set(['c']), 'a', 'right'), 'c');
    assert.equal(neighbourInDirection(boxes, new Set(['c']), 'a', 'down'), 'd');
  });

  it('stays at the edge', () => {
    assert.equal(neighbourInDirection(boxes, new Set(), 'a', 'left'), null);
    assert.equal(neighbourInDirection(boxes, new Set(), 'c', 'right'), null);
    assert.equal(neighbourInDirection(boxes, new Set(), 'gone', 'right'), null);
  });

  it('reads module by module, from the top', () => {
    const modules = new Map([
      ['a', 1],
      ['b', 0],
      ['c', 0],
      ['d', 1],
      ['e', 0],
    ]);
    assert.deepEqual(readingOrder(boxes, modules), ['b', 'c', 'e', 'a', 'd']);
  });
});

describe('webview/state/describe', () => {
  const graph = buildGraph(shopModel());

  it('gives a self reference both ways, and two keys to the same table as two relations', () => {
    assert.deepEqual(
      relationsOf(graph, 'category')
        .filter(({ other }) => other === 'category')
        .map(({ direction }) => direction),
      ['out', 'in'],
    );
    assert.equal(relationsOf(graph, 'order').filter(({ other }) => other === 'address').length, 2);
  });

  it('tells how many of the other there are', () => {
    const invoice = relationsOf(graph, 'order').find(({ other }) => other === 'invoice');
    assert.equal(invoice?.cardinality, 'zero-or-one');
    const lines = relationsOf(graph, 'order').find(({ other }) => other === 'order_line');
    assert.equal(lines?.cardinality, 'many');
  });

  it('names a few neighbours and counts the rest', () => {
    const order = graph.tables.get('order')!;
    const summary = tableSummary(graph, order, order.columns.length);
    assert.match(summary, /^order, table, 10 columns, related to customer, address, .* and \d+ more, 2 findings$/);
  });

  it('takes the gravest severity of findings and columns', () => {
    const order = graph.tables.get('order')!;
    assert.equal(tableSeverity(order), 'warning');
    assert.equal(tableSeverity({ ...order, findings: [{ ...order.findings[0]!, severity: 'error' }] }), 'error');
    assert.equal(tableSeverity({ ...order, findings: [], columns: [] }), null);
  });
});

describe('webview/l10n', () => {
  afterEach(() => loadL10n('{}'));

  it('translates, fills in, and falls back to English', () => {
    loadL10n(JSON.stringify({ '{0} tables': '{0} Tabellen', odd: 3 }));
    assert.equal(t('{0} tables', 5), '5 Tabellen');
    assert.equal(t('{0} columns', 2), '2 columns');
    assert.equal(t('odd'), 'odd');
  });

  it('survives a bundle that is none', () => {
    loadL10n('not json');
    loadL10n(undefined);
    assert.equal(t('Zoom in'), 'Zoom in');
  });
});
