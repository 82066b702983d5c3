/** `RunSQL` and `RunPython`: what is run beside the models. */
import { externalPath, isSequence, isUnknown, sourceText } from '../../readers/shared/python/values.ts';
import type { PyValue } from '../../readers/shared/python/values.ts';
import { migrationStep, stepsOfSql } from '../../readers/shared/sql/migrationSteps.ts';
import type { MigrationStep } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { readStatements } from '../../syntax/sql/readStatements.ts';
import { applyOperations } from '../shared/replay.ts';
import type { Replayed } from '../shared/replay.ts';
import type { ReplaySchema } from '../shared/replayState.ts';
import type { Operation } from './operations.ts';

/** A text, or a list of texts and of pairs of text and parameters; null = not known. Rows are no structure, however they are put together. */
export function sqlOf(value: PyValue | undefined): string | null {
  if (typeof value === 'string') return value;
  if (isNoop(value)) return '';
  if (isSequence(value)) {
    const parts = value.items.map((each) => sqlOf(isSequence(each) ? each.items[0] : each));
    return parts.every((part) => part !== null) ? parts.join(';\n') : null;
  }
  const source = isUnknown(value) ? value.text : value === undefined || value === null ? '' : sourceText(value);
  return /^[rbf]*(['"]{1,3})\s*(?:INSERT|UPDATE|DELETE|SELECT|WITH)\b/i.test(source) ? '' : null;
}

function isNoop(value: PyValue | undefined): boolean {
  return /(?:RunSQL|RunPython)\.noop$/.test(externalPath(value) ?? '');
}

export function runSql(schema: ReplaySchema, sql: string, dialect: Dialect, at: SourceRange): Replayed {
  const script = readStatements(sql, dialect, { skipsRows: true });
  const replayed = applyOperations(
    schema,
    script.statements.flatMap(({ operations }) => operations),
    { dialect, at },
  );
  return {
    schema: replayed.schema,
    problems: [...script.problems.map(({ message }) => message), ...replayed.problems],
  };
}

export function isReversible(operation: Operation): boolean {
  if (operation.kind !== 'RunSQL' && operation.kind !== 'RunPython') return true;
  const back = operation.argument(operation.kind === 'RunSQL' ? 'reverse_sql' : 'reverse_code');
  return back !== undefined && back !== null;
}

/** Of code nobody knows which rows it changes. */
export function stepsOfRun(operation: Operation, dialect: Dialect): readonly MigrationStep[] {
  const { at } = operation;
  if (operation.kind === 'RunPython')
    return isNoop(operation.argument('code')) ? [] : [migrationStep('write', null, at)];
  const text = sqlOf(operation.argument('sql'));
  return text === null || text === '' ? [migrationStep('write', null, at)] : stepsOfSql(text, dialect, () => at);
}
