/** Ten changes that migrations commonly get wrong: each with its expected plan, and run up, down and up again with rows on both embedded engines. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { sampleRows } from '../../src/core/dialects/sampleRows.ts';
import type { Rename } from '../../src/core/diff/diff.ts';
import { planMigration } from '../../src/core/migrations/shared/plan.ts';
import { applyOperations, emptySchema } from '../../src/core/migrations/shared/replay.ts';
import { readStatements } from '../../src/core/syntax/sql/readStatements.ts';
import type { ProofDatabase, ProofDialect } from '../../src/proof/database.ts';
import { openPostgresql } from '../../src/proof/postgresql.ts';
import { prove } from '../../src/proof/prove.ts';
import { proofInWords, runProof } from '../../src/proof/runProof.ts';
import { openSqlite } from '../../src/proof/sqlite.ts';

const at = { file: 'a.sql', line: 1, column: 1, endLine: 1, endColumn: 1 };
const id = 'id integer NOT NULL PRIMARY KEY';

interface Tricky {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly words: readonly string[];
  readonly warnings?: readonly string[];
  readonly renames?: readonly Rename[];
  readonly fills?: Readonly<Record<string, string>>;
  readonly only?: ProofDialect;
  /** Rows that go, by table. */
  readonly lost?: number;
}

const tricky: readonly Tricky[] = [
  {
    name: 'rename',
    from: `CREATE TABLE t (${id}, client text NOT NULL, CONSTRAINT u UNIQUE (client))`,
    to: `CREATE TABLE t2 (${id}, customer text NOT NULL, CONSTRAINT u UNIQUE (customer))`,
    renames: [
      { kind: 'table', table: 't', namespace: null, to: 't2', toNamespace: null },
      { kind: 'column', table: 't2', namespace: null, from: 'client', to: 'customer' },
    ],
    words: ['Rename table t to t2', 'Rename column t2.client to customer'],
  },
  {
    name: 'enum value',
    from: `CREATE TYPE s AS ENUM ('new', 'old'); CREATE TABLE t (${id}, s s NOT NULL DEFAULT 'new')`,
    to: `CREATE TYPE s AS ENUM ('new', 'paid', 'old'); CREATE TABLE t (${id}, s s NOT NULL DEFAULT 'new')`,
    words: ['Change enum s: add paid'],
    only: 'postgresql',
  },
  {
    name: 'enum value (checked column)',
    from: `CREATE TABLE t (${id}, s varchar CHECK (s IN ('new', 'old')) NOT NULL)`,
    to: `CREATE TABLE t (${id}, s varchar CHECK (s IN ('new', 'paid', 'old')) NOT NULL)`,
    words: ['Change enum t_s_enum: add paid'],
    only: 'sqlite',
  },
  {
    name: 'type change with data',
    from: `CREATE TABLE t (${id}, n integer NOT NULL DEFAULT 5)`,
    to: `CREATE TABLE t (${id}, n text NOT NULL DEFAULT '5')`,
    words: ["Change t.n: type integer to text, default '5'"],
  },
  {
    name: 'default',
    from: `CREATE TABLE t (${id}, n integer DEFAULT 1, at timestamp)`,
    to: `CREATE TABLE t (${id}, n integer DEFAULT 2, at timestamp DEFAULT CURRENT_TIMESTAMP)`,
    words: ['Change t.n: default 2', 'Change t.at: default CURRENT_TIMESTAMP'],
  },
  {
    name: 'composite key',
    from: `CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, CONSTRAINT t_pk PRIMARY KEY (a))`,
    to: `CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, CONSTRAINT t_pk PRIMARY KEY (a, b))`,
    words: ['Change the primary key of t from (a) to (a, b)'],
  },
  {
    name: 'partial index',
    from: `CREATE TABLE t (${id}, n integer)`,
    to: `CREATE TABLE t (${id}, n integer); CREATE UNIQUE INDEX i ON t (n) WHERE n > 0`,
    words: ['Add unique index on t (n) where n > 0'],
    warnings: ['unique: This fails where rows of t share a value of (n).'],
  },
  {
    name: 'check',
    from: `CREATE TABLE t (${id}, n integer, CONSTRAINT c CHECK (n > 0))`,
    to: `CREATE TABLE t (${id}, n integer, CONSTRAINT c CHECK (n >= 0))`,
    words: ['Drop check on t: n > 0', 'Add check on t: n >= 0'],
  },
  {
    name: 'self reference',
    from: `CREATE TABLE t (${id})`,
    to: `CREATE TABLE t (${id}, parent integer, CONSTRAINT f FOREIGN KEY (parent) REFERENCES t (id) ON DELETE SET NULL)`,
    words: ['Add column t.parent integer', 'Add foreign key t (parent) to t (id), on delete set null'],
  },
  {
    name: 'nullable → required',
    from: `CREATE TABLE t (${id}, n text)`,
    to: `CREATE TABLE t (${id}, n text NOT NULL, m integer NOT NULL)`,
    fills: { 't.n': "'none'", 't.m': '0' },
    words: ['Change t.n: require a value', 'Add column t.m integer not null'],
    warnings: [
      "required: Rows without a value get 'none' in t.n before it is required.",
      'required: Rows that are there get 0 in t.m: it is added empty, filled, then required.',
    ],
  },
  {
    name: 'drop with data',
    from: `CREATE TABLE t (${id}, n text NOT NULL, k integer); CREATE TABLE gone (${id})`,
    to: `CREATE TABLE t (${id})`,
    words: ['Drop column t.n and its values', 'Drop column t.k and its values', 'Drop table gone and all its rows'],
    warnings: [
      'data-loss: The values of t.n are lost.',
      "irreversible: Undoing it fills t.n with '', because its values are gone.",
      'data-loss: The values of t.k are lost.',
      'irreversible: Undoing it makes t.k again, without its values.',
      'data-loss: All rows of gone are lost.',
      'irreversible: Undoing it makes gone again, empty.',
    ],
    lost: 3,
  },
];

function schemaOf(sql: string, dialect: ProofDialect) {
  const operations = readStatements(sql, dialect).statements.flatMap((statement) => statement.operations);
  const { schema, problems } = applyOperations(emptySchema, operations, { dialect, at });
  assert.deepEqual(problems, []);
  return schema;
}

describe('tricky changes', function () {
  this.timeout(60_000);
  const engines: [ProofDialect, () => Promise<ProofDatabase>][] = [
    ['postgresql', openPostgresql],
    ['sqlite', openSqlite],
  ];
  for (const [dialect, open] of engines) {
    describe(`on ${dialect}`, () => {
      let database: ProofDatabase;
      before(async () => (database = await open()));
      after(() => database.close());
      for (const { name, from, to, words, warnings = [], renames = [], fills = {}, only, lost = 0 } of tricky) {
        if (only !== undefined && only !== dialect) continue;
        it(name, async () => {
          const plan = planMigration({
            from: schemaOf(from, dialect),
            to: schemaOf(to, dialect),
            dialect,
            renames,
            fills,
          });
          assert.ok(plan);
          assert.deepEqual(plan.words, words);
          assert.deepEqual(
            plan.warnings.map(({ kind, message }) => `${kind}: ${message}`),
            warnings,
          );
          assert.equal(plan.losesData, lost > 0);
          await database.reset();
          const prefix = dialect === 'postgresql' ? 'public.' : '';
          const result = await prove(database, {
            dialect,
            base: plan.base,
            target: plan.target,
            rows: sampleRows(plan.from, dialect).statements,
            up: plan.up.map(({ sql }) => sql),
            down: plan.down.map(({ sql }) => sql),
            renamedTables: new Map([[`${prefix}t`, `${prefix}${renames.length > 0 ? 't2' : 't'}`]]),
          });
          assert.deepEqual([result.failure, result.differences], [null, []]);
          assert.ok(result.rows >= 3);
          assert.equal(
            result.lost.reduce((sum, { rows }) => sum + rows, 0),
            lost,
          );
        });
      }
    });
  }

  it('says that a required column without a value fails, and it does', async () => {
    const dialect = 'postgresql';
    const plan = planMigration({
      from: schemaOf(`CREATE TABLE t (${id})`, dialect),
      to: schemaOf(`CREATE TABLE t (${id}, n integer NOT NULL)`, dialect),
      ...{ dialect, renames: [] },
    });
    assert.match(plan?.warnings[0]?.message ?? '', /fails where t has rows\. Give a value/);
    assert.deepEqual(plan?.needed, [{ column: 't.n', type: 'integer', why: 'added', suggestion: '0' }]);
    const request = {
      dialect,
      base: plan.base,
      target: plan.target,
      rows: sampleRows(plan.from, dialect).statements,
      up: plan.up.map(({ sql }) => sql),
      down: null,
    } as const;
    const result = await runProof(request);
    assert.match(proofInWords(result), /^failed on PostgreSQL \d+.*\(up\): column "n".*contains null values/);
  });

  it('makes indexes concurrently where asked to, outside of a transaction', () => {
    const [from, to] = [
      `CREATE TABLE t (${id}, n integer); CREATE INDEX j ON t (n, id)`,
      `CREATE TABLE t (${id}, n integer); CREATE INDEX i ON t (n)`,
    ];
    const plan = planMigration({
      from: schemaOf(from, 'postgresql'),
      to: schemaOf(to, 'postgresql'),
      dialect: 'postgresql',
      renames: [],
      concurrently: true,
    });
    assert.deepEqual(plan?.up, [
      { sql: 'DROP INDEX CONCURRENTLY "j"', outsideTransaction: true },
      { sql: 'CREATE INDEX CONCURRENTLY "i" ON "t" ("n")', outsideTransaction: true },
    ]);
    assert.equal(plan.transactional, false);
  });
});

describe('proof in a process', function () {
  this.timeout(60_000);
  const request = {
    dialect: 'sqlite',
    base: ['CREATE TABLE a (b int)'],
    target: ['CREATE TABLE a (b int, c int)'],
    rows: ['INSERT INTO a VALUES (1)'],
    up: ['ALTER TABLE a ADD COLUMN c int'],
    down: ['ALTER TABLE a DROP COLUMN c'],
  } as const;
  const endless = {
    ...request,
    up: ['WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) INSERT INTO a SELECT count(*) FROM n'],
  };

  it('tells the result in words', async () => {
    const result = await runProof(request);
    assert.equal(result.ok, true);
    assert.match(proofInWords(result), /^ran on SQLite 3\.[\d.]+: up \d+ ms, down \d+ ms, no rows lost$/);
  });

  it('is stopped by its time limit and by the user', async () => {
    await assert.rejects(runProof(endless, { timeoutMs: 1500 }), /took longer than 2 s/);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 500);
    await assert.rejects(runProof(endless, { signal: stop.signal }), /was stopped/);
    await assert.rejects(runProof(request, { signal: AbortSignal.abort() }), /was stopped/);
  });

  it('ends with the process that asked, even in the middle of a statement', async () => {
    const url = new URL('../../src/proof/runProof.ts', import.meta.url).href;
    const code = `import { runProof } from '${url}'; await runProof(${JSON.stringify(endless)});`;
    const asking = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' });
    const children = (): number[] => {
      const { stdout } = spawnSync('pgrep', ['-P', String(asking.pid)], { encoding: 'utf8' });
      return stdout.split('\n').filter(Boolean).map(Number);
    };
    const until = async (what: string, holds: () => boolean): Promise<void> => {
      for (const end = Date.now() + 20_000; !holds();) {
        assert.ok(Date.now() < end, what);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    await until('the worker has started', () => children().length > 0);
    const [worker = 0] = children();
    // By then it counts, and hears nothing.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    asking.kill('SIGKILL');
    await until('the worker has ended', () => {
      try {
        process.kill(worker, 0);
        return false;
      } catch {
        return true;
      }
    });
  });
});
