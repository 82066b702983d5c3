/** What is followed of migrations that are programs, the steps that rules judge, and what is told where the text does not tell. */
import assert from 'node:assert/strict';
import { knexReader } from '../../../../src/core/readers/knex/reader.ts';
import { liquibaseReader } from '../../../../src/core/readers/liquibase/reader.ts';
import type { LinkContext, LinkResult, Reader } from '../../../../src/core/readers/reader.ts';
import { sequelizeMigrationsReader } from '../../../../src/core/readers/sequelize-migrations/reader.ts';
import { analyzeFiles } from '../../../support/analyze.ts';
import { readTexts } from '../../../support/readTexts.ts';
import { loadSyntax } from '../../readers/typeorm/read.ts';

async function linked<Mappings>(
  reader: Reader<Mappings>,
  files: Readonly<Record<string, string>>,
  context: Partial<LinkContext> = {},
): Promise<LinkResult> {
  return readTexts(reader, new Map(Object.entries(files)), await loadSyntax()).link({
    dialect: 'postgresql',
    source: 'migrations',
    ...context,
  });
}

const columnsOf = ({ tables }: LinkResult, name: string): readonly string[] =>
  tables.find((table) => table.name === name)?.columns.map((column) => column.name) ?? [];

const steps = ({ files }: LinkResult): readonly string[] =>
  files.flatMap(({ migration }) =>
    (migration?.steps ?? []).map(({ kind, table, columns, online }) =>
      [kind, table, ...columns, ...(online ? ['online'] : [])].join(' '),
    ),
  );

const knex = (body: string): string =>
  `exports.up = async (knex) => {\n${body}\n};\nexports.down = async (knex) => {};\n`;

describe('Following migrations that are programs', function () {
  this.timeout(120_000);

  it('takes the branch that the schema decides, and tells the one it does not', async () => {
    const result = await linked(knexReader, {
      'migrations/1_a.js': knex(`
        if (!(await knex.schema.hasTable('a'))) await knex.schema.createTable('a', (t) => { t.increments(); t.string('b'); });
        if (await knex.schema.hasColumn('a', 'b')) await knex.schema.table('a', (t) => t.renameColumn('b', 'c'));
        if (process.env.EXTRA) await knex.schema.table('a', (t) => t.string('extra'));
        if (process.env.SEED) await knex('a').insert({ c: 'x' });`),
    });
    assert.deepEqual(columnsOf(result, 'a'), ['id', 'c']);
    assert.deepEqual(
      result.problems.map(({ code, at }) => [code, at?.line]),
      [['migration-not-followed', 5]],
    );
  });

  it('chooses of folders for several engines the one of the project', async () => {
    const both = {
      'db/migrations-sqlite/1.js':
        knex(`await knex.schema.createTable('a', (t) => { t.increments(); t.string('only_sqlite'); });
        await knex.schema.createTable('extra', (t) => { t.increments(); });`),
      'db/migrations/1.js': knex(
        `await knex.schema.createTable('a', (t) => { t.increments(); t.string('everywhere'); });`,
      ),
    };
    assert.deepEqual(columnsOf(await linked(knexReader, both), 'a'), ['id', 'everywhere']);
    assert.deepEqual(columnsOf(await linked(knexReader, both, { dialect: 'sqlite' }), 'a'), ['id', 'only_sqlite']);
  });

  it('follows modules beside the migrations, loops and callbacks', async () => {
    const result = await linked(sequelizeMigrationsReader, {
      'migrations/lib/names.js': `module.exports.names = ['x', 'y']; module.exports.add = async (queryInterface, names, type) => { for (const name of names) await queryInterface.addColumn('a', name, type); };`,
      'migrations/1-a.js': `const { add, names } = require('./lib/names');
module.exports = {
  up: async (queryInterface, Sequelize) => {
    await queryInterface.createTable('a', { id: { type: Sequelize.INTEGER, primaryKey: true } });
    await add(queryInterface, names, Sequelize.TEXT);
    await Promise.all([...names, 'z'].map((name) => queryInterface.addIndex('a', [name === 'z' ? 'id' : name])));
    switch (queryInterface.sequelize.getDialect()) {
      case 'postgres':
        await queryInterface.sequelize.query('ALTER TABLE a ADD COLUMN only_here text');
        break;
      default:
        await queryInterface.addColumn('a', 'elsewhere', Sequelize.TEXT);
    }
  },
  down: (queryInterface) => queryInterface.dropTable('a'),
};`,
    });
    assert.deepEqual(columnsOf(result, 'a'), ['id', 'x', 'y', 'only_here']);
    assert.deepEqual(
      result.tables[0]?.indexes.map(({ name }) => name),
      ['a_x', 'a_y', 'a_id'],
    );
    assert.deepEqual(result.problems, []);
  });

  it('follows names of tables to where they are stated', async () => {
    const { schema } = await analyzeFiles(
      {
        'src/models/nodes.ts': `import type { Knex } from 'knex';
export const NODES_TABLE = 'fleet_nodes';
export const findNode = (db: Knex, id: number) => db.from(NODES_TABLE).where({ id }).first();
`,
        'src/db/migrations/20240101000000_nodes.ts': `import { NODES_TABLE } from '../../models/nodes.js';
import type { Knex } from 'knex';
export async function up(knex: Knex): Promise<void> {
  await knex.raw(\`CREATE TABLE \${NODES_TABLE} (id serial PRIMARY KEY, state text NOT NULL)\`);
  await knex.raw(\`CREATE INDEX idx_\${NODES_TABLE}_state ON \${NODES_TABLE} (state)\`);
}
export async function down(knex: Knex): Promise<void> {}
`,
      },
      'postgresql',
    );
    assert.deepEqual(
      schema.tables.map(({ name, indexes }) => [name, indexes.map((index) => index.name)]),
      [['fleet_nodes', ['idx_fleet_nodes_state']]],
    );
    assert.deepEqual(schema.problems, []);
  });

  it('tells what it cannot follow, where it stands', async () => {
    const { problems } = await linked(sequelizeMigrationsReader, {
      'migrations/1-a.js': `module.exports = {
  up: async (queryInterface, Sequelize) => {
    await queryInterface.addColumn('nowhere', 'x', Sequelize.TEXT);
    await queryInterface.sequelize.query(buildSql());
    await helper(queryInterface);
    for (const row of await queryInterface.sequelize.query('SELECT 1')) await queryInterface.dropTable(row.name);
    for (const row of await queryInterface.sequelize.query('SELECT 1')) await queryInterface.sequelize.query(\`UPDATE a SET b = \${row.b}\`);
  },
};`,
    });
    assert.deepEqual(
      problems.map(({ at }) => at?.line),
      [3, 4, 5, 6],
    );
  });

  it('never runs on for ever', async () => {
    const result = await linked(knexReader, {
      'migrations/1_a.js': knex(`
        let s = 'x'; while (true) { s += s; }
        for (let i = 0; i < 1e9; i++) await knex.schema.createTable('t' + i, (t) => t.increments());
        const again = () => again() + again(); again();`),
    });
    assert.ok(result.tables.length <= 1001);
  });

  it('runs what was put aside before what builds on it, and takes folders as the knexfile names them', async () => {
    const put = await linked(knexReader, {
      'migrations/archive/1_a.js': knex(`await knex.schema.createTable('a', (t) => t.increments());`),
      'migrations/2_b.js': knex(`await knex.schema.alterTable('a', (t) => t.string('b'));`),
    });
    assert.deepEqual(columnsOf(put, 'a'), ['id', 'b']);
    const stated = await linked(
      knexReader,
      {
        'knexfile.js': `module.exports = { client: 'mysql2', migrations: { directory: './db/schema' } };`,
        'db/schema/1_a.js': knex(`await knex.schema.createTable('a', (t) => t.increments());`),
        'old/migrations/1_a.js': knex(`await knex.schema.createTable('a', (t) => t.uuid('other'));`),
      },
      { dialect: null },
    );
    assert.deepEqual(columnsOf(stated, 'a'), ['id']);
    assert.equal(stated.dialect, 'mysql');
    assert.deepEqual(stated.problems, []);
  });
});

describe('Steps of migrations that are programs', function () {
  this.timeout(120_000);

  it('of Sequelize', async () => {
    const result = await linked(
      sequelizeMigrationsReader,
      {
        'migrations/1-a.js': `module.exports = {
  up: async (queryInterface, Sequelize) => {
    await queryInterface.addIndex('a', ['b'], { concurrently: true });
    await queryInterface.addIndex('a', { fields: ['c'] });
    await queryInterface.changeColumn('a', 'b', { type: Sequelize.BIGINT, allowNull: false });
    await queryInterface.bulkDelete('a', {});
    await queryInterface.sequelize.query('DROP TABLE c CASCADE');
  },
  down: async () => {},
};`,
      },
      { source: 'none' },
    );
    assert.deepEqual(steps(result), [
      'create-index a b online',
      'create-index a c',
      'require-column a b',
      'change-type a b',
      'write a',
      'drop-table c',
    ]);
    const [facts] = result.files;
    assert.equal(facts?.migration?.inTransaction, false);
    assert.equal(facts.migration.reversible, false);
    assert.deepEqual(result.tables, []);
  });

  it('of Knex, both ways of a condition', async () => {
    const result = await linked(
      knexReader,
      {
        'migrations/1_a.js': knex(
          `if (await knex.schema.hasColumn('a', 'b')) await knex.schema.table('a', (t) => t.dropColumn('b')); else await knex('a').update({ c: 1 });`,
        ),
      },
      { source: 'none' },
    );
    assert.deepEqual(steps(result), ['drop-column a b', 'write a']);
    assert.equal(result.files[0]?.migration?.inTransaction, true);
  });

  it('of Liquibase, those of the newest change sets', async () => {
    const sets = [1, 2, 3, 4, 5, 6, 7].map(
      (id) => `<changeSet id="${id}" author="a"><dropColumn tableName="t" columnName="c${id}"/></changeSet>`,
    );
    const result = await linked(
      liquibaseReader,
      { 'changelog.xml': `<databaseChangeLog>${sets.join('\n')}</databaseChangeLog>` },
      { source: 'none' },
    );
    assert.deepEqual(
      steps(result),
      [3, 4, 5, 6, 7].map((id) => `drop-column t c${id}`),
    );
  });
});

describe('Migrations in a workspace', function () {
  this.timeout(120_000);

  it('are the schema where nothing else states one, and a change log owns the scripts it runs', async () => {
    const { schema } = await analyzeFiles(
      {
        'db/changelog/master.yaml': `databaseChangeLog:
  - changeSet:
      id: 1
      author: a
      changes:
        - sqlFile: { path: tables.sql, relativeToChangelogFile: true }
        - addColumn: { tableName: notes, columns: [ { column: { name: pinned, type: boolean } } ] }
`,
        'db/changelog/tables.sql': 'CREATE TABLE notes (id bigint PRIMARY KEY, body text);',
      },
      'postgresql',
    );
    assert.deepEqual(
      schema.tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]),
      [['notes', ['id', 'body', 'pinned']]],
    );
  });

  it('stand behind entities', async () => {
    const { schema } = await analyzeFiles(
      {
        'models/user.js': `const { DataTypes } = require('sequelize');\nmodule.exports = (sequelize) => sequelize.define('user', { name: DataTypes.STRING });`,
        'migrations/1-a.js': `module.exports = { up: (queryInterface, Sequelize) => queryInterface.createTable('other', { id: Sequelize.INTEGER }), down: (queryInterface) => queryInterface.dropTable('other') };`,
      },
      'postgresql',
    );
    assert.deepEqual(
      schema.tables.map(({ name }) => name),
      ['users'],
    );
    assert.ok(schema.code.files.some(({ migration }) => migration?.steps.some(({ kind }) => kind === 'create-table')));
  });
});
