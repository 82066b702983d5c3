/** The steps of SQL migrations, for rules that ask what each does to a table that is in use. */
import type { FileFacts, MigrationFacts, MigrationStep } from '../../schema/code.ts';
import { stepsOfStatement } from '../shared/sql/migrationSteps.ts';
import type { SqlMappings } from './declarations.ts';
import type { ParsedStatement } from './parse.ts';

interface Known {
  readonly statements: readonly ParsedStatement[];
  readonly facts: FileFacts;
  readonly result: FileFacts;
}

const known = new WeakMap<SqlMappings, Known>();

/** Kinds of steps that tell what a table can be searched by, and that it is none. */
const indexing: ReadonlySet<MigrationStep['kind']> = new Set([
  'create-index',
  'add-unique',
  'add-primary-key',
  'drop-index',
  'create-view',
]);

/** The indexes and keys that a script states beside the entities of its project: its tables are theirs. */
export function withIndexes(
  facts: FileFacts,
  mappings: SqlMappings,
  statements: readonly ParsedStatement[],
): FileFacts {
  const all = withMigration(facts, mappings, statements).migration?.steps ?? [];
  const indexed = all.filter(({ kind }) => indexing.has(kind));
  return indexed.length === 0 ? facts : { ...facts, indexed };
}

/** @param statements those of the script, in the engine it was read for; the same list gives the same facts */
export function withMigration(
  facts: FileFacts,
  mappings: SqlMappings,
  statements: readonly ParsedStatement[],
): FileFacts {
  const before = known.get(mappings);
  if (before?.statements === statements && before.facts === facts) return before.result;
  const steps = statements.flatMap(({ operations, at }, index) =>
    stepsOfStatement(mappings.statements[index]?.text ?? '', operations, at),
  );
  const opens = mappings.statements.some(({ text }) => /^\s*(?:begin|start\s+transaction)\b/iu.test(text));
  const migration: MigrationFacts = { steps, inTransaction: opens ? true : null, reversible: null };
  const result = { ...facts, migration };
  known.set(mappings, { statements, facts, result });
  return result;
}
