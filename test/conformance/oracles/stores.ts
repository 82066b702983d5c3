/**
 * What workspaces declare of stores that no ORM stands for: CQL of Cassandra, constraints of Neo4j, mappings of Elasticsearch, hypertables of TimescaleDB. None of these servers
 * runs here: expectations are written by hand from their documentation. Those of TimescaleDB are SQL, which PGlite executes.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { elasticsearchReader } from '../../../src/core/readers/elasticsearch/reader.ts';
import { neo4jReader } from '../../../src/core/readers/neo4j/reader.ts';
import type { LinkResult } from '../../../src/core/readers/reader.ts';
import { solrReader } from '../../../src/core/readers/solr/reader.ts';
import type { Syntax } from '../../../src/core/syntax/syntax.ts';
import { linkScripts } from '../../core/readers/sql/read.ts';
import { readTexts } from '../../support/readTexts.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { describeModel } from '../described.ts';
import type { Described } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';
import { expectedStores } from './expectedStores.ts';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const byHand = 'by hand from the documentation';

// None of them is read with a grammar.
const noSyntax = {} as Syntax;

function textsOf(path: string): ReadonlyMap<string, string> {
  const folder = join(fixtures, path);
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

function fileOf(path: string): readonly (readonly [string, string])[] {
  return [[path.slice(path.lastIndexOf('/') + 1), readFileSync(join(fixtures, path), 'utf8')]];
}

function described({ tables, enums }: LinkResult): Described {
  return describeModel(tables, enums, { enums: false });
}

function storeOracle(orm: string, cases: () => readonly Omit<Case, 'source'>[]): Oracle {
  return {
    orm,
    unavailable: () => Promise.resolve(null),
    cases: () => Promise.resolve(cases().map((each) => ({ ...each, source: byHand }))),
  };
}

const cql = (path: string): Described => {
  const result = linkScripts(fileOf(path).map(([name, text]) => [name, text]));
  if (result.dialect !== 'cassandra')
    throw new Error(`${path} was taken for a script of ${result.dialect ?? 'nothing'}`);
  return described(result);
};

export const cassandraOracle = storeOracle('Cassandra', () => [
  { name: 'shop', kind: 'domain', expected: expectedStores.cassandraShop, actual: cql('domain/cassandra/shop.cql') },
  { name: 'events', kind: 'special', expected: expectedStores.cassandraEvents, actual: cql('stores/cassandra.cql') },
]);

const cypher = (path: string): Described => described(readTexts(neo4jReader, new Map(fileOf(path)), noSyntax).link());

export const neo4jOracle = storeOracle('Neo4j', () => [
  { name: 'shop', kind: 'domain', expected: expectedStores.neo4jShop, actual: cypher('domain/neo4j/shop.cypher') },
  { name: 'versions', kind: 'special', expected: expectedStores.neo4jVersions, actual: cypher('stores/neo4j.cypher') },
]);

const mappings = (path: string): Described => described(readTexts(elasticsearchReader, textsOf(path), noSyntax).link());

export const elasticsearchOracle = storeOracle('Elasticsearch', () => [
  {
    name: 'shop',
    kind: 'domain',
    expected: expectedStores.elasticsearchShop,
    actual: mappings('domain/elasticsearch'),
  },
  {
    name: 'templates and answers',
    kind: 'special',
    expected: expectedStores.elasticsearchOthers,
    actual: mappings('stores/elasticsearch'),
  },
]);

const schemas = (path: string): Described => described(readTexts(solrReader, textsOf(path), noSyntax).link());

export const solrOracle = storeOracle('Solr', () => [
  { name: 'shop', kind: 'domain', expected: expectedStores.solrShop, actual: schemas('domain/solr') },
  { name: 'types', kind: 'special', expected: expectedStores.solrTypes, actual: schemas('stores/solr') },
]);

export const timescaleOracle: Oracle = {
  orm: 'TimescaleDB',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const database = await openPostgresql();
    try {
      const cases: Case[] = [];
      for (const [kind, folder] of [
        ['domain', 'domain/timescaledb'],
        ['special', 'stores/timescaledb'],
      ] as const) {
        const expected = readFileSync(join(fixtures, folder, 'expected.sql'), 'utf8');
        cases.push({
          name: kind,
          kind,
          source: `${byHand}, executed on PGlite`,
          expected: { ...(await database.read(expected)).described, enums: null },
          actual: described(linkScripts(fileOf(`${folder}/script.sql`).map(([name, text]) => [name, text]))),
        });
      }
      return cases;
    } finally {
      await database.close();
    }
  },
};
