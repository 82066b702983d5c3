import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import { build } from 'esbuild';
import { generateWorkspace } from '../support/generateWorkspace.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const wasm = new URL('../../node_modules/@vscode/tree-sitter-wasm/wasm/', import.meta.url);

/** What a page would do: files in, JSON and findings out. */
const program = `
  import { createSyntax } from './src/core/syntax/syntax.ts';
  import { createWorkspace } from './src/core/workspace/workspace.ts';
  import { noCache } from './src/core/workspace/fragmentCache.ts';
  import { readers } from './src/core/readers/registry.ts';
  import { lintProject } from './src/core/lint/engine.ts';
  import { renderSchemaJson } from './src/core/report/schemaJson.ts';
  import { renderFindingsJson } from './src/core/report/json.ts';
  export async function analyse(files, wasm) {
    const workspace = createWorkspace({
      syntax: () => createSyntax((name) => Promise.resolve(wasm[name])),
      readers,
      cache: noCache,
      hash: (text) => text,
    });
    const snapshot = await workspace.apply(files);
    workspace.dispose();
    return { schema: renderSchemaJson(snapshot), findings: renderFindingsJson(snapshot.projects.flatMap((project) => lintProject(project))) };
  }
`;

interface Analysed {
  readonly schema: string;
  readonly findings: string;
}

/**
 * What pages and workers have; no `process`, no `require`, no `Buffer`, no DOM. Only of `document` the wasm loader asks where its
 * own script came from.
 */
const pageGlobals: Readonly<Record<string, unknown>> = {
  // Without the DOM's types the compiler does not know it.
  WebAssembly: Reflect.get(globalThis, 'WebAssembly'),
  TextDecoder,
  TextEncoder,
  URL,
  console,
  document: { currentScript: { src: 'https://example.org/core.js' } },
};

describe('core in a browser-like sandbox', () => {
  it('analyses a workspace with nothing of Node in reach', async () => {
    const { outputFiles } = await build({
      stdin: { contents: program, resolveDir: repository, loader: 'ts' },
      bundle: true,
      platform: 'browser',
      conditions: ['worker'],
      format: 'iife',
      globalName: 'core',
      write: false,
      logLevel: 'silent',
      // The wasm loader mentions these behind a check for Node that no page passes.
      external: ['fs/promises', 'module', 'url', 'fs', 'path'],
      define: { 'import.meta.url': '"file:///core.js"' },
    });
    const context = createContext({ ...pageGlobals });
    const bundle = outputFiles[0]?.text ?? '';
    new Script(`${bundle}\nglobalThis.core = core; globalThis.bytes = (other) => new Uint8Array(other);`).runInContext(
      context,
    );
    const { core, bytes } = context as unknown as {
      core: { analyse: (files: unknown, wasm: unknown) => Promise<Analysed> };
      /** Typed arrays of the sandbox's own realm, as a page would have fetched them. */
      bytes: (other: Uint8Array) => Uint8Array;
    };

    const names = ['tree-sitter.wasm', 'tree-sitter-typescript.wasm'];
    const grammars = Object.fromEntries(names.map((name) => [name, bytes(readFileSync(new URL(name, wasm)))]));
    const { schema, findings } = await core.analyse(generateWorkspace({ entities: 20 }), grammars);
    const { projects } = JSON.parse(schema) as { projects: { dialect: string; tables: { columns: unknown[] }[] }[] };
    assert.equal(projects.length, 1);
    assert.equal(projects[0]?.dialect, 'postgresql');
    assert.equal(projects[0].tables.length, 20);
    assert.ok(projects[0].tables.every(({ columns }) => columns.length >= 11));
    assert.ok((JSON.parse(findings) as unknown[]).length > 0);
  });
});
