/** Keys, columns and targets of models: what one model has to know of another. */
import { columnTypeOf } from '../../schema/columnTypes.ts';
import { externalPath, isCall, isClass } from '../shared/python/values.ts';
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { fieldOf, flag, isColumn, isKey, plainField, textOption } from './fields.ts';
import type { Field } from './fields.ts';
import { knownByLabel, knownModel } from './knownModels.ts';
import type { KnownModel } from './knownModels.ts';
import { isKnown } from './models.ts';
import type { Model, Models, Project } from './models.ts';
import { columnShape } from './types.ts';
import type { ColumnShape } from './types.ts';

/** What a relation leads to: a model, one of a package whose tables are not ours, or something that only has a name. */
export interface Target {
  readonly model: Model | null;
  /** Model the source names: a proxy keeps its own name where columns are named after it. */
  readonly name: string;
  readonly table: string;
  readonly namespace: string | null;
  readonly keyColumns: readonly string[];
}

export interface World extends Project {
  readonly models: Models;
}

const noSizes = { length: null, precision: null, scale: null };
const related: Readonly<Record<string, string>> = {
  AutoField: 'IntegerField',
  BigAutoField: 'BigIntegerField',
  SmallAutoField: 'SmallIntegerField',
  PositiveIntegerField: 'IntegerField',
  PositiveBigIntegerField: 'BigIntegerField',
  PositiveSmallIntegerField: 'SmallIntegerField',
};
const deepest = 12;

/** Class of the key of models that declare none. */
export function autoField(model: Model, { settings }: World): string {
  const stated = model.app.autoField ?? settings.text('DEFAULT_AUTO_FIELD')?.replace(/^.*\./, '');
  return stated ?? 'AutoField';
}

const completed = new WeakMap<Model, readonly Field[]>();

/** With the key that Django adds, and the column of `order_with_respect_to`. */
export function allFields(model: Model, world: World): readonly Field[] {
  let fields = completed.get(model);
  if (!fields) completed.set(model, (fields = complete(model, world)));
  return fields;
}

function complete(model: Model, world: World): readonly Field[] {
  const hasKey = model.compositeKey !== null || model.fields.some(isKey);
  const ordered = typeof model.meta.get('order_with_respect_to') === 'string';
  return [
    ...(hasKey ? [] : [plainField('id', autoField(model, world), { primary_key: true }, model.at)]),
    ...model.fields,
    ...(ordered ? [plainField('_order', 'IntegerField', {}, model.at)] : []),
  ];
}

export function keyFields(model: Model, world: World): readonly Field[] {
  const fields = allFields(model, world);
  if (model.compositeKey)
    return model.compositeKey.flatMap(
      (name) => fields.find((field) => field.name === name || columnName(field) === name) ?? [],
    );
  // Of several only the first counts: a model has one key.
  return fields.filter(isKey).slice(0, 1);
}

export function columnName(field: Field): string {
  const stated = textOption(field, 'db_column');
  // Nothing in it is nothing stated (`Field.get_attname_column`).
  return stated !== null && stated !== '' ? stated : field.relation === null ? field.name : `${field.name}_id`;
}

/** Name of the attribute that holds the value: `customer_id`. */
export function attributeName(field: Field): string {
  return field.relation === null ? field.name : `${field.name}_id`;
}

/** Null where nothing is known of what a relation leads to. */
export function targetOf(field: Field, model: Model, world: World): Target | null {
  const to = field.options.get('to');
  return to === undefined ? null : targetOfValue(to, model, world);
}

export function targetOfValue(given: PyValue, model: Model, world: World): Target | null {
  const value = world.settings.resolve(given);
  if (isClass(value)) {
    const found = world.models.of(value);
    return found && !found.abstract ? ofModel(found, world) : null;
  }
  if (typeof value === 'string') return ofName(value, model, world);
  const path = externalPath(isCall(value) ? value.callee : value);
  if (path === null) return null;
  if (isCall(value)) {
    if (path.startsWith('swapper.')) return swapped(value, world);
    if (!path.endsWith('get_user_model')) return null;
    return ofName(world.settings.text('AUTH_USER_MODEL') ?? 'auth.User', model, world);
  }
  const known = knownModel(path);
  if (known) return known.label === null ? null : ofKnown(known);
  const [, app, name] = /(?:^|\.)(\w+)\.models(?:\.\w+)*\.(\w+)$/.exec(path) ?? [];
  if (app === undefined || name === undefined) return null;
  const setting = path.startsWith('django.conf.settings.');
  return setting ? null : ofLabel(app, name, world);
}

/** `swapper.get_model_name("app", "Model")` of the package swapper. */
function swapped({ arguments: [app, name] }: PyCall, world: World): Target | null {
  if (typeof app !== 'string' || typeof name !== 'string') return null;
  const [, stated = ''] = /^(.+)\.(\w+)$/.exec(world.settings.text(`${app}_${name}_MODEL`.toUpperCase()) ?? '') ?? [];
  return ofLabel(stated === '' ? app : stated, name, world);
}

function ofName(name: string, model: Model, world: World): Target | null {
  if (name === 'self') return ofModel(model, world);
  if (name === 'settings.AUTH_USER_MODEL')
    return ofName(world.settings.text('AUTH_USER_MODEL') ?? 'auth.User', model, world);
  const dot = name.lastIndexOf('.');
  if (dot === -1) {
    const own = world.models.named(model.app.label, name);
    const [only, another] = world.models.byName(name).filter(({ abstract }) => !abstract);
    const found = own && !own.abstract ? own : another === undefined ? only : undefined;
    return found ? ofModel(found, world) : null;
  }
  return ofLabel(name.slice(0, dot), name.slice(dot + 1), world);
}

function ofLabel(app: string, name: string, world: World): Target {
  const own = world.models.named(app, name);
  if (own && !own.abstract) return ofModel(own, world);
  const known = knownByLabel(`${app}.${name}`);
  if (known) return ofKnown(known);
  // The label of an application that is configured elsewhere may not be that of its folder.
  const [only, another] = world.models.byName(name).filter(({ abstract }) => !abstract);
  if (only && another === undefined && !world.apps.ofLabel(app)) return ofModel(only, world);
  return { model: null, name, table: `${app}_${name.toLowerCase()}`, namespace: null, keyColumns: ['id'] };
}

export function ofModel(model: Model, world: World): Target {
  const concrete = model.proxyOf ?? model;
  if (isKnown(concrete)) return { ...ofKnown(concrete), name: model.name };
  return {
    model: concrete,
    name: model.name,
    table: concrete.table,
    namespace: concrete.namespace,
    keyColumns: keyFields(concrete, world).map(columnName),
  };
}

function ofKnown({ label, table, key }: KnownModel): Target {
  return {
    model: null,
    name: (label ?? '').replace(/^.*\./, ''),
    table: table ?? '',
    namespace: null,
    keyColumns: [key.column],
  };
}

/** Field of the target that a foreign key holds the value of; null where the target is not of the workspace. */
export function referencedField(field: Field, target: Target, world: World): Field | null {
  if (!target.model) return null;
  const name = textOption(field, 'to_field');
  const fields = allFields(target.model, world);
  const stated = name === null ? undefined : (fields.find((each) => each.name === name) ?? undefined);
  return stated ?? keyFields(target.model, world)[0] ?? null;
}

export function shapeOf(field: Field, model: Model, world: World, depth = 0): ColumnShape {
  const { dialect } = world;
  if (depth > deepest) return columnShape('', noSizes, dialect);
  if (field.dbType !== null) return shapeOfText(field.dbType, world);
  if (field.relation !== null) return relatedShape(field, model, world, depth);
  const { internal } = field.kind;
  if (internal === 'ArrayField' || internal === 'GeneratedField') {
    const name = internal === 'ArrayField' ? 'base_field' : 'output_field';
    const inner = innerField(field.options.get(name), field, world);
    const shape = inner ? shapeOf(inner, model, world, depth + 1) : columnShape('unknown', noSizes, dialect);
    return internal === 'ArrayField' ? { ...shape, array: true } : shape;
  }
  // Geographic coordinates have a type of their own.
  if (internal === 'GeometryField' && flag(field, 'geography') === true)
    return { type: 'geometry', rawType: 'geography', ...noSizes, array: false };
  return columnShape(internal === '' ? field.className : internal, sizesOf(field, world), dialect);
}

function sizesOf(
  field: Field,
  { settings }: World,
): { length: number | null; precision: number | null; scale: number | null } {
  // `max_digits=settings.MAX_DIGITS`
  const numberOf = (option: string): number | null => {
    const value = settings.resolve(field.options.get(option) ?? null);
    return typeof value === 'number' ? value : null;
  };
  return {
    length: numberOf('max_length') ?? field.kind.length ?? null,
    precision: numberOf('max_digits') ?? field.kind.precision ?? null,
    scale: numberOf('decimal_places') ?? field.kind.scale ?? null,
  };
}

export function innerField(value: PyValue | undefined, field: Field, world: World): Field | null {
  const inner = value === undefined ? null : fieldOf(field.name, value, field.at, world.fieldContext);
  return isColumn(inner) ? inner : null;
}

function relatedShape(field: Field, model: Model, world: World, depth: number): ColumnShape {
  const target = targetOf(field, model, world);
  const referenced = target && referencedField(field, target, world);
  if (target?.model && referenced) {
    const { internal } = referenced.kind;
    const matches = world.dialect === 'mysql' || world.dialect === 'mariadb';
    const relatedName = Object.hasOwn(related, internal) ? related[internal] : undefined;
    const shape =
      relatedName !== undefined && !(matches && internal.startsWith('Positive'))
        ? columnShape(relatedName, noSizes, world.dialect)
        : shapeOf(referenced, target.model, world, depth + 1);
    return shape;
  }
  const known = knownByTable(target);
  const kind = known?.key.kind ?? 'AutoField';
  return columnShape(
    (Object.hasOwn(related, kind) ? related[kind] : undefined) ?? kind,
    { ...noSizes, length: known?.key.length ?? null },
    world.dialect,
  );
}

function knownByTable(target: Target | null): KnownModel | undefined {
  if (!target) return undefined;
  const dash = target.table.lastIndexOf('_');
  return knownByLabel(`${target.table.slice(0, dash)}.${target.name}`) ?? knownByLabel(`contenttypes.${target.name}`);
}

/** `varchar(30)` of a field's own `db_type`. */
function shapeOfText(text: string, { dialect }: World): ColumnShape {
  const [, name = text, first, second] =
    /^\s*([^()]*?)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?\s*$/.exec(text.toLowerCase()) ?? [];
  const type = columnTypeOf(name, dialect);
  const none = { type, rawType: name, length: null, precision: null, scale: null, array: false };
  if (first === undefined) return none;
  return type === 'decimal'
    ? { ...none, precision: Number(first), scale: second === undefined ? null : Number(second) }
    : { ...none, length: Number(first) };
}

export interface Accessor {
  /** Attribute of the other model; null = there is none. */
  readonly name: string | null;
  /** What look-ups call it: `related_query_name`, else `related_name`, else the model's name. */
  readonly lookup: string | null;
}

/** How the other side of a relation is reached. */
export function accessorOf(field: Field, model: Model): Accessor {
  const fill = (text: string): string =>
    text
      .replaceAll('%(class)s', model.name.toLowerCase())
      .replaceAll('%(model_name)s', model.name.toLowerCase())
      .replaceAll('%(app_label)s', model.app.label.toLowerCase());
  const general = model.meta.get('default_related_name');
  const stated = textOption(field, 'related_name') ?? (typeof general === 'string' ? general : null);
  const name = stated === null ? null : fill(stated);
  if (name?.endsWith('+') === true) return { name: null, lookup: null };
  const lower = model.name.toLowerCase();
  const asked = textOption(field, 'related_query_name');
  return {
    name: name ?? (field.relation === 'OneToOneField' ? lower : `${lower}_set`),
    lookup: asked !== null ? fill(asked) : (name ?? lower),
  };
}
