/** What generators have to know of the project as a whole; read once per request. */
import type { Dialect, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { createResolver } from '../../readers/shared/moduleResolution.ts';
import type { Resolver } from '../../readers/shared/moduleResolution.ts';
import { readTsconfigs } from '../../readers/shared/tsconfig.ts';
import type { Tsconfig } from '../../readers/shared/tsconfig.ts';
import type { GenerateRequest } from '../generator.ts';
import type { EntityPlan } from './entityPlan.ts';
import { readFileSource } from './entitySource.ts';
import type { FileSource } from './entitySource.ts';
import { detectLayout } from './layout.ts';
import type { Layout } from './layout.ts';
import { readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { detectStyle } from './style.ts';
import type { CodeStyle } from './style.ts';

export type Framework = 'nestjs' | 'express';

export interface ProjectPlan {
  readonly request: GenerateRequest;
  readonly framework: Framework;
  readonly dialect: Dialect | null;
  readonly style: CodeStyle;
  readonly layout: Layout;
  readonly manifest: Manifest;
  readonly tsconfigs: readonly Tsconfig[];
  /** Folder of what all entities share: `src/common`. */
  readonly sharedFolder: string;
  readonly resolve: Resolver;
  /** Null where the file is not there or cannot be read. */
  source(path: string): FileSource | null;
  exists(path: string): boolean;
  /** Path of an element of the schema, relative to the project's root as all paths of generators are. */
  pathOf(at: SourceRange): string;
  tableOf(name: string, namespace: string | null): Table | null;
  /** Null where no code can be generated for the table; made once per table. */
  entity(table: Table): EntityPlan | null;
}

/** `plan` is `planEntity`, handed in because entities refer to each other. */
export function createProject(
  request: GenerateRequest,
  framework: Framework,
  plan: (project: ProjectPlan, table: Table) => EntityPlan | { readonly reason: string },
): ProjectPlan {
  const { files, schema } = request;
  const known = new Set(files.paths);
  const tsconfigs = files.paths
    .filter((path) => /(?:^|\/)tsconfig[^/]*\.json$/.test(path))
    .map((path) => ({ path, text: files.read(path) ?? '' }));
  const prefix = request.root === undefined || request.root === '' ? '' : `${request.root}/`;
  const pathOf = (at: SourceRange): string => (at.file.startsWith(prefix) ? at.file.slice(prefix.length) : at.file);
  const sources = new Map<string, FileSource | null>();
  const entities = new Map<Table, EntityPlan | null>();
  const entityPaths = schema.tables.filter(({ entity }) => entity !== null).map(({ at }) => pathOf(at));
  const project: ProjectPlan = {
    request,
    framework,
    dialect: request.dialect,
    style: detectStyle(files),
    layout: detectLayout(files.paths, entityPaths, { plural: framework === 'nestjs' }),
    manifest: readManifest(files),
    tsconfigs: readTsconfigs(tsconfigs),
    sharedFolder: sharedFolderOf(files.paths, entityPaths),
    resolve: createResolver({ files: known, tsconfigs, packages: [] }),
    source(path) {
      let source = sources.get(path);
      if (source === undefined) {
        const text = files.read(path);
        sources.set(path, (source = text === null ? null : readFileSource(text, request.syntax)));
      }
      return source;
    },
    exists: (path) => known.has(path),
    pathOf,
    tableOf: (name, namespace) =>
      schema.tables.find((table) => table.name === name && table.namespace === namespace) ?? null,
    entity(table) {
      let entity = entities.get(table);
      if (entity === undefined) {
        const planned = plan(project, table);
        entities.set(table, (entity = 'reason' in planned ? null : planned));
      }
      return entity;
    },
  };
  return project;
}

/** The folder that the project has for it, below its sources; else `common`. */
function sharedFolderOf(paths: readonly string[], entityPaths: readonly string[]): string {
  const [first = ''] = entityPaths;
  const base = first.includes('/') && paths.some((path) => path.startsWith('src/')) ? 'src/' : '';
  const found = ['common', 'shared', 'core', 'lib', 'utils'].find((name) =>
    paths.some((path) => path.startsWith(`${base}${name}/`)),
  );
  return `${base}${found ?? 'common'}`;
}
