import assert from 'node:assert/strict';
import { lintProject } from '../../../../src/core/lint/engine.ts';
import type { Finding } from '../../../../src/core/lint/rule.ts';
import type { Dialect, Table } from '../../../../src/core/schema/model.ts';
import type { Problem } from '../../../../src/core/schema/source.ts';
import { aProject } from '../../../support/project.ts';
import { aColumn, aForeignKey, aTable, anIndex, aUnique } from '../../../support/tables.ts';

function lint(tables: readonly Table[], problems: readonly Problem[] = []): readonly Finding[] {
  return lintProject(aProject(tables, 'postgresql', problems)).filter(({ code }) => code === 'SCH001');
}

function keyless(name: string, stated: Partial<Table> = {}): Table {
  return aTable(name, { columns: [aColumn('a'), aColumn('b')], primaryKey: [], ...stated });
}

describe('missing-primary-key', () => {
  it('reports tables, and exempts what needs no key', () => {
    assert.equal(lint([keyless('t')])[0]?.severity, 'warning');
    for (const kind of ['view', 'materialized-view', 'join-table', 'closure-table', 'collection'] as const)
      assert.deepEqual(lint([keyless('t', { kind })]), [], kind);
    assert.deepEqual(lint([aTable('t')]), []);
    assert.deepEqual(lint([keyless('t', { columns: [] })]), []);
    assert.deepEqual(lint([keyless('t', { foreignKeys: [aForeignKey(['a'], 'x'), aForeignKey(['b'], 'y')] })]), []);
    assert.equal(lint([keyless('t', { foreignKeys: [aForeignKey(['a'], 'x')] })]).length, 1);
  });

  it('names a unique, never-null combination that could be the key', () => {
    const evidence = (stated: Partial<Table>): string => lint([keyless('t', stated)])[0]?.evidence[0]?.message ?? '';
    assert.match(evidence({ uniques: [aUnique(['a'])] }), /\(a\) admits no NULL and could be the key/u);
    assert.match(evidence({ indexes: [anIndex(['a', 'b'], { unique: true })] }), /\(a, b\)/u);
    assert.equal(evidence({ indexes: [anIndex(['a'], { unique: true, where: 'b > 0' })] }), '');
    assert.equal(evidence({ columns: [aColumn('a', { nullable: true })], uniques: [aUnique(['a'])] }), '');
  });

  it('is silent where InnoDB takes a unique, never-null combination for the key', () => {
    const unique = keyless('t', { uniques: [aUnique(['a'])] });
    const of = (table: Table, dialect: Dialect): number =>
      lintProject(aProject([table], dialect)).filter(({ code }) => code === 'SCH001').length;
    assert.equal(of(unique, 'mysql'), 0);
    assert.equal(of(keyless('t'), 'mysql'), 1);
    assert.equal(of(unique, 'postgresql'), 1);
  });

  it('only informs where the key may stand in what was not read', () => {
    assert.equal(lint([keyless('t', { managed: false })])[0]?.severity, 'info');
    const problem: Problem = { code: 'x', message: 'Broken.', severity: 'error', at: keyless('t').at };
    assert.equal(lint([keyless('t')], [problem])[0]?.severity, 'info');
  });

  it('says once that the keys of most tables were not found', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const [finding, ...others] = lint([...names.map((name) => keyless(name)), aTable('g')]);
    assert.deepEqual(others, []);
    assert.equal(finding?.severity, 'info');
    assert.match(finding.message, /^No primary key was found in 6 of 7 tables/u);
    assert.equal(lint([...names, 'g'].map((name) => (name < 'd' ? keyless(name) : aTable(name)))).length, 3);
  });
});
