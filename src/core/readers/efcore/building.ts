/** One run of a context's configuration: finds entity types by class or name, and enters configuration classes. */
import type { Dialect } from '../../schema/model.ts';
import type { Problem, SourceRange } from '../../schema/source.ts';
import { createRunner } from '../shared/csharp/evaluate.ts';
import type { Runner } from '../shared/csharp/runner.ts';
import type { CallExpr } from '../shared/csharp/ast.ts';
import { argumentsFor, fieldsOf, methodsOf, propertiesOf } from '../shared/csharp/project.ts';
import type { ClassInfo, CsProject, TypeArguments } from '../shared/csharp/project.ts';
import { snakeCase } from '../shared/csharp/strings.ts';
import { plainType, simpleName, typeText } from '../shared/csharp/types.ts';
import type { TypeRef } from '../shared/csharp/types.ts';
import { isKind } from '../shared/csharp/values.ts';
import type { Closure, Host, Value } from '../shared/csharp/values.ts';
import { entityHost, shortName, typeNamed } from './builders.ts';
import { isCollection } from '../shared/csharp/clr.ts';
import { familyOf } from '../shared/csharp/storeTypes.ts';
import { newEntity, newModel } from './model.ts';
import type { ContextModel, EntityType, RelationSettings } from './model.ts';
import type { Node } from './nodes.ts';

export interface Building {
  readonly model: ContextModel;
  readonly dialect: Dialect;
  readonly project: CsProject;
  readonly runner: Runner;
  readonly context: ClassInfo;
  readonly hosts: Map<Host, EntityType>;
  readonly ownerKeys: Map<EntityType, readonly string[]>;
  /** The model as the run before made it, for code that asks. */
  readonly previous: ReadonlyMap<string, Node> | null;
  readonly problems: Problem[];
  entity(type: TypeRef, at: SourceRange, stated: boolean, shared?: string): EntityType | null;
  namedEntity(name: string, at: SourceRange): EntityType | null;
  findEntity(name: string): EntityType | null;
  named(name: string): TypeRef;
  ignoreType(type: TypeRef): void;
  applyConfiguration(value: Value): void;
  applyAll(assembly: Value, predicate: Closure | null): void;
  /** Type that a navigation leads to; of collections that of their elements. */
  navigationType(entity: EntityType, navigation: string): TypeRef | null;
  ownedEntity(owner: EntityType, navigation: string, type: TypeRef, many: boolean, at: SourceRange): EntityType | null;
  joinEntity(relation: RelationSettings, name: string | null): EntityType;
  databaseEnum(type: TypeRef, schema: string | null, name: string | null): void;
  /** A method of a library that may add to the model. */
  library(name: string, call: CallExpr): void;
}

export interface BuildingOptions {
  readonly project: CsProject;
  readonly dialect: Dialect;
  readonly context: ClassInfo;
  readonly previous: ReadonlyMap<string, Node> | null;
  /** Folder of the .csproj that a file belongs to. */
  readonly assemblyOf: (file: string) => string;
  /** Adds what a base class outside of the project adds; true where it knows it. */
  readonly baseModel: (building: Building) => boolean;
  readonly explicit?: boolean;
}

/** Methods on `ModelBuilder` that add tables this reader knows nothing of. */
const addsTables =
  /^(?:UseOpenIddict|ConfigureConfigurationContext|ConfigurePersistedGrantContext|ConfigureClientContext|ConfigureResourcesContext|AddInboxStateEntity|AddOutboxMessageEntity|AddOutboxStateEntity|AddTransactionalOutboxEntities|Configure(?:PermissionManagement|SettingManagement|BackgroundJobs|AuditLogging|Identity|OpenIddict|FeatureManagement|TenantManagement|IdentityServer|BlobStoring|CmsKit))$/u;

const standardSchemas: Partial<Record<ReturnType<typeof familyOf>, string>> = { mssql: 'dbo', postgresql: 'public' };

export function createBuilding(options: BuildingOptions): Building {
  const { project, dialect, context, previous, assemblyOf, baseModel } = options;
  const model = newModel(options.explicit ?? false, standardSchemas[familyOf(dialect)] ?? null);
  const contextAt = context.parts[0]?.at;
  const runner = createRunner(project, {
    typeOf: (value) => typeOf(value),
    call(call, frame, on) {
      if (call.n === 'OnModelCreating' && call.on?.k === 'name' && call.on.n === 'base') {
        const above = project.chain(frame.owner)[1];
        const known =
          above &&
          project
            .chain(above.info)
            .some(({ info }) => methodsOf(info).some(({ name, body }) => name === 'OnModelCreating' && body !== null));
        if (!known) {
          baseModel(building);
          return { value: undefined };
        }
      }
      // Which engine the code runs on is known: `if (Database.IsSqlite())`.
      const engine =
        on === undefined || isKind(on, 'named')
          ? /^Is(SqlServer|Npgsql|Sqlite|MySql|Oracle|InMemory|Cosmos)$/u.exec(call.n)?.[1]
          : undefined;
      if (engine) return { value: engines[engine] === dialect };
      return null;
    },
  });

  const typeOf = (value: Value): TypeRef | null => {
    const entity = isKind(value, 'host') ? hosts.get(value) : undefined;
    return entity?.info ? typeNamed(entity.id.replace(/^.*#/u, '')) : null;
  };
  const hosts = new Map<Host, EntityType>();
  const ownerKeys = new Map<EntityType, readonly string[]>();
  const problems: Problem[] = [];

  function atOf(info: ClassInfo | null, at: SourceRange): SourceRange {
    const own = info?.parts[0]?.at;
    return own && own.file !== '' ? own : (contextAt ?? at);
  }

  function create(id: string, type: TypeRef, at: SourceRange): EntityType {
    const info = model.explicit ? null : project.resolve(type, context);
    const args: TypeArguments = info ? argumentsFor(info, type) : new Map<string, TypeRef>();
    const entity = newEntity(id, shortName(type), info, args, info ? atOf(info, at) : at);
    model.entities.set(id, entity);
    return entity;
  }

  function entity(type: TypeRef, at: SourceRange, stated: boolean, shared?: string): EntityType | null {
    const canonical = { ...project.canonical(type, context), nullable: false };
    if (shortName(canonical) === '') return null;
    const id = shared ?? typeText(canonical);
    const found = model.entities.get(id) ?? create(id, canonical, at);
    if (stated) {
      found.stated = true;
      model.ignoredTypes.delete(id);
    }
    return found;
  }

  function findEntity(name: string): EntityType | null {
    const id = typeText(typeNamed(name));
    const known = model.entities.get(name) ?? model.entities.get(id);
    if (known) return known;
    for (const each of model.entities.values()) if (each.name === name || each.id.endsWith(`.${name}`)) return each;
    return null;
  }

  function namedEntity(name: string, at: SourceRange): EntityType {
    const known = findEntity(name);
    if (known) return known;
    const type = typeNamed(name);
    const made = create(model.explicit ? name : typeText(type), type, at);
    made.stated = true;
    return made;
  }

  function navigationType(owner: EntityType, navigation: string): TypeRef | null {
    if (!owner.info) return null;
    for (const { info, args } of project.chain(owner.info, owner.args)) {
      const declared =
        propertiesOf(info).find(({ name }) => name === navigation) ??
        fieldsOf(info).find(({ name }) => name === navigation);
      if (!declared) continue;
      const type = project.canonical(declared.type, info, args);
      const target = isCollection(type) && type.args[0] ? type.args[0] : type;
      return shortName(target) === '' ? null : { ...target, nullable: false };
    }
    return null;
  }

  function configurations(info: ClassInfo, args: TypeArguments): readonly TypeRef[] {
    const found: TypeRef[] = [];
    for (const link of project.chain(info, args))
      for (const base of project.basesOf(link.info, link.args))
        if (/^IEntityTypeConfiguration$/u.test(simpleName(base)) && base.args[0]) found.push(base.args[0]);
    return found;
  }

  function applyConfiguration(value: Value): void {
    if (!isKind(value, 'instance') || !value.info || !value.type) return;
    const args = argumentsFor(value.info, value.type);
    for (const type of configurations(value.info, args)) {
      const target = entity(type, value.info.parts[0]?.at ?? unknownAt, true);
      if (!target) continue;
      configure(value, args, type, target);
    }
  }

  function configure(
    value: Extract<Value, { is: 'instance' }>,
    args: TypeArguments,
    type: TypeRef,
    target: EntityType,
  ): void {
    if (!value.info) return;
    const wanted = typeText({ ...type, nullable: false });
    for (const link of project.chain(value.info, args)) {
      const methods = methodsOf(link.info).filter(({ name, body }) => name === 'Configure' && body !== null);
      const method =
        methods.find(({ parameterTypes }) => {
          const [built] = parameterTypes[0]?.args ?? [];
          return built !== undefined && typeText(project.canonical(built, link.info, link.args)) === wanted;
        }) ?? (methods.length === 1 ? methods[0] : undefined);
      if (!method) continue;
      runner.runMethod(method, link.info, [entityHost(target, building)], value, link.args);
      return;
    }
  }

  const building: Building = {
    model,
    dialect,
    project,
    runner,
    context,
    hosts,
    ownerKeys,
    previous,
    problems,
    entity,
    namedEntity,
    findEntity,
    named: typeNamed,
    ignoreType(type) {
      const canonical = typeText({ ...project.canonical(type, context), nullable: false });
      model.ignoredTypes.add(canonical);
      model.entities.delete(canonical);
    },
    applyConfiguration,
    applyAll(assembly, predicate) {
      const from = isKind(assembly, 'instance') && assembly.info ? assembly.info : context;
      const home = assemblyOf(from.files[0] ?? '');
      for (const info of project.classes) {
        if (info.abstract || info.kind === 'interface' || info.typeParameters.length > 0) continue;
        if (assemblyOf(info.files[0] ?? '') !== home || !project.derivesFrom(info, 'IEntityTypeConfiguration'))
          continue;
        const type = plainType(info.key);
        if (predicate?.run([{ is: 'type', type, info }]) === false) continue;
        applyConfiguration({ is: 'instance', type, info, fields: new Map() });
      }
    },
    navigationType,
    ownedEntity(owner, navigation, type, many, at) {
      const canonical = { ...project.canonical(type, context), nullable: false };
      const id = `${owner.id}.${navigation}#${simpleName(canonical)}`;
      let found = model.entities.get(id);
      if (!found) {
        found = create(id, canonical, at);
        found.owner = { entity: owner, navigation, many };
      }
      found.stated = true;
      return found;
    },
    joinEntity(relation, name) {
      const [first = '', second = ''] = [relation.from.name, relation.to.name].sort();
      const id = name ?? first + second;
      let found = model.entities.get(id);
      if (!found) {
        found = newEntity(id, id, null, new Map(), relation.at);
        found.join = true;
        found.stated = true;
        model.entities.set(id, found);
      }
      return found;
    },
    databaseEnum(type, schema, name) {
      const canonical = project.canonical(type, context);
      model.databaseEnums.set(canonical.name, { name: name ?? snakeCase(simpleName(canonical)), schema });
    },
    library(name, call) {
      if (!addsTables.test(name)) return;
      problems.push({
        code: 'tables-of-a-library',
        message: `${name}() adds tables of a library to ${context.name}; they are not shown, because the library's model is not part of this project.`,
        severity: 'information',
        at: call.at,
      });
    },
  };
  return building;
}

const unknownAt: SourceRange = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

const engines: Readonly<Record<string, Dialect>> = {
  SqlServer: 'mssql',
  Npgsql: 'postgresql',
  Sqlite: 'sqlite',
  MySql: 'mysql',
  Oracle: 'oracle',
};
