import assert from 'node:assert/strict';
import { lintProject } from '../../../../src/core/lint/engine.ts';
import { aProject } from '../../../support/project.ts';
import { aColumn, aForeignKey, aTable } from '../../../support/tables.ts';

/** So many tables refer to the first without a constraint, and so many with one. */
function told(implied: number, stated: number): number {
  const children = Array.from({ length: implied + stated }, (_, at) =>
    aTable(`child_${at}`, {
      columns: [aColumn('id'), aColumn('parent_id')],
      foreignKeys: [{ ...aForeignKey(['parent_id'], 'parents'), ...(at < implied ? { implied: true } : {}) }],
    }),
  );
  return lintProject(aProject([aTable('parents'), ...children], 'postgresql')).filter(
    ({ rule }) => rule === 'unenforced-relation',
  ).length;
}

describe('unenforced-relation', () => {
  it('tells of what was forgotten, not of how a project does it', () => {
    assert.equal(told(3, 0), 3);
    assert.equal(told(20, 0), 0);
    assert.equal(told(20, 5), 0);
    assert.equal(told(20, 20), 20);
  });
});
