/** The statements are run on the engines themselves: up, down, and up again, with rows that have to survive. */
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import Database from 'better-sqlite3';
import { diffSchemas } from '../../../src/core/diff/diff.ts';
import type { Comparable, Rename } from '../../../src/core/diff/diff.ts';
import type { Statement } from '../../../src/core/dialects/ddl.ts';
import { planMigration } from '../../../src/core/migrations/shared/plan.ts';
import { printMysql } from '../../../src/core/dialects/mysql/ddl.ts';
import { printPostgresql } from '../../../src/core/dialects/postgresql/ddl.ts';
import { printSqlite } from '../../../src/core/dialects/sqlite/ddl.ts';
import { aColumn, aForeignKey, aTable, aUnique, anEnum, anIndex } from '../../support/tables.ts';

const empty: Comparable = { tables: [], enums: [] };
const numbered = aColumn('id', { generated: { kind: 'increment', expression: null } });
const customers = aTable('customers', {
  columns: [numbered, aColumn('name', { type: 'string', rawType: 'varchar', length: 80 })],
  primaryKeyName: 'customers_pkey',
});

const before: Comparable = {
  enums: [],
  tables: [
    customers,
    aTable('orders', {
      columns: [
        numbered,
        aColumn('client_id', { nullable: true }),
        aColumn('note', { type: 'string', rawType: 'varchar', length: 20, nullable: true, default: "'-'" }),
      ],
      indexes: [anIndex(['note'], { name: 'orders_note_idx' })],
    }),
  ],
};
const after: Comparable = {
  enums: [],
  tables: [
    customers,
    aTable('orders', {
      columns: [
        numbered,
        aColumn('customer_id'),
        aColumn('note', { type: 'text', rawType: 'text', nullable: true, default: "''" }),
        aColumn('total', { type: 'decimal', rawType: 'numeric', precision: 10, scale: 2, default: '0' }),
      ],
      uniques: [aUnique(['customer_id', 'note'], { name: 'orders_uq' })],
      indexes: [
        anIndex(['customer_id', 'total'], {
          name: 'orders_customer_total',
          orders: ['asc', 'desc'],
          where: 'total > 0',
        }),
      ],
      checks: [{ name: 'orders_total_check', expression: 'total >= 0', at: numbered.at }],
      foreignKeys: [aForeignKey(['customer_id'], 'customers', { name: 'orders_customer_fk', onDelete: 'CASCADE' })],
    }),
    aTable('refunds', {
      columns: [numbered, aColumn('order_id')],
      foreignKeys: [aForeignKey(['order_id'], 'orders', { name: 'refunds_order_fk' })],
    }),
  ],
};
const there: Rename = { kind: 'column', table: 'orders', namespace: null, from: 'client_id', to: 'customer_id' };
const back: Rename = { ...there, from: 'customer_id', to: 'client_id' };
const rows = ["INSERT INTO customers (id, name) VALUES (1, 'Ann')", 'INSERT INTO orders (id, client_id) VALUES (7, 1)'];

function texts(statements: readonly Statement[]): string[] {
  return statements.map((entry) => entry.sql);
}

describe('DDL', function () {
  this.timeout(90_000);
  it('leads SQLite up, down and up again, with its rows, foreign keys on', () => {
    const database = new Database(':memory:');
    database.pragma('foreign_keys = ON');
    const run = (from: Comparable, to: Comparable, renames: Rename[] = []): void => {
      for (const sql of texts(printSqlite(diffSchemas(from, to, { renames }), { from, to }))) database.exec(sql);
    };
    const shape = (): unknown =>
      database
        .prepare("SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name")
        .all();
    run(empty, before);
    const atFirst = shape();
    for (const sql of rows) database.exec(sql);
    run(before, after, [there]);
    assert.deepEqual(database.prepare('SELECT id, customer_id, note, total FROM orders').all(), [
      { id: 7, customer_id: 1, note: '-', total: 0 },
    ]);
    assert.deepEqual(database.pragma('foreign_key_check'), []);
    assert.throws(() => database.exec('INSERT INTO orders (customer_id, total) VALUES (1, -1)'), /CHECK/);
    assert.throws(() => database.exec('INSERT INTO orders (customer_id) VALUES (99)'), /FOREIGN KEY/);
    run(after, before, [back]);
    assert.deepEqual(shape(), atFirst);
    assert.deepEqual(database.prepare('SELECT id, client_id FROM orders').all(), [{ id: 7, client_id: 1 }]);
    run(before, after, [there]);
    database.close();
  });

  it('leads PostgreSQL up, down and up again, with its rows', async () => {
    const database = new PGlite();
    const run = async (from: Comparable, to: Comparable, renames: Rename[] = []): Promise<void> => {
      for (const sql of texts(printPostgresql(diffSchemas(from, to, { renames }), { from, to })))
        await database.exec(sql);
    };
    await run(empty, before);
    for (const sql of rows) await database.exec(sql);
    await run(before, after, [there]);
    assert.deepEqual((await database.query('SELECT id, customer_id, note, total FROM orders')).rows, [
      { id: 7, customer_id: 1, note: '-', total: '0.00' },
    ]);
    await assert.rejects(database.exec('INSERT INTO orders (customer_id, total) VALUES (1, -1)'), /orders_total_check/);
    await run(after, before, [back]);
    assert.deepEqual((await database.query('SELECT id, client_id FROM orders')).rows, [{ id: 7, client_id: 1 }]);
    await run(before, after, [there]);
    await database.close();
  });

  it('adds, removes and reorders enum values on PostgreSQL without losing a row', async () => {
    const database = new PGlite();
    const state = (values: string[]): Comparable => ({
      enums: [anEnum('state', values)],
      tables: [
        aTable('jobs', {
          columns: [numbered, aColumn('state', { type: 'enum', rawType: 'enum', enum: 'state', default: "'open'" })],
        }),
      ],
    });
    const run = async (from: Comparable, to: Comparable): Promise<void> => {
      for (const sql of texts(printPostgresql(diffSchemas(from, to), { from, to }))) await database.exec(sql);
    };
    await run(empty, state(['open', 'done']));
    await database.exec('INSERT INTO jobs DEFAULT VALUES');
    await run(state(['open', 'done']), state(['new', 'open', 'done']));
    await run(state(['new', 'open', 'done']), state(['open', 'new']));
    const { rows: found } = await database.query<{ label: string }>(
      "SELECT enumlabel AS label FROM pg_enum JOIN pg_type t ON t.oid = enumtypid WHERE typname = 'state' ORDER BY enumsortorder",
    );
    assert.deepEqual(
      found.map((row) => row.label),
      ['open', 'new'],
    );
    assert.deepEqual((await database.query('SELECT state FROM jobs')).rows, [{ state: 'open' }]);
    // A row still holds the value: PostgreSQL refuses, nothing is lost.
    await assert.rejects(run(state(['open', 'new']), state(['new'])));
    await database.close();
  });

  it('states the whole column where MySQL changes one, with its values and comment', () => {
    const column = (values: Partial<ReturnType<typeof aColumn>>) =>
      aColumn('state', { type: 'enum', rawType: 'enum', enum: 'state', ...values });
    const schema = (values: Partial<ReturnType<typeof aColumn>>): Comparable => ({
      enums: [anEnum('state', ["it's", 'b'])],
      tables: [aTable('t', { columns: [column(values)], primaryKey: [] })],
    });
    const changes = diffSchemas(schema({}), schema({ nullable: true, comment: 'where it is' }));
    assert.deepEqual(texts(printMysql(changes, { from: schema({}), to: schema({}) })), [
      "ALTER TABLE `t` MODIFY COLUMN `state` enum('it''s', 'b') COMMENT 'where it is'",
    ]);
  });

  it('tells signed from unsigned where MySQL does, however it is spelled', () => {
    const schema = (values: Partial<ReturnType<typeof aColumn>>): Comparable => ({
      enums: [],
      tables: [aTable('t', { columns: [aColumn('n', values)], primaryKey: [] })],
    });
    const plan = (from: Comparable, to: Comparable, dialect: 'mysql' | 'postgresql' = 'mysql') =>
      planMigration({ from, to, dialect, renames: [] });
    const signed = schema({ rawType: 'int' });
    const unsigned = schema({ rawType: 'int', unsigned: true });
    const spelled = schema({ rawType: 'int unsigned' });
    assert.deepEqual(plan(unsigned, spelled)?.changes, []);
    assert.deepEqual(plan(spelled, unsigned)?.changes, []);
    assert.deepEqual(plan(signed, unsigned, 'postgresql')?.changes, []);
    const made = plan(signed, unsigned);
    assert.deepEqual(made?.words, ['Change t.n: type int to int unsigned']);
    assert.deepEqual(texts(made.up), ['ALTER TABLE `t` MODIFY COLUMN `n` int unsigned NOT NULL']);
    assert.deepEqual(texts(made.down), ['ALTER TABLE `t` MODIFY COLUMN `n` int NOT NULL']);
    assert.match(made.warnings[0]?.message ?? '', /fails where a row holds what int unsigned does not take/);
    const sized = plan(
      { tables: [], enums: [] },
      schema({ type: 'decimal', rawType: 'decimal', precision: 10, scale: 2, unsigned: true }),
    );
    assert.match(sized?.up[0]?.sql ?? '', /`n` decimal\(10, 2\) unsigned NOT NULL/);
  });
});
