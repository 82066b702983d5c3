/**
 * The model as code that loops over it sees it: `modelBuilder.Model.GetEntityTypes()`. Such code asks for what conventions have made, so the
 * configuration runs twice; the second run is shown the result of the first, and what it sets is kept by the id of what it sets it on.
 */
import type { TypeRef } from '../shared/csharp/types.ts';
import { plainType } from '../shared/csharp/types.ts';
import { isKind, nameValue, textValue } from '../shared/csharp/values.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import type { Building } from './building.ts';
import { columnName, foreignKeyName, indexName, keyName, tableOf } from './names.ts';
import type { EntityType } from './model.ts';
import { settingsOf } from './model.ts';
import type { ForeignKey, Node, Property } from './nodes.ts';
import { rootOf } from './nodes.ts';
import { state } from './propertyBuilder.ts';

export function modelMetadata(building: Building): Host {
  return {
    is: 'host',
    call(name, args) {
      if (name === 'GetEntityTypes') {
        building.model.asked = true;
        const nodes = [...(building.previous?.values() ?? [])];
        // Those that only later statements add are not there yet, unless a navigation leads to them.
        const reached = new Set(nodes.flatMap((node) => [...node.navigations.values()].map(({ target }) => target)));
        return nodes
          .filter(
            (node) =>
              building.model.entities.has(node.type.id) || !node.type.stated || node.type.join || reached.has(node),
          )
          .map((node) => entityTypeHost(node, building));
      }
      if (name === 'FindEntityType') {
        building.model.asked = true;
        const [given] = args;
        const id = isKind(given, 'type')
          ? building.entity(given.type, building.context.parts[0]?.at ?? unknownAt, false)?.id
          : textValue(given);
        const node = id === null || id === undefined ? undefined : building.previous?.get(id);
        return node ? entityTypeHost(node, building) : null;
      }
      if (name === 'SetDefaultSchema') building.model.schema = textValue(args[0]);
      return undefined;
    },
  };
}

const unknownAt = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

/** `builder.Metadata` of an entity. */
export function entityMetadata(entity: EntityType, building: Building): Host {
  building.model.asked = true;
  const node = building.previous?.get(entity.id);
  if (node) return entityTypeHost(node, building);
  return { is: 'host', call: () => undefined };
}

function override(building: Building, id: string, value: unknown): void {
  building.model.overrides.set(id, { value, step: ++building.model.step });
}

function entityTypeHost(node: Node, building: Building): Host {
  const { type } = node;
  const clr = (): Value => ({
    is: 'type',
    type: type.info ? plainType(type.id) : plainType(type.name),
    info: type.info,
  });
  return {
    is: 'host',
    get(name) {
      if (name === 'ClrType') return clr();
      if (name === 'Name') return type.id;
      if (name === 'BaseType') return node.base ? entityTypeHost(node.base, building) : null;
      if (name === 'HasSharedClrType') return type.join;
      return undefined;
    },
    call(name, args) {
      const [first] = args;
      const text = textValue(first);
      switch (name) {
        case 'GetTableName':
        case 'GetDefaultTableName':
          return tableOf(node, building.model).name;
        case 'GetSchema':
          return tableOf(node, building.model).schema;
        case 'SetTableName':
          if (first !== undefined) setTable(node, building, text, undefined);
          return undefined;
        case 'SetSchema':
          if (first !== undefined) override(building, `schema ${type.id}`, text);
          return undefined;
        case 'DisplayName':
        case 'ShortName':
          return type.name;
        case 'IsOwned':
          return type.owner !== null;
        case 'GetProperties':
        case 'GetDeclaredProperties':
          return [...node.properties.values()].map((property) => propertyHost(property, node, building));
        case 'FindProperty': {
          const property = text === null ? undefined : node.properties.get(text);
          return property ? propertyHost(property, node, building) : null;
        }
        case 'GetForeignKeys':
        case 'GetDeclaredForeignKeys':
          return node.foreignKeys.map((key) => foreignKeyHost(key, building));
        case 'GetReferencingForeignKeys':
          return [...(building.previous?.values() ?? [])].flatMap((each) =>
            each.foreignKeys.filter(({ principal }) => principal === node).map((key) => foreignKeyHost(key, building)),
          );
        case 'GetKeys':
        case 'GetDeclaredKeys':
          return rootOf(node).key === null ? [] : [keyHost(node, building)];
        case 'FindPrimaryKey':
          return keyHost(node, building);
        case 'GetIndexes':
        case 'GetDeclaredIndexes':
          return node.indexes.map((index) => ({
            is: 'host' as const,
            call: (method: string, given: readonly Value[]) => {
              const stated = textValue(given[0]);
              if (/^GetDatabaseName$|^GetDefaultDatabaseName$|^GetName$/u.test(method))
                return indexName(index, node, building.model);
              if (/^SetDatabaseName$|^SetName$/u.test(method) && stated !== null)
                override(building, `index ${type.id} ${index.properties.join()}`, stated);
              return undefined;
            },
          }));
        default:
          return undefined;
      }
    },
  };
}

function setTable(node: Node, building: Building, name: string | null, schema: string | null | undefined): void {
  const entity = building.model.entities.get(node.type.id);
  if (entity && !entity.table) entity.table = { name, schema, kind: name === null ? 'none' : 'table', excluded: false };
  else if (entity?.table) entity.table = { ...entity.table, name, kind: name === null ? 'none' : entity.table.kind };
  else override(building, `table ${node.type.id}`, name);
}

function clrOf(property: Property): TypeRef {
  const { type } = property;
  const name = type.enum ? type.enum.key : type.name;
  return {
    name: type.list ? 'List' : name,
    args: type.list ? [plainType(name)] : [],
    nullable: type.nullable && type.value,
    rank: 0,
  };
}

function propertyHost(property: Property, node: Node, building: Building): Host {
  return {
    is: 'host',
    get(name) {
      if (name === 'Name') return property.name;
      if (name === 'ClrType') return { is: 'type', type: clrOf(property), info: property.type.enum };
      if (name === 'IsNullable') return property.nullable;
      if (name === 'DeclaringEntityType' || name === 'DeclaringType') return entityTypeHost(node, building);
      return undefined;
    },
    set(name, value) {
      if (name === 'IsNullable' && typeof value === 'boolean') at(node, property, building).required = !value;
    },
    call(name, args) {
      if (/^GetColumn(?:Base)?Name$|^GetDefaultColumn(?:Base)?Name$/u.test(name))
        return columnName(property, node, building.model);
      if (name === 'GetColumnType') return property.settings.columnType ?? null;
      if (name === 'GetMaxLength') return property.settings.maxLength ?? null;
      if (name === 'IsPrimaryKey') return rootOf(node).key?.properties.includes(property.name) ?? false;
      if (name === 'IsForeignKey') return node.foreignKeys.some(({ properties }) => properties.includes(property.name));
      if (name === 'IsShadowProperty') return property.shadow;
      const method = setters[name];
      if (method) state(at(node, property, building), method, args, [], building);
      else if (name === 'SetValueConverter')
        at(node, property, building).conversion ??= { to: null, text: 'converter' };
      return undefined;
    },
  };
}

const setters: Readonly<Record<string, string>> = {
  SetColumnName: 'HasColumnName',
  SetColumnType: 'HasColumnType',
  SetPrecision: 'HasPrecision',
  SetMaxLength: 'HasMaxLength',
  SetIsUnicode: 'IsUnicode',
  SetDefaultValueSql: 'HasDefaultValueSql',
  SetDefaultValue: 'HasDefaultValue',
  SetCollation: 'UseCollation',
  SetComment: 'HasComment',
};

/** Settings of the property in this run, found or begun. */
function at(node: Node, property: Property, building: Building): ReturnType<typeof settingsOf> {
  const entity = building.model.entities.get(node.type.id);
  if (entity) return settingsOf(entity, property.name);
  const id = `property ${node.type.id} ${property.name}`;
  const known = building.model.overrides.get(id)?.value as ReturnType<typeof settingsOf> | undefined;
  const settings = known ?? {};
  override(building, id, settings);
  return settings;
}

function foreignKeyHost(key: ForeignKey, building: Building): Host {
  return {
    is: 'host',
    get(name) {
      if (name === 'IsOwnership') return key.ownership;
      if (name === 'IsUnique') return key.unique;
      if (name === 'IsRequired') return key.required;
      if (name === 'PrincipalEntityType') return entityTypeHost(key.principal, building);
      if (name === 'DeclaringEntityType') return entityTypeHost(key.dependent, building);
      if (name === 'DeleteBehavior') return { is: 'named', name: `DeleteBehavior.${key.behavior}` };
      if (name === 'Properties')
        return key.properties.flatMap((each) => {
          const property = key.dependent.properties.get(each);
          return property ? [propertyHost(property, key.dependent, building)] : [];
        });
      return undefined;
    },
    set(name, value) {
      const behavior = nameValue(value);
      if (name === 'DeleteBehavior' && behavior !== null) override(building, `delete ${key.id}`, behavior);
    },
    call(name, args) {
      const text = textValue(args[0]);
      if (/^Get(?:Default)?(?:Constraint)?Name$/u.test(name)) return foreignKeyName(key, building.model);
      if (/^SetConstraintName$|^SetName$/u.test(name) && text !== null)
        override(building, `foreign key ${key.id}`, text);
      return undefined;
    },
  };
}

function keyHost(node: Node, building: Building): Host {
  const root = rootOf(node);
  return {
    is: 'host',
    get: (name) =>
      name === 'Properties'
        ? (root.key?.properties ?? []).flatMap((each) => {
            const property = root.properties.get(each);
            return property ? [propertyHost(property, root, building)] : [];
          })
        : undefined,
    call(name, args) {
      const text = textValue(args[0]);
      if (/^Get(?:Default)?Name$/u.test(name)) return keyName(node, building.model);
      if (name === 'SetName' && text !== null) override(building, `key ${root.type.id}`, text);
      return undefined;
    },
  };
}
