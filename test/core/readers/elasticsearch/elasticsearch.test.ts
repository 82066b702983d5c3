import assert from 'node:assert/strict';
import { elasticsearchReader } from '../../../../src/core/readers/elasticsearch/reader.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { analyzeFiles } from '../../../support/analyze.ts';
import { cutsOf, mutated, mutationCount } from '../../../support/brokenTexts.ts';
import { seeded } from '../../../support/random.ts';
import { readTexts } from '../../../support/readTexts.ts';

// JSON is read without a grammar.
const noSyntax = {} as Syntax;
const read = (files: Readonly<Record<string, string>>) =>
  readTexts(elasticsearchReader, new Map(Object.entries(files)), noSyntax).link().tables;

const products = `{
  "settings": { "number_of_shards": 1 },
  "mappings": {
    "properties": {
      "name": { "type": "text", "fields": { "raw": { "type": "keyword" } } },
      "price": { "type": "scaled_float", "scaling_factor": 100 },
      "type": { "type": "keyword" },
      "maker": { "properties": { "country": { "type": "keyword" }, "founded": { "type": "date" } } },
      "variants": { "type": "nested", "properties": { "sku": { "type": "keyword" } } }
    }
  }
}`;

describe('Elasticsearch reader', () => {
  it('makes a collection of an index, and a column of each field', () => {
    const [table, ...others] = read({ 'search/products-mapping.json': products });
    assert.deepEqual(others, []);
    assert.deepEqual(
      [table?.name, table?.kind, table?.reader, table?.primaryKey],
      ['products', 'collection', 'elasticsearch', ['_id']],
    );
    assert.deepEqual(
      table?.columns.map(({ name, type, rawType }) => `${name} ${type} ${rawType}`),
      [
        '_id string keyword',
        'name text text',
        'price decimal scaled_float',
        'type string keyword',
        'maker.country string keyword',
        'maker.founded datetime date',
        'variants object nested',
        'variants.sku string keyword',
      ],
    );
    assert.deepEqual([table.columns[1]?.at.line, table.columns[2]?.at.line], [5, 6]);
  });

  it('names templates by their patterns, answers by their indexes, and files by their folders', () => {
    const fields = '{ "properties": { "at": { "type": "date" } } }';
    const names = (files: Readonly<Record<string, string>>): readonly string[] => read(files).map(({ name }) => name);
    assert.deepEqual(names({ 'a.json': `{ "index_patterns": ["logs-*"], "template": { "mappings": ${fields} } }` }), [
      'logs-*',
    ]);
    assert.deepEqual(names({ 'a.json': `{ "index_patterns": "old-*", "mappings": { "_doc": ${fields} } }` }), [
      'old-*',
    ]);
    assert.deepEqual(
      names({ 'a.json': `{ "users": { "mappings": ${fields} }, "posts": { "mappings": ${fields} } }` }),
      ['users', 'posts'],
    );
    assert.deepEqual(names({ 'es/orders/mapping.json': fields }), ['orders']);
    assert.deepEqual(names({ 'orders_index.json': `{ "mappings": ${fields} }` }), ['orders']);
    assert.deepEqual(names({ 'mapping.json': '{ "$schema": "x", "properties": { "at": { "type": "date" } } }' }), []);
    assert.deepEqual(names({ 'mapping.json': '{ "properties": { "at": { "type": "string" } } }' }), []);
  });

  it('stands beside the tables of the project', async () => {
    const { dialect, schema } = await analyzeFiles(
      {
        'package.json': '{ "name": "shop", "dependencies": { "pg": "8.0.0" } }',
        'db/schema.sql': 'CREATE TABLE orders (id bigserial PRIMARY KEY, note jsonb);',
        'search/products-mapping.json': products,
        'graph/schema.cypher': 'CREATE CONSTRAINT FOR (p:Person) REQUIRE p.id IS UNIQUE;',
      },
      null,
    );
    assert.deepEqual(
      [dialect, schema.tables.map(({ name, kind }) => `${name} ${kind}`)],
      ['postgresql', ['Person collection', 'orders table', 'products collection']],
    );
  });

  it('reads broken JSON without a fault', function () {
    this.timeout(600_000);
    const random = seeded(4);
    const mutations = process.env.MUTATIONS === undefined ? mutationCount / 3 : mutationCount;
    let found = 0;
    for (const cut of cutsOf(products)) found += read({ 'mapping.json': cut }).length;
    for (let count = 0; count < mutations; count++)
      found += read({ 'mapping.json': mutated(products, random, 1 + random.below(4)) }).length;
    assert.ok(found > mutations / 2, String(found));
    console.log(`      ${[...cutsOf(products)].length} cuts, ${mutations} mutations, ${found} collections`);
  });
});
