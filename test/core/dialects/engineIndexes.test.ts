import assert from 'node:assert/strict';
import { withEngineIndexes } from '../../../src/core/dialects/engineIndexes.ts';
import { accessPaths, obstacleTo } from '../../../src/core/dialects/indexCoverage.ts';
import { quoteIdentifier, quoteTable } from '../../../src/core/dialects/quoting.ts';
import { engines } from '../../../src/core/dialects/registry.ts';
import type { Dialect, Index, Table } from '../../../src/core/schema/model.ts';
import { aColumn, aForeignKey, aTable, anIndex, aUnique } from '../../support/tables.ts';

const dialects = Object.keys(engines) as Dialect[];

const columns = ['id', 'a', 'b', 'c'].map((name) => aColumn(name));

function child(stated: Partial<Table>): Table {
  return aTable('child', { columns, foreignKeys: [aForeignKey(['a'], 'parent', { name: 'fk_a' })], ...stated });
}

function engineIndexes(table: Table, dialect: Dialect | null): readonly (readonly string[])[] {
  return (withEngineIndexes([table], dialect)[0]?.indexes ?? [])
    .filter(({ origin }) => origin === 'engine')
    .map((index) => index.columns);
}

describe('indexes that the engine creates', () => {
  it('are on foreign keys in MySQL, MariaDB and Spanner, and nowhere else', () => {
    const having = dialects.filter((dialect) => engineIndexes(child({}), dialect).length > 0);
    assert.deepEqual(having.sort(), ['mariadb', 'mysql', 'spanner']);
    assert.deepEqual(engineIndexes(child({}), null), []);
    assert.equal(withEngineIndexes([child({})], 'mysql')[0]?.indexes[0]?.name, 'fk_a');
  });

  it('are not created where a key or index leads with the columns, in their order', () => {
    for (const stated of [
      { primaryKey: ['a', 'b'] },
      { uniques: [aUnique(['a'])] },
      { indexes: [anIndex(['a', 'c'])] },
      { foreignKeys: [aForeignKey(['a'], 'parent', { enforced: false })] },
    ])
      assert.deepEqual(engineIndexes(child(stated), 'mysql'), [], JSON.stringify(stated));
    for (const stated of [
      { primaryKey: ['b', 'a'] },
      { indexes: [anIndex(['b', 'a'])] },
      { indexes: [anIndex(['a'], { method: 'fulltext' })] },
      { indexes: [anIndex(['a'], { expression: 'lower(a)' })] },
    ])
      assert.deepEqual(engineIndexes(child(stated), 'mysql'), [['a']], JSON.stringify(stated));
  });

  it('are shared by foreign keys that begin alike, and leave other tables untouched', () => {
    const both = child({ foreignKeys: [aForeignKey(['a', 'b'], 'parent'), aForeignKey(['a'], 'parent')] });
    assert.deepEqual(engineIndexes(both, 'mariadb'), [['a', 'b']]);
    const plain = aTable('plain');
    assert.equal(withEngineIndexes([plain], 'mysql')[0], plain);
  });
});

describe('look-ups served by indexes', () => {
  const obstacle = (index: Index, wanted: readonly string[], dialect: Dialect | null = 'postgresql'): string | null => {
    const [path] = accessPaths(aTable('t', { columns, primaryKey: [], indexes: [index] }));
    assert.ok(path);
    return obstacleTo(path, wanted, dialect)?.kind ?? null;
  };

  it('need the columns in front, in any order among themselves', () => {
    assert.equal(obstacle(anIndex(['a']), ['a']), null);
    assert.equal(obstacle(anIndex(['a', 'b']), ['a']), null);
    assert.equal(obstacle(anIndex(['b', 'a']), ['a']), 'columns-not-leading');
    assert.equal(obstacle(anIndex(['b', 'a', 'c']), ['a', 'b']), null);
    assert.equal(obstacle(anIndex(['a', 'c', 'b']), ['a', 'b']), 'columns-not-leading');
    assert.equal(obstacle(anIndex(['a']), ['a', 'b']), 'column-missing');
    assert.equal(obstacle(anIndex(['c']), ['a']), 'column-missing');
  });

  it('need a whole index, except for rows that the look-up cannot mean', () => {
    assert.equal(obstacle(anIndex(['a'], { where: 'deleted_at IS NULL' }), ['a']), 'partial');
    for (const where of ['a IS NOT NULL', '"a" is not null', '(a IS NOT NULL)', 't.a IS NOT NULL', '[a] IS NOT NULL'])
      assert.equal(obstacle(anIndex(['a'], { where }), ['a']), null, where);
    assert.equal(obstacle(anIndex(['a'], { where: 'b IS NOT NULL' }), ['a']), 'partial');
    assert.equal(obstacle(anIndex(['a', 'b'], { where: 'a IS NOT NULL AND b IS NOT NULL' }), ['a', 'b']), null);
    assert.equal(obstacle(anIndex(['a'], { where: "a IS NOT NULL OR b = 'x'" }), ['a']), 'partial');
  });

  it('need plain columns and a method for equality', () => {
    assert.equal(obstacle(anIndex([], { expression: 'lower(a)' }), ['a']), 'expression');
    assert.equal(obstacle(anIndex(['a'], { method: 'gin' }), ['a']), 'method');
    assert.equal(obstacle(anIndex(['a'], { method: 'BTREE' }), ['a']), null);
    assert.equal(obstacle(anIndex(['a'], { method: 'hash' }), ['a']), null);
    assert.equal(obstacle(anIndex(['a', 'b'], { method: 'hash' }), ['a'], 'mysql'), 'method');
    assert.equal(obstacle(anIndex(['a'], { method: 'hash' }), ['a'], null), 'method');
  });
});

describe('identifiers', () => {
  it('are quoted as each engine wants, with the quote inside doubled', () => {
    assert.equal(quoteIdentifier('or"der', 'postgresql'), '"or""der"');
    assert.equal(quoteIdentifier('or`der', 'mysql'), '`or``der`');
    assert.equal(quoteIdentifier('or]der', 'mssql'), '[or]]der]');
    assert.equal(quoteIdentifier('order', null), '"order"');
    assert.equal(quoteIdentifier('orders', 'mongodb'), 'orders');
    assert.equal(quoteTable('order', 'sales', 'sqlite'), '"sales"."order"');
  });

  it('of every engine have a name, quotes and a source for each fact', () => {
    for (const dialect of dialects) {
      const engine = engines[dialect];
      assert.equal(engine.id, dialect);
      for (const fact of [engine.foreignKeyIndex, engine.keyIndex, engine.partialIndexes, engine.uniqueNulls])
        assert.match(fact.source, /\w+\.\w+|no statement found/u, dialect);
    }
  });
});
