/** What a migration does while it is followed: operations on a schema, the steps that rules judge, and what could not be told. */
import type { MigrationStep } from '../../../schema/code.ts';
import type { Dialect } from '../../../schema/model.ts';
import type { Problem, SourceRange } from '../../../schema/source.ts';
import { migrationStep, stepsOfSql, stepsOfStatement } from '../../../readers/shared/sql/migrationSteps.ts';
import type { Spot } from '../../../readers/shared/typescript/program.ts';
import type { DdlOperation } from '../../../syntax/sql/operation.ts';
import { readStatements } from '../../../syntax/sql/readStatements.ts';
import { applyOperations } from '../replay.ts';
import { findTable } from '../replayState.ts';
import type { ReplaySchema } from '../replayState.ts';
import { spelled } from '../spelling.ts';

export interface Recorder {
  readonly dialect: Dialect;
  /** As it is at this point; null where only steps are wanted, and what is there before is not known. */
  schema(): ReplaySchema | null;
  /** @param online without blocking (CONCURRENTLY) */
  apply(operations: readonly DdlOperation[], at: Spot, online?: boolean): void;
  sql(text: string, at: Spot): void;
  /** Rows are written. */
  write(table: string | null, at: Spot): void;
  problem(why: string, at: Spot): void;
  /** Runs something whose effects are looked at and taken back. */
  trial(run: () => void): boolean;
  inTransaction(value: boolean): void;
}

export interface Recorded {
  readonly schema: ReplaySchema;
  readonly problems: readonly Problem[];
  readonly steps: readonly MigrationStep[];
  /** Null = nothing is said. */
  readonly inTransaction: boolean | null;
}

export function rangeOf(file: string, [line, column, endLine, endColumn]: Spot): SourceRange {
  return { file, line, column, endLine, endColumn };
}

/** @param start null = only steps are wanted */
export function createRecorder(
  file: string,
  dialect: Dialect,
  start: ReplaySchema | null,
): Recorder & { result(): Recorded } {
  let schema: ReplaySchema = start ?? { tables: [], enums: [] };
  let problems: Problem[] = [];
  let steps: MigrationStep[] = [];
  let transactional: boolean | null = null;
  let effects = 0;
  const name = file.slice(file.lastIndexOf('/') + 1);

  const problem = (why: string, spot: Spot): void => {
    const message = `${name}: ${why}${/[.!?]$/.test(why) ? '' : '.'}`;
    const at = rangeOf(file, spot);
    // A loop meets the same thing in every round.
    if (problems.some((each) => each.message === message && each.at?.line === at.line && each.at.column === at.column))
      return;
    problems.push({ code: 'migration-not-followed', message, severity: 'information', at });
  };
  const change = (operations: readonly DdlOperation[], at: SourceRange, spot: Spot): void => {
    for (const operation of operations) {
      if (operation.kind === 'createTable' && operation.table.name === '') continue;
      const result = applyOperations(schema, [spelled(operation, schema, dialect)], { dialect, at });
      schema = result.schema;
      for (const message of result.problems) problem(message, spot);
    }
  };

  return {
    dialect,
    schema: () => (start === null ? null : schema),
    apply(operations, spot, online = false) {
      effects++;
      const at = rangeOf(file, spot);
      // Statements are read for what they say of locks; operations that were never written say it by this word.
      steps.push(...stepsOfStatement(online ? 'CONCURRENTLY' : '', operations, at));
      if (start !== null) change(operations, at, spot);
    },
    sql(text, spot) {
      const at = rangeOf(file, spot);
      steps.push(...stepsOfSql(text, dialect, () => at));
      const script = readStatements(text, dialect, { skipsRows: true });
      // Rows that are changed change no structure.
      if (script.statements.some(({ operations }) => operations.length > 0)) effects++;
      if (start === null) return;
      for (const { message } of script.problems) problem(message, spot);
      change(
        script.statements.flatMap(({ operations }) => operations),
        at,
        spot,
      );
    },
    write(table, spot) {
      steps.push(migrationStep('write', table, rangeOf(file, spot)));
    },
    problem(why, spot) {
      effects++;
      problem(why, spot);
    },
    trial(run) {
      const before = { schema, problems, steps, effects, transactional };
      [problems, steps] = [[], []];
      run();
      const acted = effects > before.effects;
      ({ schema, problems, steps, effects, transactional } = before);
      return acted;
    },
    inTransaction: (value) => void (transactional = value),
    result: () => ({ schema, problems, steps, inTransaction: transactional }),
  };
}

/** Null where what is there before is not known. */
export function hasTable(recorder: Recorder, name: string, namespace: string | null): boolean | null {
  const schema = recorder.schema();
  return schema === null ? null : findTable(schema, { name, namespace }) !== undefined;
}
