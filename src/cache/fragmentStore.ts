/**
 * Fragments by content hash, and the last analyses, on disk: one SQLite file per analysed directory. Only a cache: whatever goes wrong with it
 * costs time, never a result, and is told in one line.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { ReadResult } from '../core/readers/reader.ts';
import { noCache } from '../core/workspace/fragmentCache.ts';
import type { FragmentCache, FragmentKey } from '../core/workspace/fragmentCache.ts';

/** Whole analyses, each under the options it was made with. */
export interface AnalysisStore {
  /** Names the files that the one of these options was made of; null = there is none. */
  analysisDigest(key: string): string | null;
  /** Null = not of these files. */
  analysis(key: string, digest: string): string | null;
  /** At once, in place of the one before. */
  setAnalysis(key: string, digest: string, text: string): void;
}

export interface FragmentStore extends FragmentCache, AnalysisStore {
  /**
   * Writes what was set since, or at most as many results as said, and tells whether more is to be written. Drops the longest
   * unused beyond the size limit.
   */
  flush(limit?: number): boolean;
  clear(): void;
  close(): void;
}

export interface StoreOptions {
  /** Folder of all caches; made if it is not there. Null = remember nothing. */
  readonly cacheDirectory: string | null;
  /** The analysed directory, absolute. */
  readonly directory: string;
  /** Names the code that reads: what another build made of a file is not taken. Absent = the build that this is. */
  readonly build?: string;
  /** Sum of the stored results, in bytes. */
  readonly maxBytes?: number;
  readonly log: (line: string) => void;
}

/** Raise when a table changes: older files are emptied. */
const schemaVersion = 2;
/** Analyses kept of a directory: what the editor and the command line ask for differs in few options. */
const maxAnalyses = 3;
const defaultMaxBytes = 256 * 1024 * 1024;
/** After evicting, this share of the limit is left, so that not every flush evicts. */
const evictTo = 0.8;
/** Directories whose caches are kept. */
const maxFiles = 64;
/** A hit is noted at most once a day: a warm start then writes nothing. */
const dayMs = 24 * 60 * 60 * 1000;
/** Characters of results held back before they are written without being asked. */
const maxPending = 32 * 1024 * 1024;
/** The native module of better-sqlite3 13 crashes the process on older ones, which no `catch` can catch. */
const oldestNode = 22;

/** Put in by the bundler: a hash of all sources of the core. Run from the sources, the versions of the readers alone tell. */
const thisBuild = process.env.DATA_ENGINEER_BUILD ?? '';

const inMemory: FragmentStore = {
  ...noCache,
  analysisDigest: () => null,
  analysis: () => null,
  setAnalysis: () => undefined,
  flush: () => false,
  clear: () => undefined,
  close: () => undefined,
};

/** Never rejects: without the native module, or without a place to write, nothing is remembered on disk. */
export async function openFragmentStore(options: StoreOptions): Promise<FragmentStore> {
  const { cacheDirectory, log } = options;
  if (cacheDirectory === null) return inMemory;
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    log(`The cache is off: it needs Node ${oldestNode} or newer, this is ${process.versions.node}.`);
    return inMemory;
  }
  let open: (file: string) => Database;
  try {
    const { default: Sqlite } = await import('better-sqlite3');
    open = (file) => new Sqlite(file, { timeout: 2000 });
  } catch (error) {
    log(`The cache is off, because SQLite could not be loaded: ${messageOf(error)}`);
    return inMemory;
  }
  const file = join(cacheDirectory, `${nameOf(options.directory, options.build ?? thisBuild)}.sqlite`);
  try {
    mkdirSync(cacheDirectory, { recursive: true });
    removeOldest(cacheDirectory, file);
    return createStore(openOrReplace(open, file, log), () => replace(open, file, log), options);
  } catch (error) {
    log(`The cache is off, because ${file} could not be opened: ${messageOf(error)}`);
    return inMemory;
  }
}

function createStore(
  first: Database,
  reopen: () => Database,
  { maxBytes = defaultMaxBytes, build = thisBuild, log }: StoreOptions,
): FragmentStore {
  let database: Database | null = first;
  let select = prepareSelect(first);
  const pending = new Map<string, { readonly key: FragmentKey; readonly text: string }>();
  let pendingSize = 0;
  const used = new Set<number>();

  /** Runs against the database; a damaged one is replaced once, any other failure switches the cache off. */
  function attempt<T>(run: (database: Database) => T): T | undefined {
    if (!database) return undefined;
    try {
      return run(database);
    } catch (error) {
      if (isBusy(error)) return undefined; // another process writes; what we wanted to write is read again next time
      const broken = database;
      database = null;
      try {
        broken.close();
        if (isDamaged(error)) {
          database = reopen();
          select = prepareSelect(database);
        } else log(`The cache is off: ${messageOf(error)}`);
      } catch (second) {
        log(`The cache is off: ${messageOf(second)}`);
      }
      return undefined;
    }
  }

  const store: FragmentStore = {
    get(key) {
      const held = pending.get(nameOfKey(key));
      if (held) return JSON.parse(held.text) as ReadResult;
      const row = attempt(() => select.get(key.path, key.hash, key.reader, key.version));
      if (!row) return undefined;
      if (row.used < Date.now() - dayMs) used.add(row.id);
      try {
        return JSON.parse(row.result) as ReadResult;
      } catch {
        return undefined; // cut short by a crash: the file is read again
      }
    },
    set(key, result, serialized) {
      const text = serialized ?? JSON.stringify(result);
      pending.set(nameOfKey(key), { key, text });
      pendingSize += text.length;
      if (pendingSize >= maxPending) store.flush();
    },
    flush(limit = Infinity) {
      if (pending.size === 0 && used.size === 0) return false;
      const names = [...pending.keys()].slice(0, limit);
      const entries = names.flatMap((name) => pending.get(name) ?? []);
      const isLast = names.length === pending.size;
      attempt((open) => {
        write(open, entries, isLast ? [...used] : []);
        if (isLast && entries.length > 0) evict(open, maxBytes);
      });
      for (const name of names) pending.delete(name);
      for (const { text } of entries) pendingSize -= text.length;
      if (isLast) used.clear();
      return !isLast;
    },
    // Without the name of a build there is no telling whether the rules are still those of then.
    analysisDigest(key) {
      if (build === '') return null;
      return attempt((open) => selectDigest(open).get(key)?.digest) ?? null;
    },
    analysis(key, digest) {
      if (build === '') return null;
      const row = attempt((open) =>
        open
          .prepare<[string, string], { result: string }>('SELECT result FROM analysis WHERE key = ? AND digest = ?')
          .get(key, digest),
      );
      return row?.result ?? null;
    },
    setAnalysis(key, digest, text) {
      if (build === '') return;
      attempt((open) => {
        open
          .transaction(() => {
            open
              .prepare('INSERT OR REPLACE INTO analysis (key, digest, made, result) VALUES (?, ?, ?, ?)')
              .run(key, digest, Date.now(), text);
            open
              .prepare(
                'DELETE FROM analysis WHERE key NOT IN (SELECT key FROM analysis ORDER BY made DESC, rowid DESC LIMIT ?)',
              )
              .run(maxAnalyses);
          })
          .immediate();
      });
    },
    clear() {
      pending.clear();
      pendingSize = 0;
      used.clear();
      attempt((open) => {
        open.exec('DELETE FROM fragment; DELETE FROM analysis');
        open.exec('VACUUM');
      });
    },
    close() {
      store.flush();
      attempt((open) => open.close());
      database = null;
    },
  };
  return store;
}

interface Row {
  readonly id: number;
  readonly result: string;
  readonly used: number;
}

function prepareSelect(database: Database) {
  return database.prepare<[string, string, string, number], Row>(
    'SELECT id, used, result FROM fragment WHERE path = ? AND hash = ? AND reader = ? AND version = ?',
  );
}

function selectDigest(database: Database) {
  return database.prepare<[string], { digest: string }>('SELECT digest FROM analysis WHERE key = ?');
}

function write(
  database: Database,
  entries: readonly { readonly key: FragmentKey; readonly text: string }[],
  used: readonly number[],
): void {
  const now = Date.now();
  const insert = database.prepare(
    'INSERT OR IGNORE INTO fragment (path, hash, reader, version, used, size, result) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  // What an older version of the reader made of a file is never asked for again.
  const forget = database.prepare('DELETE FROM fragment WHERE path = ? AND reader = ? AND version <> ?');
  const touch = database.prepare('UPDATE fragment SET used = ? WHERE id = ?');
  database
    .transaction(() => {
      for (const { key, text } of entries) {
        forget.run(key.path, key.reader, key.version);
        insert.run(key.path, key.hash, key.reader, key.version, now, text.length, text);
      }
      for (const id of used) touch.run(now, id);
    })
    .immediate();
}

function evict(database: Database, maxBytes: number): void {
  const total = (): number =>
    database.prepare<[], { total: number | null }>('SELECT sum(size) AS total FROM fragment').get()?.total ?? 0;
  let bytes = total();
  if (bytes <= maxBytes) return;
  database
    .transaction(() => {
      bytes = total();
      const oldest = database
        .prepare<[], { id: number; size: number }>('SELECT id, size FROM fragment ORDER BY used, id')
        .all();
      const remove = database.prepare('DELETE FROM fragment WHERE id = ?');
      for (const { id, size } of oldest) {
        if (bytes <= maxBytes * evictTo) break;
        remove.run(id);
        bytes -= size;
      }
    })
    .immediate();
}

function openOrReplace(open: (file: string) => Database, file: string, log: (line: string) => void): Database {
  let database: Database | undefined;
  try {
    database = open(file);
    prepareSchema(database);
    return database;
  } catch (error) {
    database?.close();
    if (!isDamaged(error)) throw error;
    return replace(open, file, log);
  }
}

function replace(open: (file: string) => Database, file: string, log: (line: string) => void): Database {
  log(`The cache ${file} was damaged and starts afresh.`);
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const database = open(file);
  prepareSchema(database);
  return database;
}

function prepareSchema(database: Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  const version = (): unknown => database.pragma('user_version', { simple: true });
  if (version() === schemaVersion) return;
  database
    .transaction(() => {
      if (version() === schemaVersion) return; // another process was faster
      database.exec(`
        DROP TABLE IF EXISTS fragment;
        DROP TABLE IF EXISTS analysis;
        CREATE TABLE fragment (
          id INTEGER PRIMARY KEY,
          path TEXT NOT NULL,
          hash TEXT NOT NULL,
          reader TEXT NOT NULL,
          version INTEGER NOT NULL,
          used INTEGER NOT NULL,
          size INTEGER NOT NULL,
          result TEXT NOT NULL,
          UNIQUE (path, reader, version, hash)
        );
        CREATE TABLE analysis (
          key TEXT PRIMARY KEY,
          digest TEXT NOT NULL,
          made INTEGER NOT NULL,
          result TEXT NOT NULL
        );
      `);
      database.pragma(`user_version = ${schemaVersion}`);
    })
    .immediate();
}

function nameOf(directory: string, build: string): string {
  let real = directory;
  try {
    real = realpathSync.native(directory);
  } catch {
    // The name need only be the same every time.
  }
  return createHash('sha256').update(`${real}\n${build}`).digest('hex').slice(0, 24);
}

function nameOfKey({ path, hash, reader, version }: FragmentKey): string {
  return `${reader} ${version} ${hash} ${path}`;
}

/** Keeps the caches of the directories analysed last. */
function removeOldest(cacheDirectory: string, keep: string): void {
  const files = readdirSync(cacheDirectory)
    .filter((name) => /^[0-9a-f]{24}\.sqlite$/u.test(name))
    .map((name) => join(cacheDirectory, name))
    .filter((file) => file !== keep);
  if (files.length < maxFiles) return;
  const byAge = files
    .map((file) => ({ file, changed: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.changed - a.changed);
  for (const { file } of byAge.slice(maxFiles - 1))
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

function isDamaged(error: unknown): boolean {
  return /^SQLITE_(?:CORRUPT|NOTADB)/u.test(sqliteCode(error));
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)/u.test(sqliteCode(error));
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
