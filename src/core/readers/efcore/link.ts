/** All fragments of a project → the tables of its contexts, and queries with the tables they mean. */
import type { Dialect, EnumType, Table } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import { simpleName } from '../shared/csharp/types.ts';
import { snakeCase } from '../shared/csharp/strings.ts';
import { createProject } from '../shared/csharp/project.ts';
import type { ClassInfo, CsFile, CsProject } from '../shared/csharp/project.ts';
import { ancestorsOf, directoryOf } from '../shared/paths.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import { buildContext, buildSnapshot, contextsOf, snapshotsOf } from './contexts.ts';
import type { BuiltContext, Surroundings } from './contexts.ts';
import { identityFile } from './identity.ts';
import type { ContextOptions, EfCoreMappings, ProjectFile } from './mappings.ts';
import { enumsOf, tablesOf } from './tables.ts';
import type { EfTable } from './tables.ts';
import { linkQueries } from './linkQueries.ts';
import type { QueryWorld } from './linkQueries.ts';

export interface Linked {
  readonly tables: readonly EfTable[];
  readonly enums: readonly EnumType[];
  readonly problems: readonly Problem[];
  readonly project: CsProject;
  readonly contexts: readonly BuiltContext[];
}

type Fragments = readonly Fragment<EfCoreMappings>[];

export function link(fragments: Fragments, context: LinkContext): LinkResult {
  const linked = linkTables(fragments, context);
  return {
    tables: linked.tables.map(({ table }) => table),
    enums: linked.enums,
    files: linkQueries(
      fragments.map(({ facts }) => facts),
      worldOf(linked),
    ),
    problems: linked.problems,
  };
}

function worldOf({ tables, contexts }: Linked): QueryWorld {
  const entities = new Map<string, Table>();
  for (const { table, nodes } of tables)
    for (const { type } of nodes)
      if (!entities.has(type.name) && (!type.owner || nodes.length === 1)) entities.set(type.name, table);
  const sets = new Map<string, string>();
  for (const { building } of contexts)
    for (const [id, name] of building.model.sets) {
      const entity = building.model.entities.get(id);
      if (name !== null && entity && !sets.has(name)) sets.set(name, entity.name);
    }
  const classes = contexts.flatMap(({ building: { project, context } }) =>
    project.chain(context).flatMap((link) => [link.info.name, ...project.basesOf(link.info).map(simpleName)]),
  );
  return { entities, sets, contexts: new Set(classes) };
}

export function linkTables(fragments: Fragments, context: LinkContext): Linked {
  const files = fragments.flatMap(({ file, mappings }): CsFile[] =>
    mappings.declarations ? [{ file, declarations: mappings.declarations }] : [],
  );
  const folders = projectFolders(fragments);
  const project = createProject([identityFile, ...files], folders.assemblyOf);
  const around = surroundings(fragments, project, folders, context);
  const built = contextsOf(project).map((each) => buildContext(each, around));
  const tables = dedupe(built.flatMap((each) => tablesOfContext(each, context, around)));
  // A snapshot is the last resort: it is as old as the last migration.
  const snapshots = tables.length > 0 ? [] : snapshotsOf(project).map((each) => buildSnapshot(each, around));
  const found =
    tables.length > 0
      ? tables
      : dedupe(
          ofOneModel(
            snapshots.map((each) => ({
              dialect: around.optionsOf(each.building.context).dialect,
              tables: tablesOfContext(each, context, around),
            })),
          ),
        );
  return {
    tables: found,
    enums: built.flatMap(({ building }) => enumsOf(building.model, (key) => enumOf(key, project))),
    problems: built.flatMap(({ problems }) => problems),
    project,
    contexts: built.length > 0 ? built : snapshots,
  };
}

/** Npgsql names the values in snake case, as the type itself. */
function enumOf(
  key: string,
  project: CsProject,
): { readonly values: readonly string[]; readonly at: EnumType['at'] } | null {
  const [part] = project.byKey(key)?.parts ?? [];
  return part ? { values: part.values.map(({ name }) => snakeCase(name)), at: part.at } : null;
}

function tablesOfContext(
  { conventional, building }: BuiltContext,
  context: LinkContext,
  around: Surroundings,
): readonly EfTable[] {
  return tablesOf(conventional, building.model, around.optionsOf(building.context).dialect, context.root);
}

/** An entity in two contexts is one table, unless the contexts name it differently. */
function dedupe(tables: readonly EfTable[]): readonly EfTable[] {
  const seen = new Set<string>();
  return tables.filter(({ table }) => {
    const key = JSON.stringify([table.entity ?? table.name, table.namespace, table.name, table.at.file]);
    return !seen.has(key) && seen.add(key);
  });
}

/** Programs that share a model have a snapshot each, for engines of their own: the largest counts, and of others what it does not have. */
function ofOneModel(
  snapshots: readonly { readonly dialect: string; readonly tables: readonly EfTable[] }[],
): readonly EfTable[] {
  const nameOf = ({ table }: EfTable): string => JSON.stringify([table.namespace, table.name]);
  const taken = new Set<string>();
  const [largest, ...others] = snapshots.toSorted((a, b) => b.tables.length - a.tables.length);
  return [largest, ...others].flatMap((each) => {
    const fresh = each?.tables.filter((table) => !taken.has(nameOf(table))) ?? [];
    const isOther = each?.dialect !== largest?.dialect && fresh.length < (each?.tables.length ?? 0);
    if (isOther) return [];
    for (const table of fresh) taken.add(nameOf(table));
    return fresh;
  });
}

interface ProjectFolders {
  readonly projects: readonly ProjectFile[];
  readonly assemblyOf: (file: string) => string;
  readonly nullability: (file: string) => boolean;
}

/** What the project files in the folders above a file say of it. */
function projectFolders(fragments: Fragments): ProjectFolders {
  const projects = fragments.flatMap(({ mappings }) => mappings.project ?? []);
  const byFolder = new Map<string, ProjectFile[]>();
  for (const each of projects) {
    const known = byFolder.get(each.folder);
    if (known) known.push(each);
    else byFolder.set(each.folder, [each]);
  }
  const assemblies = new Map<string, string>();
  const nullable = new Map<string, boolean>();
  const remembered = <Value>(
    known: Map<string, Value>,
    file: string,
    find: (above: readonly string[]) => Value,
  ): Value => {
    const folder = directoryOf(file);
    let value = known.get(folder);
    if (value === undefined) known.set(folder, (value = find(ancestorsOf(folder))));
    return value;
  };
  return {
    projects,
    assemblyOf: (file) =>
      remembered(
        assemblies,
        file,
        (above) => above.find((folder) => byFolder.get(folder)?.some(({ assembly }) => assembly) === true) ?? '',
      ),
    nullability: (file) =>
      remembered(
        nullable,
        file,
        (above) =>
          above.flatMap((each) => byFolder.get(each) ?? []).find((each) => each.nullable !== null)?.nullable ?? false,
      ),
  };
}

function surroundings(
  fragments: Fragments,
  project: CsProject,
  { projects, assemblyOf, nullability }: ProjectFolders,
  { dialect }: LinkContext,
): Surroundings {
  const options = fragments.flatMap(({ mappings }) => mappings.options);
  return { project, nullability, assemblyOf, optionsOf: (context) => optionsFor(context, options, dialect, projects) };
}

function optionsFor(
  context: ClassInfo,
  options: readonly ContextOptions[],
  dialect: Dialect | null,
  projects: readonly ProjectFile[],
): ReturnType<Surroundings['optionsOf']> {
  const own = options.filter((each) => each.context === context.name);
  const meant = own.length > 0 ? own : options.filter((each) => each.context === null);
  const stated = own.find((each) => each.dialect !== null)?.dialect;
  const packages = projects.flatMap((each) => each.packages);
  return {
    dialect:
      stated ?? dialect ?? meant.find((each) => each.dialect !== null)?.dialect ?? dialectOf(packages) ?? 'mssql',
    snakeCase: meant.some((each) => each.snakeCase),
    lazyLoading: meant.some((each) => each.lazyLoading),
  };
}

function dialectOf(packages: readonly string[]): Dialect | null {
  const has = (pattern: RegExp): boolean => packages.some((name) => pattern.test(name));
  if (has(/Npgsql/iu)) return 'postgresql';
  if (has(/EntityFrameworkCore\.SqlServer/iu)) return 'mssql';
  if (has(/MySql/iu)) return 'mysql';
  if (has(/Oracle/iu)) return 'oracle';
  return has(/EntityFrameworkCore\.Sqlite/iu) ? 'sqlite' : null;
}
