/**
 * One workspace folder with its engine. Changes of buffers and files are collected and worked off one after the other, so
 * that the engine never sees two at once and a burst of keystrokes costs one analysis, not one each.
 */
import type { Finding, Fix } from '../core/lint/rule.ts';
import type { Analysis, Engine, EngineOptions, Preview, PreviewedFile } from './engine.ts';

export type CreateEngine = (options: EngineOptions) => Promise<Engine>;

export interface FolderIdentity {
  readonly uri: string;
  readonly name: string;
  /** Absolute path, `/`-separated. */
  readonly directory: string;
}

export interface FolderEvents {
  /** A new analysis is there. */
  changed(): void;
  progress(done: number, total: number): void;
  log(line: string): void;
  /** Something in the engine threw; the folder goes on with what it had. Without an engine the message is made for the user. */
  failed(doing: string, error: unknown): void;
}

export type FixResult = Awaited<ReturnType<Engine['fix']>>;

export interface Folder extends FolderIdentity {
  /** Null until the first analysis is done. */
  readonly analysis: Analysis | null;
  /** The first analysis has been tried, with or without success. */
  readonly tried: boolean;
  /** Resolves when everything reported so far is in the analysis. Never rejects. */
  settled(): Promise<void>;
  setBuffer(path: string, text: string | null): void;
  refresh(paths: readonly string[]): void;
  /** Reads the whole folder anew. */
  analyze(): Promise<void>;
  /** `finding`: its project, and its file where several tables share a name. */
  fix(finding: Pick<Finding, 'file' | 'project'>, fix: Fix): Promise<FixResult>;
  text(path: string): Promise<string | null>;
  write: Engine['write'];
  edit: Engine['edit'];
  /** See `Engine.preview`; null where the folder could not be read. */
  preview(files: readonly PreviewedFile[]): Promise<Preview | null>;
  clearCache(): Promise<void>;
  close(): void;
}

/** Long enough to collect the messages of one burst, short against the 50 ms that a keystroke may take. */
const gatherMs = 5;
/** What a start shows comes first: the diagram, the tree and the diagnostics are asked for in this time. */
const prepareMs = 1500;

export function openFolder(
  identity: FolderIdentity,
  options: EngineOptions,
  createEngine: CreateEngine,
  events: FolderEvents,
): Folder {
  const buffers = new Map<string, string | null>();
  const files = new Set<string>();
  let whole = true;
  let engine: Engine | null = null;
  let analysis: Analysis | null = null;
  let closed = false;
  let tried = false;
  let running: Promise<void> | null = null;

  const pending = () => !closed && (whole || buffers.size > 0 || files.size > 0);

  async function work(): Promise<void> {
    while (pending()) {
      const first = whole;
      const doing = whole ? 'reading the folder' : buffers.size > 0 ? 'reading an open file' : 'reading changed files';
      try {
        engine ??= await createEngine({
          ...options,
          onProgress: (done, total) => events.progress(done, total),
          onLog: (line) => events.log(line),
        });
        if (whole) {
          whole = false;
          files.clear();
          analysis = await engine.analyze();
          prepareSoon(engine);
        } else if (buffers.size > 0) {
          const batch = [...buffers];
          buffers.clear();
          for (const [path, text] of batch) analysis = await engine.setBuffer(path, text);
        } else {
          const batch = [...files];
          files.clear();
          analysis = await engine.refresh(batch);
        }
      } catch (error) {
        if (engine === null) {
          // Without an engine nothing can be done with what waits; a change of the settings or a restart tries again.
          whole = false;
          buffers.clear();
          files.clear();
        }
        tried = true;
        events.failed(doing, error);
      }
      tried = true;
      // What the disk says of a file that is open is stale before it is told.
      const stale = first && buffers.size > 0;
      if (analysis !== null && !stale && !isClosed()) events.changed();
    }
    if (isClosed()) engine?.dispose();
  }

  /** While nobody waits for it: what an analysis that was recalled has not read yet. */
  function prepareSoon(ready: Engine): void {
    setTimeout(() => {
      if (!isClosed()) ready.prepare().catch((error: unknown) => events.failed('reading the folder', error));
    }, prepareMs).unref();
  }

  /** A function, because `close` may run while `work` awaits. */
  const isClosed = () => closed;

  function start(): void {
    running ??= new Promise<void>((resolve) => setTimeout(resolve, gatherMs)).then(work).finally(() => {
      running = null;
      if (pending()) start();
    });
  }

  async function settled(): Promise<void> {
    while (running !== null) await running;
  }

  start();
  return {
    ...identity,
    get analysis() {
      return analysis;
    },
    get tried() {
      return tried;
    },
    settled,
    setBuffer(path, text) {
      buffers.set(path, text);
      start();
    },
    refresh(paths) {
      for (const path of paths) files.add(path);
      if (paths.length > 0) start();
    },
    async analyze() {
      whole = true;
      start();
      await settled();
    },
    async fix(finding, fix) {
      await settled();
      return engine === null ? { reason: 'The folder could not be read.' } : engine.fix(finding, fix);
    },
    async text(path) {
      return engine === null ? null : engine.text(path);
    },
    async write(change, schema, texts) {
      return engine === null ? null : engine.write(change, schema, texts);
    },
    async edit(change, project) {
      return engine === null ? { ok: false, reason: 'The folder could not be read.' } : engine.edit(change, project);
    },
    async preview(files) {
      await settled();
      return engine === null ? null : engine.preview(files);
    },
    async clearCache() {
      await settled();
      await engine?.clearCache();
    },
    close() {
      closed = true;
      if (running === null) engine?.dispose();
    },
  };
}
