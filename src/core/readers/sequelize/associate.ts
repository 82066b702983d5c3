/**
 * What `belongsTo`, `hasOne`, `hasMany` and `belongsToMany` do to the attributes of models (`lib/associations` of Sequelize 6.37). Each changes what the
 * next one finds, so they are to be run in the order in which the application calls them.
 */
import type { SourceRange } from '../../schema/source.ts';
import { isObject } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import { anAttribute, referenceOf, uniqueOf } from './attributes.ts';
import { dataTypeOf } from './dataTypes.ts';
import type { DataType } from './dataTypes.ts';
import { defineThrough, primaryAttribute, primaryFields, refresh } from './define.ts';
import type { Association, AssociationKind, Attribute, Model, Options, Settings } from './model.ts';
import { camelize, lowerFirst, singularize } from './names.ts';
import { flagOf, noOptions, optionsOf, textOf } from './values.ts';

export interface AssociationSource {
  readonly kind: AssociationKind;
  readonly source: Model;
  readonly target: Model;
  readonly options: Options;
  /** The model of a join table; text = a name that no model has yet. */
  readonly through: Model | string | null;
  readonly at: SourceRange;
}

export interface World {
  readonly settings: Settings;
  readonly modelNamed: (name: string) => Model | undefined;
  readonly addModel: (model: Model) => void;
}

export function associate(given: AssociationSource, world: World): Association | null {
  const association = given.kind === 'belongsToMany' ? belongsToMany(given, world) : linkTo(given, world.settings);
  if (association) given.source.associations.push(association);
  return association;
}

interface ForeignKeyOption {
  readonly name: string | null;
  readonly options: Options;
}

function foreignKeyOf(value: Result): ForeignKeyOption {
  if (isObject(value)) {
    const { entries } = value;
    return { name: textOf(entries.get('name')) ?? textOf(entries.get('fieldName')), options: entries };
  }
  return { name: textOf(value), options: noOptions };
}

function linkTo({ kind, source, target, options, at }: AssociationSource, { isVersion7 }: Settings): Association {
  const isOwner = kind === 'belongsTo';
  const [holder, referenced] = isOwner ? [source, target] : [target, source];
  const names = optionsOf(options.get('as'));
  const alias = textOf(names.get('plural')) ?? textOf(options.get('as'));
  const own = kind === 'hasMany' ? target.plural : target.singular;
  const as = alias ?? (isVersion7 ? lowerFirst(own) : own);
  const stated = foreignKeyOf(options.get('foreignKey'));
  const prefix =
    kind === 'belongsTo'
      ? as
      : kind === 'hasMany'
        ? source.singular
        : isVersion7
          ? source.singular
          : singularize(textOf(options.get('as')) ?? source.name);
  const foreignKey = stated.name ?? keyName(`${prefix}_${primaryAttribute(referenced)}`, isVersion7);
  const statedKey = textOf(options.get(isOwner ? 'targetKey' : 'sourceKey'));
  const key = statedKey !== null && referenced.attributes.has(statedKey) ? statedKey : primaryAttribute(referenced);
  const isEnforced = options.get('constraints') !== false;
  const before = holder.attributes.get(foreignKey);
  const added = keyAttribute(foreignKey, stated.options, referenced.attributes.get(key)?.type ?? null, at);
  added.type = dataTypeOf(options.get('keyType')) ?? added.type;
  const nullable = (before ?? added).allowNull === true;
  const stops = kind === 'belongsTo' && !isVersion7 ? 'NO ACTION' : 'CASCADE';
  const onDelete = textOf(options.get('onDelete')) ?? (isEnforced ? (nullable ? 'SET NULL' : stops) : null);
  const onUpdate = textOf(options.get('onUpdate')) ?? (isEnforced ? 'CASCADE' : null);
  if (onDelete !== null || onUpdate !== null) addConstraint(added, referenced, key, { onDelete, onUpdate });
  holder.attributes.set(foreignKey, before ? mergeDefaults(before, added) : added);
  refresh(holder);
  return { kind, source, target, as, foreignKey, otherKey: '', through: null, isEnforced, at };
}

function keyName(words: string, isVersion7: boolean): string {
  return camelize(isVersion7 ? lowerFirst(words) : words);
}

function keyAttribute(name: string, given: Options, type: DataType | null, at: SourceRange): Attribute {
  const stated = dataTypeOf(given.get('type'));
  return anAttribute(name, at, {
    field: textOf(given.get('field')) ?? textOf(given.get('columnName')) ?? undefined,
    type: stated ?? type,
    allowNull: given.has('allowNull') ? flagOf(given.get('allowNull')) : true,
    primaryKey: given.get('primaryKey') === true,
    defaultValue: given.get('defaultValue'),
    unique: uniqueOf(given.get('unique')),
    onDelete: textOf(given.get('onDelete')) ?? undefined,
    onUpdate: textOf(given.get('onUpdate')) ?? undefined,
    comment: textOf(given.get('comment')),
    references: referenceOf(given, () => null).references,
  });
}

/** Of several primary keys none can be referred to alone. */
function addConstraint(
  attribute: Attribute,
  referenced: Model,
  key: string,
  actions: { readonly onDelete: string | null; readonly onUpdate: string | null },
): void {
  const keys = primaryFields(referenced);
  const field = referenced.attributes.get(key)?.field ?? key;
  if (keys.length !== 1 && keys.includes(field)) return;
  attribute.references = {
    table: referenced.tableName,
    schema: referenced.schema,
    key: field,
    deferrable: attribute.references?.deferrable ?? null,
  };
  attribute.onDelete = actions.onDelete ?? undefined;
  attribute.onUpdate = actions.onUpdate ?? undefined;
}

/** What is stated stays; the association fills in the rest. */
function mergeDefaults(before: Attribute, added: Attribute): Attribute {
  return {
    ...before,
    field: before.field ?? added.field,
    type: before.type ?? added.type,
    allowNull: before.allowNull ?? added.allowNull,
    primaryKey: before.primaryKey || added.primaryKey,
    defaultValue: before.defaultValue === undefined ? added.defaultValue : before.defaultValue,
    unique: before.unique ?? added.unique,
    references: before.references
      ? { ...before.references, key: before.references.key ?? added.references?.key }
      : added.references,
    onDelete: before.onDelete ?? added.onDelete,
    onUpdate: before.onUpdate ?? added.onUpdate,
    comment: before.comment ?? added.comment,
  };
}

function belongsToMany(given: AssociationSource, world: World): Association | null {
  const { source, target, options, at } = given;
  const isSelf = source === target;
  const names = optionsOf(options.get('as'));
  const alias = textOf(names.get('plural')) ?? textOf(options.get('as'));
  const { isVersion7 } = world.settings;
  const as = alias ?? (isVersion7 ? lowerFirst(target.plural) : target.plural);
  const [sourceKey, targetKey] = [
    textOf(options.get('sourceKey')) ?? primaryAttribute(source),
    textOf(options.get('targetKey')) ?? primaryAttribute(target),
  ];
  const stated = foreignKeyOf(options.get('foreignKey'));
  const statedOther = foreignKeyOf(options.get('otherKey'));
  const foreignKey = stated.name ?? keyName(`${source.singular}_${sourceKey}`, isVersion7);
  const otherDefault = keyName(`${isSelf ? singularize(as) : target.singular}_${targetKey}`, isVersion7);
  const through = throughModel(given, world);
  if (!through) return null;
  const paired = target.associations.find(
    (each) => each.kind === 'belongsToMany' && each.target === source && each.through === through,
  );
  const association: Association = {
    kind: 'belongsToMany',
    source,
    target,
    as,
    foreignKey,
    otherKey: statedOther.name ?? paired?.foreignKey ?? otherDefault,
    through,
    isEnforced: options.get('constraints') !== false,
    at,
  };
  // The other side guessed the name of our key; now that it is stated, the guess is taken back.
  if (paired && paired.otherKey !== foreignKey && defaultOther.has(paired)) {
    through.attributes.delete(paired.otherKey);
    paired.otherKey = foreignKey;
  }
  if (statedOther.name === null) defaultOther.add(association);
  injectKeys(association, { source: sourceKey, target: targetKey }, options, stated, statedOther);
  return association;
}

/** Associations whose other key was not stated. */
const defaultOther = new WeakSet<Association>();

function throughModel({ source, through, options, at }: AssociationSource, world: World): Model | null {
  if (typeof through !== 'string') return through;
  const known = world.modelNamed(through);
  if (known) return known;
  const inherited = new Map<string, Result>();
  // The options of the source stand for those of the association, which become those of the table in between.
  for (const [key, value] of new Map([...options, ...source.options]))
    if (!notInherited.has(key)) inherited.set(key, value);
  if (options.has('timestamps')) inherited.set('timestamps', options.get('timestamps'));
  inherited.set('tableName', through);
  inherited.set('paranoid', optionsOf(options.get('through')).get('paranoid') === true);
  const model = defineThrough(through, inherited, world.settings, at);
  world.addModel(model);
  return model;
}

const notInherited = new Set([
  'as',
  'through',
  'foreignKey',
  'otherKey',
  'onDelete',
  'onUpdate',
  'constraints',
  'hooks',
  'timestamps',
  'scopes',
  'defaultScope',
  'indexes',
  'name',
  'modelName',
]);

function injectKeys(
  association: Association,
  keys: { readonly source: string; readonly target: string },
  options: Options,
  stated: ForeignKeyOption,
  statedOther: ForeignKeyOption,
): void {
  const { source, target, through, foreignKey, otherKey, at, isEnforced } = association;
  if (!through) return;
  const { attributes } = through;
  let replaced = false;
  for (const [name, attribute] of attributes) {
    if (!attribute.primaryKey || !attribute.generated) continue;
    if (name === foreignKey || name === otherKey) attribute.primaryKey = false;
    else attributes.delete(name);
    replaced = true;
  }
  const throughOptions = optionsOf(options.get('through'));
  const unique =
    !replaced && throughOptions.get('unique') !== false
      ? (textOf(options.get('uniqueKey')) ?? `${through.tableName}_${foreignKey}_${otherKey}_unique`)
      : undefined;
  const put = (name: string, referenced: Model, key: string, given: ForeignKeyOption): void => {
    const before = attributes.get(name);
    const type = referenced.attributes.get(key)?.type ?? null;
    const fresh = keyAttribute(name, given.options, type, at);
    const attribute: Attribute = before
      ? {
          ...before,
          type: fresh.type ?? before.type,
          field: fresh.field ?? before.field,
          allowNull: given.options.has('allowNull') ? fresh.allowNull : before.allowNull,
        }
      : { ...fresh, allowNull: given.options.has('allowNull') ? fresh.allowNull : undefined, generated: true };
    if (replaced) attribute.primaryKey = true;
    if (unique !== undefined) attribute.unique = unique;
    if (isEnforced) {
      attribute.references = {
        table: referenced.tableName,
        schema: referenced.schema,
        key: referenced.attributes.get(key)?.field ?? key,
        deferrable: null,
      };
      const [onDelete, onUpdate] = [textOf(options.get('onDelete')), textOf(options.get('onUpdate'))];
      const own = name === foreignKey;
      attribute.onDelete = (own ? (onDelete ?? before?.onDelete) : (before?.onDelete ?? onDelete)) ?? 'CASCADE';
      attribute.onUpdate = (own ? (onUpdate ?? before?.onUpdate) : (before?.onUpdate ?? onUpdate)) ?? 'CASCADE';
    }
    attributes.set(name, attribute);
  };
  put(foreignKey, source, keys.source, stated);
  put(otherKey, target, keys.target, statedOther);
  refresh(through);
}
