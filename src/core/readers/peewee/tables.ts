/** From models to tables. */
import type {
  Check,
  Column,
  ColumnRole,
  ForeignKey,
  Generated,
  ReferentialAction,
  Relation,
  Table,
  Unique,
} from '../../schema/model.ts';
import { plainColumn, plainTable, plainUnique } from '../../schema/emptyTable.ts';
import { directoryOf } from '../shared/paths.ts';
import type { PyValue } from '../shared/python/values.ts';
import { externalPath, isCall, isFunction, isSequence, sourceText } from '../shared/python/values.ts';
import { flag, isAuto, shapeOf, textOption } from './fields.ts';
import type { Field } from './fields.ts';
import { indexesOf } from './indexes.ts';
import { throughName, throughTable } from './joinTables.ts';
import { attributeName, columnName, isForeignKey, referencedField, targetOf } from './models.ts';
import type { Model, World } from './models.ts';

export interface Built {
  readonly tables: readonly Table[];
  readonly byModel: ReadonlyMap<Model, Table>;
}

export function buildTables(world: World): Built {
  const reverses = new Map<Model, Relation[]>();
  for (const model of world.models)
    for (const field of model.fields) {
      const target = targetOf(field, model, world);
      const name = target && accessorOf(field, model);
      if (target && name !== null)
        reverses.set(target, [...(reverses.get(target) ?? []), reverse(field, name, model, target, world)]);
    }
  const byModel = new Map(world.models.map((model) => [model, tableOf(model, reverses.get(model) ?? [], world)]));
  const joins = world.models.flatMap((model) =>
    model.fields.flatMap((field) => {
      const target = field.kind === 'ManyToManyField' ? targetOf(field, model, world) : null;
      return target && field.options.get('through_model') === undefined
        ? [throughTable(field, model, target, world)]
        : [];
    }),
  );
  return { tables: [...byModel.values(), ...joins], byModel };
}

/** Null = the other side sees nothing of it. */
export function accessorOf(field: Field, model: Model): string | null {
  const stated = textOption(field, 'backref');
  if (stated === '+' || stated === '!') return null;
  if (stated !== null) return stated;
  return field.kind === 'ManyToManyField' ? `${model.name.toLowerCase()}s` : `${model.name.toLowerCase()}_set`;
}

function tableOf(model: Model, reverses: readonly Relation[], world: World): Table {
  const columns: Column[] = [];
  const foreignKeys: ForeignKey[] = [];
  const relations: Relation[] = [];
  const checks: Check[] = [];
  const key = model.key.flatMap((name) => {
    const field = model.fields.find((each) => each.name === name);
    return field ? [columnName(field)] : [];
  });
  for (const field of model.fields) {
    const target = targetOf(field, model, world);
    if ((isForeignKey(field) || field.kind === 'ManyToManyField') && !target) tellUnresolved(field, model, world);
    if (target) relations.push(relation(field, model, target, world));
    if (field.kind === 'ManyToManyField') continue;
    const column = columnOf(field, model, target, world, checks);
    columns.push(column);
    if (target) foreignKeys.push(foreignKeyTo(field, model.table, column.name, target, world));
  }
  const constraints = model.option('constraints');
  const uniques: Unique[] = [];
  for (const each of isSequence(constraints) ? constraints.items : [])
    tableConstraint(each, model, world, uniques, checks);
  const seen = new Set<string>();
  return {
    ...plainTable(model.table, 'peewee', directoryOf(model.at.file), model.at),
    namespace: model.namespace,
    entity: model.name,
    columns,
    primaryKey: key,
    primaryKeyName:
      world.dialect === 'postgresql' && key.length > 0 && model.table.length <= 58 ? `${model.table}_pkey` : null,
    uniques,
    indexes: indexesOf(model, world),
    foreignKeys,
    relations: [...relations, ...reverses].filter(({ property }) => !seen.has(property) && seen.add(property)),
    checks,
  };
}

function columnOf(field: Field, model: Model, target: Model | null, world: World, checks: Check[]): Column {
  const constraints = field.options.get('constraints');
  const texts = (isSequence(constraints) ? constraints.items : []).flatMap((each) => sqlText(each) ?? []);
  for (const text of texts) {
    const check = /^\s*check\s*\((.*)\)\s*$/is.exec(text)?.[1];
    if (check !== undefined) checks.push({ name: null, expression: check, at: field.at });
  }
  const initial = texts.map((text) => /^\s*default\s+(.*)$/is.exec(text)?.[1]).find((text) => text !== undefined);
  return {
    ...plainColumn(
      columnName(field),
      target ? targetShape(field, target, world, 0) : shapeOf(field, world.dialect, world.evaluator),
      field.at,
    ),
    property: isForeignKey(field) ? attributeName(field) : field.name,
    nullable: flag(field, 'null') && !model.key.includes(field.name),
    default: initial ?? null,
    generated: generatedOf(field, model),
    collation: textOption(field, 'collation'),
    comment: null,
    role: roleOf(field),
  };
}

/** `SQL("…")` and `Check("…")`. */
function sqlText(value: PyValue): string | null {
  if (typeof value === 'string') return value;
  const [text] = isCall(value) ? value.arguments : [];
  if (!isCall(value) || typeof text !== 'string') return null;
  const path = externalPath(value.callee) ?? sourceText(value.callee);
  if (/(?:^|\.)Check$/.test(path)) return `CHECK (${text})`;
  if (/(?:^|\.)Default$/.test(path)) return `DEFAULT ${text}`;
  return text;
}

function tableConstraint(
  value: PyValue,
  { table, at }: Model,
  { dialect }: World,
  uniques: Unique[],
  checks: Check[],
): void {
  const text = sqlText(value) ?? '';
  const [, name, list] = /^\s*(?:constraint\s+"?(\w+)"?\s+)?unique\s*\(([^()]*)\)/i.exec(text) ?? [];
  if (list !== undefined) {
    const columns = list.split(',').map((column) => column.trim().replaceAll('"', ''));
    const plain = `${table}_${columns.join('_')}_key`;
    uniques.push(plainUnique(name ?? (dialect === 'postgresql' && plain.length <= 63 ? plain : null), columns, at));
  }
  const [, checked, expression] = /^\s*(?:constraint\s+"?(\w+)"?\s+)?check\s*\((.*)\)\s*$/is.exec(text) ?? [];
  if (expression !== undefined) checks.push({ name: checked ?? null, expression, at });
}

export function targetShape(field: Field, target: Model, world: World, depth: number): ReturnType<typeof shapeOf> {
  const referenced = referencedField(field, target);
  if (!referenced) return shapeOf({ ...field, kind: 'IntegerField' }, world.dialect, world.evaluator);
  if (isAuto(referenced)) {
    const kind = referenced.kind === 'BigAutoField' ? 'BigIntegerField' : 'IntegerField';
    return shapeOf({ ...referenced, kind }, world.dialect, world.evaluator);
  }
  const next = isForeignKey(referenced) ? targetOf(referenced, target, world) : null;
  return next && depth < 8
    ? targetShape(referenced, next, world, depth + 1)
    : shapeOf(referenced, world.dialect, world.evaluator);
}

function generatedOf(field: Field, model: Model): Generated | null {
  if (field.kind === 'IdentityField') return { kind: 'identity', expression: null };
  if (isAuto(field)) return { kind: 'increment', expression: null };
  const initial = field.options.get('default');
  const isKey = model.key.length === 1 && model.key[0] === field.name;
  const makes = initial !== undefined && (isFunction(initial) || (externalPath(initial)?.startsWith('uuid.') ?? false));
  return isKey && makes ? { kind: 'application', expression: null } : null;
}

/** Peewee has no words for these; a time that is made with the row and its name tell. */
function roleOf(field: Field): ColumnRole | null {
  if (!/^(?:DateTime|DateTimeTZ|Timestamp)Field$/.test(field.kind)) return null;
  if (/^created(?:_?(?:at|on|date))?$/.test(field.name)) return 'created-at';
  if (/^(?:updated|modified)(?:_?(?:at|on|date))?$/.test(field.name)) return 'updated-at';
  return /^deleted(?:_?(?:at|on|date))?$/.test(field.name) ? 'deleted-at' : null;
}

function action(field: Field, option: string): ReferentialAction | null {
  const text = textOption(field, option)?.toUpperCase();
  return text === 'CASCADE' ||
    text === 'SET NULL' ||
    text === 'SET DEFAULT' ||
    text === 'RESTRICT' ||
    text === 'NO ACTION'
    ? text
    : null;
}

export function foreignKeyTo(field: Field, table: string, column: string, target: Model, world: World): ForeignKey {
  const referenced = referencedField(field, target);
  const stated = textOption(field, 'constraint_name');
  const name = `${table}_${column}_fkey`;
  return {
    name: stated ?? (world.dialect === 'postgresql' && name.length <= 63 ? name : null),
    columns: [column],
    references: {
      table: target.table,
      namespace: target.namespace,
      columns: [referenced ? columnName(referenced) : 'id'],
    },
    onDelete: action(field, 'on_delete'),
    onUpdate: action(field, 'on_update'),
    deferrable: textOption(field, 'deferrable'),
    // Peewee leaves those of circles to be made by hand.
    enforced: field.kind !== 'DeferredForeignKey',
    ...(field.kind === 'DeferredForeignKey' ? { implied: true as const } : {}),
    origin: 'declared',
    at: field.at,
  };
}

function relation(field: Field, model: Model, target: Model, world: World): Relation {
  const many = field.kind === 'ManyToManyField';
  return {
    property: field.name,
    kind: many ? 'many-to-many' : flag(field, 'unique') || isWholeKey(field, model) ? 'one-to-one' : 'many-to-one',
    target: target.table,
    targetNamespace: target.namespace,
    owner: true,
    columns: many ? [] : [columnName(field)],
    inverse: accessorOf(field, model),
    joinTable: many ? throughName(field, model, target, world) : null,
    nullable: !many && flag(field, 'null'),
    fetch: field.options.get('lazy_load') === false ? 'explicit' : 'lazy',
    cascade: [],
    at: field.at,
  };
}

function isWholeKey(field: Field, model: Model): boolean {
  return model.key.length === 1 && model.key[0] === field.name;
}

function reverse(field: Field, property: string, model: Model, target: Model, world: World): Relation {
  const own = relation(field, model, target, world);
  const many = field.kind === 'ManyToManyField';
  return {
    ...own,
    property,
    // Peewee gives a query even where there can be but one.
    kind: many ? 'many-to-many' : own.kind === 'one-to-one' ? 'one-to-one' : 'one-to-many',
    target: model.table,
    targetNamespace: model.namespace,
    owner: false,
    columns: [],
    inverse: field.name,
    nullable: true,
    fetch: 'lazy',
    cascade: action(field, 'on_delete') === 'CASCADE' ? ['remove'] : [],
  };
}

function tellUnresolved(field: Field, model: Model, world: World): void {
  const to = field.options.get('model');
  world.problems.push({
    code: 'unresolved-entity',
    message: `${model.name}.${field.name} leads to ${to === undefined ? 'nothing' : sourceText(to)}, which was not found: its foreign key is left out.`,
    severity: 'information',
    at: field.at,
  });
}
