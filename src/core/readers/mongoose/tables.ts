/** Models → the collections of the schema model: paths, keys and indexes as Mongoose has them. */
import type {
  Column,
  ColumnRole,
  ColumnType,
  EnumType,
  ForeignKey,
  Index,
  Relation,
  Table,
} from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { LinkContext } from '../reader.ts';
import { directoryOf } from '../shared/paths.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { isFunction, isList, isObject, ownKeys } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import { indexesOf } from './indexes.ts';
import type { Field, Model, Schema } from './model.ts';
import { constantText, foreignPath, isStated, optionsOf, refName, textOf } from './values.ts';

export interface TableResult {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly byModel: ReadonlyMap<Model, Table>;
}

/** A path of a collection: one of a schema, or of a schema within it. */
interface Path {
  readonly path: string;
  readonly field: Field;
  /** Of the schema it belongs to. */
  readonly root: boolean;
}

export function tablesOf(
  models: readonly Model[],
  evaluator: Evaluator,
  { root }: Pick<LinkContext, 'root'>,
): TableResult {
  const enums: EnumType[] = [];
  const byName = new Map(models.map((model) => [model.name, model]));
  const tables: Table[] = [];
  const byModel = new Map<Model, Table>();
  const making: Making = { byName, evaluator, enums, root };
  for (const model of models) {
    if (model.base) continue;
    const children = models.filter((each) => rootOf(each) === model && each !== model);
    const table = tableOf(model, children, making);
    tables.push(table);
    for (const each of [model, ...children]) byModel.set(each, table);
  }
  return { tables, enums, byModel };
}

function rootOf(model: Model): Model {
  return model.base ? rootOf(model.base) : model;
}

interface Making {
  readonly byName: ReadonlyMap<string, Model>;
  readonly evaluator: Evaluator;
  readonly enums: EnumType[];
  readonly root: string;
}

function tableOf(model: Model, children: readonly Model[], making: Making): Table {
  const { schema } = model;
  const paths = pathsOf(schema, true);
  const known = new Set(paths.map(({ path }) => path));
  const key = textOf(schema.options.get('discriminatorKey')) ?? '__t';
  const at = model.at;
  if (children.length > 0 && !known.has(key)) paths.push({ path: key, root: true, field: implicit(key, 'String', at) });
  for (const child of children)
    for (const each of pathsOf(child.schema, true))
      if (!known.has(each.path)) {
        known.add(each.path);
        paths.push(each);
      }
  const columns = paths.map((each) => columnOf(each, model, making, children.length > 0 ? key : null));
  const schemas = [schema, ...children.map((child) => child.schema)];
  return {
    name: model.collection,
    namespace: null,
    entity: model.name,
    reader: 'mongoose',
    kind: 'collection',
    columns,
    primaryKey: known.has('_id') ? ['_id'] : [],
    primaryKeyName: null,
    uniques: [],
    indexes: uniqueIndexes(schemas.flatMap(indexesOf)),
    foreignKeys: foreignKeysOf(paths, making),
    relations: [...relationsOf(paths, making), ...virtualsOf(schemas, making)],
    checks: [],
    exclusions: [],
    inheritance:
      children.length === 0
        ? null
        : {
            strategy: 'single-table',
            parent: null,
            discriminatorColumn: key,
            children: children.map(({ name, discriminatorValue }) => ({
              entity: name,
              value: discriminatorValue ?? name,
            })),
          },
    viewExpression: null,
    comment: null,
    managed: schema.options.get('autoCreate') !== false,
    module: moduleOf(at.file, making.root),
    at,
  };
}

function moduleOf(file: string, root: string): string {
  const folder = directoryOf(file);
  if (root === '') return folder;
  return folder === root ? '' : folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : folder;
}

function uniqueIndexes(indexes: readonly Index[]): readonly Index[] {
  const key = ({ columns, orders, method }: Index): string => JSON.stringify([columns, orders, method]);
  return [...new Map(indexes.toReversed().map((each) => [key(each), each])).values()].toReversed();
}

function implicit(
  path: string,
  name: string,
  at: SourceRange,
  options: ReadonlyMap<string, Result> = new Map(),
): Field {
  return { path, type: { name, depth: 0, schema: null, element: new Map() }, options, at };
}

/** In the order of the schema, with what Mongoose adds by itself. */
function pathsOf(schema: Schema, isRoot: boolean, prefix = '', seen: readonly Schema[] = [], hasId = true): Path[] {
  const paths: Path[] = [];
  const push = (field: Field): void => void paths.push({ path: prefix + field.path, field, root: isRoot });
  const { fields, options, at } = schema;
  const required = new Map<string, Result>([['required', true]]);
  if (hasId && !fields.has('_id') && options.get('_id') !== false) push(implicit('_id', 'ObjectId', at, required));
  for (const field of fields.values()) {
    push(field);
    const inner = field.type.schema;
    if (inner && !seen.includes(inner) && seen.length < 8)
      paths.push(
        ...pathsOf(inner, false, `${prefix}${field.path}.`, [...seen, schema], field.options.get('_id') !== false),
      );
  }
  for (const [key, name] of timestampsOf(options))
    if (!fields.has(name)) push(implicit(name, 'Date', at, new Map([['role', key]])));
  const version = options.get('versionKey');
  const versionKey = textOf(version) ?? '__v';
  if (isRoot && version !== false && !fields.has(versionKey))
    push(implicit(versionKey, 'Number', at, new Map<string, Result>([['role', 'version']])));
  return paths;
}

/** Role and name of each. */
export function timestampsOf(options: ReadonlyMap<string, Result>): readonly (readonly [ColumnRole, string])[] {
  const stated = options.get('timestamps');
  if (stated === undefined || stated === false || stated === null) return [];
  const given = optionsOf(stated);
  const nameOf = (key: 'createdAt' | 'updatedAt'): string | null => {
    const value = given.get(key);
    return value === false ? null : (textOf(value) ?? key);
  };
  const [created, updated] = [nameOf('createdAt'), nameOf('updatedAt')];
  return [
    ...(created === null ? [] : [['created-at', created] as const]),
    ...(updated === null ? [] : [['updated-at', updated] as const]),
  ];
}

const types: Readonly<Record<string, readonly [string, ColumnType]>> = {
  String: ['string', 'string'],
  Number: ['double', 'float64'],
  Double: ['double', 'float64'],
  Int32: ['int', 'int32'],
  BigInt: ['long', 'int64'],
  Boolean: ['bool', 'boolean'],
  Date: ['date', 'datetime'],
  ObjectId: ['objectId', 'object-id'],
  Buffer: ['binData', 'binary'],
  Decimal128: ['decimal', 'decimal'],
  UUID: ['binData', 'uuid'],
  Mixed: ['object', 'json'],
  Map: ['object', 'object'],
  Embedded: ['object', 'object'],
};

function columnOf({ path, field, root }: Path, model: Model, { enums }: Making, discriminator: string | null): Column {
  const { options, type, at } = field;
  const [rawType, stated] = types[type.name] ?? ['unknown', 'unknown'];
  const plain = stated === 'float64' && isWhole(options.get('validate')) ? 'int64' : stated;
  const values = enumValues(options.get('enum') ?? type.element.get('enum'));
  const enumName = values ? `${model.name}_${path.replaceAll('.', '_')}` : null;
  if (values && enumName !== null && !enums.some(({ name }) => name === enumName))
    enums.push({ name: enumName, namespace: null, values, at });
  const preset = options.get('default');
  const application =
    isFunction(preset) || /^(?:now|Types\.ObjectId|randomUUID|uuidv4|nanoid)$/.test(foreignPath(preset) ?? '');
  return {
    name: path,
    property: path,
    type: enumName !== null && plain === 'string' ? 'enum' : plain,
    rawType,
    length: numberOf(options.get('maxlength') ?? options.get('maxLength')),
    precision: null,
    scale: null,
    array: type.depth > 0,
    nullable: !isStated(options.get('required')) && path !== '_id',
    default: constantText(preset),
    generated:
      path === '_id' && type.name === 'ObjectId'
        ? { kind: 'application', expression: null }
        : application
          ? { kind: 'application', expression: null }
          : null,
    enum: enumName,
    collation: null,
    comment: textOf(options.get('description')) ?? textOf(options.get('comment')),
    role: path === discriminator ? 'discriminator' : roleOf(path, options, root, model),
    classification: null,
    selected: options.get('select') !== false,
    hideable: true,
    insertable: true,
    updatable: options.get('immutable') !== true,
    transformer: [options.get('get'), options.get('set')].some((each) => each !== undefined)
      ? [options.get('get'), options.get('set')]
          .map((each) => (isFunction(each) ? each.value.text : (foreignPath(each) ?? '')))
          .filter(Boolean)
          .join(' ')
      : null,
    at,
  };
}

/** `validate: Number.isInteger`, `{ validator: isPositiveInteger }`: a number of this type that holds whole ones only. */
function isWhole(validate: Result): boolean {
  const [only] = isList(validate) ? validate : [validate];
  const validator = isObject(only) ? only.entries.get('validator') : only;
  const text = isFunction(validator) ? validator.value.text : (foreignPath(validator) ?? '');
  return /\b(?:is\w*Integer|isInt)\b/iu.test(text);
}

function numberOf(value: Result): number | null {
  const only = isList(value) ? value[0] : value;
  return typeof only === 'number' ? only : null;
}

const roles = new Set<unknown>(['created-at', 'updated-at', 'version']);

function roleOf(
  path: string,
  options: ReadonlyMap<string, Result>,
  root: boolean,
  { schema }: Model,
): ColumnRole | null {
  const stated = options.get('role');
  if (root && roles.has(stated)) return stated as ColumnRole;
  if (!root) return null;
  return timestampsOf(schema.options).find(([, name]) => name === path)?.[0] ?? null;
}

/** `['a', 'b']`, `{ values: ['a', 'b'] }`, an enum of TypeScript. */
function enumValues(value: Result): readonly string[] | null {
  if (isObject(value)) {
    if (value.entries.has('values')) return enumValues(value.entries.get('values'));
    return enumValues(
      ownKeys(value)
        .filter((key) => Number.isNaN(Number(key)))
        .map((key) => value.entries.get(key)),
    );
  }
  if (!isList(value)) return null;
  const values = value.filter((each) => typeof each === 'string' || typeof each === 'number').map(String);
  return values.length === value.filter((each) => each !== null).length && values.length > 0 ? values : null;
}

function refOf({ options, type }: Field, evaluator: Evaluator): string | null {
  const stated = options.get('ref') ?? type.element.get('ref');
  return stated === undefined ? null : refName(stated, evaluator);
}

function foreignKeysOf(paths: readonly Path[], { byName, evaluator }: Making): readonly ForeignKey[] {
  return paths.flatMap(({ path, field }): ForeignKey[] => {
    const name = refOf(field, evaluator);
    const target = name === null ? undefined : byName.get(name);
    if (!target || field.type.depth > 0 || (path.split('.').length > 1 && isInArray(path, paths))) return [];
    return [
      {
        name: null,
        columns: [path],
        references: { table: rootOf(target).collection, namespace: null, columns: ['_id'] },
        onDelete: null,
        onUpdate: null,
        deferrable: null,
        // MongoDB checks no references.
        enforced: false,
        origin: 'declared',
        at: field.at,
      },
    ];
  });
}

function isInArray(path: string, paths: readonly Path[]): boolean {
  return paths.some((each) => each.field.type.depth > 0 && path.startsWith(`${each.path}.`));
}

function relationsOf(paths: readonly Path[], { byName, evaluator }: Making): readonly Relation[] {
  return paths.flatMap(({ path, field }): Relation[] => {
    const name = refOf(field, evaluator);
    const target = name === null ? undefined : byName.get(name);
    if (!target) return [];
    const many = field.type.depth > 0 || isInArray(path, paths);
    return [
      {
        property: path,
        kind: many ? 'many-to-many' : 'many-to-one',
        target: rootOf(target).collection,
        targetNamespace: null,
        owner: true,
        columns: [path],
        inverse: inverseOf(path, target),
        joinTable: null,
        nullable: !isStated(field.options.get('required')),
        fetch: field.options.get('autopopulate') !== undefined ? 'eager' : 'explicit',
        cascade: [],
        at: field.at,
      },
    ];
  });
}

function inverseOf(path: string, target: Model): string | null {
  return (
    target.schema.virtuals.find(
      ({ options }) => options.get('foreignField') === path && options.get('localField') === '_id',
    )?.name ?? null
  );
}

/** Virtual populate: the other collection holds the key. */
function virtualsOf(schemas: readonly Schema[], { byName, evaluator }: Making): readonly Relation[] {
  return schemas
    .flatMap(({ virtuals }) => virtuals)
    .flatMap(({ name, options, at }): Relation[] => {
      const ref = options.get('ref');
      const target = ref === undefined ? undefined : byName.get(refName(ref, evaluator) ?? '');
      const foreign = textOf(options.get('foreignField'));
      const local = textOf(options.get('localField'));
      if (!target || foreign === null) return [];
      const one = options.get('justOne') === true;
      return [
        {
          property: name,
          kind: one ? 'one-to-one' : 'one-to-many',
          target: rootOf(target).collection,
          targetNamespace: null,
          owner: local !== null && local !== '_id',
          columns: local !== null && local !== '_id' ? [local] : [],
          inverse: target.schema.fields.has(foreign) ? foreign : null,
          joinTable: null,
          nullable: true,
          fetch: 'explicit',
          cascade: [],
          at,
        },
      ];
    });
}
