/**
 * Prisma's schema engine (WebAssembly): the script that takes an empty database to a schema. It wants a database adapter for that, and asks it
 * no more than which server it is.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

/** Path and text of each file of the schema. */
export type PrismaFiles = readonly (readonly [path: string, text: string])[];

const require = createRequire(import.meta.url);
let started = false;

/** What is used of it; its types come with those of the DOM. */
interface WebAssemblyApi {
  readonly Module: {
    new (bytes: Uint8Array): object;
    imports(module: object): readonly { readonly module: string; readonly name: string }[];
  };
  readonly Instance: new (
    module: object,
    imports: object,
  ) => {
    readonly exports: { readonly __wbindgen_start: () => void };
  };
}

function start(): void {
  if (started) return;
  started = true;
  const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
  const file = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const module = new Module(readFileSync(file));
  const provided: Readonly<Record<string, unknown>> = { ...engine };
  const imports: Record<string, Record<string, unknown>> = {};
  for (const { module: from, name } of Module.imports(module)) (imports[from] ??= {})[name] = provided[name];
  const { exports } = new Instance(module, imports);
  (engine as unknown as { __wbg_set_wasm(exports: object): void }).__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  // The engine tells of its panics through this.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  });
}

interface Ok<Value> {
  readonly ok: true;
  readonly value: Value;
  map<Next>(change: (value: Value) => Next): Ok<Next>;
  flatMap<Next>(change: (value: Value) => Next): Next;
}

function ok<Value>(value: Value): Ok<Value> {
  return { ok: true, value, map: (change) => ok(change(value)), flatMap: (change) => change(value) };
}

const answers = {
  postgres: { columnNames: ['exists', 'version', 'numeric_version'], columnTypes: [5, 7, 0] },
  sqlite: { columnNames: ['version'], columnTypes: [7] },
} as const;

/** An adapter to a server that holds nothing. */
function emptyServer(provider: 'postgres' | 'sqlite', version: string): object {
  const row = provider === 'postgres' ? [true, version, 160_002] : [version];
  const connection = {
    provider,
    adapterName: 'empty',
    executeRaw: () => Promise.resolve(ok(0)),
    queryRaw: () => Promise.resolve(ok({ ...answers[provider], rows: [row] })),
    executeScript: () => Promise.resolve(ok(undefined)),
    dispose: () => Promise.resolve(ok(undefined)),
    getConnectionInfo: () => ok({ supportsRelationJoins: true }),
  };
  return {
    provider,
    adapterName: 'empty',
    connect: () => Promise.resolve(ok(connection)),
    connectToShadowDb: () => Promise.resolve(ok(connection)),
  };
}

const servers: Readonly<Record<string, () => object>> = {
  postgresql: () => emptyServer('postgres', 'PostgreSQL 16.2'),
  cockroachdb: () => emptyServer('postgres', 'CockroachDB CCL v23.1.11'),
  sqlite: () => emptyServer('sqlite', '3.45.0'),
};

/** Rejects with Prisma's own words where the schema is not valid, or the engine has no support for the provider here. */
export async function migrationScript(files: PrismaFiles): Promise<string> {
  start();
  const provider = /provider\s*=\s*"(postgresql|cockroachdb|sqlite)"/.exec(
    files.map(([, text]) => text).join('\n'),
  )?.[1];
  const server = servers[provider ?? ''];
  if (!server) throw new Error('The schema engine in WebAssembly serves PostgreSQL, CockroachDB and SQLite only.');
  const datamodels = files.map(([path, text]): [string, string] => [path, text]);
  const created = await engine.SchemaEngine.new({ datamodels }, () => undefined, server());
  const { stdout } = await created.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: files.map(([path, content]) => ({ path, content })) },
    script: true,
    shadowDatabaseUrl: null,
    exitCode: false,
    filters: { externalTables: [], externalEnums: [] },
  } as Parameters<typeof created.diff>[0]);
  created.free();
  return stdout ?? '';
}
