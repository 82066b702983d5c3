/**
 * The ten tricky changes, ours and TypeORM's `migration:generate` in one run: same entities, same rows, both run by TypeORM's own runner. The referee is
 * a database that TypeORM builds from the target's entities.
 */
import { dirname } from 'node:path';
import { createRequire } from 'node:module';
import type { DataSource } from 'typeorm';
import { sampleRows } from '../../src/core/dialects/sampleRows.ts';
import type { Comparable } from '../../src/core/diff/diff.ts';
import { planMigration } from '../../src/core/migrations/shared/plan.ts';
import { emitMigration } from '../../src/core/migrations/typeorm/emit.ts';
import type { ProofDialect } from '../../src/proof/database.ts';
import { entitySchema } from '../../src/server/schemaSources.ts';
import { trickyEntities } from './trickyEntities.ts';
import type { TrickyEntities } from './trickyEntities.ts';
import { classesOf, openTypeormDatabase } from './typeormDatabase.ts';
import type { Class } from './typeormDatabase.ts';

export interface Verdict {
  readonly runs: boolean;
  /** Rows and the values that have a place afterwards. */
  readonly kept: boolean;
  readonly reaches: boolean;
  readonly down: boolean;
  /** The first thing that went wrong, in a few words. */
  readonly trouble: string | null;
}

export interface Compared {
  readonly name: string;
  readonly dialect: ProofDialect;
  readonly ours: Verdict;
  readonly typeorm: Verdict;
}

const timestamp = 1_700_000_000_000;
const wasmDirectory = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));

async function schemaOf(text: string, dialect: ProofDialect): Promise<Comparable> {
  const files = [
    { path: 'package.json', text: '{ "name": "tricky", "dependencies": { "typeorm": "1.0.0" } }' },
    { path: '.data-engineer.json', text: JSON.stringify({ dialect }) },
    { path: 'src/entities.ts', text },
  ];
  const { schema } = await entitySchema(files, { directory: '', wasmDirectory, exclude: [], maxFileSizeKb: 1024 });
  return schema;
}

async function ourClass(
  { before, after, renames = [], fills = {} }: TrickyEntities,
  dialect: ProofDialect,
): Promise<Class> {
  const plan = planMigration({
    ...{ from: await schemaOf(before, dialect), to: await schemaOf(after, dialect) },
    ...{ dialect, renames, fills },
  });
  if (!plan) throw new Error(`No plan for ${dialect}.`);
  const text = emitMigration({ name: 'Ours', timestamp, dialect, up: plan.up, down: plan.down });
  const [migration] = classesOf(text);
  if (!migration) throw new Error('The emitted file exports no class.');
  return migration;
}

/** What `migration:generate` would write: its statements in its order (`commands/MigrationGenerateCommand`). */
async function typeormClass(source: DataSource): Promise<Class> {
  const { upQueries, downQueries } = await source.driver.createSchemaBuilder().log();
  const text = (list: typeof upQueries): string =>
    list
      .map(
        ({ query, parameters = [] }) =>
          `    await runner.query(${JSON.stringify(query)}, ${JSON.stringify(parameters)});`,
      )
      .join('\n');
  const [migration] = classesOf(
    `export class Theirs${timestamp} {\n  async up(runner: any) {\n${text(upQueries)}\n  }\n  async down(runner: any) {\n${text([...downQueries].reverse())}\n  }\n}`,
  );
  if (!migration) throw new Error('TypeORM yields no class.');
  return migration;
}

async function targetOf(text: string, dialect: ProofDialect): Promise<readonly string[]> {
  const database = await openTypeormDatabase(dialect);
  try {
    await database.withTypeorm({ entities: classesOf(text) }, (source) => source.synchronize());
    return await database.catalogue();
  } finally {
    await database.close();
  }
}

async function judge(
  tricky: TrickyEntities,
  dialect: ProofDialect,
  make: (source: DataSource) => Promise<Class>,
): Promise<Verdict> {
  const target = await targetOf(tricky.after, dialect);
  const database = await openTypeormDatabase(dialect);
  let step: 'up' | 'down' = 'up';
  const verdict = { runs: false, kept: false, reaches: false, down: false };
  let trouble: string | null = null;
  const say = (text: string): void => void (trouble ??= text);
  try {
    await database.withTypeorm({ entities: classesOf(tricky.before) }, (source) => source.synchronize());
    const base = await database.catalogue();
    for (const sql of sampleRows(await schemaOf(tricky.before, dialect), dialect).statements)
      await database.proof.run(sql);
    const migration = await database.withTypeorm({ entities: classesOf(tricky.after) }, make);
    const values = await Promise.all(tricky.values.map(([sql]) => database.rows(sql)));
    await database.withTypeorm({ migrations: [migration] }, (source) => source.runMigrations());
    verdict.runs = true;
    const after = await Promise.all(tricky.values.map(([, sql]) => database.rows(sql)));
    verdict.kept = JSON.stringify(after) === JSON.stringify(values);
    if (!verdict.kept)
      say(`values are lost: ${JSON.stringify(after[0]?.[0] ?? null)} was ${JSON.stringify(values[0]?.[0])}`);
    verdict.reaches = sameLines(await database.catalogue(), target, say, 'target');
    step = 'down';
    await database.withTypeorm({ migrations: [migration] }, (source) => source.undoLastMigration());
    verdict.down = sameLines(await database.catalogue(), base, say, 'base');
    // What went up once must do so again.
    if (verdict.down) {
      step = 'up';
      await database.withTypeorm({ migrations: [migration] }, (source) => source.runMigrations());
    }
  } catch (error) {
    say(`${step}: ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)}`);
    if (step === 'up') verdict.down = false;
  } finally {
    await database.close();
  }
  return { ...verdict, trouble };
}

function sameLines(
  found: readonly string[],
  expected: readonly string[],
  say: (text: string) => void,
  what: string,
): boolean {
  const missing = expected.filter((line) => !found.includes(line));
  const extra = found.filter((line) => !expected.includes(line));
  const odd = [...missing.slice(0, 1).map((line) => `- ${line}`), ...extra.slice(0, 1).map((line) => `+ ${line}`)];
  if (odd.length > 0) say(`not the ${what}: ${odd.join('  ')}`);
  return odd.length === 0;
}

export async function compareWithTypeorm(dialect: ProofDialect): Promise<readonly Compared[]> {
  const compared: Compared[] = [];
  for (const tricky of trickyEntities(dialect)) {
    const ours = await judge(tricky, dialect, () => ourClass(tricky, dialect));
    const typeorm = await judge(tricky, dialect, typeormClass);
    compared.push({ name: tricky.name, dialect, ours, typeorm });
  }
  return compared;
}

export function isRight({ runs, kept, reaches, down }: Verdict): boolean {
  return runs && kept && reaches && down;
}

/** One row per change and engine: up runs, values are kept, the target is reached, down leads back. */
export function renderComparison(compared: readonly Compared[]): string {
  const mark = (verdict: Verdict): string =>
    [verdict.runs, verdict.kept, verdict.reaches, verdict.down].map((good) => (good ? '  ✔  ' : '  ✘  ')).join('');
  const head = ' up  kept  target down';
  const lines = compared.flatMap(({ name, dialect, ours, typeorm }) => [
    `${name.padEnd(22)} ${dialect.padEnd(11)} │${mark(ours)}│${mark(typeorm)}`,
    ...(ours.trouble === null ? [] : [`    ours: ${ours.trouble.slice(0, 170)}`]),
    ...(typeorm.trouble === null ? [] : [`    TypeORM: ${typeorm.trouble.slice(0, 170)}`]),
  ]);
  const count = (pick: (each: Compared) => Verdict): string =>
    `${compared.filter((each) => isRight(pick(each))).length} of ${compared.length} right`;
  return [
    `${''.padEnd(34)} │ ${'ours'.padEnd(19)}│ TypeORM's migration:generate`,
    `${''.padEnd(34)} │${head.padEnd(20)}│${head}`,
    ...lines,
    `${''.padEnd(34)} │ ${count(({ ours }) => ours).padEnd(19)}│ ${count(({ typeorm }) => typeorm)}`,
  ].join('\n');
}
