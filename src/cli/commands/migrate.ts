import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sampleRows } from '../../core/dialects/sampleRows.ts';
import type { Rename } from '../../core/diff/diff.ts';
import { planMigration } from '../../core/migrations/shared/plan.ts';
import type { MigrationPlan } from '../../core/migrations/shared/plan.ts';
import { defaultStyle, emitMigration, migrationFileName, styleOf } from '../../core/migrations/typeorm/emit.ts';
import type { MigrationSource } from '../../core/migrations/typeorm/emit.ts';
import { proofInWords, runProof } from '../../proof/runProof.ts';
import type { Command, Invocation } from '../command.ts';
import { noteProblems, openSides } from '../schemaSide.ts';
import type { Sides } from '../schemaSide.ts';
import { UsageError } from '../usageError.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'plan a migration from what the migrations build to what the entities say, and prove it',
  argument: '[dir]',
  options: {
    name: { type: 'string' },
    from: { type: 'string' },
    write: { type: 'boolean' },
    sql: { type: 'boolean' },
    concurrently: { type: 'boolean' },
    'accept-rename': { type: 'string', multiple: true },
    fill: { type: 'string', multiple: true },
    'allow-data-loss': { type: 'boolean' },
    unproven: { type: 'boolean' },
    exclude: { type: 'string', multiple: true },
  },
  optionHelp: [
    { usage: '--name <AddOrders>', text: 'name of the migration' },
    { usage: '--from <side>', text: 'migrations (default) or git:<ref>' },
    { usage: '--write', text: 'write the migration beside the others; never over a file that is there' },
    { usage: '--sql', text: 'plain SQL instead of a TypeORM class' },
    { usage: '--accept-rename <a.b=c>', text: 'column b of table a is now c; <a=b> for a table (may be repeated)' },
    { usage: '--fill <a.b=value>', text: 'SQL value for rows that have none in a required column (may be repeated)' },
    { usage: '--allow-data-loss', text: 'write it even though rows or values are lost' },
    { usage: '--unproven', text: 'write it even though its proof could not be run' },
    { usage: '--concurrently', text: 'PostgreSQL: make and drop indexes without locking writers out' },
    { usage: '--exclude <glob>', text: 'leave these files alone (gitignore syntax; may be repeated)' },
  ],
  examples: [
    'data-engineer migrate --name AddOrders',
    'data-engineer migrate --name RenameClient --accept-rename orders.client=customer --write',
  ],
  run: async (invocation) => {
    const { positionals, values, terminal } = invocation;
    if (positionals.length > 1) throw new UsageError(`One directory at a time: what is "${positionals[1] ?? ''}"?`);
    const name = typeof values.name === 'string' ? values.name : null;
    if (name === null || !/^[A-Z][A-Za-z0-9]*$/.test(name))
      throw new UsageError('--name is the name of the migration as a class has it: --name AddOrders.');
    const sides = await openSides(positionals[0] ?? '.', invocation);
    const from = await sides.side(typeof values.from === 'string' ? values.from : 'migrations');
    const to = await sides.side('entities');
    noteProblems(from, invocation);
    const plan = planMigration({
      ...{ from: from.schema, to: to.schema, dialect: sides.dialect, concurrently: values.concurrently === true },
      renames: listOf(values['accept-rename']).map(renameOf),
      fills: Object.fromEntries(listOf(values.fill).map(fillOf)),
    });
    if (!plan)
      throw new UsageError(
        `Migrations are written for PostgreSQL, MySQL and SQLite; this project is on ${sides.dialect}.`,
      );
    if (plan.changes.length === 0) {
      await terminal.write('Nothing to migrate: the migrations build what the entities say.\n');
      return 0;
    }
    const proof = await prove(plan);
    const source = sourceOf(plan, name);
    const text = values.sql === true ? sqlOf(plan) : emitMigration(source, await styleBeside(sides));
    await terminal.write(render(plan, proof.words, text));
    if (values.write !== true) return 0;
    if (plan.losesData && values['allow-data-loss'] !== true) {
      terminal.note(
        'data-engineer: nothing was written, because rows or values are lost (see above). Add --allow-data-loss if that is meant.',
      );
      return 1;
    }
    if (proof.outcome === 'failed') {
      terminal.note('data-engineer: nothing was written, because the migration did not pass its proof (see above).');
      return 1;
    }
    if (proof.outcome === 'not-run' && values.unproven !== true) {
      terminal.note(
        'data-engineer: nothing was written, because the proof could not be run (see above). Add --unproven to write it all the same.',
      );
      return 1;
    }
    const file = await write(
      await folderOf(sides),
      values.sql === true ? migrationFileName(source).replace(/\.ts$/, '.sql') : migrationFileName(source),
      text,
    );
    terminal.note(`data-engineer: wrote ${file}.`);
    return 0;
  },
};

function listOf(value: Invocation['values'][string]): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function renameOf(text: string): Rename {
  const match = /^([^.=]+)(?:\.([^.=]+))?=([^.=]+)$/.exec(text);
  if (!match) throw new UsageError(`--accept-rename takes table.column=column or table=table, not "${text}".`);
  const [, table = '', column, to = ''] = match;
  return column === undefined
    ? { kind: 'table', table, namespace: null, to, toNamespace: null }
    : { kind: 'column', table, namespace: null, from: column, to };
}

function fillOf(text: string): readonly [string, string] {
  const match = /^([^.=]+\.[^.=]+)=(.+)$/s.exec(text);
  if (!match) throw new UsageError(`--fill takes table.column=value, not "${text}".`);
  return [match[1] ?? '', match[2] ?? ''];
}

interface Proof {
  readonly words: string;
  /** `no-engine`: there is none to run it on, so nothing was expected; `not-run`: there is one, and it did not come to a result. */
  readonly outcome: 'passed' | 'failed' | 'no-engine' | 'not-run';
}

async function prove(plan: MigrationPlan): Promise<Proof> {
  const { dialect } = plan;
  if (dialect !== 'postgresql' && dialect !== 'sqlite')
    return { words: 'not executed: there is no embedded MySQL', outcome: 'no-engine' };
  const prefix = dialect === 'postgresql' ? 'public.' : '';
  const renamedTables = new Map(
    plan.changes.flatMap((change) =>
      change.kind === 'renameTable' ? [[`${prefix}${change.table}`, `${prefix}${change.to}`] as const] : [],
    ),
  );
  try {
    const result = await runProof({
      ...{
        dialect,
        base: plan.base,
        target: plan.target,
        rows: sampleRows(plan.from, dialect).statements,
        renamedTables,
      },
      up: plan.up.map(({ sql }) => sql),
      down: plan.down.map(({ sql }) => sql),
    });
    return { words: proofInWords(result), outcome: result.ok ? 'passed' : 'failed' };
  } catch (error) {
    return { words: error instanceof Error ? error.message : String(error), outcome: 'not-run' };
  }
}

function sourceOf(plan: MigrationPlan, name: string): MigrationSource {
  // TypeORM's runner turns SQLite's foreign keys off by itself, and refuses to do without its transaction.
  const own = (statements: MigrationPlan['up']) =>
    statements.filter(({ sql }) => !sql.startsWith('PRAGMA foreign_keys'));
  return { name, timestamp: Date.now(), up: own(plan.up), down: own(plan.down) };
}

function sqlOf(plan: MigrationPlan): string {
  const script = (statements: MigrationPlan['up']) => statements.map(({ sql }) => `${sql};\n`).join('');
  return `-- up\n${script(plan.up)}\n-- down\n${script(plan.down).replace(/^/gm, '-- ').replace(/^-- $/gm, '')}`;
}

function render(plan: MigrationPlan, proof: string, text: string): string {
  const renames = plan.candidates.map(({ rename, reason }) => {
    const option =
      rename.kind === 'table' ? `${rename.table}=${rename.to}` : `${rename.table}.${rename.from}=${rename.to}`;
    return `  Renamed? --accept-rename ${option} (${reason})`;
  });
  return [
    'Changes:',
    ...plan.words.map((line) => `  ${line}`),
    ...renames,
    ...(plan.warnings.length > 0 ? ['', 'Mind:', ...plan.warnings.map(({ message }) => `  ${message}`)] : []),
    ...(plan.transactional ? [] : ['', 'Not in a transaction: a failure leaves what ran before it in place.']),
    '',
    `Proof: ${proof}`,
    '',
    text,
  ].join('\n');
}

async function styleBeside(sides: Sides) {
  const last = (await sides.side('migrations')).migrations.at(-1);
  return last ? styleOf(last.file.text) : defaultStyle;
}

/** Where the latest migration lies. */
async function folderOf(sides: Sides): Promise<string> {
  const last = (await sides.side('migrations')).migrations.at(-1);
  if (last) return join(sides.directory, dirname(last.file.path));
  for (const folder of ['src/migrations', 'src/database/migrations', 'migrations', 'src'])
    if (existsSync(join(sides.directory, folder))) return join(sides.directory, folder);
  return sides.directory;
}

async function write(folder: string, name: string, text: string): Promise<string> {
  const file = join(folder, name);
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  return file;
}
