/** `ModelBuilder` and `EntityTypeBuilder`: what their methods state of the model. */
import type { CallExpr } from '../shared/csharp/ast.ts';
import { selectedPaths } from '../shared/csharp/selectors.ts';
import { plainType, parseType, simpleName } from '../shared/csharp/types.ts';
import type { TypeRef } from '../shared/csharp/types.ts';
import { isKind, textValue } from '../shared/csharp/values.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import type { Building } from './building.ts';
import { settingsOf } from './model.ts';
import type { EntityType, KeySettings } from './model.ts';
import { discriminatorHost } from './discriminator.ts';
import { indexHost } from './indexBuilder.ts';
import { modelMetadata, entityMetadata } from './metadata.ts';
import { ownedHost } from './ownedBuilder.ts';
import { propertyHost } from './propertyBuilder.ts';
import { relationHost } from './relationBuilders.ts';
import { tableHost, tableSettings } from './tableBuilder.ts';

export function modelHost(building: Building): Host {
  const host: Host = {
    is: 'host',
    get: (name) => (name === 'Model' || name === 'Metadata' ? modelMetadata(building) : undefined),
    call(name, args, call, types) {
      const { model } = building;
      switch (name) {
        case 'Entity':
        case 'SharedTypeEntity':
          return entityCall(args, call, types, building, host);
        case 'ApplyConfiguration': {
          const [configuration] = args;
          building.applyConfiguration(configuration);
          return host;
        }
        case 'ApplyConfigurationsFromAssembly':
          building.applyAll(args[0], isKind(args[1], 'closure') ? args[1] : null);
          return host;
        case 'HasDefaultSchema':
          model.schema = textValue(args[0]);
          return host;
        case 'Ignore': {
          const [type] = types;
          const given = isKind(args[0], 'type') ? args[0].type : type;
          if (given) building.ignoreType(given);
          return host;
        }
        case 'Owned': {
          const given = isKind(args[0], 'type') ? args[0].type : types[0];
          if (given) model.ownedTypes.add(given.name);
          return host;
        }
        case 'HasAnnotation':
          return host;
        case 'HasPostgresEnum': {
          const [type] = types;
          const texts = args.filter((each) => typeof each === 'string');
          if (type) building.databaseEnum(type, texts.length > 1 ? (texts[0] ?? null) : null, texts.at(-1) ?? null);
          return host;
        }
        default:
          building.library(name, call);
          return host;
      }
    },
  };
  return host;
}

function entityCall(
  args: readonly Value[],
  call: CallExpr,
  types: readonly TypeRef[],
  building: Building,
  model: Host,
): Value {
  const entity = entityOf(args, types, call, building);
  const configure = args.find((each) => isKind(each, 'closure'));
  if (!entity) return undefined;
  const host = entityHost(entity, building);
  if (!isKind(configure, 'closure')) return host;
  configure.run([host]);
  return model;
}

function entityOf(
  args: readonly Value[],
  types: readonly TypeRef[],
  call: CallExpr,
  building: Building,
): EntityType | null {
  const [first] = args;
  const [type] = types;
  if (type) return building.entity(type, call.at, true, typeof first === 'string' ? first : undefined);
  if (isKind(first, 'type')) return building.entity(first.type, call.at, true);
  return typeof first === 'string' ? building.namedEntity(first, call.at) : null;
}

/** Names of the properties that selectors or strings mean: `x => new { x.A, x.B }`, `"A", "B"`, `nameof(A)`. */
export function propertiesIn(args: readonly Value[]): readonly string[] {
  const paths = args.flatMap((value) => (isKind(value, 'type') ? [] : (selectedPaths(value) ?? [])));
  return paths;
}

export function entityHost(entity: EntityType, building: Building): Host {
  const host: Host = {
    is: 'host',
    get: (name) =>
      name === 'Metadata'
        ? entityMetadata(entity, building)
        : name === 'OwnedEntityType'
          ? entityMetadata(entity, building)
          : undefined,
    call(name, args, call, types) {
      return entityMethod(entity, building, host, { name, args, call, types });
    },
  };
  building.hosts.set(host, entity);
  return host;
}

export interface Invocation {
  readonly name: string;
  readonly args: readonly Value[];
  readonly call: CallExpr;
  readonly types: readonly TypeRef[];
}

/** Shared by the builders of entities, owned types and join entities. */
export function entityMethod(entity: EntityType, building: Building, host: Host, invocation: Invocation): Value {
  const { name, args, call, types } = invocation;
  const { model } = building;
  model.step++;
  switch (name) {
    case 'Property':
    case 'PrimitiveCollection':
    case 'IndexerProperty':
      return property(entity, building, invocation);
    case 'ComplexProperty':
    case 'ComplexCollection': {
      const [path] = propertiesIn(args.slice(0, 1));
      if (path === undefined) return host;
      entity.complex.add(path);
      const inner = complexHost(entity, path, building);
      const configure = args.find((each, at) => at > 0 && isKind(each, 'closure'));
      if (isKind(configure, 'closure')) configure.run([inner]);
      return configure ? host : inner;
    }
    case 'HasKey': {
      const key: KeySettings = { properties: propertiesIn(args), at: call.at };
      if (key.properties.length > 0) entity.key = key;
      mapMembers(entity, key.properties, building);
      return keyHost(key);
    }
    case 'HasNoKey':
      entity.key = 'none';
      return host;
    case 'HasAlternateKey': {
      const key: KeySettings = { properties: propertiesIn(args), at: call.at };
      if (key.properties.length > 0) entity.alternates.push(key);
      mapMembers(entity, key.properties, building);
      return keyHost(key);
    }
    case 'HasIndex':
      return indexHost(entity, args, call.at);
    case 'Ignore': {
      for (const ignored of propertiesIn(args)) {
        entity.ignored.add(ignored);
        entity.settings.delete(ignored);
      }
      return host;
    }
    case 'ToTable': {
      entity.table = tableSettings(args, call, entity.table);
      const configure = args.find((each) => isKind(each, 'closure'));
      if (isKind(configure, 'closure')) configure.run([tableHost(entity, host)]);
      return host;
    }
    case 'ToView':
    case 'ToSqlQuery':
    case 'ToFunction':
      entity.table = {
        name: name === 'ToView' ? textValue(args[0]) : null,
        schema: textValue(args[1]) ?? undefined,
        kind: name === 'ToView' ? 'view' : 'none',
        excluded: false,
      };
      return host;
    case 'ToJson':
      entity.json = { column: textValue(args[0]) };
      return host;
    case 'HasComment':
      entity.comment = textValue(args[0]);
      return host;
    case 'HasCheckConstraint':
      entity.checks.push({ name: textValue(args[0]), expression: textValue(args[1]) ?? '', at: call.at });
      return host;
    case 'HasBaseType': {
      const [given] = args;
      const type = types[0] ?? (isKind(given, 'type') ? given.type : null);
      if (type) entity.base = building.entity(type, call.at, true);
      else if (typeof given === 'string') entity.base = building.namedEntity(given, call.at);
      else if (given === null) entity.base = null;
      return host;
    }
    case 'UseTphMappingStrategy':
      entity.strategy = 'tph';
      return host;
    case 'UseTptMappingStrategy':
      entity.strategy = 'tpt';
      return host;
    case 'UseTpcMappingStrategy':
      entity.strategy = 'tpc';
      return host;
    case 'HasDiscriminator':
    case 'HasNoDiscriminator':
      return discriminatorHost(entity, building, invocation, host);
    case 'HasOne':
    case 'HasMany':
      return relationHost(entity, building, invocation);
    case 'OwnsOne':
    case 'OwnsMany':
      return ownedHost(entity, building, invocation, host);
    case 'Navigation':
      return navigationHost(entity, propertiesIn(args)[0] ?? '');
    case 'HasQueryFilter':
      entity.filter = true;
      return host;
    case 'HasData':
    case 'HasAnnotation':
    case 'UsePropertyAccessMode':
    case 'HasChangeTrackingStrategy':
    case 'HasTrigger':
    case 'UseXminAsConcurrencyToken':
    case 'IsTemporal':
      return host;
    default:
      return host;
  }
}

function keyHost(key: KeySettings): Host {
  const host: Host = {
    is: 'host',
    call(name, args) {
      const given = textValue(args[0]);
      if ((name === 'HasName' || name === 'HasDatabaseName') && given !== null) key.name = given;
      return host;
    },
  };
  return host;
}

function navigationHost(entity: EntityType, navigation: string): Host {
  const host: Host = {
    is: 'host',
    call(name, args) {
      if (name === 'IsRequired' && args[0] !== false) entity.requiredNavigations.add(navigation);
      if (name === 'AutoInclude' && args[0] !== false) entity.autoIncluded.add(navigation);
      return host;
    },
  };
  return host;
}

/** What a key is made of is a column, whatever its type: a class of its own (`OrderId`) is converted. */
function mapMembers(entity: EntityType, names: readonly string[], building: Building): void {
  for (const name of names)
    if (building.navigationType(entity, name) !== null) settingsOf(entity, name).explicit = true;
}

function property(entity: EntityType, building: Building, { args, call, types }: Invocation): Value {
  // `Property(typeof(int), "Id")`, `Property<int>("Id")`, `Property("_name")`, `Property(x => x.Name)`.
  const [path] = propertiesIn(args);
  if (path === undefined) return undefined;
  const settings = settingsOf(entity, path);
  settings.explicit = true;
  settings.at ??= call.at;
  entity.ignored.delete(path);
  const given = isKind(args[0], 'type') ? args[0].type : undefined;
  const stated = args.some((each) => typeof each === 'string') ? (types[0] ?? given) : given;
  if (stated) settings.clr = stated;
  return propertyHost(settings, building);
}

/** Properties of a complex property have paths: `Address.Street`. */
function complexHost(entity: EntityType, prefix: string, building: Building): Host {
  const host: Host = {
    is: 'host',
    call(name, args, call, types) {
      const paths = propertiesIn(args.slice(0, 1)).map((path) => `${prefix}.${path}`);
      const [path] = paths;
      if (path === undefined) {
        if (name === 'IsRequired') settingsOf(entity, prefix).required = args[0] !== false;
        return host;
      }
      if (name === 'Property' || name === 'PrimitiveCollection')
        return property(entity, building, { name, args: [path], call, types });
      if (name === 'Ignore') entity.ignored.add(path);
      if (name === 'ComplexProperty') {
        entity.complex.add(path);
        const inner = complexHost(entity, path, building);
        const configure = args[1];
        if (isKind(configure, 'closure')) configure.run([inner]);
        return configure ? host : inner;
      }
      return host;
    },
  };
  return host;
}

/** Types as snapshots name them: in strings. */
export function typeNamed(name: string): TypeRef {
  return parseType(name.replace(/`\d+/gu, '')) ?? plainType(name);
}

export function shortName(type: TypeRef): string {
  return simpleName(type).replace(/^.*\+/u, '');
}
