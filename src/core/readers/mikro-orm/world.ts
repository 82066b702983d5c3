/** What entities inherit, and the columns that their properties become. */
import { groupBy } from '../../schema/groupBy.ts';
import type { Problem } from '../../schema/source.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { isFunction, isList, isMember } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import { referredName, typeOfProperty } from './columnTypes.ts';
import type { PropertyType } from './columnTypes.ts';
import type { Entities } from './declarations.ts';
import type { Entity, Property, Settings } from './model.ts';

/** Columns of one property; a relation to a composite key has several. */
export interface Field {
  /** `address.city` of embedded ones. */
  readonly path: string;
  readonly property: Property;
  readonly columns: readonly { readonly name: string; readonly type: PropertyType }[];
  readonly nullable: boolean;
  readonly primary: boolean;
  /** Of relations that hold a key. */
  readonly target: Entity | null;
  readonly references: readonly string[];
}

export interface World {
  readonly entities: Entities;
  readonly settings: Settings;
  readonly evaluator: Evaluator;
  readonly problems: Problem[];
  tableName(entity: Entity): string;
  namespace(entity: Entity): string | null;
  /** The entity whose table it is stored in. */
  root(entity: Entity): Entity;
  inheritance(entity: Entity): 'sti' | 'tpt' | null;
  children(entity: Entity): readonly Entity[];
  /** Its own and those it inherits; of the root of one table also those of its children. */
  properties(entity: Entity): ReadonlyMap<string, Property>;
  fields(entity: Entity): readonly Field[];
  keyColumns(entity: Entity): readonly { readonly name: string; readonly type: PropertyType }[];
  target(property: Property): Entity | null;
  /** It holds the key or the table in between. */
  owns(property: Property): boolean;
  /** `mappedBy`, `inversedBy`. */
  named(property: Property, option: string): string | null;
}

const deepest = 8;

export function text(value: Result): string | null {
  return typeof value === 'string' ? value : null;
}

export function createWorld(entities: Entities, settings: Settings, evaluator: Evaluator, problems: Problem[]): World {
  const { naming } = settings;
  const allProperties = new Map<Entity, ReadonlyMap<string, Property>>();
  const allFields = new Map<Entity, readonly Field[]>();
  const childrenOf = groupBy(
    entities.all.filter((entity) => entity.base !== null),
    (entity) => entity.base,
  );
  const told = new Set<string>();

  function inheritance(entity: Entity): 'sti' | 'tpt' | null {
    let kind: 'sti' | 'tpt' | null = null;
    for (let at: Entity | null = entity, depth = 0; at && depth < 20; at = at.base, depth++) {
      if (discriminatorOf(at) !== null) kind = 'sti';
      else if (at.options.get('inheritance') === 'tpt') kind = 'tpt';
    }
    return kind;
  }

  function rootOf(entity: Entity): Entity {
    let root = entity;
    for (let at: Entity | null = entity, depth = 0; at && depth < 20; at = at.base, depth++)
      if (discriminatorOf(at) !== null) root = at;
    return root;
  }

  function children(entity: Entity, depth = 0): readonly Entity[] {
    if (depth > 20) return [];
    return (childrenOf.get(entity) ?? []).flatMap((child) => [child, ...children(child, depth + 1)]);
  }

  function inherited(entity: Entity, depth = 0): Map<string, Property> {
    const found = entity.base && depth < 20 ? inherited(entity.base, depth + 1) : new Map<string, Property>();
    for (const [name, property] of entity.properties) found.set(name, property);
    return found;
  }

  function properties(entity: Entity): ReadonlyMap<string, Property> {
    const known = allProperties.get(entity);
    if (known) return known;
    const found = inherited(entity);
    if (discriminatorOf(entity) !== null)
      for (const child of children(entity))
        for (const [name, property] of child.properties)
          if (!found.has(name)) found.set(name, { ...property, options: nullableBy(property) });
    allProperties.set(entity, found);
    return found;
  }

  function target(property: Property): Entity | null {
    const { options, type, scope, at } = property;
    const given = options.get('entity') ?? (property.kind === 'scalar' ? undefined : options.get('type'));
    let found = given === undefined ? null : entities.of(given);
    if (!found && given === undefined) {
      const name = referredName(type);
      const declared = name === null || scope === null ? null : evaluator.graph.lookup(scope.file, name, 'type');
      if (declared?.is === 'class') found = entities.of(evaluator.classOf(declared.file, declared.declaration));
      else if (name !== null) found = entities.named(name);
    }
    const key = `${at.file}:${at.line}:${at.column}`;
    if (!found && !told.has(key)) {
      told.add(key);
      problems.push({
        code: 'unresolved-entity',
        message: `${property.name} is related to an entity that was not found. Is it part of the workspace?`,
        severity: 'information',
        at,
      });
    }
    return found;
  }

  function owns(property: Property): boolean {
    const { kind, options } = property;
    if (kind === 'm:1') return true;
    if (kind === '1:m' || kind === 'scalar' || kind === 'embedded') return false;
    return options.get('owner') === true || options.has('inversedBy') || !isStated(options.get('mappedBy'));
  }

  function named(property: Property, option: string): string | null {
    const value = property.options.get(option);
    if (typeof value === 'string') return value;
    if (!isFunction(value)) return null;
    const result = evaluator.call(value, [{ is: 'external', module: '', name: 'entity' }]);
    return isMember(result) ? result.name : null;
  }

  function fields(entity: Entity): readonly Field[] {
    const known = allFields.get(entity);
    if (known) return known;
    allFields.set(entity, []);
    const found = [...properties(entity).values()].flatMap((property) =>
      fieldsOf(property, property.name, '', false, 0),
    );
    allFields.set(entity, found);
    return found;
  }

  /** @param prefix of columns of embedded properties */
  function fieldsOf(property: Property, path: string, prefix: string, nullable: boolean, depth: number): Field[] {
    const { options, kind } = property;
    if (options.get('persist') === false || options.has('formula') || depth > deepest) return [];
    if (property.computed && kind === 'scalar' && options.get('persist') !== true && !options.has('type')) {
      // A method gives what is serialized; an accessor may be stored.
      if (!options.has('fieldName') && !options.has('columnType') && property.type === null) return [];
    }
    const primary = options.get('primary') === true;
    const isNullable = !primary && (nullable || isNullableProperty(property, settings, owns(property)));
    const common = { path, property, nullable: isNullable, primary, target: null, references: [] };
    switch (kind) {
      case 'scalar': {
        const name = prefix + (statedNames(property)[0] ?? naming.column(property.name));
        return [{ ...common, columns: [{ name, type: typeOfProperty(property, settings, evaluator) }] }];
      }
      case 'embedded':
        return embedded(property, path, prefix, isNullable, common, depth);
      case 'm:1':
      case '1:1':
        return owns(property) ? toOne(property, prefix, common, depth) : [];
      default:
        // MongoDB keeps the keys of the other side in a list.
        if (kind === 'm:n' && settings.dialect === 'mongodb' && owns(property)) {
          const type: PropertyType = {
            type: 'object-id',
            rawType: 'ObjectId',
            length: null,
            precision: null,
            scale: null,
            array: true,
          };
          return [{ ...common, columns: [{ name: naming.column(property.name), type }] }];
        }
        return [];
    }
  }

  function embedded(
    property: Property,
    path: string,
    prefix: string,
    nullable: boolean,
    common: Omit<Field, 'columns'>,
    depth: number,
  ): Field[] {
    const { options } = property;
    const embeddable = target(property);
    const name = prefix + (statedNames(property)[0] ?? naming.column(property.name));
    if (
      options.get('object') === true ||
      options.get('array') === true ||
      settings.dialect === 'mongodb' ||
      isListType(property)
    ) {
      const json = { ...property, options: new Map<string, Result>([['type', 'json']]), type: null };
      return [{ ...common, columns: [{ name, type: typeOfProperty(json, settings, evaluator) }] }];
    }
    if (!embeddable) return [];
    const given = options.get('prefix');
    const inner = given === false ? prefix : typeof given === 'string' ? prefixOf(given, prefix, options) : `${name}_`;
    return [...properties(embeddable).values()].flatMap((each) =>
      fieldsOf(each, `${path}.${each.name}`, inner, nullable, depth + 1),
    );
  }

  function toOne(property: Property, prefix: string, common: Omit<Field, 'columns'>, depth: number): Field[] {
    const other = target(property);
    if (!other || depth > deepest) return [];
    const keys = referredKeys(property, other);
    const stated = statedNames(property);
    const columns = keys.map(({ name, type }, at) => ({
      name: prefix + (stated[at] ?? naming.joinKey(property.name, name, keys.length > 1)),
      type,
    }));
    const references = referencedNames(property) ?? keys.map(({ name }) => name);
    return columns.length === 0 ? [] : [{ ...common, columns, target: other, references }];
  }

  function referredKeys(
    property: Property,
    other: Entity,
  ): readonly { readonly name: string; readonly type: PropertyType }[] {
    const key = property.options.get('targetKey');
    if (typeof key !== 'string') return keyColumns(other);
    const field = fields(rootOf(other)).find(({ path }) => path === key);
    return field?.columns ?? keyColumns(other);
  }

  const keys = new Map<Entity, readonly { readonly name: string; readonly type: PropertyType }[]>();

  function keyColumns(entity: Entity): readonly { readonly name: string; readonly type: PropertyType }[] {
    const known = keys.get(entity);
    if (known) return known;
    // A key that leads back to itself has no columns to give.
    keys.set(entity, []);
    const found = [...properties(entity).values()]
      .filter(({ options }) => options.get('primary') === true)
      .flatMap((property) => fieldsOf(property, property.name, '', false, 0))
      .flatMap(({ columns }) => columns);
    keys.set(entity, found);
    return found;
  }

  return {
    entities,
    settings,
    evaluator,
    problems,
    tableName(entity) {
      const root = rootOf(entity);
      const stated = text(root.options.get('tableName')) ?? text(root.options.get('collection'));
      return (stated ?? naming.table(root.name)).replace(/^[^.]*\./, '');
    },
    namespace(entity) {
      const root = rootOf(entity);
      const stated =
        text(root.options.get('schema')) ?? /^([^.]+)\./.exec(text(root.options.get('tableName')) ?? '')?.[1] ?? null;
      return stated === '*' || stated === 'public' ? null : stated;
    },
    root: rootOf,
    inheritance,
    children: (entity) => children(entity),
    properties,
    fields,
    keyColumns,
    target,
    owns,
    named,
  };
}

function isStated(value: Result): boolean {
  return typeof value === 'string' || isFunction(value);
}

function isListType({ type }: Property): boolean {
  return type?.is === 'array' || (type?.is === 'reference' && type.name === 'Array');
}

export function discriminatorOf({ options }: Entity): string | null {
  return text(options.get('discriminatorColumn')) ?? text(options.get('discriminator'));
}

function nullableBy(property: Property): Property['options'] {
  return property.options.get('primary') === true
    ? property.options
    : new Map([...property.options, ['nullable', true]]);
}

/** Stated names of columns, in the order of the key's columns. */
function statedNames({ options }: Property): readonly string[] {
  for (const key of ['fieldNames', 'joinColumns', 'fieldName', 'joinColumn']) {
    const value = options.get(key);
    if (typeof value === 'string') return [value];
    if (isList(value)) return value.filter((each) => typeof each === 'string');
  }
  return [];
}

function referencedNames({ options }: Property): readonly string[] | null {
  const several = options.get('referencedColumnNames');
  if (isList(several)) return several.filter((each) => typeof each === 'string');
  const one = options.get('referenceColumnName');
  return typeof one === 'string' ? [one] : null;
}

function prefixOf(given: string, above: string, options: Property['options']): string {
  return options.get('prefixMode') === 'absolute' ? given : above + given;
}

/** What the class says is only known where types are read from the source. */
function isNullableProperty(
  { options, optional, kind, initial }: Property,
  { tsMorph }: Settings,
  owner: boolean,
): boolean {
  const stated = options.get('nullable');
  if (typeof stated === 'boolean') return stated;
  if (kind === '1:1' && !owner) return true;
  return initial === null || (tsMorph && optional);
}
