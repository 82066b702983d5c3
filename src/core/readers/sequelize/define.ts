/** What `Model.init` does (`lib/model.js` of Sequelize 6.37): names, default attributes, columns of attributes. */
import type { SourceRange } from '../../schema/source.ts';
import { isObject } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import { anAttribute } from './attributes.ts';
import { aDataType } from './dataTypes.ts';
import type { Attribute, Model, ModelSource, Options, Settings, Timestamps } from './model.ts';
import { pluralize, singularize, underscoredIf } from './names.ts';
import { optionsOf, textOf } from './values.ts';

/** Options of the instance first, then the model's own. */
export function mergedOptions(define: Options, own: Options): Options {
  const merged = new Map(define);
  for (const [key, value] of own) {
    const before = merged.get(key);
    if (value === undefined) continue;
    if (key === 'name' && isObject(value) && isObject(before))
      merged.set(key, { ...value, entries: new Map([...before.entries, ...value.entries]) });
    else merged.set(key, value);
  }
  return merged;
}

export function defineModel(source: ModelSource, settings: Settings): Model {
  const options = mergedOptions(settings.define, source.options);
  return define(source.modelName, source.attributes, options, settings, source.at, source);
}

/** The model of a join table that no class stands for. */
export function defineThrough(name: string, options: Options, settings: Settings, at: SourceRange): Model {
  return define(name, [], mergedOptions(settings.define, options), settings, at, null);
}

function define(
  modelName: string,
  stated: readonly Attribute[],
  options: Options,
  settings: Settings,
  at: SourceRange,
  source: ModelSource | null,
): Model {
  const underscored = options.get('underscored') === true;
  const names = optionsOf(options.get('name'));
  const plural = textOf(names.get('plural')) ?? pluralize(modelName);
  const frozen = options.get('freezeTableName') === true;
  const timestamps = timestampsOf(options);
  const model: Model = {
    source,
    name: modelName,
    plural,
    singular: textOf(names.get('singular')) ?? (settings.isVersion7 ? modelName : singularize(modelName)),
    options,
    tableName:
      textOf(options.get('tableName')) ?? (frozen ? modelName : underscoredIf(pluralize(modelName), underscored)),
    schema: textOf(options.get('schema')) ?? settings.schema,
    underscored,
    timestamps,
    attributes: new Map(),
    associations: [],
    at,
  };
  const { attributes } = model;
  const at0 = at;
  if (!stated.some(({ primaryKey }) => primaryKey) && !options.has('noPrimaryKey'))
    attributes.set(
      'id',
      anAttribute('id', at0, {
        type: aDataType('INTEGER'),
        allowNull: false,
        primaryKey: true,
        autoIncrement: true,
        generated: true,
      }),
    );
  // Attributes are changed by associations; what was read is shared by all links of the file.
  for (const each of stated) attributes.set(each.name, { ...each });
  for (const [name, given] of defaultAttributes(timestamps))
    if (!attributes.has(name)) attributes.set(name, anAttribute(name, at0, { ...given, generated: true }));
  // Version 7 knows no attribute without a word on it.
  if (settings.isVersion7) for (const attribute of attributes.values()) attribute.allowNull ??= !attribute.primaryKey;
  refresh(model);
  return model;
}

function timestampsOf(options: Options): Timestamps {
  const none: Timestamps = { createdAt: null, updatedAt: null, deletedAt: null, version: null };
  const version = options.get('version');
  const versioned = { version: typeof version === 'string' ? version : version === true ? 'version' : null };
  if (options.get('timestamps') === false) return { ...none, ...versioned };
  const nameOf = (key: string): string | null => {
    const value = options.get(key);
    return value === false ? null : (textOf(value) ?? key);
  };
  return {
    createdAt: nameOf('createdAt'),
    updatedAt: nameOf('updatedAt'),
    deletedAt: options.get('paranoid') === true ? nameOf('deletedAt') : null,
    ...versioned,
  };
}

function defaultAttributes({ createdAt, updatedAt, deletedAt, version }: Timestamps): [string, Partial<Attribute>][] {
  const date = (allowNull: boolean | undefined): Partial<Attribute> => ({ type: aDataType('DATE'), allowNull });
  const zero: Result = 0;
  return [
    ...(createdAt === null ? [] : [[createdAt, date(false)] satisfies [string, Partial<Attribute>]]),
    ...(updatedAt === null ? [] : [[updatedAt, date(false)] satisfies [string, Partial<Attribute>]]),
    ...(deletedAt === null ? [] : [[deletedAt, date(undefined)] satisfies [string, Partial<Attribute>]]),
    ...(version === null
      ? []
      : [
          [version, { type: aDataType('INTEGER'), allowNull: false, defaultValue: zero }] satisfies [
            string,
            Partial<Attribute>,
          ],
        ]),
  ];
}

/** `refreshAttributes`: every attribute has a column by now. */
export function refresh({ attributes, underscored }: Model): void {
  for (const attribute of attributes.values()) attribute.field ??= underscoredIf(attribute.name, underscored);
}

export function primaryAttribute({ attributes }: Model): string {
  for (const { name, primaryKey } of attributes.values()) if (primaryKey) return name;
  return 'id';
}

export function primaryFields({ attributes }: Model): readonly string[] {
  return [...attributes.values()].filter(({ primaryKey }) => primaryKey).map(({ name, field }) => field ?? name);
}
