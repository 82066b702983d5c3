/** Relations that other diagram tools got wrong, by the threads in which their users said so. */
import assert from 'node:assert/strict';
import { buildDiagram } from '../../../src/core/diagram/build.ts';
import type { Table } from '../../../src/core/schema/model.ts';
import { aColumn, aForeignKey, aRelation, aTable, aUnique } from '../../support/tables.ts';

function edgesOf(tables: readonly Table[]): readonly string[] {
  const schema = { tables, enums: [], code: { files: [] }, problems: [] };
  return buildDiagram({ project: '', title: 'test', schema, findings: [] }).edges.map(
    ({ from, to, enforced }) =>
      `${from.table}(${from.columns.join()}) ${from.cardinality} ${enforced ? '--' : '..'} ${to.cardinality} ${to.table}(${to.columns.join()})`,
  );
}

describe('relations that other tools got wrong', () => {
  it('keonik/prisma-erd-generator#25: a schema that has nothing but many-to-many relations', () => {
    const tables = [
      aTable('tags', { relations: [aRelation('posts', 'many-to-many', 'posts', { inverse: 'tags' })] }),
      aTable('posts', {
        relations: [
          aRelation('tags', 'many-to-many', 'tags', { inverse: 'posts' }),
          aRelation('readers', 'many-to-many', 'users', { inverse: 'read' }),
        ],
      }),
      aTable('users', { relations: [aRelation('read', 'many-to-many', 'posts', { inverse: 'readers' })] }),
    ];
    assert.deepEqual([...edgesOf(tables)].sort(), ['posts() many .. many tags(id)', 'posts() many .. many users(id)']);
  });

  it('keonik/prisma-erd-generator#184: an implicit many-to-many relation with its hidden join table', () => {
    const tables = [
      aTable('Booking', {
        relations: [aRelation('events', 'many-to-many', 'Event', { joinTable: '_BookingToEvent' })],
      }),
      aTable('Event', {
        relations: [aRelation('bookings', 'many-to-many', 'Booking', { joinTable: '_BookingToEvent' })],
      }),
      aTable('_BookingToEvent', {
        kind: 'join-table',
        columns: [aColumn('A'), aColumn('B')],
        primaryKey: [],
        uniques: [aUnique(['A', 'B'])],
        foreignKeys: [aForeignKey(['A'], 'Booking'), aForeignKey(['B'], 'Event')],
      }),
    ];
    assert.deepEqual(edgesOf(tables), [
      '_BookingToEvent(A) many -- one Booking(id)',
      '_BookingToEvent(B) many -- one Event(id)',
    ]);
    // Where no reader knows the join table, the relation must not vanish with it: once, not twice.
    assert.deepEqual(edgesOf(tables.slice(0, 2)), ['Booking() many .. many Event(id)']);
  });

  it('a many-to-many relation beside a key between the same two tables', () => {
    const tables = [
      aTable('users', { relations: [aRelation('favourites', 'many-to-many', 'posts', { inverse: 'fans' })] }),
      aTable('posts', {
        columns: [aColumn('id'), aColumn('author_id')],
        foreignKeys: [aForeignKey(['author_id'], 'users')],
        relations: [aRelation('fans', 'many-to-many', 'users', { inverse: 'favourites' })],
      }),
    ];
    assert.deepEqual([...edgesOf(tables)].sort(), [
      'posts() many .. many users(id)',
      'posts(author_id) many -- one users(id)',
    ]);
  });

  it('liam-hq/liam#786: the second key between the same two tables, also under one constraint name', () => {
    const tables = [
      aTable('users'),
      aTable('posts', {
        columns: [aColumn('id'), aColumn('user_id_1'), aColumn('user_id_2', { nullable: true })],
        foreignKeys: [
          aForeignKey(['user_id_1'], 'users', { name: '0' }),
          aForeignKey(['user_id_2'], 'users', { name: '0' }),
        ],
      }),
    ];
    assert.deepEqual(edgesOf(tables), [
      'posts(user_id_1) many -- one users(id)',
      'posts(user_id_2) many -- zero-or-one users(id)',
    ]);
  });

  it('liam-hq/liam#2411: a relation that no constraint declares (Spanner: the parent of an interleaved table)', () => {
    const tables = [
      aTable('Singers', { columns: [aColumn('SingerId')], primaryKey: ['SingerId'] }),
      aTable('Albums', {
        columns: [aColumn('SingerId'), aColumn('AlbumId')],
        primaryKey: ['SingerId', 'AlbumId'],
        relations: [
          aRelation('singer', 'many-to-one', 'Singers', { owner: true, columns: ['SingerId'], nullable: false }),
        ],
      }),
    ];
    assert.deepEqual(edgesOf(tables), ['Albums(SingerId) many .. one Singers(SingerId)']);
  });

  it('chartdb/chartdb#177: keys of SQL Server that leave out the schema of what they refer to', () => {
    const dbo = (name: string, stated: Partial<Table> = {}) => aTable(name, { namespace: 'dbo', ...stated });
    const to = (table: string, namespace: string | null) => ({
      ...aForeignKey(['event_id'], table),
      references: { table, namespace, columns: ['event_id'] },
    });
    const columns = [aColumn('id'), aColumn('event_id')];
    const event = dbo('GitEvent', { columns: [aColumn('event_id')], primaryKey: ['event_id'] });
    for (const namespace of [null, 'dbo'])
      assert.deepEqual(edgesOf([event, dbo('Deploy', { columns, foreignKeys: [to('GitEvent', namespace)] })]), [
        'dbo.Deploy(event_id) many -- one dbo.GitEvent(event_id)',
      ]);
  });

  it('lists of references in documents, which only one side declares', () => {
    const tables = [
      aTable('authors', { kind: 'collection', relations: [aRelation('books', 'one-to-many', 'books')] }),
      aTable('books', { kind: 'collection' }),
    ];
    assert.deepEqual(edgesOf(tables), ['authors() zero-or-one .. many books(id)']);
  });
});
