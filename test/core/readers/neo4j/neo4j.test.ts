import assert from 'node:assert/strict';
import { neo4jReader } from '../../../../src/core/readers/neo4j/reader.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { cutsOf, mutated, mutationCount } from '../../../support/brokenTexts.ts';
import { seeded } from '../../../support/random.ts';
import { readTexts } from '../../../support/readTexts.ts';

// Cypher is read without a grammar.
const noSyntax = {} as Syntax;
const read = (files: Readonly<Record<string, string>>) =>
  readTexts(neo4jReader, new Map(Object.entries(files)), noSyntax).link();

const schema = `// people; and what they did
CREATE CONSTRAINT person_id IF NOT EXISTS FOR (p:Person) REQUIRE p.id IS UNIQUE;
CREATE CONSTRAINT FOR (p:Person) REQUIRE p.name IS NOT NULL;
CREATE CONSTRAINT FOR (p:Person) REQUIRE p.tags IS :: LIST<STRING NOT NULL>;
CREATE CONSTRAINT movie_key FOR (m:Movie) REQUIRE (m.title, m.\`release year\`) IS NODE KEY;
CREATE CONSTRAINT FOR ()-[r:RATED]-() REQUIRE r.stars IS TYPED INTEGER;
/* indexes; all of them */
CREATE INDEX person_born IF NOT EXISTS FOR (p:Person) ON (p.born, p.name);
CREATE FULLTEXT INDEX texts FOR (n:Movie|Person) ON EACH [n.title, n.name];
CREATE TEXT INDEX FOR ()-[r:RATED]-() ON (r.comment);
MERGE (:Person {name: 'a; CREATE INDEX x FOR (q:Q) ON (q.a)'});
`;

describe('Neo4j reader', () => {
  it('makes a collection of each label and each type of relationship', () => {
    const { tables } = read({ 'schema.cypher': schema });
    assert.deepEqual(
      tables.map(({ name, kind, reader, comment }) => [name, kind, reader, comment?.split(' ')[0]]),
      [
        ['Person', 'collection', 'neo4j', 'Nodes'],
        ['Movie', 'collection', 'neo4j', 'Nodes'],
        ['RATED', 'collection', 'neo4j', 'Relationships'],
      ],
    );
    const [person, movie, rated] = tables;
    assert.deepEqual(
      person?.columns.map(({ name, type, array, nullable }) => [name, type, array, nullable]),
      [
        ['id', 'unknown', false, true],
        ['name', 'unknown', false, false],
        ['tags', 'string', true, true],
        ['born', 'unknown', false, true],
        ['title', 'unknown', false, true],
      ],
    );
    assert.deepEqual(
      person.uniques.map(({ name, columns }) => [name, columns]),
      [['person_id', ['id']]],
    );
    assert.deepEqual(
      person.indexes.map(({ name, columns, method }) => [name, columns.join(), method]),
      [
        ['person_born', 'born,name', null],
        ['texts', 'title,name', 'fulltext'],
      ],
    );
    assert.deepEqual([movie?.primaryKey, movie?.primaryKeyName], [['title', 'release year'], 'movie_key']);
    assert.deepEqual(
      rated?.columns.map(({ name, type }) => [name, type]),
      [
        ['stars', 'int64'],
        ['comment', 'unknown'],
      ],
    );
    assert.deepEqual([person.at.line, person.at.column, person.columns[1]?.at.line], [2, 1, 3]);
  });

  it('reads what older versions wrote, and runs files by their numbers', () => {
    const { tables } = read({
      'V10__drop.cypher': 'DROP CONSTRAINT old_one IF EXISTS; CREATE INDEX FOR (n:City) ON (n.code);',
      'V2__first.cypher':
        'CREATE CONSTRAINT old_one ON (n:City) ASSERT n.name IS UNIQUE; CREATE CONSTRAINT ON (n:City) ASSERT exists(n.zip); CREATE INDEX ON :City(a, b);',
    });
    const [city] = tables;
    assert.deepEqual(
      city?.columns.map(({ name, nullable }) => [name, nullable]),
      [
        ['zip', false],
        ['a', true],
        ['b', true],
        ['code', true],
      ],
    );
    assert.deepEqual([city.uniques.length, city.indexes.map(({ columns }) => columns.join())], [0, ['a,b', 'code']]);
  });

  it('reads broken statements without a fault', function () {
    this.timeout(600_000);
    const random = seeded(3);
    let found = 0;
    for (const cut of cutsOf(schema)) found += read({ 'a.cypher': cut }).tables.length;
    for (let count = 0; count < mutationCount; count++)
      found += read({ 'a.cypher': mutated(schema, random, 1 + random.below(4)) }).tables.length;
    assert.ok(found > mutationCount, String(found));
    console.log(`      ${[...cutsOf(schema)].length} cuts, ${mutationCount} mutations, ${found} collections`);
    const started = performance.now();
    read({ 'a.cypher': `CREATE INDEX FOR (n:${'A|'.repeat(5000)}` });
    read({ 'a.cypher': `CREATE CONSTRAINT ${'('.repeat(5000)}${' '.repeat(5000)}` });
    assert.ok(performance.now() - started < 5000);
  });
});
