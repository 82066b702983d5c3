/** Links the fragments of each project. Pure over its input, but remembers each project's last result and reuses what is unchanged. */
import { withEngineIndexes } from '../dialects/engineIndexes.ts';
import { isDependencyManifest } from '../profile/dependencies.ts';
import { declaredStore } from '../profile/declaredStores.ts';
import type { DeclaredStore } from '../profile/declaredStores.ts';
import { readProfile } from '../profile/readProfile.ts';
import type { Profile } from '../profile/profile.ts';
import type { Fragment, LinkResult, Reader, ReadResult } from '../readers/reader.ts';
import type { DataSource, FileFacts } from '../schema/code.ts';
import { memoize } from '../schema/memo.ts';
import type { Dialect, Schema, Table } from '../schema/model.ts';
import type { Problem } from '../schema/source.ts';
import { classifyTables } from '../schema/classification.ts';
import type { ClassificationOverrides as Overrides } from '../schema/classification.ts';
import type { FileState } from './fileState.ts';
import { mergeFacts } from './mergeFacts.ts';
import { byCodeUnit, byPlace } from './order.ts';
import { fileNameOf } from './relevance.ts';
import { reachOf } from './reach.ts';
import type { Reach } from './reach.ts';
import { createReuse } from './reuse.ts';
import type { Reuse } from './reuse.ts';
import type { Project, Snapshot } from './snapshot.ts';
import { isStatedByEntities, linkSources } from './sources.ts';
import type { SchemaSource } from './sources.ts';
import { structureOf } from './structure.ts';
import { wantedReaders } from './wanted.ts';
import type { ProjectFolder, Structure } from './structure.ts';

/** All that a project is made of; equal parts give the same project object again. */
interface Parts {
  readonly folder: ProjectFolder;
  readonly own: readonly ReadResult[];
  readonly outside: readonly ReadResult[];
  readonly dataSources: readonly DataSource[];
  readonly problems: readonly Problem[];
}

interface Remembered {
  readonly parts: Parts;
  readonly project: Project;
  readonly reuse: Reuse;
}

export interface Assembler {
  /** As `wantedReaders`; call it before `assemble`, which sees the same structure. */
  wanted(states: ReadonlyMap<string, FileState>, structureChanged: boolean): ReadonlyMap<string, ReadonlySet<Reader>>;
  /** With the structure that `wanted` saw last. */
  assemble(states: ReadonlyMap<string, FileState>): Snapshot;
}

export function createAssembler(readers: readonly Reader[], source: SchemaSource | null = null): Assembler {
  let structure: Structure | undefined;
  let remembered = new Map<string, Remembered>();
  /** Files by what names modules: a list of them, or the result of a reader. */
  let imports = new WeakMap<object, readonly string[]>();

  function structureFor(states: ReadonlyMap<string, FileState>, changed: boolean): Structure {
    if (!structure || changed) {
      structure = structureOf(states);
      imports = new WeakMap();
    }
    return structure;
  }

  function resolved(path: string, key: object, modules: () => readonly string[], { resolve }: Structure) {
    let files = imports.get(key);
    if (!files) imports.set(key, (files = [...new Set(modules())].flatMap((module) => resolve(path, module))));
    return files;
  }

  function named({ path, modules }: FileState, current: Structure): readonly string[] {
    return resolved(path, modules, () => modules, current);
  }

  function wanted(
    states: ReadonlyMap<string, FileState>,
    structureChanged: boolean,
  ): ReadonlyMap<string, ReadonlySet<Reader>> {
    const current = structureFor(states, structureChanged);
    return wantedReaders(states, (state) => named(state, current));
  }

  function assemble(states: ReadonlyMap<string, FileState>): Snapshot {
    const current = structureFor(states, false);
    const { folders } = current;
    const reach = reachOf(states, current, (state) => [
      ...named(state, current),
      ...state.reads.flatMap((read) => resolved(state.path, read, () => modulesOf(read, readers), current)),
    ]);

    const next = new Map<string, Remembered>();
    for (const folder of folders) {
      const before = remembered.get(folder.root);
      const found = partsOf(folder, folders, states, reach);
      const sameSources = before && sameItems(before.parts.dataSources, found.dataSources);
      const parts = sameSources ? { ...found, dataSources: before.parts.dataSources } : found;
      const reuse = before?.reuse ?? createReuse();
      const project =
        before && sameParts(before.parts, parts) ? before.project : link(parts, readers, current, source, reuse);
      next.set(folder.root, { parts, project, reuse });
    }
    remembered = next;
    return snapshotOf([...next.values()], source);
  }

  return { wanted, assemble };
}

function partsOf(
  folder: ProjectFolder,
  folders: readonly ProjectFolder[],
  states: ReadonlyMap<string, FileState>,
  reach: Reach,
): Parts {
  const own: ReadResult[] = [];
  const problems = [...folder.problems];
  for (const file of folder.files) {
    const state = states.get(file);
    if (!state) continue;
    own.push(...state.reads);
    problems.push(...state.problems);
  }
  let dataSources = dataSourcesOf(own);
  if (dataSources.length === 0 && own.length > 0) {
    const donors = new Set(reach.configuredBy(folder));
    dataSources = folders
      .filter(({ root }) => donors.has(root))
      .flatMap(({ files }) => dataSourcesOf(readsOf(files, states)));
  }
  return {
    folder,
    own,
    outside: readsOf(reach.outside(folder), states),
    dataSources,
    problems,
  };
}

function modulesOf({ fragment }: ReadResult, readers: readonly Reader[]): readonly string[] {
  const reader = readers.find(({ id }) => id === fragment.reader);
  return reader?.modules?.(fragment) ?? fragment.facts.imports.map(({ module }) => module);
}

function readsOf(files: readonly string[], states: ReadonlyMap<string, FileState>): readonly ReadResult[] {
  return files.flatMap((file) => states.get(file)?.reads ?? []);
}

/** Those of the application before those of its tests and scripts. */
function dataSourcesOf(reads: readonly ReadResult[]): readonly DataSource[] {
  const facts: FileFacts[] = [];
  for (const { fragment } of reads) if (fragment.facts.dataSources.length > 0) facts.push(fragment.facts);
  return [
    ...facts.filter(({ purpose }) => purpose === 'application'),
    ...facts.filter(({ purpose }) => purpose !== 'application'),
  ].flatMap(({ dataSources }) => dataSources);
}

function sameParts(a: Parts, b: Parts): boolean {
  return (
    a.folder === b.folder &&
    sameItems(a.own, b.own) &&
    sameItems(a.outside, b.outside) &&
    sameItems(a.dataSources, b.dataSources) &&
    sameItems(a.problems, b.problems)
  );
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function link(
  parts: Parts,
  readers: readonly Reader[],
  structure: Structure,
  source: SchemaSource | null,
  reuse: Reuse,
): Project {
  const { folder, own, outside, dataSources } = parts;
  const { profile, problems: profileProblems } = projectProfile(folder, {
    dataSources: () => dataSources,
    stores: () => storesOf(own),
  });
  const expected =
    folder.settings.dialect ?? profile.dialect ?? dataSources.find((each) => each.dialect !== null)?.dialect ?? null;
  const { root, versions } = folder;
  const context = { root, dialect: expected, versions, dataSources, resolve: structure.resolve };
  const ownFiles = filesOf(folder, {});
  const fragmentsOf = new Map<string, Fragment[]>();
  for (const { fragment } of [...own, ...outside]) {
    const known = fragmentsOf.get(fragment.reader);
    if (known) known.push(fragment);
    else fragmentsOf.set(fragment.reader, [fragment]);
  }

  const problems: Problem[] = [
    ...parts.problems,
    ...profileProblems.filter(({ at }) => at === null || ownFiles.has(at.file)),
    ...own.flatMap((read) => read.problems),
  ];
  const { links, dialect: stated } = linkSources(
    readers,
    source,
    (reader, scripts) => {
      const fragments = fragmentsOf.get(reader.id);
      return fragments === undefined
        ? null
        : linkSafely(() => reader.link(fragments, { ...context, source: scripts }), reader, folder.root);
    },
    ({ at }) => ownFiles.has(at.file),
  );
  for (const result of links)
    problems.push(...result.problems.filter(({ at }) => at === null || ownFiles.has(at.file)));
  // Scripts that are the schema say best what they were written for; only the user's own setting stands above them.
  const dialect = folder.settings.dialect ?? stated ?? expected;

  const tables = reuse
    .of(
      'table',
      links.flatMap((result) => result.tables.filter(({ at }) => ownFiles.has(at.file))),
      ({ reader, namespace, name, at }) => [reader, namespace, name, at.file].join('\0'),
    )
    .toSorted(byName);
  const files = reuse.of(
    'file',
    mergeFacts(links.flatMap((result) => result.files.filter(({ file }) => ownFiles.has(file)))),
    ({ file }) => file,
  );
  reuse.end();
  const schema: Schema = {
    tables: tables.map((table) =>
      finishTable(table, { dialect: () => dialect, classification: () => folder.settings.classification }),
    ),
    enums: links
      .flatMap((result) => result.enums.filter(({ at }) => ownFiles.has(at.file)))
      .sort((a, b) => byNamespace(a, b) || byPlace(a.at, b.at)),
    code: { files },
    problems: sortedProblems(problems),
  };
  return { root: folder.root, dialect, profile, schema, settings: folder.settings };
}

const filesOf = memoize(({ files }: ProjectFolder): ReadonlySet<string> => new Set(files));

/** What readers leave to the project: the kinds of data in its columns, and the indexes its engine creates by itself. */
const finishTable = memoize(
  (table: Table, look: { readonly dialect: () => Dialect | null; readonly classification: () => Overrides }): Table =>
    withEngineIndexes(classifyTables([table], look.classification()), look.dialect())[0] ?? table,
);

/** Files that declare collections of a store, as one text, which is compared by what it says. */
function storesOf(reads: readonly ReadResult[]): string {
  return reads
    .flatMap(({ fragment }) => declaredStore(fragment) ?? [])
    .map(({ id, file }) => `${id} ${file}`)
    .join('\n');
}

function storesIn(text: string): readonly DeclaredStore[] {
  return text === ''
    ? []
    : text
        .split('\n')
        .map((line) => ({ id: line.slice(0, line.indexOf(' ')), file: line.slice(line.indexOf(' ') + 1) }));
}

/** Manifests further up count only where the project's own sources name neither an ORM nor a database. */
const projectProfile = memoize(
  (
    folder: ProjectFolder,
    look: { readonly dataSources: () => readonly DataSource[]; readonly stores: () => string },
  ): { readonly profile: Profile; readonly problems: readonly Problem[] } => {
    const inFolder = filesOf(folder, {});
    const surroundings = {
      below: folder.coveredSources,
      above: folder.inheritedSources,
      isOwn: (file: string) => inFolder.has(file),
      stores: storesIn(look.stores()),
    };
    const own = readProfile(folder.profileSources, look.dataSources(), surroundings);
    // Django's folder with `manage.py` has settings, while what the project is built on stands above.
    const listed = folder.profileSources.some(
      ({ file }) => isDependencyManifest(file) || fileNameOf(file) === 'package.json',
    );
    if (listed && (own.profile.orms.length > 0 || own.profile.databases.length > 0)) return own;
    return folder.inheritedSources.length === folder.profileSources.length
      ? own
      : readProfile(folder.inheritedSources, look.dataSources(), surroundings);
  },
);

/** Linking must not throw; should it do so all the same, the other readers and projects go on. */
function linkSafely(run: () => LinkResult, reader: Reader, root: string): LinkResult {
  try {
    return run();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const message = `The ${reader.id} entities of ${root === '' ? 'this project' : root} could not be put together (${detail}). Please report it.`;
    return {
      tables: [],
      enums: [],
      files: [],
      problems: [{ code: 'link-failed', message, severity: 'error', at: null }],
    };
  }
}

function byNamespace(
  a: { readonly namespace: string | null; readonly name: string },
  b: { readonly namespace: string | null; readonly name: string },
): number {
  return byCodeUnit(a.namespace ?? '', b.namespace ?? '') || byCodeUnit(a.name, b.name);
}

function byName(a: Table, b: Table): number {
  return byNamespace(a, b) || byPlace(a.at, b.at) || byCodeUnit(a.entity ?? '', b.entity ?? '');
}

/** In order of place, each once: several readers may trip over the same mistake. */
function sortedProblems(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems
    .toSorted((a, b) => byPlace(a.at, b.at) || byCodeUnit(a.code, b.code) || byCodeUnit(a.message, b.message))
    .filter((problem) => {
      const key = JSON.stringify([problem.at, problem.code, problem.message]);
      return !seen.has(key) && seen.add(key);
    });
}

function snapshotOf(all: readonly Remembered[], source: SchemaSource | null): Snapshot {
  const worthy = all.filter(({ parts, project }) => isWorthShowing(parts, project));
  const projects = worthy.map(({ project }) => project);
  const shown = source === null ? worthy.filter(({ project }) => !isStatedByEntities(project, projects)) : worthy;
  const hidden = all.filter((each) => !worthy.includes(each));
  return {
    projects: shown.map(({ project }) => project),
    problems: sortedProblems(hidden.flatMap(({ project }) => project.schema.problems)),
  };
}

/** Instructions alone make a project where they are written for us, or say which ORM or database it has. */
function isWorthShowing({ folder, own }: Parts, { schema, profile }: Project): boolean {
  if (schema.tables.length > 0 || dataSourcesOf(own).length > 0) return true;
  // An application whose schema lies in another package of the workspace: its queries are judged here.
  if (schema.code.files.some(({ queries }) => queries.some(({ table }) => table !== null))) return true;
  const inFolder = filesOf(folder, {});
  const instructions = folder.profileSources.filter(({ file }) => inFolder.has(file) && /\.md$/iu.test(file));
  if (instructions.some(({ file }) => fileNameOf(file).toLowerCase() === 'copilot.instructions.md')) return true;
  const files = new Set(instructions.map(({ file }) => file));
  return [...profile.facts.orms, ...profile.facts.databases].some(({ at }) => files.has(at.file));
}
