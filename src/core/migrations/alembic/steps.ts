/** What operations of a revision do to tables that are in use, for the rules on migrations. */
import { migrationStep } from '../../readers/shared/sql/migrationSteps.ts';
import { textOf } from '../../readers/shared/python/values.ts';
import type { MigrationStep } from '../../schema/code.ts';
import type { Column } from '../../schema/model.ts';
import type { OpCall } from './calls.ts';
import { namesOf } from './calls.ts';
import { drafted } from './tables.ts';
import type { ApplyContext } from './apply.ts';

export function stepsOfCall(op: OpCall, context: ApplyContext): readonly MigrationStep[] {
  const { table, at } = op;
  const step = (kind: MigrationStep['kind'], given: Partial<MigrationStep> = {}): MigrationStep =>
    migrationStep(kind, table, at, given);
  const flag = (name: string): boolean => op.argument(name) === true;
  const columns = namesOf(op.argument('columns')) ?? [];
  const online = flag('postgresql_concurrently');
  switch (op.name) {
    case 'create_table':
      return [step('create-table')];
    case 'drop_table':
      return [step('drop-table')];
    case 'rename_table':
      return [step('rename-table', { to: textOf(op.argument('new_table_name')) })];
    case 'add_column':
      return addedColumn(op, context, step);
    case 'drop_column': {
      const name = textOf(op.argument('column_name'));
      return [step('drop-column', { columns: name === null ? [] : [name] })];
    }
    case 'alter_column':
      return alteredColumn(op, context, step);
    case 'create_index':
      return [step('create-index', { columns, online, required: flag('unique') })];
    case 'drop_index':
      return [step('drop-index', { to: textOf(op.argument('index_name')), online })];
    case 'create_foreign_key': {
      const local = namesOf(op.argument('local_cols')) ?? [];
      return [step('add-foreign-key', { columns: local, online: flag('postgresql_not_valid') })];
    }
    case 'create_unique_constraint':
      return [step('add-unique', { columns })];
    case 'create_primary_key':
      return [step('add-primary-key', { columns })];
    case 'create_check_constraint':
      return [step('add-check', { online: flag('postgresql_not_valid') })];
    default:
      return [];
  }
}

type Make = (kind: MigrationStep['kind'], given?: Partial<MigrationStep>) => MigrationStep;

function addedColumn(op: OpCall, context: ApplyContext, step: Make): readonly MigrationStep[] {
  const given = op.argument('column');
  if (given === undefined || !context.names.isCallOf(given, 'Column', 'mapped_column')) return [];
  const { table: part } = drafted({ name: op.table ?? '', namespace: null }, [given], context.metadata, context, op.at);
  const [column] = part.columns;
  if (!column) return [];
  const columns = [column.name];
  return [
    step('add-column', {
      columns,
      to: typeText(column),
      required: !column.nullable && column.generated === null,
      default: column.default,
    }),
    ...part.foreignKeys.map(() => step('add-foreign-key', { columns })),
    ...part.uniques.map(() => step('add-unique', { columns })),
    ...part.indexes.map(() => step('create-index', { columns })),
    ...part.checks.map(() => step('add-check')),
  ];
}

function alteredColumn(op: OpCall, context: ApplyContext, step: Make): readonly MigrationStep[] {
  const name = textOf(op.argument('column_name'));
  const columns = name === null ? [] : [name];
  const to = textOf(op.argument('new_column_name'));
  const type = op.argument('type_');
  const steps: MigrationStep[] = [];
  if (to !== null && to !== name) steps.push(step('rename-column', { columns, to }));
  if (type !== undefined && type !== null) {
    const call = {
      ...op.call,
      callee: { is: 'external' as const, path: 'sqlalchemy.Column' },
      arguments: [name ?? '', type],
      keywords: new Map(),
    };
    const [column] = drafted({ name: op.table ?? '', namespace: null }, [call], context.metadata, context, op.at).table
      .columns;
    steps.push(step('change-type', { columns, to: column ? typeText(column) : null }));
  }
  if (op.argument('nullable') === false && op.argument('existing_nullable') !== false)
    steps.push(step('require-column', { columns }));
  return steps;
}

function typeText({ rawType, length, precision, scale, array }: Column): string {
  const sizes = [length, precision, scale].filter((size) => size !== null);
  return `${rawType}${sizes.length > 0 ? `(${sizes.join(', ')})` : ''}${array ? '[]' : ''}`;
}
