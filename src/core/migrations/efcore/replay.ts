/** Migrations of EF Core → the schema they build, in the order EF Core runs them. */
import type { Comparable } from '../../diff/diff.ts';
import { spelled } from '../shared/spelling.ts';
import type { MigrationStep } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { Problem, SourceRange } from '../../schema/source.ts';
import type { SqlSpan } from '../../syntax/sql/operation.ts';
import { applyOperations, emptySchema } from '../shared/replay.ts';
import { lowered, stepsOf } from './operations.ts';
import type { Recorded } from './record.ts';

/** One migration that was recorded. */
export interface EfMigration {
  /** `20231021004633_FixOrderitemseqSchema` */
  readonly id: string;
  /** Name of its class, for messages. */
  readonly name: string;
  /** Properties that its model gives a default. */
  readonly defaults: readonly string[];
  readonly recorded: Recorded;
}

export interface EfReplay {
  readonly schema: Comparable;
  readonly problems: readonly Problem[];
}

/** @param migrations of one context, in any order: EF Core sorts them by their ids */
export function replayEfMigrations(migrations: readonly EfMigration[], dialect: Dialect): EfReplay {
  const problems: Problem[] = [];
  let schema = emptySchema;
  const sorted = migrations.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const { name, defaults, recorded } of sorted) {
    const report = (message: string, at: Problem['at']): void => {
      problems.push({ code: 'migration-not-followed', message: `${name}: ${message}`, severity: 'warning', at });
    };
    for (const { message, at } of recorded.problems) report(message, at);
    const known = new Set(defaults);
    for (const call of recorded.calls) {
      const places: SourceRange[] = [];
      const { operations, problems: told } = lowered(call, {
        ...{ dialect, calls: recorded.calls, schema, defaults: known, places },
      });
      const locate = ({ start }: SqlSpan): SourceRange => places[start] ?? call.at;
      for (const message of told) report(message, call.at);
      for (const operation of operations) {
        const result = applyOperations(schema, [spelled(operation, schema, dialect)], { dialect, at: call.at, locate });
        schema = result.schema;
        for (const message of result.problems) report(message, call.at);
      }
    }
  }
  return { schema, problems };
}

/** What each call does, for rules that ask what a migration does to tables in use. */
export function stepsOfMigration(
  { recorded }: Pick<EfMigration, 'recorded'>,
  dialect: Dialect,
): readonly MigrationStep[] {
  const world = { dialect, calls: recorded.calls, schema: emptySchema, defaults: new Set<string>(), places: [] };
  return recorded.calls.flatMap((call) => stepsOf(call, lowered(call, world).operations, dialect));
}
