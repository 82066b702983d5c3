/** Columns of a table: the properties of the entity types kept in it. */
import type { Column, Dialect, Generated } from '../../schema/model.ts';
import type { ContextModel, PropertySettings } from './model.ts';
import { columnName } from './names.ts';
import { keyOf, propertyOf, rootOf } from './nodes.ts';
import type { Node, Property } from './nodes.ts';
import { familyOf, shapeOf } from '../shared/csharp/storeTypes.ts';

export interface ColumnContext {
  readonly model: ContextModel;
  readonly dialect: Dialect;
}

export function columnOf(
  property: Property,
  node: Node,
  optional: boolean,
  prefix: string,
  context: ColumnContext,
): Column {
  const { model, dialect } = context;
  const settings = inheritedSettings(property, node);
  const databaseEnum =
    property.type.enum && !settings.conversion ? model.databaseEnums.get(property.type.enum.key) : undefined;
  const shape = shapeOf(property.type, settings, dialect, isIndexed(property, node));
  const isKey = keyOf(node).includes(property.name);
  const role = settings.rowVersion === true || settings.concurrency === true ? 'version' : null;
  return {
    name: columnName(property, node, model),
    property: property.shadow ? null : prefix + property.name,
    ...(databaseEnum ? { ...shape, type: 'enum' as const, rawType: databaseEnum.name } : shape),
    nullable: !isKey && (property.nullable || optional),
    default: settings.default ?? null,
    generated: generatedOf(property, node, settings, context),
    enum: databaseEnum?.name ?? null,
    collation: settings.collation ?? null,
    comment: settings.comment ?? null,
    role,
    classification: null,
    selected: true,
    insertable: settings.computed === undefined && settings.rowVersion !== true,
    updatable: settings.computed === undefined && settings.rowVersion !== true,
    transformer: settings.conversion ? settings.conversion.text : null,
    at: property.at,
  };
}

/** A foreign key is stored as the key it refers to, as far as nothing else is said of it. */
function inheritedSettings(property: Property, node: Node, depth = 0): PropertySettings {
  const own = property.settings;
  if (depth > 6 || own.columnType !== undefined || own.maxLength !== undefined || own.conversion) return own;
  for (let at: Node | null = node; at; at = at.base)
    for (const key of at.foreignKeys) {
      const place = key.properties.indexOf(property.name);
      const principal = place === -1 ? undefined : propertyOf(key.principal, key.principalProperties[place] ?? '');
      if (!principal || principal === property) continue;
      const { columnType, maxLength, unicode, precision, scale, conversion, fixedLength } = inheritedSettings(
        principal,
        key.principal,
        depth + 1,
      );
      return { ...own, ...defined({ columnType, maxLength, unicode, precision, scale, conversion, fixedLength }) };
    }
  return own;
}

function defined(settings: {
  readonly [Key in keyof PropertySettings]?: PropertySettings[Key] | undefined;
}): PropertySettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function isIndexed(property: Property, node: Node): boolean {
  const { name } = property;
  for (let at: Node | null = node; at; at = at.base) {
    const lists = [...at.indexes, ...at.foreignKeys, ...at.alternates].map(({ properties }) => properties);
    if (lists.some((properties) => properties.includes(name))) return true;
  }
  return keyOf(node).includes(name) || rootOf(node).alternates.some(({ properties }) => properties.includes(name));
}

const numbers = new Set(['int', 'long', 'short', 'byte', 'uint', 'ulong', 'ushort']);

/** Whole numbers and Guids that are a key on their own get values from the database or from EF Core (learn.microsoft.com/ef/core/modeling/generated-properties). */
function generatedOf(
  property: Property,
  node: Node,
  settings: PropertySettings,
  { model, dialect }: ColumnContext,
): Generated | null {
  const family = familyOf(dialect);
  if (settings.computed) {
    const stored = settings.computed.stored ?? family === 'postgresql';
    return { kind: stored ? 'stored' : 'virtual', expression: settings.computed.sql };
  }
  if (settings.sequence !== undefined)
    return { kind: 'sequence', expression: settings.sequence === '' ? null : settings.sequence };
  const identity: Generated = {
    kind: family === 'mysql' || family === 'sqlite' ? 'increment' : 'identity',
    expression: null,
  };
  if (settings.identity === true) return identity;
  if (settings.generated === 'never' || settings.generated === 'update' || settings.default !== undefined) return null;
  const key = keyOf(node);
  const isForeign = refers(property.name, node);
  const { scalar } = property.type;
  const byConvention =
    !model.explicit &&
    !property.type.enum &&
    !settings.conversion &&
    isGeneratedKey(property.name, key, node) &&
    !isForeign &&
    (node.base === null || key.length !== 1 || rootOf(node).properties.has(property.name));
  if (settings.generated !== 'add' && !byConvention) return null;
  if (numbers.has(scalar)) return scalar === 'byte' && settings.generated !== 'add' ? null : identity;
  return scalar === 'guid' && key.includes(property.name) ? { kind: 'application', expression: null } : null;
}

/** Of a composite key only the part of an owned collection that is not the owner's. */
function isGeneratedKey(name: string, key: readonly string[], node: Node): boolean {
  if (!key.includes(name)) return false;
  if (key.length === 1) return true;
  return node.type.owner?.many === true && node.key?.conventional === true;
}

function refers(name: string, node: Node): boolean {
  for (let at: Node | null = node; at; at = at.base)
    if (at.foreignKeys.some(({ properties }) => properties.includes(name))) return true;
  return false;
}
