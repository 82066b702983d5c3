/** Scripts → the schema they build. */
import { applyOperations, emptySchema } from '../../migrations/shared/replay.ts';
import type { ReplaySchema } from '../../migrations/shared/replayState.ts';
import type { Dialect, EnumType, Table } from '../../schema/model.ts';
import type { Problem, SourceRange } from '../../schema/source.ts';
import type { DdlOperation } from '../../syntax/sql/operation.ts';
import { directoryOf } from '../shared/paths.ts';
import { withCqlTypes } from './cql.ts';
import { neutral } from './engines.ts';
import type { ParsedStatement } from './parse.ts';
import { spelled, tableName } from '../../migrations/shared/spelling.ts';

export interface ScriptStatements {
  readonly file: string;
  readonly statements: readonly ParsedStatement[];
}

export interface BuiltSchema {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly problems: readonly Problem[];
}

interface Step {
  readonly operation: DdlOperation;
  readonly statement: ParsedStatement;
}

/**
 * `steps`: one script after the other, as a migration tool runs them. `parts`: scripts that state one schema together, in whatever order they are run; what
 * lacks its table waits until all have been read, and what one script drops first it does not drop from another.
 */
export function buildSchema(
  scripts: readonly ScriptStatements[],
  how: 'steps' | 'parts',
  dialect: Dialect | null,
  start: ReplaySchema = emptySchema,
): BuiltSchema & { readonly schema: ReplaySchema } {
  const reading = dialect ?? neutral;
  const problems: Problem[] = [];
  let schema = start;
  let waiting: Step[] = [];

  const apply = ({ operation, statement }: Step): readonly string[] => {
    const { at, locate } = statement;
    const result = applyOperations(schema, [spelled(operation, schema, reading)], { dialect: reading, at, locate });
    schema = result.schema;
    return result.problems;
  };

  for (const { statements } of scripts) {
    const own = new Set<string>();
    for (const statement of statements) {
      for (const { message, at } of statement.problems) problems.push(notUnderstood(message, at));
      for (const operation of statement.operations) {
        if (operation.kind === 'createTable') own.add(operation.table.name.toLowerCase());
        if (how === 'parts' && isReset(operation, own)) continue;
        const step = { operation, statement };
        const failed = apply(step);
        if (failed.length === 0) continue;
        if (how === 'parts') waiting.push(step);
        else for (const message of failed) problems.push(notFollowed(message, statement.at));
      }
    }
  }
  for (let before = -1; waiting.length !== before && waiting.length > 0;) {
    before = waiting.length;
    waiting = waiting.filter((step) => apply(step).length > 0);
  }
  for (const step of waiting) {
    if (isHarmless(step.operation)) continue;
    for (const message of apply(step)) problems.push(notFollowed(message, step.statement.at));
  }
  return { schema, ...finished(schema, reading), problems };
}

/** `DROP TABLE` at the head of a script makes room for what it creates; only what it created itself before is really meant to go. */
function isReset(operation: DdlOperation, own: ReadonlySet<string>): boolean {
  if (operation.kind === 'dropTable') return !operation.tables.some(({ name }) => own.has(name.toLowerCase()));
  return operation.kind === 'dropSchema' || operation.kind === 'dropType';
}

/** Taking away what is not there, in scripts of which nobody knows the order. */
function isHarmless({ kind }: DdlOperation): boolean {
  return kind.startsWith('drop') || kind.startsWith('rename');
}

function notUnderstood(message: string, at: SourceRange): Problem {
  return { code: 'sql-not-understood', message, severity: 'information', at };
}

function notFollowed(message: string, at: SourceRange): Problem {
  return { code: 'sql-not-followed', message, severity: 'information', at };
}

/** Keys that name no columns of the other table mean its primary key, which may have come later. */
function finished(
  schema: ReplaySchema,
  dialect: Dialect,
): { readonly tables: readonly Table[]; readonly enums: readonly EnumType[] } {
  const tables = schema.tables.map((table): Table => {
    const foreignKeys = table.foreignKeys.map((key) => {
      const { table: name, namespace } = key.references;
      const target = tableName({ name, namespace }, schema, dialect);
      const found = schema.tables.find((each) => each.name === target.name && each.namespace === target.namespace);
      const columns = key.references.columns.length > 0 ? key.references.columns : (found?.primaryKey ?? []);
      return { ...key, references: { table: target.name, namespace: target.namespace, columns } };
    });
    return { ...table, reader: 'sql', foreignKeys, module: table.namespace ?? directoryOf(table.at.file) };
  });
  return { tables: dialect === 'cassandra' ? tables.map(withCqlTypes) : tables, enums: schema.enums };
}
