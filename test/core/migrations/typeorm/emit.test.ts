import assert from 'node:assert/strict';
import ts from 'typescript';
import { emitMigration, migrationFileName, styleOf } from '../../../../src/core/migrations/typeorm/emit.ts';
import type { MigrationSource } from '../../../../src/core/migrations/typeorm/emit.ts';

const source: MigrationSource = {
  name: 'AddOrders',
  timestamp: 1712345678901,
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
    const style = styleOf(
      'import { MigrationInterface } from "typeorm"\r\n\r\nexport class A1 implements MigrationInterface {\r\n\tpublic async up() {}\r\n}\r\n',
    );
    assert.deepEqual(style, { quote: '"', indent: '\t', semicolons: false, lineEnd: '\r\n', nameProperty: false });
    const text = emitMigration(source, style);
    assert.ok(text.startsWith('import type { MigrationInterface, QueryRunner } from "typeorm"\r\n'));
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
});
