import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const entity = (columns: string): string => `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn() id: number;
${columns}
}
`;
const migration = `import { MigrationInterface, QueryRunner } from "typeorm";

export class First1700000000001 implements MigrationInterface {
    name = 'First1700000000001'

    public async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(\`CREATE TABLE "orders" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "client" varchar NOT NULL)\`);
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(\`DROP TABLE "orders"\`);
    }
}
`;

describe('command line: diff and migrate', function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  const file = (): string => join(folder.path, 'src/order.entity.ts');
  const written = (): string[] =>
    readdirSync(join(folder.path, 'src/migrations')).filter((name) => !name.startsWith('1700000000001'));
  before(() => {
    folder = temporaryFolder({
      'package.json': '{ "name": "shop", "dependencies": { "typeorm": "1.0.0", "better-sqlite3": "1.0.0" } }',
      '.data-engineer.json': '{ "dialect": "sqlite" }',
      'src/order.entity.ts': entity('  @Column() client: string;'),
      'src/migrations/1700000000001-First.ts': migration,
    });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd: folder.path,
        stdio: 'ignore',
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
  });
  after(() => folder.remove());

  function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [main, ...args], { cwd: folder.path, timeout: 60_000 });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
      child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
  }

  it('runs the migrations of the project engine where they are kept once per engine', async () => {
    const project = temporaryFolder({
      'package.json': '{ "name": "shop", "dependencies": { "typeorm": "1.0.0", "better-sqlite3": "1.0.0" } }',
      '.data-engineer.json': '{ "dialect": "sqlite" }',
      'src/order.entity.ts': entity('  @Column() client: string;'),
      'src/migrations/sqlite/1700000000001-First.ts': migration,
      'src/migrations/mysql/1700000000001-First.ts': migration.replace('"client" varchar', '"buyer" longtext'),
      'src/migrations/postgres/1700000000002-Second.ts': migration.replace(
        /First1700000000001/gu,
        'Second1700000000002',
      ),
    });
    try {
      assert.deepEqual(await run('diff', 'migrations', 'entities', project.path), {
        code: 0,
        stdout: 'No differences.\n',
        stderr: '',
      });
    } finally {
      project.remove();
    }
  });

  it('compares the project that is chosen, where there are several', async () => {
    const workspace = temporaryFolder({
      'package.json': '{ "name": "shops", "workspaces": ["packages/*"] }',
      ...Object.fromEntries(
        ['a', 'b'].flatMap((name): [string, string][] => [
          [`packages/${name}/package.json`, `{ "name": "${name}", "dependencies": { "typeorm": "1.0.0" } }`],
          [`packages/${name}/.data-engineer.json`, '{ "dialect": "sqlite" }'],
          [`packages/${name}/src/order.entity.ts`, entity('  @Column() client: string;')],
        ]),
      ),
      'packages/a/src/migrations/1700000000001-First.ts': migration,
      'packages/b/src/migrations/1700000000001-First.ts': migration.replace('"client"', '"buyer"'),
      'packages/c/package.json': '{ "name": "c" }',
    });
    try {
      assert.deepEqual(await run('diff', 'migrations', 'entities', workspace.path), {
        code: 2,
        stdout: '',
        stderr:
          'data-engineer: Several projects here hold tables: packages/a, packages/b. Choose one with --project.\n',
      });
      const chosen = (root: string) => run('diff', 'migrations', 'entities', workspace.path, '--project', root);
      assert.deepEqual(await chosen('./packages/a/'), { code: 0, stdout: 'No differences.\n', stderr: '' });
      assert.deepEqual((await chosen('packages/b')).stdout.split('\n'), [
        'Add column orders.client varchar not null',
        'Drop column orders.buyer and its values',
        '',
      ]);
      assert.match(
        (await chosen('packages/c')).stderr,
        /no project "packages\/c" with tables; there is packages\/a, packages\/b/,
      );
      const written = await run(
        'migrate',
        workspace.path,
        '--project',
        'packages/b',
        '--name',
        'Next',
        '--fill',
        'orders.client=1',
        '--allow-data-loss',
        '--write',
      );
      assert.match(written.stderr, /packages\/b\/src\/migrations\/\d{13}-Next\.ts/u, JSON.stringify(written));
      assert.deepEqual(await chosen('packages/b'), { code: 0, stdout: 'No differences.\n', stderr: '' });
    } finally {
      workspace.remove();
    }
  });

  it('finds no difference where migrations build what the entities say', async () => {
    assert.deepEqual(await run('diff', 'migrations', 'entities'), { code: 0, stdout: 'No differences.\n', stderr: '' });
    assert.deepEqual(await run('diff', 'git:HEAD', 'migrations', '.'), {
      code: 0,
      stdout: 'No differences.\n',
      stderr: '',
    });
    assert.match((await run('migrate', '--name', 'Nothing')).stdout, /^Nothing to migrate/);
  });

  it('tells the changes, and refuses what it cannot read', async () => {
    writeFileSync(file(), entity('  @Column() customer: string;\n  @Column({ nullable: true }) note: string;'));
    const { code, stdout } = await run('diff', 'git:HEAD', 'entities', '--format', 'json');
    assert.equal(code, 1);
    const json = JSON.parse(stdout) as { changes: { words: string; losesData: boolean }[] };
    assert.deepEqual(
      json.changes.map(({ words, losesData }) => [words, losesData]),
      [
        ['Add column orders.customer varchar not null', false],
        ['Add column orders.note varchar', false],
        ['Drop column orders.client and its values', true],
      ],
    );
    for (const [args, message] of [
      [['diff', 'git:nowhere', 'entities'], /git could not read "nowhere"/],
      [['diff', 'git:--output=x', 'entities'], /is no name of a commit/],
      [['diff', 'database', 'entities'], /entities, migrations, ddl/],
      [['diff', 'entities'], /two sides/],
      [['migrate'], /--name AddOrders/],
      [['migrate', '--name', 'A', '--accept-rename', 'x'], /--accept-rename takes/],
    ] as const) {
      const { code: refused, stderr } = await run(...args);
      assert.equal(refused, 2, args.join(' '));
      assert.match(stderr, message);
    }
  });

  it('writes nothing that loses data unasked', async () => {
    const { code, stdout, stderr } = await run(
      'migrate',
      '--name',
      'Change',
      '--write',
      '--fill',
      "orders.customer='?'",
    );
    assert.match(stdout, /The values of orders\.client are lost\./);
    assert.match(stdout, /Proof: ran on SQLite .*no rows lost/);
    assert.match(stderr, /nothing was written, because rows or values are lost/);
    assert.equal(code, 1);
    assert.deepEqual(written(), []);
  });

  it('writes a proven migration beside the others in their style, which leads where it should', async () => {
    const options = ['migrate', '--name', 'RenameClient', '--accept-rename', 'orders.client=customer'];
    const dry = await run(...options);
    assert.match(
      dry.stdout,
      /Changes:\n {2}Rename column orders\.client to customer\n {2}Add column orders\.note varchar\n/,
    );
    assert.deepEqual(written(), []);
    assert.equal((await run(...options, '--write')).code, 0);
    const [name = ''] = written();
    assert.match(name, /^\d{13}-RenameClient\.ts$/);
    const text = readFileSync(join(folder.path, 'src/migrations', name), 'utf8');
    assert.match(text, /from "typeorm";\n/);
    assert.match(
      text,
      /\n {8}await queryRunner\.query\(`ALTER TABLE "orders" RENAME COLUMN "client" TO "customer"`\);/,
    );
    assert.equal((await run('diff', 'migrations', 'entities')).stdout, 'No differences.\n');
    assert.match(
      (
        await run(
          'migrate',
          '--name',
          'Again',
          '--sql',
          '--from',
          'git:HEAD',
          '--accept-rename',
          'orders.client=customer',
        )
      ).stdout,
      /-- Again\d{13}: up\n\nALTER TABLE "orders" RENAME COLUMN/,
    );
  });
});
