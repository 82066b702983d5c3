import assert from 'node:assert/strict';
import { buildDiagram } from '../../../src/core/diagram/build.ts';
import type { Relation, Table } from '../../../src/core/schema/model.ts';
import { aColumn, aForeignKey, anIndex, aTable, aUnique } from '../../support/tables.ts';

describe('edges of a diagram', () => {
  it('a key that is neither nullable nor unique: many rows refer to exactly one', () => {
    assert.deepEqual(ends(referencing({})), ['many', 'one']);
  });

  it('a nullable key: each row refers to one or none', () => {
    assert.deepEqual(ends(referencing({ columns: [aColumn('id'), aColumn('user_id', { nullable: true })] })), [
      'many',
      'zero-or-one',
    ]);
  });

  it('a unique key, a unique index on it, or a key that is the primary key: at most one row refers', () => {
    assert.deepEqual(ends(referencing({ uniques: [aUnique(['user_id'])] })), ['zero-or-one', 'one']);
    assert.deepEqual(ends(referencing({ indexes: [anIndex(['user_id'], { unique: true })] })), ['zero-or-one', 'one']);
    assert.deepEqual(ends(referencing({ primaryKey: ['user_id'] })), ['zero-or-one', 'one']);
  });

  it('a unique key over more columns, a partial one and one over an expression leave many', () => {
    assert.deepEqual(ends(referencing({ uniques: [aUnique(['user_id', 'id'])] })), ['many', 'one']);
    const partial = anIndex(['user_id'], { unique: true, where: 'deleted_at IS NULL' });
    assert.deepEqual(ends(referencing({ indexes: [partial] })), ['many', 'one']);
    const expression = anIndex(['user_id'], { unique: true, expression: 'lower(user_id)' });
    assert.deepEqual(ends(referencing({ indexes: [expression] })), ['many', 'one']);
  });

  it('a composite key is one edge at all its columns; one nullable column makes it optional, a unique part makes it single', () => {
    const tables = (nullable: boolean, unique: boolean) => [
      aTable('stock', { columns: [aColumn('warehouse'), aColumn('variant')], primaryKey: ['warehouse', 'variant'] }),
      aTable('moves', {
        columns: [aColumn('id'), aColumn('warehouse', { nullable }), aColumn('variant')],
        foreignKeys: [keyTo(['warehouse', 'variant'], 'stock', ['warehouse', 'variant'])],
        uniques: unique ? [aUnique(['variant'])] : [],
      }),
    ];
    const [edge] = edgesOf(tables(false, false));
    assert.deepEqual(edge?.from.columns, ['warehouse', 'variant']);
    assert.deepEqual(edge.to.columns, ['warehouse', 'variant']);
    assert.deepEqual(ends(tables(false, false)), ['many', 'one']);
    assert.deepEqual(ends(tables(true, true)), ['zero-or-one', 'zero-or-one']);
  });

  it('a table that refers to itself, and two keys between the same tables, are edges of their own', () => {
    const edges = edgesOf([
      aTable('users', {
        columns: [aColumn('id'), aColumn('manager_id', { nullable: true })],
        foreignKeys: [aForeignKey(['manager_id'], 'users')],
      }),
      aTable('messages', {
        columns: [aColumn('id'), aColumn('sender_id'), aColumn('receiver_id')],
        foreignKeys: [aForeignKey(['sender_id'], 'users'), aForeignKey(['receiver_id'], 'users')],
      }),
    ]);
    assert.equal(new Set(edges.map(({ id }) => id)).size, 3);
    const self = edges.find(({ from }) => from.table === 'users');
    assert.deepEqual([self?.to.table, self?.from.cardinality, self?.to.cardinality], ['users', 'many', 'zero-or-one']);
  });

  it('two keys over the same columns to the same table keep ids of their own', () => {
    const key = aForeignKey(['user_id'], 'users');
    const edges = edgesOf(referencing({ foreignKeys: [key, { ...key, name: 'again' }] }));
    assert.equal(new Set(edges.map(({ id }) => id)).size, 2);
  });

  it('takes its label from the relation, else from the columns, and says what happens on delete', () => {
    const [labelled] = edgesOf(referencing({ relations: [relation('author', ['user_id'])] }));
    assert.equal(labelled?.label, 'author');
    const [plain] = edgesOf(referencing({ foreignKeys: [aForeignKey(['user_id'], 'users', { onDelete: 'CASCADE' })] }));
    assert.deepEqual([plain?.label, plain?.onDelete, plain?.enforced], ['user_id', 'CASCADE', true]);
  });

  it('draws relations that no key stands behind as unenforced, by their kind', () => {
    const kinds = (['many-to-one', 'one-to-one', 'one-to-many', 'many-to-many'] as const).map((kind) =>
      edgesOf(referencing({ foreignKeys: [], relations: [relation('user', ['user_id'], { kind })] })),
    );
    assert.deepEqual(
      kinds.map(([edge]) => [edge?.from.cardinality, edge?.to.cardinality, edge?.enforced]),
      [
        ['many', 'one', false],
        ['zero-or-one', 'one', false],
        ['zero-or-one', 'many', false],
        ['many', 'many', false],
      ],
    );
    const [unenforced] = edgesOf(
      referencing({ foreignKeys: [aForeignKey(['user_id'], 'users', { enforced: false })] }),
    );
    assert.equal(unenforced?.enforced, false);
  });

  it('draws a relation once: not beside its key, not from its other side, not beside its join table', () => {
    assert.equal(edgesOf(referencing({ relations: [relation('user', ['user_id'])] })).length, 1);
    assert.equal(edgesOf(referencing({ relations: [relation('users', [], { owner: false })] })).length, 1);
    const joined = [
      aTable('users'),
      aTable('groups', { relations: [relation('members', [], { kind: 'many-to-many', joinTable: 'members' })] }),
      aTable('members', {
        kind: 'join-table',
        columns: [aColumn('user_id'), aColumn('group_id')],
        primaryKey: ['user_id', 'group_id'],
        foreignKeys: [aForeignKey(['user_id'], 'users'), aForeignKey(['group_id'], 'groups')],
      }),
    ];
    assert.deepEqual(
      edgesOf(joined).map(({ from, to }) => `${from.table} ${from.cardinality} ${to.table}`),
      ['members many users', 'members many groups'],
    );
  });

  it('joins tables of the same name in different schemas rightly, and leaves out keys to unknown tables', () => {
    const users = (namespace: string) => aTable('users', { namespace });
    const key = (namespace: string | null) => ({
      ...aForeignKey(['user_id'], 'users'),
      references: { table: 'users', namespace, columns: ['id'] },
    });
    const posts = (namespace: string | null) =>
      aTable('posts', { columns: [aColumn('id'), aColumn('user_id')], foreignKeys: [key(namespace)] });
    assert.equal(edgesOf([users('a'), users('b'), posts('b')])[0]?.to.table, 'b.users');
    assert.deepEqual(edgesOf([users('a'), users('b'), posts(null)]), []);
    assert.equal(edgesOf([users('public'), posts(null)])[0]?.to.table, 'public.users');
    assert.deepEqual(edgesOf([posts('elsewhere')]), []);
  });

  it('joins tables that two services have under the same names within each service', () => {
    const service = (folder: string) =>
      referencing({}).map((table) => ({ ...table, at: { ...table.at, file: `services/${folder}/${table.name}.ts` } }));
    assert.deepEqual(
      edgesOf([...service('a'), ...service('b')]).map(({ from, to }) => [from.table, to.table]),
      [
        ['posts', 'users'],
        ['posts#2', 'users#2'],
      ],
    );
  });
});

function referencing(given: Partial<Table>): readonly Table[] {
  return [
    aTable('users'),
    aTable('posts', {
      columns: [aColumn('id'), aColumn('user_id')],
      foreignKeys: [aForeignKey(['user_id'], 'users')],
      ...given,
    }),
  ];
}

function keyTo(columns: readonly string[], table: string, references: readonly string[]) {
  return { ...aForeignKey(columns, table), references: { table, namespace: null, columns: references } };
}

function relation(property: string, columns: readonly string[], given: Partial<Relation> = {}): Relation {
  return {
    property,
    kind: 'many-to-one',
    target: 'users',
    targetNamespace: null,
    owner: true,
    columns,
    inverse: null,
    joinTable: null,
    nullable: false,
    fetch: 'explicit',
    cascade: [],
    at: { file: 'test.ts', line: 9, column: 1, endLine: 9, endColumn: 2 },
    ...given,
  };
}

function edgesOf(tables: readonly Table[]) {
  const schema = { tables, enums: [], code: { files: [] }, problems: [] };
  return buildDiagram({ project: '', title: 'test', schema, findings: [] }).edges;
}

function ends(tables: readonly Table[]) {
  const [edge] = edgesOf(tables);
  return [edge?.from.cardinality, edge?.to.cardinality];
}
