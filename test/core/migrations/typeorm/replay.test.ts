/** Migrations are run by TypeORM's own runner and replayed; the engine's catalogue has to be the same. */
import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import { compileFunction } from 'node:vm';
import ts from 'typescript';
import { DataSource } from 'typeorm';
import * as typeorm from 'typeorm';
import { diffSchemas } from '../../../../src/core/diff/diff.ts';
import { printSqlite } from '../../../../src/core/dialects/sqlite/ddl.ts';
import { emptySchema } from '../../../../src/core/migrations/shared/replay.ts';
import { migrationClasses } from '../../../../src/core/migrations/typeorm/migrationClasses.ts';
import { typeormMigrationsReader } from '../../../../src/core/readers/typeorm-migrations/reader.ts';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import { analyzeFiles, openFile } from '../../../support/analyze.ts';
import { readTexts } from '../../../support/readTexts.ts';
import { loadSyntax } from '../../readers/typeorm/read.ts';

const first = `import { MigrationInterface, QueryRunner, Table, TableIndex, TableForeignKey, TableColumn, TableUnique, TableCheck } from 'typeorm';
const auditColumns = [
  { name: 'createdAt', type: 'datetime', default: "datetime('now')" },
];
export class First1700000000001 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(new Table({
      name: 'customers',
      columns: [
        { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
        { name: 'email', type: 'varchar', length: '80', isUnique: true },
        { name: 'kind', type: 'simple-enum', enum: ['private', 'company'], default: "'private'" },
        ...auditColumns,
      ],
      indices: [{ name: 'by_kind', columnNames: ['kind'] }],
    }), true);
    await queryRunner.createTable(new Table({ name: 'orders', columns: [
      { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
      { name: 'customerId', type: 'integer', isNullable: true },
      { name: 'total', type: 'decimal', precision: 10, scale: 2, default: '0' },
    ] }));
    for (const name of ['note', 'remark']) {
      await queryRunner.addColumn('orders', new TableColumn({ name, type: 'varchar', isNullable: true }));
    }
    await queryRunner.createForeignKey('orders', new TableForeignKey({ columnNames: ['customerId'], referencedTableName: 'customers', referencedColumnNames: ['id'], onDelete: 'CASCADE' }));
    await queryRunner.createIndex('orders', new TableIndex({ columnNames: ['customerId', 'total'], isUnique: true, where: '"total" > 0' }));
    await queryRunner.query(\`INSERT INTO "customers" ("email") VALUES ('a')\`);
  }
  public async down(): Promise<void> {}
}
`;
const second = `import { MigrationInterface, QueryRunner, TableColumn, TableUnique, TableCheck } from 'typeorm';
export class Second implements MigrationInterface {
  name = 'Second1700000000002';
  async up(runner: QueryRunner) {
    const orders = await runner.getTable('orders');
    const key = orders!.foreignKeys.find((each) => each.columnNames.indexOf('customerId') !== -1);
    await runner.dropForeignKey('orders', key!);
    await runner.renameColumn('orders', 'remark', 'comment');
    await runner.dropColumn('orders', 'note');
    await runner.changeColumn('orders', 'comment', new TableColumn({ name: 'comment', type: 'text', default: "'-'" }));
    await runner.createUniqueConstraint('orders', new TableUnique({ columnNames: ['comment'] }));
    await runner.createCheckConstraint('orders', new TableCheck({ expression: '"total" >= 0' }));
    await runner.renameTable('orders', 'purchases');
    if (!(await runner.hasColumn('customers', 'age'))) {
      await runner.query('ALTER TABLE "customers" ADD COLUMN "age" integer');
    }
    await runner.query('CREATE TABLE "tags" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "label" varchar(20) NOT NULL)');
    await runner.dropIndex('customers', 'by_kind');
  }
  async down() {}
}
`;

async function replay(files: Readonly<Record<string, string>>, dialect: Dialect) {
  const opened = await Promise.all(Object.entries(files).map(([path, text]) => openFile(path, text)));
  const { migrations, problems } = migrationClasses(opened);
  const texts = new Map(Object.entries(files).map(([path, text]) => [`migrations/${path}`, text]));
  const built = readTexts(typeormMigrationsReader, texts, await loadSyntax()).link({ dialect, source: 'migrations' });
  return {
    schema: { tables: built.tables, enums: built.enums },
    migrations,
    problems: [...problems, ...built.problems],
  };
}

function load(text: string, name: string): new () => object {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, new () => object> = {};
  const run = compileFunction(outputText, ['require', 'exports']) as (require: () => object, into: object) => void;
  run(() => typeorm, exported);
  return exported[name]!;
}

function catalogue(database: { prepare(sql: string): { all(): unknown[] } }): string[] {
  const all = (sql: string) => database.prepare(sql).all() as Record<string, unknown>[];
  const tables = all(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('migrations', 'typeorm_metadata')",
  ).map(({ name }) => String(name));
  return tables
    .flatMap((table) => [
      ...all(
        `SELECT name, replace(lower(type), ', ', ',') type, "notnull", replace(replace(dflt_value, '(', ''), ')', '') dflt, pk FROM pragma_table_info('${table}')`,
      ).map((row) => `${table} ${JSON.stringify(row)}`),
      ...all(`SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list('${table}')`).map(
        (row) => `${table} ${JSON.stringify(row)}`,
      ),
      ...all(`SELECT name, "unique", origin, partial FROM pragma_index_list('${table}')`).map(
        (row) =>
          `${table} ${row.origin === 'c' ? String(row.name) : ''} ${JSON.stringify(all(`SELECT name FROM pragma_index_info('${String(row.name)}')`))} ${String(row.unique)} ${String(row.partial)}`,
      ),
    ])
    .sort();
}

describe('replay of TypeORM migrations', function () {
  this.timeout(60_000);

  it('builds what TypeORM’s own runner builds', async () => {
    const source = new DataSource({
      type: 'better-sqlite3',
      database: ':memory:',
      migrations: [load(first, 'First1700000000001'), load(second, 'Second')],
      migrationsTransactionMode: 'each',
    });
    await source.initialize();
    await source.runMigrations();
    const { databaseConnection } = source.driver as unknown as { databaseConnection: Parameters<typeof catalogue>[0] };
    const expected = catalogue(databaseConnection);

    // Out of order on purpose: the time in the names decides.
    const { schema, problems, migrations } = await replay({ 'b.ts': second, 'a.ts': first }, 'sqlite');
    assert.deepEqual(problems, []);
    assert.deepEqual(
      migrations.map(({ name }) => name),
      ['First1700000000001', 'Second1700000000002'],
    );
    const database = new Database(':memory:');
    for (const { sql } of printSqlite(diffSchemas(emptySchema, schema), { from: emptySchema, to: schema }))
      database.exec(sql);
    assert.deepEqual(catalogue(database), expected);
    await source.destroy();
    database.close();
  });

  it('says where it could not follow, and goes on', async () => {
    const text = `import { QueryRunner } from 'typeorm';
export class Third1700000000003 {
  async up(queryRunner: QueryRunner) {
    await queryRunner.query(\`ALTER TABLE \${this.table} ADD a int\`);
    await queryRunner.query(\`INSERT INTO x VALUES (\${1 + this.n})\`);
    await helper(queryRunner);
    for (const name of await names()) await queryRunner.query('DROP TABLE a');
    if (process.env.X) await queryRunner.dropTable('a');
    await queryRunner.createIndex(table(), new TableIndex(options));
    await queryRunner.manager.save({});
    await queryRunner.query('DROP TABLE nowhere');
    await queryRunner.query('CREATE TABLE kept (id int)');
    console.log('done');
  }
}
export class Nameless { async up(queryRunner: QueryRunner) {} }
`;
    const { schema, problems } = await replay({ 'c.ts': text }, 'postgresql');
    assert.deepEqual(
      schema.tables.map(({ name }) => name),
      ['kept'],
    );
    assert.deepEqual(
      problems.map(({ at, message }) => `${at?.file ?? ''}:${at?.line ?? 0} ${message}`),
      [
        'c.ts:16 This migration has no time of 13 digits at the end of its name, so TypeORM does not run it.',
        'migrations/c.ts:4 c.ts: this SQL is put together when it runs, so what it changes is not known.',
        'migrations/c.ts:6 c.ts: what is called here with the connection is not followed.',
        'migrations/c.ts:7 c.ts: the list of this loop cannot be told from the text.',
        'migrations/c.ts:8 c.ts: whether this branch is taken is only known when it runs; it was left out.',
        'migrations/c.ts:9 c.ts: createIndex was left out: its table cannot be told from the text.',
        'migrations/c.ts:11 c.ts: There is no table nowhere to drop at this point.',
      ],
    );
  });

  it('follows helpers wherever they lie, and answers what they ask of the catalogue', async () => {
    const helpers = `import { QueryRunner } from 'typeorm';
export const ensureColumn = async (runner: QueryRunner, table: string, column: string, type: string) => {
  const found = await runner.query('SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_NAME = ? AND COLUMN_NAME = ? AND TABLE_SCHEMA = ?', [table, column, runner.connection.options.database]);
  if (found.length === 0) await runner.query(\`ALTER TABLE \${table} ADD COLUMN \${column} \${type};\`);
};
export async function hasColumn(runner: QueryRunner, table: string, column: string) {
  const columns = await runner.query(\`PRAGMA table_info("\${table}")\`);
  return columns.some((each: { name: string }) => each.name === column);
}`;
    const migration = `import { MigrationInterface, QueryRunner } from 'typeorm';
import { ensureColumn, hasColumn } from '../utils/database';
import { State } from '../entities/state';
export class Fourth1700000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner) {
    await queryRunner.query(\`CREATE TABLE "a" ("id" int, "old" int, "state" varchar(9) NOT NULL DEFAULT '\${State.OPEN}')\`);
    await ensureColumn(queryRunner, 'a', 'old', 'text');
    await ensureColumn(queryRunner, 'a', 'new', 'text');
    if (!(await hasColumn(queryRunner, 'a', 'new'))) await queryRunner.query('ALTER TABLE "a" ADD "wrong" int');
    if (!(await hasColumn(queryRunner, 'a', 'newer'))) await queryRunner.query('ALTER TABLE "a" ADD "newer" int');
    const tables = await queryRunner.query("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'b'");
    if (tables.length === 0) await queryRunner.query('CREATE TABLE "b" ("id" int)');
    const rows = await queryRunner.query('SELECT * FROM "a"');
    for (const row of rows) {
      const sql = row.state ? \`INSERT INTO "b" VALUES (\${row.id})\` : 'INSERT INTO "b" VALUES (0)';
      await queryRunner.query(sql);
    }
  }
  async down() {}
}`;
    const { schema } = await analyzeFiles(
      {
        'package.json': '{ "dependencies": { "typeorm": "0.3.20" } }',
        'src/utils/database.ts': helpers,
        'src/utils/other.ts':
          "import { QueryRunner } from 'typeorm';\nexport const unused = (runner: QueryRunner) => runner;\n",
        'src/migrations/1700000000004-Fourth.ts': migration,
      },
      'sqlite',
    );
    const { tables, problems } = schema;
    assert.deepEqual(
      tables.map(({ name, columns }) => [name, ...columns.map((column) => `${column.name} ${column.rawType}`)]),
      [
        ['a', 'id integer', 'old integer', 'state varchar', 'new text', 'newer integer'],
        ['b', 'id integer'],
      ],
    );
    assert.deepEqual(
      problems.map(({ at, message }) => `${at?.line ?? 0} ${message}`),
      ['6 1700000000004-Fourth.ts: a value in this SQL is only known when it runs; the rest of it is followed.'],
    );
  });

  it('reads a half-typed migration', async () => {
    for (let length = 0; length < first.length; length += 97)
      await replay({ 'a.ts': first.slice(0, length) }, 'postgresql');
  });
});
