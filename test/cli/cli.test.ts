import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const files = {
  'package.json': '{ "name": "shop", "dependencies": { "typeorm": "1.0.0", "pg": "8.0.0" } }',
  'src/user.entity.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity('users')
export class User {
  @PrimaryGeneratedColumn() id: number;
  @Column() name: string;
}
`,
  'src/order.entity.ts': `import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { User } from './user.entity';
@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn() id: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  user: User;
}
`,
};

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('command line', function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  before(() => (folder = temporaryFolder(files)));
  after(() => folder.remove());

  function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [main, ...args], {
        cwd: folder.path,
        env: {
          ...process.env,
          XDG_CACHE_HOME: join(folder.path, '.cache'),
          FORCE_COLOR: undefined,
          NO_COLOR: undefined,
          ...env,
        },
        timeout: 100_000,
      });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
      child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
  }

  describe('schema', () => {
    it('prints the public JSON, the same with and without the cache', async () => {
      const runs = [
        await run(['schema', '.', '--format', 'json', '--no-cache']),
        await run(['schema', '--format=json']),
        await run(['schema', folder.path, '--format', 'json']),
      ];
      for (const { code, stderr } of runs) assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
      assert.equal(new Set(runs.map(({ stdout }) => stdout)).size, 1);
      assert.ok(existsSync(join(folder.path, '.cache/data-engineer')));
      const json = JSON.parse(runs[0]?.stdout ?? '') as unknown;
      assert.deepEqual(json, {
        version: 1,
        projects: [
          {
            root: '',
            dialect: 'postgresql',
            profile: (json as { projects: { profile: unknown }[] }).projects[0]?.profile,
            tables: [
              {
                ...{ name: 'orders', namespace: null, entity: 'Order', reader: 'typeorm', kind: 'table' },
                columns: [
                  {
                    ...{
                      name: 'id',
                      property: 'id',
                      type: 'int32',
                      rawType: 'integer',
                      nullable: false,
                      default: null,
                    },
                    ...{ generated: 'increment', at: { file: 'src/order.entity.ts', line: 5, column: 29 } },
                  },
                  {
                    ...{ name: 'userId', property: 'user', type: 'int32', rawType: 'integer', nullable: true },
                    ...{ default: null, generated: null, at: { file: 'src/order.entity.ts', line: 8, column: 3 } },
                  },
                ],
                primaryKey: ['id'],
                uniques: [],
                indexes: [],
                foreignKeys: [
                  {
                    name: 'FK_151b79a83ba240b0cb31b2302d1',
                    columns: ['userId'],
                    references: { table: 'users', columns: ['id'] },
                    onDelete: 'CASCADE',
                    enforced: true,
                  },
                ],
                relations: [{ property: 'user', kind: 'many-to-one', target: 'users', fetch: 'explicit' }],
                at: { file: 'src/order.entity.ts', line: 4, column: 14 },
              },
              (json as { projects: { tables: unknown[] }[] }).projects[0]?.tables[1],
            ],
            enums: [],
            problems: [],
          },
        ],
        problems: [],
      });
    });

    it('prints tables for people, in colours only where they are wanted', async () => {
      const plain = await run(['schema', '--no-cache']);
      assert.match(plain.stdout, /FK +userId +integer +null +→ users\.id, on delete cascade/u);
      assert.match(plain.stdout, /2 tables in 1 project\.\n$/u);
      assert.ok(!plain.stdout.includes('\u001b'));
      assert.ok((await run(['schema', '--no-cache'], { FORCE_COLOR: '1' })).stdout.includes('\u001b[1m'));
      const both = await run(['schema', '--no-cache'], { FORCE_COLOR: '1', NO_COLOR: '1' });
      assert.ok(!both.stdout.includes('\u001b'));
    });

    it('leaves excluded files alone', async () => {
      const { stdout } = await run(['schema', '--no-cache', '--format', 'json', '--exclude', 'order*']);
      const { projects } = JSON.parse(stdout) as { projects: { tables: { name: string }[] }[] };
      assert.deepEqual(
        projects[0]?.tables.map(({ name }) => name),
        ['users'],
      );
    });

    it('writes a file, and replaces it only when told to', async () => {
      const args = ['schema', '--format', 'json', '--out', 'out.json'];
      assert.deepEqual(await run(args), { code: 0, stdout: '', stderr: '' });
      const first = readFileSync(join(folder.path, 'out.json'), 'utf8');
      assert.equal((JSON.parse(first) as { version: number }).version, 1);
      const again = await run(args);
      assert.equal(again.code, 2);
      assert.equal(again.stderr, 'data-engineer: out.json is already there: add --force to replace it.\n');
      assert.equal((await run([...args, '--force'])).code, 0);
    });
  });

  describe('lint', () => {
    it('shows the line, the evidence and the fix', async () => {
      const { code, stdout, stderr } = await run(['lint', '--no-cache']);
      assert.equal(stderr, '');
      assert.equal(code, 1);
      assert.match(stdout, /^src\/order\.entity\.ts\n/u);
      assert.match(stdout, /8:3 {2}warning {2}.*missing-foreign-key-index IDX001/u);
      assert.match(stdout, /8 │ {3}user: User;\n +│ {3}\^\^\^\^\n/u);
      assert.match(stdout, /1 finding in 1 file: 1 warning\n$/u);
    });

    it('fails at the threshold it is given', async () => {
      for (const [threshold, expected] of [
        ['error', 0],
        ['warning', 1],
        ['info', 1],
        ['none', 0],
      ] as const)
        assert.equal((await run(['lint', '--fail-on', threshold])).code, expected, threshold);
    });

    it('prints findings for machines', async () => {
      const [finding, ...others] = JSON.parse((await run(['lint', '--format', 'json'])).stdout) as Record<
        string,
        unknown
      >[];
      assert.deepEqual(others, []);
      assert.deepEqual(Object.keys(finding ?? {}), [
        ...['rule', 'code', 'severity', 'message', 'file', 'range', 'project', 'table', 'evidence', 'fixes'],
      ]);
      assert.deepEqual(finding?.range, { line: 8, column: 3, endLine: 8, endColumn: 7 });
      const sarif = JSON.parse((await run(['lint', '--format', 'sarif'])).stdout) as { version: string };
      assert.equal(sarif.version, '2.1.0');
      const github = await run(['lint', '--format', 'github']);
      assert.match(
        github.stdout,
        /^::warning file=src\/order\.entity\.ts,line=8,endLine=8,col=3,endColumn=7,title=IDX001 /u,
      );
    });
  });

  it('draws the diagram', async () => {
    const svg = await run(['diagram', '--format', 'svg']);
    assert.equal(svg.stderr, '');
    assert.match(svg.stdout, /^<svg[\s\S]*orders[\s\S]*<\/svg>\s*$/u);
    const mermaid = await run(['diagram', '--format', 'mermaid']);
    assert.match(mermaid.stdout, /erDiagram/u);
    assert.match(mermaid.stdout, /users/u);
  });

  it('writes the diagram in every format, of a part of it, and says what it does not know', async () => {
    const starts: Readonly<Record<string, RegExp>> = {
      dbml: /^Project "/u,
      json: /^\{\n {2}"version": 1,/u,
    };
    for (const [format, start] of Object.entries(starts)) {
      const { code, stdout, stderr } = await run(['diagram', '--format', format]);
      assert.deepEqual([code, stderr], [0, ''], format);
      assert.match(stdout, start);
      assert.match(stdout, /orders/u);
    }
    const near = await run(['diagram', '--format', 'd2', '--focus', 'orders', '--detail', 'names']);
    assert.match(near.stdout, /"orders"/u);
    assert.doesNotMatch(near.stdout, /uuid/u);
    assert.match(
      (await run(['diagram', '--focus', 'nothing'])).stderr,
      /There is no table "nothing" in this project\./u,
    );
    assert.match((await run(['diagram', '--focus', 'orders', '--hops', '9'])).stderr, /from 1 to 5, not "9"/u);
    assert.match((await run(['diagram', '--hops', '2'])).stderr, /name its table/u);
    assert.match((await run(['diagram', '--format', 'png'])).stderr, /--format takes svg, html, mermaid/u);
  });

  it('explains rules, by id or by code, and lists them', async () => {
    assert.match(
      (await run(['explain', 'missing-foreign-key-index'])).stdout,
      /^# missing-foreign-key-index \(IDX001\)/u,
    );
    assert.match((await run(['explain', 'idx001'])).stdout, /^# missing-foreign-key-index/u);
    assert.match((await run(['explain'])).stdout, /IDX001 +missing-foreign-key-index +warning/u);
    assert.deepEqual(await run(['explain', 'none']), {
      code: 2,
      stdout: '',
      stderr: 'data-engineer: There is no rule "none"; `data-engineer explain` lists them.\n',
    });
  });

  it('shows the profile and where each fact stands', async () => {
    assert.match((await run(['profile'])).stdout, /ORM +typeorm +package\.json:1/u);
    const { projects } = JSON.parse((await run(['profile', '--format', 'json'])).stdout) as {
      projects: { root: string; dialect: string; orms: string[] }[];
    };
    assert.deepEqual(
      projects.map(({ root, dialect, orms }) => ({ root, dialect, orms })),
      [{ root: '', dialect: 'postgresql', orms: ['typeorm'] }],
    );
  });

  it('helps', async () => {
    assert.match((await run(['--help'])).stdout, /schema .*\n +lint /u);
    assert.match((await run(['lint', '--help'])).stdout, /--fail-on <warning\|error\|info\|none>/u);
    assert.deepEqual(await run(['--version']), { code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  describe('misused', () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['lnit'], /There is no command "lnit": it is one of schema, lint/u],
      [['schema', 'missing'], /missing cannot be analysed: it does not exist\./u],
      [['schema', '--format', 'yaml'], /--format takes text, json, not "yaml"\./u],
      [['schema', '--colour'], /Unknown option '--colour'.*See data-engineer schema --help\./u],
      [['schema', 'a', 'b'], /One directory at a time/u],
      [['schema', '--max-file-size', 'big'], /--max-file-size takes a whole number/u],
      [['schema', '--out', 'none/x.json'], /its folder does not exist/u],
      [['diagram', '--project', 'other'], /There is no project "other" with tables; there is \./u],
      [['docs', '--check'], /--check needs the file to compare with/u],
      [['diagram', '--view', 'none'], /There is no view "none" in .*; there is none\./u],
      [['diagram', '--view', '../x'], /cannot be the name of a view/u],
    ];
    for (const [args, message] of cases)
      it(`${args.join(' ')}: one clear line and exit code 2`, async () => {
        const { code, stdout, stderr } = await run(args);
        assert.equal(code, 2);
        assert.equal(stdout, '');
        assert.match(stderr, message);
        assert.match(stderr, /^data-engineer: [^\n]+\n$/u);
      });
  });

  it('says that an empty folder holds nothing, and succeeds', async () => {
    const empty = temporaryFolder();
    const { code, stdout, stderr } = await run(['schema', empty.path]);
    assert.equal(code, 0);
    assert.match(stdout, /^No tables found\.\n$/u);
    assert.match(stderr, /^data-engineer: no entities were found in [^\n]+\n$/u);
    empty.remove();
  });

  it('ends quietly when its reader has seen enough', async () => {
    const code = await new Promise<{ code: number | null; stderr: string }>((resolve) => {
      const child = spawn(process.execPath, [main, 'schema', '--no-cache'], { cwd: folder.path });
      let stderr = '';
      child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
      child.stdout.destroy();
      child.on('close', (ended) => resolve({ code: ended, stderr }));
    });
    assert.deepEqual(code, { code: 0, stderr: '' });
  });
});
