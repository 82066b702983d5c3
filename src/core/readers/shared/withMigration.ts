import type { FileFacts, MigrationFacts } from '../../schema/code.ts';

const migrated = new WeakMap<FileFacts, { readonly migration: MigrationFacts; readonly result: FileFacts }>();

/** Facts of a file with those of the migration in it, where there is one. The same facts give the same object again. */
export function withMigration(file: FileFacts, facts: ReadonlyMap<string, MigrationFacts>): FileFacts {
  const migration = facts.get(file.file);
  if (!migration) return file;
  const before = migrated.get(file);
  if (before?.migration === migration) return before.result;
  const result = { ...file, migration };
  migrated.set(file, { migration, result });
  return result;
}
