/** Random schema pairs, migrated up, down and up again on an embedded engine, with rows in the tables, and read back from its catalogue. */
import { describeChange } from '../../src/core/diff/describe.ts';
import { diffSchemas } from '../../src/core/diff/diff.ts';
import type { Comparable, Rename } from '../../src/core/diff/diff.ts';
import type { DdlPrinter } from '../../src/core/dialects/ddl.ts';
import { printPostgresql } from '../../src/core/dialects/postgresql/ddl.ts';
import { sampleRows } from '../../src/core/dialects/sampleRows.ts';
import { printSqlite } from '../../src/core/dialects/sqlite/ddl.ts';
import { planMigration } from '../../src/core/migrations/shared/plan.ts';
import { emitMigration } from '../../src/core/migrations/typeorm/emit.ts';
import type { ProofDatabase, ProofDialect } from '../../src/proof/database.ts';
import { openPostgresql } from '../../src/proof/postgresql.ts';
import { prove } from '../../src/proof/prove.ts';
import { openSqlite } from '../../src/proof/sqlite.ts';
import { seeded } from '../support/random.ts';
import { randomPair } from '../support/randomSchema.ts';
import { classesOf, openTypeormDatabase } from './typeormDatabase.ts';

export interface Seeds {
  readonly first: number;
  readonly count: number;
}

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

const engines: Readonly<Record<ProofDialect, { print: DdlPrinter; open: () => Promise<ProofDatabase> }>> = {
  sqlite: { print: printSqlite, open: openSqlite },
  postgresql: { print: printPostgresql, open: openPostgresql },
};

const empty: Comparable = { tables: [], enums: [] };
/** Failing pairs that are told in full. */
const told = 5;

function reversed(renames: readonly Rename[]): Rename[] {
  return renames.map((rename) => (rename.kind === 'column' ? { ...rename, from: rename.to, to: rename.from } : rename));
}

/** The printers alone, statement by statement. */
export async function proveRandomPairs(dialect: ProofDialect, { first, count }: Seeds): Promise<Outcome> {
  const { print, open } = engines[dialect];
  const database = await open();
  const started = performance.now();
  let statements = 0;
  let rows = 0;
  let bad = 0;
  for (let seed = first; seed < first + count; seed++) {
    const { from, to, renames } = randomPair(seeded(seed), dialect);
    const script = (a: Comparable, b: Comparable, named: readonly Rename[] = []): string[] =>
      print(diffSchemas(a, b, { renames: named }), { from: a, to: b }).map((entry) => entry.sql);
    const up = script(from, to, renames);
    await database.reset();
    const result = await prove(database, {
      ...{
        dialect,
        base: script(empty, from),
        target: script(empty, to),
        up,
        down: script(to, from, reversed(renames)),
      },
      rows: sampleRows(from, dialect).statements,
    });
    statements += up.length;
    rows += result.rows;
    if (result.ok) continue;
    if (++bad > told) continue;
    tellPair(dialect, seed, diffSchemas(from, to, { renames }).map(describeChange));
    if (result.failure)
      console.log(`  ${result.failure.phase}: ${result.failure.message}\n    ${result.failure.statement}`);
    for (const { phase, line } of result.differences) console.log(`  after ${phase}: ${line}`);
  }
  await database.close();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${database.engine.padEnd(18)} ${count} pairs, ${statements} statements up, ${rows} rows, ${bad} failed, ${seconds} s`,
  );
  return { passed: count - bad, failed: bad };
}

/** The whole way: planned, laid out, emitted as a class, compiled, and run by TypeORM's own runner: up, down, up. */
export async function runWithTypeorm(dialect: ProofDialect, { first, count }: Seeds): Promise<Outcome> {
  let bad = 0;
  let ran = 0;
  const started = performance.now();
  for (let seed = first; seed < first + count; seed++) {
    const { from, to, renames } = randomPair(seeded(seed), dialect);
    const plan = planMigration({ from, to, dialect, renames });
    if (!plan || plan.changes.length === 0) continue;
    ran++;
    const problem = await throughRunner(plan, dialect).catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    if (problem === null) continue;
    if (++bad > told) continue;
    tellPair(dialect, seed, plan.words);
    console.log(`  ${problem}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`TypeORM's runner, ${dialect}: ${ran} emitted classes run up, down and up, ${bad} failed, ${seconds} s`);
  return { passed: ran - bad, failed: bad };
}

async function throughRunner(
  plan: NonNullable<ReturnType<typeof planMigration>>,
  dialect: ProofDialect,
): Promise<string | null> {
  const source = { name: 'Random', timestamp: 1_700_000_000_000, dialect, up: plan.up, down: plan.down };
  const migrations = classesOf(emitMigration(source));
  const target = await builtBy(plan.target, dialect);
  const database = await openTypeormDatabase(dialect);
  try {
    for (const sql of plan.base) await database.proof.run(sql);
    for (const sql of sampleRows(plan.from, dialect).statements) await database.proof.run(sql).catch(() => undefined);
    const base = await database.catalogue();
    await database.withTypeorm({ migrations }, (connection) => connection.runMigrations());
    const up = firstDifference(await database.catalogue(), target);
    if (up !== null) return `after up: ${up}`;
    await database.withTypeorm({ migrations }, (connection) => connection.undoLastMigration());
    const down = firstDifference(await database.catalogue(), base);
    if (down !== null) return `after down: ${down}`;
    await database.withTypeorm({ migrations }, (connection) => connection.runMigrations());
    const again = firstDifference(await database.catalogue(), target);
    return again === null ? null : `after up again: ${again}`;
  } finally {
    await database.close();
  }
}

async function builtBy(script: readonly string[], dialect: ProofDialect): Promise<readonly string[]> {
  const database = await openTypeormDatabase(dialect);
  try {
    for (const sql of script) await database.proof.run(sql);
    return await database.catalogue();
  } finally {
    await database.close();
  }
}

function firstDifference(found: readonly string[], expected: readonly string[]): string | null {
  const missing = expected.find((line) => !found.includes(line));
  const extra = found.find((line) => !expected.includes(line));
  return missing === undefined && extra === undefined ? null : `- ${missing ?? ''} + ${extra ?? ''}`;
}

function tellPair(dialect: ProofDialect, seed: number, words: readonly string[]): void {
  console.log(`\n✖ ${dialect}, seed ${seed}\n  ${words.join('\n  ')}`);
}
