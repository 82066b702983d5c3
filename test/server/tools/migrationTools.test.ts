/** The tools that plan and run migrations, over a small project on SQLite. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createEngine } from '../../../src/server/engine.ts';
import { callTool } from '../../../src/server/tools/callTool.ts';
import type { ToolContext } from '../../../src/server/tools/tool.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const wasmDirectory = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));
/** Must be in no answer. */
const canary = 'canary-3f9a1c';

interface Answer {
  readonly changes?: readonly unknown[];
  readonly possibleRenames?: readonly unknown[];
  readonly needsValues?: readonly unknown[];
  readonly losesData?: readonly string[];
  readonly path?: string;
  readonly text?: string;
  readonly cut?: unknown;
  readonly outcome?: string;
  readonly result?: string;
}

describe('tools about migrations', function () {
  this.timeout(120_000);
  let folder: ReturnType<typeof temporaryFolder>;
  let within: ToolContext;
  const entity = (columns: string): string =>
    `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity('orders')\nexport class Order {\n  @PrimaryGeneratedColumn() id: number;\n  ${columns}\n}\n`;

  before(async () => {
    folder = temporaryFolder({
      'package.json': '{ "name": "shop", "dependencies": { "typeorm": "1.0.0", "better-sqlite3": "1.0.0" } }',
      '.data-engineer.json': '{ "dialect": "sqlite" }',
      'src/order.entity.ts': entity(
        `@Column() customer: string;\n  @Column({ type: 'int' }) note: number;\n  @Column({ default: '${canary}' }) password: string;`,
      ),
      'src/migrations/1700000000001-First.ts': `import { MigrationInterface, QueryRunner } from 'typeorm';
export class First1700000000001 implements MigrationInterface {
public async up(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(\`CREATE TABLE "orders" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "client" varchar NOT NULL)\`);
}
public async down(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(\`DROP TABLE "orders"\`);
}
}
`,
    });
    const engine = await createEngine({
      ...{ directory: folder.path, wasmDirectory, cacheDirectory: null, exclude: [], maxFileSizeKb: 1024, rules: {} },
    });
    const found = await engine.analyze();
    engine.dispose();
    const entries = found.snapshot.projects.map((project) => ({
      ...{ id: project.root, project },
      folder: { directory: folder.path, analysis: found, text: () => Promise.resolve(null) },
    }));
    const setting = { wasmDirectory, exclude: [], maxFileSizeKb: 1024, projects: entries };
    within = {
      projects: entries.map((entry) => ({
        project: entry.project,
        findings: [],
        folder: null,
        origin: { entry, setting },
      })),
      tokenBudget: null,
    };
  });
  after(() => folder.remove());

  async function call(name: string, input: object): Promise<Answer> {
    const answer = await callTool(name, input, within);
    assert.ok(!answer.isError, answer.text);
    assert.ok(!answer.text.includes(canary), answer.text);
    return answer.structured as Answer;
  }

  it('diff_schema tells the changes and what has to be asked', async () => {
    const answer = await call('diff_schema', {});
    assert.deepEqual(answer.changes, [
      { change: 'Add column orders.customer varchar not null', kind: 'addColumn' },
      { change: 'Add column orders.note integer not null', kind: 'addColumn' },
      { change: "Add column orders.password varchar not null default '***'", kind: 'addColumn' },
      { change: 'Drop column orders.client and its values', kind: 'dropColumn', losesData: true },
    ]);
    assert.deepEqual(answer.possibleRenames, [{ rename: 'orders.client=customer', reason: 'same type' }]);
    assert.deepEqual(answer.losesData, ['The values of orders.client are lost.']);
  });

  it('plan_migration yields the file, and writes nothing', async () => {
    const input = { name: 'RenameClient', renames: ['orders.client=customer'], fills: ['orders.note=7'] };
    const answer = await call('plan_migration', input);
    assert.match(answer.path ?? '', /^src\/migrations\/\d{13}-RenameClient\.ts$/);
    assert.match(answer.text ?? '', /RENAME COLUMN "client" TO "customer"[\s\S]*SET "note" = 7/);
    assert.deepEqual([answer.losesData, answer.needsValues], [undefined, undefined]);
    assert.deepEqual(readdirSync(join(folder.path, 'src/migrations')), ['1700000000001-First.ts']);
    const short = await call('plan_migration', { ...input, maxTokens: 200 });
    assert.equal(short.text, undefined);
    assert.match(JSON.stringify(short.cut), /the text of the migration/);
  });

  it('verify_migration runs what is planned, and SQL that is given', async () => {
    const answers = { renames: ['orders.client=customer'], fills: ['orders.note=7'] };
    const good = await call('verify_migration', answers);
    assert.equal(good.outcome, 'passed');
    assert.match(good.result ?? '', /^ran on SQLite 3\.[\d.]+: up \d+ ms, down \d+ ms, no rows lost$/);
    const wrong = await call('verify_migration', { ...answers, up: 'ALTER TABLE orders ADD COLUMN note text;' });
    assert.equal(wrong.outcome, 'failed');
    assert.match(wrong.result ?? '', /up does not lead to the target/);
    const broken = await call('verify_migration', {
      ...answers,
      up: 'ALTER TABLE nowhere ADD x int;',
      down: 'SELECT 1',
    });
    assert.match(broken.result ?? '', /failed on SQLite .*no such table: nowhere/);
    const outside = join(folder.path, 'outside.sqlite');
    const out = await call('verify_migration', {
      ...answers,
      up: `ATTACH '${outside}' AS o; CREATE TABLE o.t (a int);`,
    });
    assert.equal(out.outcome, 'failed');
    assert.match(out.result ?? '', /ATTACH and VACUUM INTO/);
    assert.ok(!readdirSync(folder.path).includes('outside.sqlite'));
  });

  it('say what is wrong with their input', async () => {
    const cases: readonly (readonly [name: string, input: object, expected: RegExp])[] = [
      ['plan_migration', { renames: ['client'] }, /"client" is no rename: write "table\.column=column"/],
      ['plan_migration', { fills: ['note'] }, /"note" is no value: write "table\.column=value"/],
      ['plan_migration', { name: 'add-note' }, /as a class has it \(AddOrders\), not "add-note"/],
      ['plan_migration', { format: 'prisma' }, /"format" must be one of "typeorm", "sql"/],
      ['diff_schema', { from: 'database' }, /it is migrations or git:<ref>/],
      ['diff_schema', { from: 'git:nowhere' }, /git knows no commit "nowhere" here/],
      ['verify_migration', { down: 'SELECT 1' }, /give both, or neither/],
    ];
    for (const [name, input, expected] of cases) {
      const answer = await callTool(name, input, within);
      assert.ok(answer.isError, name);
      assert.match(answer.text, expected);
    }
  });
});
