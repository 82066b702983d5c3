import assert from 'node:assert/strict';
import { buildDiagram } from '../../../src/core/diagram/build.ts';
import { typeLabel } from '../../../src/core/diagram/columns.ts';
import type { Finding, Severity } from '../../../src/core/lint/rule.ts';
import type { Table } from '../../../src/core/schema/model.ts';
import { aColumn, aForeignKey, anIndex, aTable, aUnique } from '../../support/tables.ts';

describe('diagram of a schema', () => {
  it('is the same whatever the order of the tables', () => {
    const tables = [
      aTable('a', { module: 'src/x' }),
      aTable('b', { module: 'src/x', foreignKeys: [aForeignKey(['id'], 'a')] }),
      aTable('a', { namespace: 'audit', module: 'src/y' }),
      aTable('c', { module: 'src/y' }),
    ];
    assert.deepEqual(diagram([...tables].reverse()), diagram(tables));
    assert.deepEqual(
      diagram(tables).tables.map(({ id }) => id),
      ['a', 'b', 'c', 'audit.a'],
    );
  });

  it('names the ORM of each table where there are several', () => {
    const mixed = diagram([aTable('a', { reader: 'prisma' }), aTable('b', { reader: 'mybatis' })]);
    assert.deepEqual(
      mixed.tables.map(({ orm }) => orm),
      ['Prisma', 'MyBatis'],
    );
    assert.ok(diagram([aTable('a'), aTable('b')]).tables.every((table) => !('orm' in table)));
  });

  it('keeps two tables of one name apart', () => {
    const { tables, modules } = diagram([aTable('users'), aTable('users')]);
    assert.deepEqual(
      tables.map(({ id }) => id),
      ['users', 'users#2'],
    );
    assert.deepEqual(modules[0]?.tables, ['users', 'users#2']);
  });

  it('marks keys, unique and indexed columns and sensitive data', () => {
    const [table] = diagram([
      aTable('users', {
        columns: [
          aColumn('id'),
          aColumn('team_id'),
          aColumn('email', { classification: { kind: 'pii', evidence: 'name', confidence: 'likely' } }),
          aColumn('first'),
          aColumn('last'),
          aColumn('login'),
        ],
        foreignKeys: [aForeignKey(['team_id'], 'teams')],
        uniques: [aUnique(['email'])],
        indexes: [anIndex(['first', 'last']), anIndex(['login'], { unique: true, where: 'active' })],
      }),
    ]).tables;
    assert.deepEqual(Object.fromEntries(table!.columns.map(({ name, badges }) => [name, badges])), {
      id: ['pk', 'index'],
      team_id: ['fk'],
      email: ['unique', 'index', 'pii'],
      first: ['index'],
      last: [],
      login: ['index'],
    });
  });

  it('shows views, soft deletion and comments', () => {
    const [plain, view] = diagram([
      aTable('posts', { columns: [aColumn('deleted_at', { role: 'deleted-at' })], comment: 'Blog posts' }),
      aTable('recent', { kind: 'materialized-view', primaryKey: [] }),
    ]).tables;
    assert.deepEqual([plain?.softDelete, plain?.comment, plain?.kind], [true, 'Blog posts', 'table']);
    assert.deepEqual([view?.softDelete, view?.kind], [false, 'materialized-view']);
  });

  it('shortens types to what fits a row', () => {
    const label = (rawType: string, given = {}) =>
      typeLabel(aColumn('x', { rawType, length: null, precision: null, scale: null, ...given }));
    assert.equal(label('character varying', { length: 120 }), 'varchar(120)');
    assert.equal(label('timestamp with time zone', { precision: 6 }), 'timestamptz(6)');
    assert.equal(label('numeric', { precision: 12, scale: 2 }), 'numeric(12,2)');
    assert.equal(label('text', { array: true }), 'text[]');
    assert.equal(label('text[]', { array: true }), 'text[]');
    assert.equal(label('varchar(20)', { length: 20 }), 'varchar(20)');
    assert.equal(label('enum'), 'enum');
  });
});

describe('findings in a diagram', () => {
  const at = (file: string, line: number, column = 3) => ({ file, line, column, endLine: line, endColumn: column + 6 });
  const finding = (
    severity: Severity,
    range: Finding['range'],
    table: string | null = 'posts',
    project = '',
  ): Finding => ({
    rule: `rule-${range.line}`,
    code: 'X001',
    severity,
    message: 'Something is wrong',
    file: range.file,
    range,
    project,
    table,
    evidence: [],
    fixes: [],
  });
  const posts = aTable('posts', {
    at: at('post.ts', 5),
    columns: [aColumn('id', { at: at('base.ts', 2) }), aColumn('author_id', { at: at('post.ts', 9, 30) })],
    foreignKeys: [{ ...aForeignKey(['author_id'], 'users'), at: at('post.ts', 12) }],
  });

  it('stand at the column they are about: by its declaration, or by its key', () => {
    const [table] = diagram(
      [posts],
      [
        finding('info', at('post.ts', 12)),
        finding('error', at('post.ts', 5)),
        finding('warning', at('base.ts', 2)),
        finding('warning', at('post.ts', 40)),
      ],
    ).tables;
    assert.deepEqual(
      table?.findings.map(({ severity, column }) => [severity, column]),
      [
        ['error', null],
        ['warning', 'id'],
        ['warning', null],
        ['info', 'author_id'],
      ],
    );
    assert.deepEqual(
      table.columns.map(({ severity }) => severity),
      ['warning', 'info'],
    );
  });

  it('of other projects, of no table and of unknown tables are left out', () => {
    const [table] = diagram(
      [posts],
      [
        finding('error', at('post.ts', 5), 'posts', 'other'),
        finding('error', at('post.ts', 5), null),
        finding('error', at('post.ts', 5), 'unknown'),
      ],
    ).tables;
    assert.deepEqual(table?.findings, []);
  });

  it('go to the table in the same file where two have the same name', () => {
    const other = aTable('posts', { namespace: 'archive', at: at('archived.ts', 5) });
    const { tables } = diagram([posts, other], [finding('error', at('archived.ts', 7))]);
    assert.deepEqual(
      tables.map(({ id, findings }) => [id, findings.length]),
      [
        ['posts', 0],
        ['archive.posts', 1],
      ],
    );
  });
});

describe('modules of a diagram', () => {
  it('are named by the folders that tell them apart', () => {
    assert.deepEqual(
      modules([
        ['orders', 'apps/api/src/modules/orders/entities'],
        ['lines', 'apps/api/src/modules/orders/entities'],
        ['users', 'apps/api/src/modules/users/infrastructure/persistence/relational/entities'],
        ['roles', 'apps/api/src/modules/users/entities'],
      ]),
      { orders: ['lines', 'orders'], users: ['roles', 'users'] },
    );
  });

  it('keep deeper folders apart', () => {
    assert.deepEqual(
      modules([
        ['a', 'src/sales/orders'],
        ['b', 'src/sales/orders'],
        ['c', 'src/sales/carts'],
        ['d', 'src/sales/carts'],
        ['e', 'src/stock'],
        ['f', 'src/stock'],
      ]),
      { 'sales/carts': ['c', 'd'], 'sales/orders': ['a', 'b'], stock: ['e', 'f'] },
    );
  });

  it('are joined where nearly every table has a folder of its own', () => {
    assert.deepEqual(modules(['a', 'b', 'c', 'd'].map((name) => [name, `src/entity/${name}`])), {
      '': ['a', 'b', 'c', 'd'],
    });
  });

  it('are the database schemas where those divide the tables, not where one holds nearly all', () => {
    const table = (name: string, namespace: string | null, module: string) => aTable(name, { namespace, module });
    const divided = [
      table('a', 'sales', 'src/x'),
      table('b', 'sales', 'src/x'),
      table('c', 'hr', 'src/y'),
      table('d', null, 'src/y'),
    ];
    assert.deepEqual(
      diagram(divided).modules.map(({ id, tables }) => [id, tables]),
      [
        ['default', ['d']],
        ['hr', ['hr.c']],
        ['sales', ['sales.a', 'sales.b']],
      ],
    );
    const mostlyDefault = [
      ...['a', 'b', 'c', 'd'].map((name) => table(name, null, 'src/x')),
      ...['e', 'f'].map((name) => table(name, null, 'src/y')),
      table('log', 'audit', 'src/y'),
    ];
    assert.deepEqual(
      diagram(mostlyDefault).modules.map(({ label }) => label),
      ['x', 'y'],
    );
  });

  it('hold every table exactly once, and every table names its module', () => {
    const { tables, modules: groups } = diagram([
      aTable('a', { module: 'src/x' }),
      aTable('b', { module: '' }),
      aTable('c', { module: 'src/x' }),
      aTable('d', { module: '' }),
    ]);
    assert.deepEqual(groups.flatMap((group) => group.tables).sort(), ['a', 'b', 'c', 'd']);
    for (const { id, module } of tables)
      assert.ok(
        groups.some((group) => group.id === module && group.tables.includes(id)),
        id,
      );
  });
});

function diagram(tables: readonly Table[], findings: readonly Finding[] = []) {
  const schema = { tables, enums: [], code: { files: [] }, problems: [] };
  return buildDiagram({ project: '', title: 'test', schema, findings });
}

function modules(tables: readonly (readonly [string, string])[]) {
  const { modules: groups } = diagram(tables.map(([name, module]) => aTable(name, { module })));
  return Object.fromEntries(groups.map(({ id, tables: members }) => [id, members]));
}
