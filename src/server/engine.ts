/**
 * Disk and open buffers → workspace → lint, for one directory. The language server and the command line are both thin over it.
 */
import { join, relative } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openFragmentStore } from '../cache/fragmentStore.ts';
import { compareFindings, lintProject } from '../core/lint/engine.ts';
import type { Finding, Fix } from '../core/lint/rule.ts';
import { readers } from '../core/readers/registry.ts';
import type { Change } from '../core/schema/change.ts';
import type { Schema } from '../core/schema/model.ts';
import type { TextEdit } from '../core/schema/source.ts';
import type { EntityChange } from '../core/writers/entityChange.ts';
import { createSyntax } from '../core/syntax/syntax.ts';
import type { Syntax } from '../core/syntax/syntax.ts';
import { mayMatter } from '../core/workspace/relevance.ts';
import type { Project, Snapshot } from '../core/workspace/snapshot.ts';
import type { SchemaSource } from '../core/workspace/sources.ts';
import { createWorkspace } from '../core/workspace/workspace.ts';
import type { FileDelta } from '../core/workspace/workspace.ts';
import { brokenFiles } from './brokenFiles.ts';
import type { BrokenFile } from './brokenFiles.ts';
import { diskFileSystem, reasonOf } from './disk/fileSystem.ts';
import type { FileSystem } from './disk/fileSystem.ts';
import { createIgnoreRules } from './disk/ignoreRules.ts';
import { readFile, readFiles } from './disk/readFiles.ts';
import { readGrammar } from './disk/readGrammar.ts';
import { locate, portable } from './disk/scope.ts';
import { createView } from './disk/view.ts';
import { walk } from './disk/walk.ts';
import type { Walked } from './disk/walk.ts';
import { hashOf } from './hash.ts';
import { createKeeper } from './keeper.ts';
import { createRecall } from './recall.ts';
import type { Recalled } from './recall.ts';
import { createReadingThreads } from './reading/readingThreads.ts';
import { writeEntities } from './writeEntities.ts';
import type { WrittenEntities } from './writeEntities.ts';
import { writeFix } from './writeFix.ts';

export interface EngineOptions {
  /** Absolute path of a directory, or of a single file. */
  readonly directory: string;
  /** Folder of the `tree-sitter*.wasm` files. */
  readonly wasmDirectory: string;
  /** Null = fragments are kept in memory only. */
  readonly cacheDirectory: string | null;
  /** Globs (gitignore syntax) beside `.gitignore` and `.data-engineer.json`. */
  readonly exclude: readonly string[];
  readonly maxFileSizeKb: number;
  /** Settings of the editor; `.data-engineer.json` of a project wins over them. */
  readonly rules: Readonly<Record<string, 'off' | 'info' | 'warning' | 'error'>>;
  /** Where schemas come from; absent = entities, else scripts. */
  readonly source?: SchemaSource | null;
  readonly onProgress?: (done: number, total: number) => void;
  /** Of the cache and the like: one line each, for a log rather than for the user's eyes. */
  readonly onLog?: (line: string) => void;
  /** The machine's own disk, unless a test brings another. */
  readonly disk?: FileSystem;
  /** Beside this one, for large cold starts; unless stated, as many as there are cores to spare. */
  readonly threads?: number;
  /** Names the code that analyses, for what is kept on disk; absent = the build that this is. */
  readonly build?: string;
}

export interface Analysis {
  readonly snapshot: Snapshot;
  /** Sorted by file, line, column, rule. */
  readonly findings: readonly Finding[];
}

export interface PreviewedFile {
  readonly path: string;
  readonly text: string;
}

export interface Preview extends Analysis {
  /** Every file that was looked at, those of the preview among them. */
  readonly paths: readonly string[];
  /** Files of the preview that do not parse. */
  readonly broken: readonly BrokenFile[];
}

/** Paths are relative to the directory, `/`-separated. */
export interface Engine {
  readonly analysis: Analysis;
  /** Reads the whole directory anew (unchanged files come from the cache). */
  analyze(): Promise<Analysis>;
  /** Reads what the analysis was recalled without, so that the first change need not wait for it. */
  prepare(): Promise<void>;
  /** Files that changed, appeared or vanished on disk. */
  refresh(paths: readonly string[]): Promise<Analysis>;
  /** Text of an open buffer, which wins over the disk; null = closed. */
  setBuffer(path: string, text: string | null): Promise<Analysis>;
  /** Edits of a fix, made by the writer of the table's reader; a reason where there is none. */
  fix(
    finding: Pick<Finding, 'file' | 'project'>,
    fix: Fix,
  ): Promise<{ readonly edits: readonly TextEdit[] } | { readonly reason: string }>;
  /** Edits that make a change in the sources of the schema's entities; null where no writer can. `texts` win over buffers and disk. */
  write(change: Change, schema: Schema, texts: ReadonlyMap<string, string>): Promise<readonly TextEdit[] | null>;
  /** A change of entities as their ORM's writer makes it; not read back yet. */
  edit(change: EntityChange, project: Pick<Project, 'schema' | 'dialect'>): Promise<WrittenEntities>;
  /** Current text of a file as the engine sees it (buffer first); null = not readable. */
  text(path: string): Promise<string | null>;
  /**
   * What the analysis would be with these texts in place of, or beside, the files that are there. Nothing of it is kept:
   * a proposal is judged by it before anyone writes it.
   */
  preview(files: readonly PreviewedFile[]): Promise<Preview>;
  clearCache(): Promise<void>;
  dispose(): void;
}

/**
 * Rejects with a sentence for the user where the directory is missing or cannot be read at all. Nothing is read until `analyze`.
 * Calls may overlap: they are worked off one after the other.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const disk = options.disk ?? diskFileSystem;
  const scope = await locate(disk, options.directory);
  const { directory } = scope;
  const view = createView(scope);
  const store = await openFragmentStore({
    cacheDirectory: options.cacheDirectory,
    directory,
    log: options.onLog ?? (() => undefined),
    ...(options.build === undefined ? {} : { build: options.build }),
  });
  const { exclude, maxFileSizeKb, rules, source = null } = options;
  const recall = createRecall(store, { exclude, maxFileSizeKb, rules, source, only: scope.only ?? null });

  const threads = createReadingThreads({
    wasmDirectory: options.wasmDirectory,
    log: options.onLog ?? (() => undefined),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  let syntax: Promise<Syntax> | undefined;
  const loadSyntax = (): Promise<Syntax> =>
    (syntax ??= createSyntax((file) => readGrammar(options.wasmDirectory, file)));
  const openWorkspace = () =>
    createWorkspace({
      syntax: loadSyntax,
      readers,
      cache: store,
      source: options.source ?? null,
      elsewhere: threads,
      hash: hashOf,
      pause: () => nextTurn(),
    });
  const workspace = openWorkspace();

  const buffers = new Map<string, string>();
  const readOptions = {
    directory,
    maxFileSizeKb: options.maxFileSizeKb,
    matters: (path: string, text: string) => mayMatter(path) && readers.some((reader) => reader.detect(path, text)),
  };
  let walked: Walked | undefined;
  let analysis: Analysis = { snapshot: { projects: [], problems: [] }, findings: [] };
  let analysed: Snapshot | undefined;
  /** What the analysis was taken from while the workspace has read nothing. */
  let recalled: Recalled | null = null;
  let disposed = false;
  const linted = new WeakMap<Project, readonly Finding[]>();

  function publish(snapshot: Snapshot): Analysis {
    if (snapshot === analysed) return analysis;
    analysed = snapshot;
    const findings = snapshot.projects.flatMap((project) => {
      let found = linted.get(project);
      if (!found) linted.set(project, (found = lintProject(project, options.rules)));
      return found;
    });
    return (analysis = {
      snapshot: view.snapshot(snapshot),
      findings: view.findings(findings).toSorted(compareFindings),
    });
  }

  let queue: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }

  async function walkAll(): Promise<Walked> {
    if (!scope.only) {
      try {
        return await walk(disk, directory, { exclude: options.exclude });
      } catch (error) {
        throw new Error(`${directory} cannot be read: ${reasonOf(error)}.`, { cause: error });
      }
    }
    const files = scope.only.map((file) => portable(relative(directory, file)));
    return { files, problems: new Map(), rules: createIgnoreRules(options.exclude) };
  }

  async function* everything(found: Walked): AsyncGenerator<FileDelta> {
    const known = new Set([...found.files, ...buffers.keys(), ...found.problems.keys()]);
    for (const path of [...workspace.paths()]) if (!known.has(path)) yield { path, text: null };
    for (const [path, problem] of found.problems) yield { path, text: null, problems: [problem] };
    for (const [path, text] of buffers) yield { path, text, open: true };
    const closed = found.files.filter((path) => !buffers.has(path));
    yield* readFiles(disk, closed, readOptions);
  }

  async function analyzeAll(): Promise<Analysis> {
    walked = await walkAll();
    const total = walked.files.length;
    let deltas: AsyncIterable<FileDelta> | Iterable<FileDelta> = everything(walked);
    if (recall.knows && (recalled || analysed === undefined)) {
      const { result, deltas: opened } = await recall.of(deltas);
      if (result) return publishRecalled(result);
      deltas = opened ?? everything(walked);
    }
    recalled = null;
    const snapshot = await workspace.apply(deltas, (done) => options.onProgress?.(Math.min(done, total), total));
    threads.rest();
    const published = publish(snapshot);
    keeper.soon();
    return published;
  }

  function publishRecalled(result: Recalled): Analysis {
    recalled = result;
    const { snapshot, findings } = result.found;
    snapshot.projects.forEach((project, index) => linted.set(project, findings[index] ?? []));
    return publish(snapshot);
  }

  /** Before the first change: all that the analysis was recalled without. */
  async function readRecalled(): Promise<void> {
    if (!recalled || !walked) return;
    const snapshot = await workspace.apply(untilDisposed(everything(walked)));
    // Only now: where reading failed, what was recalled still stands, and the next change tries again.
    recalled = null;
    threads.rest();
    publish(snapshot);
  }

  async function* untilDisposed(deltas: AsyncIterable<FileDelta>): AsyncGenerator<FileDelta> {
    for await (const delta of deltas) {
      if (disposed) return;
      yield delta;
    }
  }

  const keeper = createKeeper(
    (limit) => store.flush(limit),
    () => {
      const snapshot = analysed;
      if (!snapshot || recalled) return;
      const findings = snapshot.projects.map((project) => linted.get(project) ?? []);
      recall.remember(workspace.files(), { snapshot, findings });
    },
  );

  /** In a workspace of its own; unchanged files come from the cache. */
  async function previewOf(files: readonly PreviewedFile[]): Promise<Preview> {
    const proposed = new Map(files.map(({ path, text }) => [view.analysed(path), text]));
    const other = openWorkspace();
    try {
      const kept = [...workspace.paths()].filter((path) => !proposed.has(path));
      const snapshot = await other.apply(withProposed(kept, proposed));
      return {
        snapshot: view.snapshot(snapshot),
        findings: view
          .findings(snapshot.projects.flatMap((project) => lintProject(project, options.rules)))
          .toSorted(compareFindings),
        paths: [...other.paths()].map((path) => view.shown(path)),
        broken: await brokenFiles(files, loadSyntax),
      };
    } finally {
      other.dispose();
    }
  }

  /** What is proposed is read as an open buffer is, so it gets into no cache. */
  async function* withProposed(
    kept: readonly string[],
    proposed: ReadonlyMap<string, string>,
  ): AsyncGenerator<FileDelta> {
    for (const [path, text] of buffers) if (!proposed.has(path)) yield { path, text, open: true };
    const closed = kept.filter((path) => !buffers.has(path));
    yield* readFiles(disk, closed, readOptions);
    for (const [path, text] of proposed) yield { path, text, open: true };
  }

  /** Deltas of what changed on disk at a path: a file, or a folder that came or went with all that is in it. */
  async function deltasOf(path: string, rules: Walked['rules']): Promise<readonly FileDelta[]> {
    const below = [...workspace.paths()].filter((known) => known.startsWith(`${path}/`));
    const isIgnored = rules.ignoresAnyOf(path);
    let kind: 'file' | 'directory' | 'other' | null = null;
    try {
      kind = await disk.kindOf(join(directory, ...path.split('/')));
    } catch {
      // gone
    }
    const gone = (paths: readonly string[]): readonly FileDelta[] =>
      paths.filter((each) => !buffers.has(each)).map((each) => ({ path: each, text: null }));
    if (kind === 'directory' && !isIgnored) {
      const found = await walk(disk, directory, { exclude: options.exclude, from: path });
      const deltas: FileDelta[] = [...gone(below.filter((each) => !found.files.includes(each)))];
      for (const [each, problem] of found.problems) deltas.push({ path: each, text: null, problems: [problem] });
      for await (const delta of readFiles(disk, found.files, readOptions)) deltas.push(delta);
      return deltas.filter((delta) => !buffers.has(delta.path));
    }
    if (kind === null || isIgnored || !mayMatter(path)) return gone([path, ...below]);
    return buffers.has(path) ? [] : [await readFile(disk, path, readOptions)];
  }

  async function currentText(path: string): Promise<string | null> {
    const buffer = buffers.get(path);
    return buffer ?? (await readFile(disk, path, readOptions)).text;
  }

  return {
    get analysis() {
      return analysis;
    },
    analyze: () => inTurn(analyzeAll),
    prepare: () => inTurn(readRecalled),
    refresh: (paths) =>
      inTurn(async () => {
        const changed = paths.map((path) => view.analysed(path));
        // Which files count may have changed everywhere.
        if (!walked || changed.some((path) => path.endsWith('.gitignore'))) return analyzeAll();
        await readRecalled();
        const deltas: FileDelta[] = [];
        for (const path of changed) deltas.push(...(await deltasOf(path, walked.rules)));
        const snapshot = await workspace.apply(deltas);
        threads.rest();
        keeper.soon();
        return publish(snapshot);
      }),
    setBuffer(shownPath, text) {
      const path = view.analysed(shownPath);
      const isIgnored = walked?.rules.ignoresAnyOf(path) === true || !mayMatter(path);
      if (text === null) buffers.delete(path);
      else if (!isIgnored) buffers.set(path, text);
      return inTurn(async () => {
        if (isIgnored && text !== null) return analysis;
        // What a burst of changes ends with is what counts.
        const latest = buffers.get(path);
        const delta: FileDelta =
          latest === undefined ? await readFile(disk, path, readOptions) : { path, text: latest, open: true };
        // Opened or closed without a change.
        if (recalled && delta.text !== null && recalled.texts.get(path) === hashOf(delta.text)) return analysis;
        await readRecalled();
        return publish(await workspace.apply([isIgnored ? { path, text: null } : delta]));
      });
    },
    async fix(finding, fix) {
      const project = analysed?.projects.find((each) => view.isOf(finding, each));
      if (!project) return { reason: 'The project of this finding is no longer there.' };
      // Places of a change of code are shown as those of its finding are.
      if (fix.code) return writeFix(finding, fix, project, (path) => currentText(view.analysed(path)), loadSyntax);
      const result = await writeFix(
        { ...finding, file: view.analysed(finding.file) },
        fix,
        project,
        currentText,
        loadSyntax,
      );
      if ('reason' in result) return result;
      return { edits: result.edits.map((edit) => ({ ...edit, file: view.shown(edit.file) })) };
    },
    text: (path) => currentText(view.analysed(path)),
    async write(change, schema, texts) {
      const textOf = async (path: string): Promise<string | null> => texts.get(path) ?? (await currentText(path));
      const fix: Fix = { title: change.kind, preferred: false, change, edits: [] };
      const result = await writeFix({ file: '' }, fix, { schema, dialect: null }, textOf, loadSyntax);
      return 'reason' in result ? null : result.edits;
    },
    edit: (change, project) => writeEntities(change, project, currentText, loadSyntax),
    preview: (files) =>
      inTurn(async () => {
        await readRecalled();
        return previewOf(files);
      }),
    clearCache: () =>
      inTurn(() => {
        store.clear();
        return Promise.resolve();
      }),
    dispose() {
      disposed = true;
      keeper.now();
      threads.rest();
      workspace.dispose();
      store.close();
    },
  };
}
