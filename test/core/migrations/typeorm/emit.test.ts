import assert from 'node:assert/strict';
import ts from 'typescript';
import { emitMigration } from '../../../../src/core/migrations/typeorm/emit.ts';
import type { MigrationSource } from '../../../../src/core/migrations/typeorm/emit.ts';
import { defaultStyle, migrationFileName, styleOf } from '../../../../src/core/migrations/typeorm/style.ts';

const source: MigrationSource = {
  name: 'AddOrders',
  timestamp: 1712345678901,
  dialect: 'postgresql',
  up: [{ sql: 'CREATE TABLE "orders" (\n  "note" text DEFAULT \'`${x}\\\'\n)', outsideTransaction: false }],
  down: [{ sql: 'DROP TABLE "orders"', outsideTransaction: false }],
};

/** Runs the class as TypeORM would, with a query runner that only listens. */
async function statementsOf(text: string, direction: 'up' | 'down'): Promise<string[]> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const module = (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)) as Record<
    string,
    new () => Record<string, (runner: object) => Promise<void>>
  >;
  const Migration = module.AddOrders1712345678901!;
  const seen: string[] = [];
  await new Migration()[direction]!({ query: (sql: string) => Promise.resolve(void seen.push(sql)) });
  return seen.map((sql) => sql.replace(/\s+/g, ' ').trim());
}

describe('TypeORM migrations', () => {
  it('emits a class whose statements are the given ones, whatever characters they hold', async () => {
    const text = emitMigration(source);
    assert.deepEqual(await statementsOf(text, 'up'), ['CREATE TABLE "orders" ( "note" text DEFAULT \'`${x}\\\' )']);
    assert.deepEqual(await statementsOf(text, 'down'), ['DROP TABLE "orders"']);
    assert.equal(migrationFileName(source), '1712345678901-AddOrders.ts');
  });

  it('follows the style of another migration', () => {
    const sample =
      'import { MigrationInterface } from "typeorm"\r\n\r\nexport class A1 implements MigrationInterface {\r\n\tasync up(runner: QueryRunner) {}\r\n}\r\n';
    const style = styleOf({ path: 'a.ts', text: sample });
    assert.deepEqual(style, {
      ...{ quote: '"', indent: '\t', semicolons: false, lineEnd: '\r\n', nameProperty: false },
      ...{ publicMethods: false, typeImport: false, runner: 'runner', javascript: null },
    });
    const text = emitMigration(source, style);
    assert.ok(text.startsWith('import { MigrationInterface, QueryRunner } from "typeorm"\r\n'));
    assert.match(text, /\r\n\tasync up\(runner: QueryRunner\): Promise<void> \{\r\n\t\tawait runner\.query\(/);
    assert.ok(!text.includes(';'));
    assert.ok(!/[^\r]\n/.test(text));
  });

  it('runs without a transaction where a statement needs that, and says when it cannot be undone', async () => {
    const text = emitMigration({
      ...source,
      down: null,
      up: [{ sql: 'CREATE INDEX CONCURRENTLY a ON b (c)', outsideTransaction: true }],
    });
    assert.match(text, /transaction = false;/);
    await assert.rejects(statementsOf(text, 'down'), /cannot be undone/);
  });

  it('writes JavaScript where the others are', async () => {
    const path = '1700000000000-First.js';
    const text = emitMigration(
      source,
      styleOf({
        path,
        text: "module.exports = class First1700000000000 {\n  name = 'First1700000000000'\n  async up(q) {}\n}",
      }),
    );
    assert.match(text, /^module\.exports = class AddOrders1712345678901 \{\n {2}name = 'AddOrders1712345678901'/);
    assert.ok(!/QueryRunner|public|Promise/.test(text));
    assert.deepEqual(await statementsOf(text.replace('module.exports =', 'export'), 'down'), ['DROP TABLE "orders"']);
    assert.equal(migrationFileName(source, path), '1712345678901-AddOrders.js');
  });

  it('names files as the others are named', () => {
    const names: readonly (readonly [like: string, expected: string])[] = [
      ['1700000000000-FirstOne.ts', '1712345678901-AddOrders.ts'],
      ['1700000000000-first-one.ts', '1712345678901-add-orders.ts'],
      ['1700000000000_first_one.ts', '1712345678901_add_orders.ts'],
      ['1700000000000-firstOne.migration.ts', '1712345678901-addOrders.migration.ts'],
      ['1700000000000-first.ts', '1712345678901-add-orders.ts'],
      ['first.ts', '1712345678901-AddOrders.ts'],
    ];
    for (const [like, expected] of names) assert.equal(migrationFileName(source, like), expected);
  });

  it('keeps line breaks within literals as they are', async () => {
    const sql = 'COMMENT ON TABLE "a" IS \'one\n  two\r\nthree\'';
    const text = emitMigration(
      { ...source, up: [{ sql, outsideTransaction: false }] },
      { ...defaultStyle, lineEnd: '\r\n' },
    );
    const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext } });
    const seen: string[] = [];
    const module = (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)) as Record<
      string,
      new () => { up(runner: object): Promise<void> }
    >;
    await new module.AddOrders1712345678901!().up({ query: (given: string) => void seen.push(given) });
    assert.deepEqual(seen, [sql]);
  });
});
