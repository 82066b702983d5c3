import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { solrReader } from '../../../../src/core/readers/solr/reader.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { analyzeFiles } from '../../../support/analyze.ts';
import { cutsOf, mutated, mutationCount } from '../../../support/brokenTexts.ts';
import { seeded } from '../../../support/random.ts';
import { readTexts } from '../../../support/readTexts.ts';

// XML is read without a grammar.
const noSyntax = {} as Syntax;
const read = (files: Readonly<Record<string, string>>) =>
  readTexts(solrReader, new Map(Object.entries(files)), noSyntax).link().tables;

const schema = readFileSync(
  new URL('../../../conformance/fixtures/stores/solr/managed-schema', import.meta.url),
  'utf8',
);

describe('Solr reader', () => {
  it('makes a collection of a schema, and a column of each field', () => {
    const [table, ...others] = read({ 'solr/configsets/products/conf/managed-schema': schema });
    assert.deepEqual(others, []);
    assert.deepEqual(
      [table?.name, table?.kind, table?.reader, table?.primaryKey, table?.comment],
      ['products', 'collection', 'solr', ['id'], 'Dynamic fields: *_s string, *_txt text_general'],
    );
    assert.deepEqual(
      table?.columns.map(({ name, type, array, nullable, default: value }) =>
        [
          name,
          `${type}${array ? '[]' : ''}`,
          ...(nullable ? [] : ['required']),
          ...(value === null ? [] : [value]),
        ].join(' '),
      ),
      [
        'id string required',
        'name text required',
        'stock int32 0',
        'tags string[]',
        'colours string[]',
        'made_at datetime',
        'active boolean',
        'place geometry',
        'likeness vector',
      ],
    );
    assert.equal(table.columns[1]?.at.line, 17);
  });

  it('names collections by the folder of their configuration, or as the schema does', () => {
    const named = (name: string): string => schema.replace('default-config', name);
    const names = (path: string, name: string): string | undefined => read({ [path]: named(name) })[0]?.name;
    assert.equal(names('search/conf/schema.xml', 'example'), 'search');
    assert.equal(names('config/solr/schema.xml', 'ckan-2.10'), 'ckan-2.10');
    assert.equal(names('config/solr/schema.xml', 'default-config'), 'default-config');
    assert.equal(names('schema.solr9.xml', 'shop'), 'shop');
  });

  it('reads the older form, and leaves other schemas alone', () => {
    const old =
      '<schema name="books" version="1.1"><types><fieldtype name="int" class="solr.TrieIntField"/></types><fields><field name="pages" type="int"/><field name="what" type="gone"/></fields></schema>';
    assert.deepEqual(
      read({ 'schema.xml': old })[0]?.columns.map(({ name, type }) => `${name} ${type}`),
      ['pages int32', 'what unknown'],
    );
    assert.equal(solrReader.detect('schema.xml', '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'), false);
    assert.equal(solrReader.detect('pom.xml', old), false);
  });

  it('stands beside the tables of the database, and is told in the profile', async () => {
    const { schema: found, profile } = await analyzeFiles(
      {
        'solr/products/conf/managed-schema': schema,
        'db/schema.sql': 'CREATE TABLE products (id int PRIMARY KEY);',
      },
      'postgresql',
    );
    assert.deepEqual(found.tables.map(({ reader }) => reader).sort(), ['solr', 'sql']);
    assert.ok(profile.databases.includes('solr'), profile.databases.join());
    assert.equal(
      profile.facts.databases.find(({ value }) => value === 'solr')?.at.file,
      'solr/products/conf/managed-schema',
    );
  });

  it('reads broken schemas without a fault', function () {
    this.timeout(600_000);
    const random = seeded(7);
    const mutations = process.env.MUTATIONS === undefined ? mutationCount / 3 : mutationCount;
    let found = 0;
    for (const cut of cutsOf(schema)) found += read({ 'conf/managed-schema': cut }).length;
    for (let count = 0; count < mutations; count++)
      found += read({ 'conf/managed-schema': mutated(schema, random, 1 + random.below(4)) }).length;
    assert.ok(found > mutations / 2, String(found));
    console.log(`      ${[...cutsOf(schema)].length} cuts, ${mutations} mutations, ${found} collections`);
  });
});
