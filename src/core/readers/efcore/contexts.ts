/** The contexts of a project, and the model that each of them builds. */
import type { Dialect } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import { methodsOf, propertiesOf } from '../shared/csharp/project.ts';
import type { ClassInfo, CsProject } from '../shared/csharp/project.ts';
import { plainType, simpleName, typeText } from '../shared/csharp/types.ts';
import type { TypeRef } from '../shared/csharp/types.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import { isKind } from '../shared/csharp/values.ts';
import { createBuilding } from './building.ts';
import type { Building } from './building.ts';
import { modelHost } from './builders.ts';
import { applyConventions } from './conventions.ts';
import type { Conventional } from './conventions.ts';
import type { Nullability } from './discover.ts';
import { addIdentity, identityBase } from './identity.ts';
import { state } from './propertyBuilder.ts';
import type { PropertySettings } from './model.ts';

export interface ContextOptionsOf {
  readonly dialect: Dialect;
  readonly snakeCase: boolean;
  readonly lazyLoading: boolean;
}

export interface Surroundings {
  readonly project: CsProject;
  readonly nullability: Nullability;
  readonly assemblyOf: (file: string) => string;
  readonly optionsOf: (context: ClassInfo) => ContextOptionsOf;
}

export interface BuiltContext {
  readonly context: ClassInfo;
  readonly building: Building;
  readonly conventional: Conventional;
  readonly problems: readonly Problem[];
}

/** Classes that derive from `DbContext` or from a context of a library, and that are made themselves. */
export function contextsOf(project: CsProject): readonly ClassInfo[] {
  const found = project.classes.filter((info) => info.kind === 'class' && isContext(info, project));
  const extended = new Set(
    found.flatMap((info) =>
      project
        .chain(info)
        .slice(1)
        .map((link) => link.info),
    ),
  );
  return found.filter((info) => !(extended.has(info) && (info.abstract || info.typeParameters.length > 0)));
}

function isContext(info: ClassInfo, project: CsProject): boolean {
  for (const link of project.chain(info)) {
    for (const base of project.basesOf(link.info, link.args)) {
      const name = simpleName(base);
      if (/(?:^|[a-z])DbContext$/u.test(name) && !project.resolve(base, link.info) && !/^I[A-Z]/u.test(name))
        return true;
    }
  }
  return false;
}

export function snapshotsOf(project: CsProject): readonly ClassInfo[] {
  return project.classes.filter((info) =>
    info.parts.some(({ bases }) => bases.some((base) => simpleName(base) === 'ModelSnapshot')),
  );
}

export function buildContext(context: ClassInfo, around: Surroundings): BuiltContext {
  const first = run(context, around, null);
  const second = first.building.model.asked ? run(context, around, first.conventional) : first;
  return { context, ...second, problems: second.building.problems };
}

function run(
  context: ClassInfo,
  around: Surroundings,
  previous: Conventional | null,
): Pick<BuiltContext, 'building' | 'conventional'> {
  const { project, nullability, assemblyOf, optionsOf } = around;
  const { dialect, snakeCase, lazyLoading } = optionsOf(context);
  const building = createBuilding({
    project,
    dialect,
    context,
    previous: previous?.nodes ?? null,
    assemblyOf,
    baseModel: addIdentity,
  });
  const { model } = building;
  model.snakeCase = snakeCase;
  model.lazyLoading = lazyLoading;
  addSets(building);
  const self: Value = { is: 'instance', type: plainType(context.key), info: context, fields: new Map() };
  runOverride(building, 'ConfigureConventions', conventionsHost(building), self);
  const ran = runOverride(building, 'OnModelCreating', modelHost(building), self);
  if (!ran && identityBase(building)) addIdentity(building);
  return { building, conventional: applyConventions(building, nullability) };
}

/** `DbSet` properties: entity types, and names for their tables. */
function addSets(building: Building): void {
  const { project, context, model } = building;
  for (const link of project.chain(context).toReversed())
    for (const property of propertiesOf(link.info)) {
      const type = project.canonical(property.type, link.info, link.args);
      const [of] = type.args;
      if (!/^I?DbSet$/u.test(simpleName(type)) || !of || property.static) continue;
      if (!project.resolve(of, context)) {
        unresolved(building, of, property.at);
        continue;
      }
      const entity = building.entity(of, property.at, true);
      if (!entity) continue;
      model.sets.set(
        entity.id,
        model.sets.has(entity.id) && model.sets.get(entity.id) !== property.name ? null : property.name,
      );
    }
}

function unresolved({ problems, context }: Building, type: TypeRef, at: Problem['at']): void {
  problems.push({
    code: 'unresolved-entity',
    message: `${context.name} has a set of ${typeText(type)}, whose class is not among the files read (a package, or another repository); its table is not shown.`,
    severity: 'information',
    at,
  });
}

function runOverride(building: Building, name: string, argument: Host, self: Value): boolean {
  const { project, context, runner } = building;
  for (const { info, args } of project.chain(context)) {
    const method = methodsOf(info).find(
      (each) => each.name === name && each.body !== null && each.parameters.length === 1,
    );
    if (!method) continue;
    runner.runMethod(method, info, [argument], self, args);
    return true;
  }
  return false;
}

/** `ModelConfigurationBuilder`: settings of all properties of a type. */
function conventionsHost(building: Building): Host {
  const { model } = building;
  const host: Host = {
    is: 'host',
    get: (name) =>
      name === 'Conventions'
        ? {
            is: 'host',
            call(method, args) {
              const [type] = args;
              if (method === 'Remove' && isKind(type, 'type') && simpleName(type.type) === 'ForeignKeyIndexConvention')
                model.withoutKeyIndexes = true;
              return undefined;
            },
          }
        : undefined,
    call(name, args, _call, types) {
      const [first] = args;
      const type = types[0] ?? (isKind(first, 'type') ? first.type : undefined);
      if (name === 'IgnoreAny' && type) building.ignoreType(type);
      if (!/^(?:Properties|DefaultTypeMapping)$/u.test(name) || !type) return host;
      const key = simpleName(type);
      const settings: PropertySettings = model.byType.get(key) ?? {};
      model.byType.set(key, settings);
      const inner: Host = {
        is: 'host',
        call(method, given, _inner, innerTypes) {
          state(settings, method, given, innerTypes, building);
          return inner;
        },
      };
      return inner;
    },
  };
  return host;
}

/** A snapshot states the whole model, so no convention applies. */
export function buildSnapshot(snapshot: ClassInfo, around: Surroundings): BuiltContext {
  const { project, nullability, assemblyOf, optionsOf } = around;
  const building = createBuilding({
    project,
    dialect: optionsOf(snapshot).dialect,
    context: snapshot,
    previous: null,
    assemblyOf,
    baseModel: () => false,
    explicit: true,
  });
  const method = methodsOf(snapshot).find(({ name }) => name === 'BuildModel');
  if (method) building.runner.runMethod(method, snapshot, [modelHost(building)], undefined);
  return { context: snapshot, building, conventional: applyConventions(building, nullability), problems: [] };
}
