/** What operations do to tables that are in use, for the rules on migrations. */
import { columnName, keyFields } from '../../readers/django/world.ts';
import type { World } from '../../readers/django/world.ts';
import { columnOf } from '../../readers/django/columns.ts';
import type { Field } from '../../readers/django/fields.ts';
import { flag, isIndexed, isKey, isUnique } from '../../readers/django/fields.ts';
import { joinTablesByField } from '../../readers/django/joinTables.ts';
import { migrationStep } from '../../readers/shared/sql/migrationSteps.ts';
import { isCall, isSequence, sourceText, externalPath } from '../../readers/shared/python/values.ts';
import type { PyCall, PyValue } from '../../readers/shared/python/values.ts';
import type { MigrationStep } from '../../schema/code.ts';
import type { Column } from '../../schema/model.ts';
import type { Operation } from './operations.ts';
import { textArgument } from './operations.ts';
import type { StateModel } from './state.ts';

/** @param world of the state after the operation */
export function stepsOfOperation(
  operation: Operation,
  before: StateModel | undefined,
  after: StateModel | undefined,
  world: World,
): readonly MigrationStep[] {
  const { at, online } = operation;
  const table = before?.table ?? after?.table ?? null;
  const step = (kind: MigrationStep['kind'], given: Partial<MigrationStep> = {}): MigrationStep =>
    migrationStep(kind, table, at, given);
  const renamed = (): readonly MigrationStep[] =>
    before && after && before.table !== after.table ? [step('rename-table', { to: after.table })] : [];
  const fieldOf = (model: StateModel | undefined, name: string | null): Field | undefined =>
    model?.fields.find((field) => field.name === name);
  switch (operation.kind) {
    case 'CreateModel':
      return after
        ? [after.table, ...joinNames(after, world)].map((name) => migrationStep('create-table', name, at))
        : [];
    case 'DeleteModel':
      return [step('drop-table')];
    case 'RenameModel':
    case 'AlterModelTable':
      return renamed();
    case 'AddField': {
      const field = fieldOf(after, textArgument(operation, 'name'));
      return field && after ? addedField(field, after, world, step, at) : [];
    }
    case 'RemoveField': {
      const field = fieldOf(before, textArgument(operation, 'name'));
      if (!field || !before) return [];
      if (field.relation !== 'ManyToManyField') return [step('drop-column', { columns: [columnName(field)] })];
      const join = joinTablesByField(before, world).get(field.name);
      return join ? [migrationStep('drop-table', join.name, at)] : [];
    }
    case 'RenameField': {
      const [old, next] = [
        fieldOf(before, textArgument(operation, 'old_name')),
        fieldOf(after, textArgument(operation, 'new_name')),
      ];
      if (!old || !next || old.relation === 'ManyToManyField' || columnName(old) === columnName(next)) return [];
      return [step('rename-column', { columns: [columnName(old)], to: columnName(next) })];
    }
    case 'AlterField': {
      const name = textArgument(operation, 'name');
      const [old, next] = [fieldOf(before, name), fieldOf(after, name)];
      return old && next && before && after ? alteredField(old, next, before, after, world, step) : [];
    }
    case 'AddIndex': {
      const index = operation.argument('index');
      return after ? [step('create-index', { columns: namedColumns(index, after), online })] : [];
    }
    case 'RemoveIndex':
      return [step('drop-index', { to: textArgument(operation, 'name'), online })];
    case 'AddConstraint': {
      const constraint = operation.argument('constraint');
      if (!isCall(constraint) || !after) return [];
      const kind = sourceText(constraint.callee);
      const columns = namedColumns(constraint, after);
      if (kind.endsWith('CheckConstraint')) return [step('add-check', { online })];
      if (!kind.endsWith('UniqueConstraint')) return [];
      const partial = constraint.keywords.has('condition') || constraint.arguments.length > 0;
      return [partial ? step('create-index', { columns, required: true }) : step('add-unique', { columns })];
    }
    case 'AlterUniqueTogether':
      return added(operation, 'unique_together', before, after).map((columns) => step('add-unique', { columns }));
    case 'AlterIndexTogether':
      return added(operation, 'index_together', before, after).map((columns) => step('create-index', { columns }));
    default:
      return [];
  }
}

function joinNames(model: StateModel, world: World): readonly string[] {
  return [...joinTablesByField(model, world).values()].map(({ name }) => name);
}

type Make = (kind: MigrationStep['kind'], given?: Partial<MigrationStep>) => MigrationStep;

function addedField(
  field: Field,
  model: StateModel,
  world: World,
  step: Make,
  at: MigrationStep['at'],
): readonly MigrationStep[] {
  if (field.relation === 'ManyToManyField') {
    const join = joinTablesByField(model, world).get(field.name);
    return join ? [migrationStep('create-table', join.name, at)] : [];
  }
  const column = columnIn(field, model, world);
  const columns = [column.name];
  const first = step('add-column', {
    columns,
    to: typeText(column),
    required: !column.nullable && column.generated === null,
    default: column.default ?? oneOff(field),
  });
  // What is NULL in every row is checked by nobody.
  const checks = field.relation !== null && !column.nullable && flag(field, 'db_constraint') !== false;
  return [
    first,
    ...(checks ? [step('add-foreign-key', { columns })] : []),
    ...(isUnique(field) && !isKey(field) ? [step('add-unique', { columns })] : []),
    ...(isIndexed(field) && !isUnique(field) ? [step('create-index', { columns })] : []),
  ];
}

function alteredField(
  old: Field,
  next: Field,
  before: StateModel,
  after: StateModel,
  world: World,
  step: Make,
): readonly MigrationStep[] {
  if (old.relation === 'ManyToManyField' || next.relation === 'ManyToManyField') return [];
  const [was, is] = [columnIn(old, before, world), columnIn(next, after, world)];
  const columns = [is.name];
  const requires = was.nullable && !is.nullable;
  return [
    ...(was.name === is.name ? [] : [step('rename-column', { columns: [was.name], to: is.name })]),
    ...(typeText(was) === typeText(is)
      ? []
      : [step('change-type', { columns, to: typeText(is), from: typeText(was), online: isLonger(was, is) })]),
    // Django fills what is missing with the default of the field.
    ...(requires && oneOff(next) !== null ? [step('write')] : []),
    ...(requires ? [step('require-column', { columns })] : []),
    ...(isUnique(next) && !isUnique(old) ? [step('add-unique', { columns })] : []),
    ...(isIndexed(next) && !isIndexed(old) && !isUnique(next) ? [step('create-index', { columns })] : []),
    ...(next.relation !== null && old.relation === null && flag(next, 'db_constraint') !== false
      ? [step('add-foreign-key', { columns })]
      : []),
  ];
}

function columnIn(field: Field, model: StateModel, world: World): Column {
  return columnOf(field, model, keyFields(model, world).includes(field), world);
}

/** The same text with room for more, which no engine writes anew; MySQL does where the length needs a second byte. */
function isLonger(was: Column, is: Column): boolean {
  const [before, after] = [was.length ?? Number.NaN, is.length ?? Number.NaN];
  const sameBytes = before * 4 > 255 || after * 4 <= 255;
  return (
    was.rawType === is.rawType && is.rawType.includes('char') && !is.array && !was.array && before <= after && sameBytes
  );
}

function typeText({ rawType, length, precision, scale, array }: Column): string {
  const sizes = [length, precision, scale].filter((size) => size !== null);
  return `${rawType}${sizes.length > 0 ? `(${sizes.join(', ')})` : ''}${array ? '[]' : ''}`;
}

/** What Django gives the rows that are there (`effective_default` of django/db/backends/base/schema.py); null = nothing. */
function oneOff(field: Field): string | null {
  const stated = field.options.get('default');
  // A function is called once, so that all rows have the same value.
  if (stated !== undefined && (externalPath(stated) ?? '').endsWith('.NOT_PROVIDED')) return null;
  if (stated !== undefined && stated !== null) return typeof stated === 'object' ? sourceText(stated) : String(stated);
  if (flag(field, 'auto_now') === true || flag(field, 'auto_now_add') === true) return 'now()';
  const empty = /^(?:Char|Text|Slug|URL|Email|File|FilePath|Image|CommaSeparatedInteger)Field$/.test(
    field.kind.internal,
  );
  return flag(field, 'blank') === true && empty ? "''" : null;
}

/** Columns of `fields=[…]`. */
function namedColumns(value: PyValue | undefined, model: StateModel): readonly string[] {
  const call: PyCall | null = isCall(value) ? value : null;
  const stated = call?.keywords.get('fields');
  return (isSequence(stated) ? stated.items : []).flatMap((each) =>
    typeof each === 'string' ? [columnNamed(each, model)] : [],
  );
}

function columnNamed(name: string, model: StateModel): string {
  const plain = name.replace(/^-/, '');
  const field = model.fields.find((each) => each.name === plain);
  return field ? columnName(field) : plain;
}

/** Groups of `unique_together` that were not there before. */
function added(
  operation: Operation,
  option: string,
  before: StateModel | undefined,
  after: StateModel | undefined,
): readonly (readonly string[])[] {
  const groups = (value: PyValue | undefined): readonly (readonly string[])[] => {
    if (!isSequence(value)) return [];
    const list = value.items.some((each) => typeof each === 'string') ? [value] : value.items;
    return list.flatMap((each) => (isSequence(each) ? [each.items.filter((item) => typeof item === 'string')] : []));
  };
  const known = new Set(groups(before?.options.get(option)).map((group) => group.join('\0')));
  return groups(operation.argument(option))
    .filter((group) => group.length > 0 && !known.has(group.join('\0')))
    .map((group) => group.map((name) => (after ? columnNamed(name, after) : name)));
}
