import assert from 'node:assert/strict';
import { buildDiagram } from '../../../src/core/diagram/build.ts';
import { foldJoinTables, joinTables } from '../../../src/core/diagram/foldJoinTables.ts';
import type { Table } from '../../../src/core/schema/model.ts';
import { aColumn, aForeignKey, aTable } from '../../support/tables.ts';

function modelOf(tables: readonly Table[]) {
  return buildDiagram({
    project: '',
    title: 'test',
    schema: { tables, enums: [], code: { files: [] }, problems: [] },
    findings: [],
  });
}

const member = (stated: Partial<Table> = {}): Table =>
  aTable('members', {
    columns: [aColumn('user_id'), aColumn('group_id'), aColumn('created_at')],
    primaryKey: ['user_id', 'group_id'],
    foreignKeys: [aForeignKey(['user_id'], 'users'), aForeignKey(['group_id'], 'groups')],
    ...stated,
  });

const around = [aTable('users'), aTable('groups')];

describe('folding of join tables', () => {
  it('makes one many-to-many line of a table that only joins two others', () => {
    const folded = foldJoinTables(modelOf([...around, member()]));
    assert.deepEqual(
      folded.tables.map(({ id }) => id),
      ['groups', 'users'],
    );
    const [edge, ...others] = folded.edges;
    assert.equal(others.length, 0);
    assert.deepEqual(
      [edge?.from.cardinality, edge?.to.cardinality, edge?.through, edge?.from.columns, edge?.enforced],
      ['many', 'many', 'members', ['id'], true],
    );
    assert.deepEqual(
      folded.modules.flatMap(({ tables }) => tables),
      ['groups', 'users'],
    );
  });

  it('leaves tables that say more than that two rows are joined', () => {
    const others: readonly Partial<Table>[] = [
      { columns: [aColumn('user_id'), aColumn('group_id'), aColumn('role')] },
      { kind: 'view' },
      { foreignKeys: [aForeignKey(['user_id'], 'users')] },
      { foreignKeys: [aForeignKey(['user_id'], 'users'), aForeignKey(['group_id'], 'members')] },
      // Each user in one group only: no many-to-many relation.
      { primaryKey: ['user_id'] },
    ];
    for (const stated of others) {
      const model = modelOf([...around, member(stated)]);
      assert.equal(foldJoinTables(model), model, JSON.stringify(stated));
    }
  });

  it('leaves a join table that others refer to', () => {
    const badge = aTable('badges', {
      columns: [aColumn('id'), aColumn('member_id')],
      foreignKeys: [aForeignKey(['member_id'], 'members')],
    });
    assert.equal(joinTables(modelOf([...around, member(), badge])).size, 0);
  });

  it('joins a table with itself', () => {
    const friends = member({
      foreignKeys: [aForeignKey(['user_id'], 'users'), aForeignKey(['group_id'], 'users')],
    });
    const [edge] = foldJoinTables(modelOf([aTable('users'), friends])).edges;
    assert.deepEqual([edge?.from.table, edge?.to.table], ['users', 'users']);
  });
});
