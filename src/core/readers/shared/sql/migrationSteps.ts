/** SQL of a migration → its steps, for rules that ask what each does to a table that is in use. */
import type { MigrationStep, MigrationStepKind } from '../../../schema/code.ts';
import type { Dialect } from '../../../schema/model.ts';
import type { SourceRange } from '../../../schema/source.ts';
import type { DdlOperation, SqlColumn, SqlConstraint, SqlName, SqlType } from '../../../syntax/sql/operation.ts';
import { readStatements } from '../../../syntax/sql/readStatements.ts';
import { isSequenceName } from '../../../syntax/sql/sequences.ts';

const longestRead = 20_000;

/** @param locate place of the statement at these offsets of the text */
export function stepsOfSql(
  text: string,
  dialect: Dialect,
  locate: (start: number, end: number) => SourceRange,
): readonly MigrationStep[] {
  // Of a dump, what fills its tables is not read; of a short one it tells what is copied from where.
  return readStatements(text, dialect, { skipsRows: text.length > longestRead }).statements.flatMap(
    ({ start, end, operations }) => {
      const statement = text.slice(start, end);
      return stepsOfStatement(statement, operations, locate(start, Math.min(end, start + lineLength(statement))));
    },
  );
}

/** @param operations what the statement does, as the DDL reader has it */
export function stepsOfStatement(
  statement: string,
  operations: readonly DdlOperation[],
  at: SourceRange,
): readonly MigrationStep[] {
  const others = operations.length === 0 ? stepsOfVerb(statement, at) : [];
  return [...operations.flatMap((operation) => stepsOf(operation, statement, at)), ...others];
}

export function migrationStep(
  kind: MigrationStepKind,
  table: string | null,
  at: SourceRange,
  given: Partial<MigrationStep> = {},
): MigrationStep {
  return {
    ...{ kind, table, columns: [], to: null, required: false, default: null, online: false, cascade: false, at },
    ...given,
  };
}

function stepsOf(operation: DdlOperation, statement: string, at: SourceRange): readonly MigrationStep[] {
  const cascade = /\bcascade\b/iu.test(statement);
  const concurrently = /\bconcurrently\b|\balgorithm\s*=\s*(?:inplace|instant)\b|\bonline\s*=\s*on\b/iu.test(statement);
  switch (operation.kind) {
    case 'createTable':
      return [
        migrationStep('create-table', operation.table.name, at),
        ...inlineReferences(statement).map((column) =>
          migrationStep('inline-reference', operation.table.name, at, { columns: [column] }),
        ),
        ...operation.constraints
          .filter(({ kind }) => kind === 'unique' || kind === 'index' || kind === 'primaryKey')
          .flatMap((constraint) => constraintSteps(operation.table, constraint, '', at)),
      ];
    case 'createView':
      return [migrationStep('create-view', operation.table.name, at)];
    case 'dropTable':
      return operation.tables.map(({ name }) => migrationStep('drop-table', name, at, { cascade }));
    case 'renameTable':
      if (isSequenceName(operation.table.name)) return [];
      return [migrationStep('rename-table', operation.table.name, at, { to: operation.to.name })];
    case 'addColumn':
      return [
        addedColumn(operation.table, operation.column, at),
        ...operation.constraints.flatMap((each) => constraintSteps(operation.table, each, statement, at)),
      ];
    case 'dropColumn':
      return [migrationStep('drop-column', operation.table.name, at, { columns: [operation.column], cascade })];
    case 'renameColumn':
      return [
        migrationStep('rename-column', operation.table.name, at, { columns: [operation.from], to: operation.to }),
      ];
    case 'replaceColumn': {
      const { table, name, column } = operation;
      // CHANGE states the type again, for the new name.
      if (name !== column.name)
        return [migrationStep('rename-column', table.name, at, { columns: [name], to: column.name })];
      return [
        migrationStep('change-type', table.name, at, {
          columns: [name],
          to: typeText(column.type),
          online: concurrently,
        }),
      ];
    }
    case 'alterColumn': {
      const { table, column, change } = operation;
      const columns = [column];
      return [
        ...(change.type ? [migrationStep('change-type', table.name, at, { columns, to: typeText(change.type) })] : []),
        // `USING coalesce(…)` fills what was missing.
        ...(change.type && /\busing\b[^;]*\bcoalesce\s*\(/iu.test(statement)
          ? [migrationStep('write', table.name, at)]
          : []),
        ...(change.nullable === false ? [migrationStep('require-column', table.name, at, { columns })] : []),
      ];
    }
    case 'addConstraint':
      return constraintSteps(operation.table, operation.constraint, statement, at);
    case 'createIndex': {
      const { table, index } = operation;
      return [
        migrationStep('create-index', table.name, at, {
          columns: index.columns,
          to: index.name,
          online: concurrently,
          required: index.unique,
          ...(index.where === null ? {} : { where: index.where }),
          ...(index.unique && /\bnulls\s+not\s+distinct\b/iu.test(statement)
            ? { nullsNotDistinct: true as const }
            : {}),
        }),
      ];
    }
    case 'dropIndex':
      return [
        migrationStep('drop-index', operation.table?.name ?? null, at, {
          to: operation.index.name,
          online: concurrently,
        }),
      ];
    case 'dropSchema':
      return [migrationStep('drop-schema', null, at, { to: operation.schema, cascade })];
    default:
      return [];
  }
}

/** Columns of a CREATE TABLE that name what they refer to in their own definition. */
function inlineReferences(statement: string): readonly string[] {
  if (!/\breferences\b/iu.test(statement)) return [];
  const body = statement.slice(statement.indexOf('(') + 1);
  const parts: string[] = [''];
  let depth = 0;
  for (const character of body.replace(/'(?:[^']|'')*'/gu, "''")) {
    if (character === '(') depth++;
    if (character === ')' && depth-- === 0) break;
    if (character === ',' && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + character);
  }
  return parts.flatMap((part) => {
    if (!/\breferences\b/iu.test(part)) return [];
    if (/^\s*(?:constraint|foreign|primary|unique|key|index|check|fulltext|spatial|like)\b/iu.test(part)) return [];
    const name = /^\s*[`"[]?([\w$]+)/u.exec(part)?.[1];
    return name === undefined ? [] : [name];
  });
}

function addedColumn(table: SqlName, column: SqlColumn, at: SourceRange): MigrationStep {
  return migrationStep('add-column', table.name, at, {
    columns: [column.name],
    to: typeText(column.type),
    // A generated value is there for every row.
    required:
      column.nullable === false &&
      column.generated === null &&
      !/^(?:small|big)?serial\d?$/u.test(column.type?.name ?? ''),
    default: column.default ?? (column.hasDefault ? unknownDefault : null),
  });
}

/** Stands for a default of which only that it is there is known. */
const unknownDefault = '…';

const constraintKinds = {
  primaryKey: 'add-primary-key',
  unique: 'add-unique',
  foreignKey: 'add-foreign-key',
  check: 'add-check',
  index: 'create-index',
} as const;

function constraintSteps(
  { name }: SqlName,
  constraint: SqlConstraint,
  statement: string,
  at: SourceRange,
): readonly MigrationStep[] {
  if (constraint.kind === 'exclusion') return [];
  const columns =
    constraint.kind === 'index' ? constraint.index.columns : constraint.kind === 'check' ? [] : constraint.columns;
  const usesIndex =
    (constraint.kind === 'unique' || constraint.kind === 'primaryKey') && constraint.index !== undefined;
  const online = usesIndex || /\bnot\s+valid\b|\bwith\s+nocheck\b|\bnovalidate\b/iu.test(statement);
  // MySQL's `UNIQUE KEY` is an index, which it may name.
  const named = constraint.kind === 'index' ? { to: constraint.index.name, required: constraint.index.unique } : {};
  return [migrationStep(constraintKinds[constraint.kind], name, at, { columns, online, ...named })];
}

/** Statements that change no structure and yet matter: rows changed, limits set. */
function stepsOfVerb(written: string, at: SourceRange): readonly MigrationStep[] {
  const statement = written.replace(/^(?:\s*(?:--[^\n]*\n|\/\*[\s\S]*?\*\/))+/u, '');
  const name = '(?:[\\w$]+|"[^"]+"|`[^`]+`|\\[[^\\]]+\\])';
  const tableAfter = (verbs: string): string | null | undefined => {
    const match = new RegExp(`^\\s*(?:${verbs})\\s+(?:only\\s+)?((?:${name}\\s*\\.\\s*)*${name})`, 'iu').exec(
      statement,
    );
    return (
      match &&
      (match[1]
        ?.split('.')
        .at(-1)
        ?.trim()
        .replace(/^["`[]|["`\]]$/gu, '') ??
        null)
    );
  };
  const truncated = tableAfter('truncate\\s+table|truncate');
  if (truncated != null)
    return [migrationStep('truncate', truncated, at, { cascade: /\bcascade\b/iu.test(statement) })];
  const changed = tableAfter('update|delete\\s+from|insert\\s+into|merge\\s+into');
  const changes = changed == null ? changedWithin(statement) : [changed];
  if (changes.length > 0) {
    const names = statement
      .replace(/'(?:[^']|'')*'/gu, '')
      .toLowerCase()
      .match(/[\p{L}_][\p{L}\p{N}_$]*/gu);
    return changes.map((table) => migrationStep('write', table, at, { names: [...new Set(names)] }));
  }
  if (
    /^\s*(?:set\s+(?:local\s+|session\s+)?|alter\s+session\s+set\s+)(?:lock_timeout|statement_timeout|innodb_lock_wait_timeout)\b/iu.test(
      statement,
    )
  )
    return [migrationStep('set-timeout', null, at)];
  return [];
}

/** Tables whose rows an anonymous block, or a statement behind the sets that it names (`WITH … UPDATE`), changes. */
function changedWithin(statement: string): readonly string[] {
  if (!/^\s*(?:do|with)\b/iu.test(statement)) return [];
  const found = statement.matchAll(
    /(?<!\b(?:on|for|do|no\s+key)\s+)\b(?:update|delete\s+from|insert\s+into|merge\s+into)\s+(?:only\s+)?((?:[\w$]+|"[^"]+")(?:\s*\.\s*(?:[\w$]+|"[^"]+"))*)/giu,
  );
  return [...new Set([...found].flatMap(([, path]) => path?.split('.').at(-1)?.trim().replaceAll('"', '') ?? []))];
}

function typeText(type: SqlType | null): string | null {
  if (type === null) return null;
  const sizes = type.arguments.length > 0 ? `(${type.arguments.join(', ')})` : '';
  return `${type.name}${sizes}${type.array ? '[]' : ''}`;
}

function lineLength(statement: string): number {
  const end = statement.search(/\r?\n/u);
  return end === -1 ? statement.length : end;
}
