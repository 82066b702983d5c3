/** Migrations of FluentMigrator → the schema they build, by their versions. */
import type { Comparable } from '../../diff/diff.ts';
import { stepsOfSql, stepsOfStatement } from '../../readers/shared/sql/migrationSteps.ts';
import { textValue } from '../../readers/shared/csharp/values.ts';
import type { MigrationStep } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import { applyOperations, emptySchema } from '../shared/replay.ts';
import { spelled } from '../shared/spelling.ts';
import { lowered } from './operations.ts';
import type { FluentExpression } from './record.ts';

export interface FluentMigration {
  readonly version: number;
  /** Name of its class, for messages. */
  readonly name: string;
  readonly expressions: readonly FluentExpression[];
}

export interface FluentReplay {
  readonly schema: Comparable;
  readonly problems: readonly Problem[];
}

export function replayFluentMigrations(migrations: readonly FluentMigration[], dialect: Dialect): FluentReplay {
  const problems: Problem[] = [];
  let schema = emptySchema;
  const sorted = migrations.toSorted((a, b) => a.version - b.version || (a.name < b.name ? -1 : 1));
  for (const { name, expressions } of sorted) {
    const report = (message: string, at: Problem['at']): void => {
      problems.push({ code: 'migration-not-followed', message: `${name}: ${message}`, severity: 'warning', at });
    };
    for (const expression of expressions) {
      const { operations, problems: told } = lowered(expression, dialect);
      for (const { message, at } of told) report(message, at);
      for (const { operation, at } of operations) {
        if ('table' in operation && isOwnTable(operation.table)) continue;
        const result = applyOperations(schema, [spelled(operation, schema, dialect)], { dialect, at });
        schema = result.schema;
        for (const message of result.problems) report(message, at);
      }
    }
  }
  return { schema, problems };
}

/** What FluentMigrator keeps for itself is there before the first migration, and no part of the schema. */
function isOwnTable(table: string | { readonly name: string } | null): boolean {
  return typeof table === 'object' && table?.name === 'VersionInfo';
}

/** What each expression does, for rules that ask what a migration does to tables in use. */
export function stepsOfExpressions(
  expressions: readonly FluentExpression[],
  dialect: Dialect,
): readonly MigrationStep[] {
  return expressions.flatMap((expression) => {
    const [first] = expression.calls;
    if (expression.verb === 'Execute' && first)
      return stepsOfSql(textValue(first.args[0]) ?? '', dialect, () => first.at);
    return lowered(expression, dialect).operations.flatMap(({ operation, at, fill }) =>
      stepsOfStatement('', [operation], at).map((step) =>
        step.kind === 'add-column' && fill != null ? { ...step, default: fill } : step,
      ),
    );
  });
}
