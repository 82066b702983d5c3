/** What a TypeORM migration does in `up`: calls of the query runner, and the SQL it is handed. */
import type { FileFacts, MigrationFacts, MigrationStep } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { SourceFile } from '../reader.ts';
import { migrationStep, stepsOfSql } from '../shared/sql/migrationSteps.ts';
import type { Value } from '../shared/typescript/declarations.ts';
import { childrenOf } from '../shared/typescript/nodes.ts';
import { readValue } from '../shared/typescript/readValues.ts';

/** Cheap look, without parsing. */
export function mayBeMigration(text: string): boolean {
  return text.includes('MigrationInterface') && /\bup\s*\(/u.test(text);
}

/** Null where the file holds no migration. The SQL it runs is read once the engine is known (`withSqlSteps`). */
export function readMigration(file: SourceFile): MigrationFacts | null {
  if (!mayBeMigration(file.text)) return null;
  const [found] = classesIn(file.parsed().tree);
  const body = found?.childForFieldName('body');
  if (!body) return null;
  const slice = (node: TreeNode | null): string => (node ? file.text.slice(node.startIndex, node.endIndex) : '');
  const steps: MigrationStep[] = [];
  let [inTransaction, reversible]: [boolean | null, boolean | null] = [true, null];
  for (const member of childrenOf(body)) {
    const name = slice(member.childForFieldName('name') ?? member.childForFieldName('property'));
    if (name === 'transaction' && /=\s*false\b/u.test(slice(member))) inTransaction = false;
    if (member.type !== 'method_definition') continue;
    const [parameter] = childrenOf(member.childForFieldName('parameters') ?? member);
    const runner = slice(parameter?.childForFieldName('pattern') ?? parameter ?? null);
    if (name === 'up') collect(member.childForFieldName('body'), runner, file, steps);
    if (name === 'down') reversible = /[\w)]\s*\(/u.test(slice(member.childForFieldName('body')));
  }
  return { steps, inTransaction, reversible };
}

/** The migration with the steps of its SQL, in the order of the source. */
export function withSqlSteps(file: FileFacts, dialect: Dialect | null): FileFacts {
  const { migration } = file;
  if (!migration) return file;
  const up = file.functions.findIndex(({ name, owner }) => name === 'up' && owner !== null);
  const sql = file.queries.flatMap(({ sql: raw, function: id, at }) =>
    raw !== null && id !== null && isIn(file, id, up) ? stepsOfSql(raw.text, dialect ?? 'postgresql', () => at) : [],
  );
  if (sql.length === 0) return file;
  const steps = [...migration.steps, ...sql].sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  return { ...file, migration: { ...migration, steps } };
}

function isIn(file: FileFacts, id: number, outer: number): boolean {
  for (let at: number | null = id; at !== null; at = file.functions[at]?.parent ?? null) if (at === outer) return true;
  return false;
}

function classesIn(node: TreeNode): readonly TreeNode[] {
  return childrenOf(node).flatMap((child) =>
    child.type === 'export_statement'
      ? classesIn(child)
      : /class_declaration$|^class$/u.test(child.type)
        ? [child]
        : [],
  );
}

function collect(node: TreeNode | null, runner: string, file: SourceFile, steps: MigrationStep[]): void {
  if (!node) return;
  const callee = node.type === 'call_expression' ? node.childForFieldName('function') : null;
  const text = callee ? file.text.slice(callee.startIndex, callee.endIndex) : '';
  if (text.startsWith(`${runner}.`)) {
    const values = childrenOf(node.childForFieldName('arguments') ?? node).map((argument) =>
      readValue(argument, { text: file.text, lines: file.lines, positions: false }),
    );
    steps.push(...stepsOfCall(text.slice(runner.length + 1), values, file.lines.range(node.startIndex, node.endIndex)));
  }
  for (const child of childrenOf(node)) collect(child, runner, file, steps);
}

function stepsOfCall(method: string, values: readonly Value[], at: MigrationStep['at']): readonly MigrationStep[] {
  const [first, second, third] = values;
  const table = nameOf(first)?.split('.').at(-1) ?? null;
  const each = (value: Value | undefined): readonly (Value | undefined)[] =>
    value?.is === 'array' ? value.items : [value];
  switch (method) {
    case 'createTable':
      return [migrationStep('create-table', table, at)];
    case 'dropTable':
      return [migrationStep('drop-table', table, at)];
    case 'renameTable':
      return [migrationStep('rename-table', table, at, { to: nameOf(second) })];
    case 'addColumn':
    case 'addColumns':
      return each(second).map((column) =>
        migrationStep('add-column', table, at, {
          columns: listed(nameOf(column)),
          to: stringAt(column, 'type'),
          required: flagAt(column, 'isNullable') !== true && flagAt(column, 'isGenerated') !== true,
          default: textAt(column, 'default'),
        }),
      );
    case 'dropColumn':
    case 'dropColumns':
      return each(second).map((column) => migrationStep('drop-column', table, at, { columns: listed(nameOf(column)) }));
    case 'renameColumn':
      return [migrationStep('rename-column', table, at, { columns: listed(nameOf(second)), to: nameOf(third) })];
    case 'changeColumn':
      return stringAt(third, 'type') === null
        ? []
        : [migrationStep('change-type', table, at, { columns: listed(nameOf(second)), to: stringAt(third, 'type') })];
    case 'createIndex':
    case 'createIndices':
      return each(second).map((index) =>
        migrationStep('create-index', table, at, {
          columns: stringsAt(index, 'columnNames'),
          required: flagAt(index, 'isUnique') === true,
          online: flagAt(index, 'isConcurrent') === true,
        }),
      );
    case 'dropIndex':
    case 'dropIndices':
      return [migrationStep('drop-index', table, at, { to: nameOf(second) })];
    case 'createForeignKey':
    case 'createForeignKeys':
      return each(second).map((key) =>
        migrationStep('add-foreign-key', table, at, { columns: stringsAt(key, 'columnNames') }),
      );
    case 'createUniqueConstraint':
    case 'createUniqueConstraints':
      return each(second).map((unique) =>
        migrationStep('add-unique', table, at, { columns: stringsAt(unique, 'columnNames') }),
      );
    case 'createCheckConstraint':
    case 'createCheckConstraints':
      return each(second).map(() => migrationStep('add-check', table, at));
    case 'createPrimaryKey':
      return [migrationStep('add-primary-key', table, at)];
    case 'clearTable':
      return [migrationStep('truncate', table, at)];
    case 'dropSchema':
      return [migrationStep('drop-schema', null, at, { to: nameOf(first) })];
    default:
      return [];
  }
}

function listed(name: string | null): readonly string[] {
  return name === null ? [] : [name];
}

/** Of a text, or of what `new Table({ name: … })` is given. */
function nameOf(value: Value | undefined): string | null {
  if (value?.is === 'literal') return typeof value.value === 'string' ? value.value : null;
  return stringAt(value, 'name');
}

function optionsOf(value: Value | undefined): Value | undefined {
  return value?.is === 'call' && value.construct ? value.arguments[0] : value;
}

function memberOf(value: Value | undefined, key: string): Value | undefined {
  const options = optionsOf(value);
  return options?.is === 'object' ? options.entries.find((entry) => entry.key === key)?.value : undefined;
}

function stringAt(value: Value | undefined, key: string): string | null {
  const found = memberOf(value, key);
  return found?.is === 'literal' && typeof found.value === 'string' ? found.value : null;
}

/** A default is SQL text where it is a text; numbers and truth values are written as they are. */
function textAt(value: Value | undefined, key: string): string | null {
  const found = memberOf(value, key);
  if (found === undefined) return null;
  return found.is === 'literal' ? String(found.value) : '?';
}

function flagAt(value: Value | undefined, key: string): boolean | null {
  const found = memberOf(value, key);
  return found?.is === 'literal' && typeof found.value === 'boolean' ? found.value : null;
}

function stringsAt(value: Value | undefined, key: string): readonly string[] {
  const found = memberOf(value, key);
  return found?.is === 'array'
    ? found.items.flatMap((item) => (item.is === 'literal' && typeof item.value === 'string' ? [item.value] : []))
    : [];
}
