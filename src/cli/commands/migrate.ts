import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Rename } from '../../core/diff/diff.ts';
import { parseRename, renderRename } from '../../core/diff/renames.ts';
import type { MigrationPlan } from '../../core/migrations/shared/plan.ts';
import type { MigrationClass } from '../../core/migrations/typeorm/migrationClasses.ts';
import { migrationNamePattern, planFile } from '../../server/migration.ts';
import { provePlan } from '../../server/migrationProof.ts';
import type { Command, Invocation } from '../command.ts';
import { noteProblems, openSides } from '../schemaSide.ts';
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
    project: { type: 'string' },
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
    { usage: '--project <root>', text: 'of this project, where the directory holds several' },
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
    if (name === null || !migrationNamePattern.test(name))
      throw new UsageError('--name is the name of the migration as a class has it: --name AddOrders.');
    const sides = await openSides(positionals[0] ?? '.', invocation);
    const migrations = await sides.side('migrations');
    const from = typeof values.from === 'string' ? await sides.side(values.from) : migrations;
    const to = await sides.side('entities');
    noteProblems(from, invocation);
    const directory = join(sides.directory, sides.root);
    const planned = planFile({
      ...{ directory, dialect: sides.dialect, from: from.schema, to: to.schema },
      ...{ existing: below(sides.root, migrations.migrations), globs: sides.migrationGlobs, name },
      format: values.sql === true ? 'sql' : 'typeorm',
      renames: listOf(values['accept-rename']).map(renameOf),
      fills: Object.fromEntries(listOf(values.fill).map(fillOf)),
      concurrently: values.concurrently === true,
      now: Date.now(),
    });
    if (!planned)
      throw new UsageError(
        `Migrations are written for PostgreSQL, MySQL and SQLite; this project is on ${sides.dialect}.`,
      );
    const { plan, path, text } = planned;
    if (plan.changes.length === 0) {
      await terminal.write('Nothing to migrate: the migrations build what the entities say.\n');
      return 0;
    }
    const proof = await provePlan(plan);
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
    terminal.note(`data-engineer: wrote ${await write(join(directory, path), text)}.`);
    return 0;
  },
};

/** With paths as the project has them. */
function below(root: string, migrations: readonly MigrationClass[]): readonly MigrationClass[] {
  return migrations.map((migration) => {
    const path = posix.relative(root, migration.file.path);
    return { ...migration, file: { ...migration.file, path } };
  });
}

function listOf(value: Invocation['values'][string]): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function renameOf(text: string): Rename {
  const rename = parseRename(text);
  if (!rename) throw new UsageError(`--accept-rename takes table.column=column or table=table, not "${text}".`);
  return rename;
}

function fillOf(text: string): readonly [string, string] {
  const match = /^([^.=]+\.[^.=]+)=(.+)$/s.exec(text);
  if (!match) throw new UsageError(`--fill takes table.column=value, not "${text}".`);
  return [match[1] ?? '', match[2] ?? ''];
}

function render(plan: MigrationPlan, proof: string, text: string): string {
  const renames = plan.candidates.map(
    ({ rename, reason }) => `  Renamed? --accept-rename ${renderRename(rename)} (${reason})`,
  );
  const values = plan.needed.map(({ column, suggestion }) => `  --fill ${column}=${suggestion ?? '…'}`);
  return [
    'Changes:',
    ...plan.words.map((line) => `  ${line}`),
    ...renames,
    ...(plan.warnings.length > 0 ? ['', 'Mind:', ...plan.warnings.map(({ message }) => `  ${message}`)] : []),
    ...(values.length > 0 ? ['', 'Values for rows that have none:', ...values] : []),
    ...(plan.transactional ? [] : ['', 'Not in a transaction: a failure leaves what ran before it in place.']),
    '',
    `Proof: ${proof}`,
    '',
    text,
  ].join('\n');
}

/** Never over a file that is there. */
async function write(file: string, text: string): Promise<string> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  return file;
}
