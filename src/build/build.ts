/**
 * Bundles the extension: `npm run build [-- --watch] [--production]`.
 * dist/extension.js (host), dist/server.js and cli.js with the programs.js that they share, dist/readWorker.js, dist/elk.js,
 * dist/webview/*, dist/wasm/*. CommonJS, because VS Code's own loader and `node dist/cli.js` both take it without flags; better-sqlite3
 * stays outside, it is native.
 */
import { build, context } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { grammarFiles } from '../core/syntax/syntax.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

export interface BundleOptions {
  readonly production: boolean;
  /** Module that better-sqlite3 is replaced by, for a package of one platform (`better-sqlite3/linux-x64`). */
  readonly sqlite?: string;
  readonly outdir?: string;
}

/** What is cached holds for the code alone that read and judged it: the core, what opens files for it, and the packages of both. */
function hashOfAnalysis(): string {
  const hash = createHash('sha256').update(readFileSync(join(repository, 'package-lock.json')));
  for (const folder of ['src/core', 'src/server'].map((each) => join(repository, each)))
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
      if (path.endsWith('.ts')) hash.update(path).update(readFileSync(join(folder, path)));
  return hash.digest('hex').slice(0, 16);
}

function common(options: BundleOptions): BuildOptions {
  return {
    absWorkingDir: repository,
    bundle: true,
    minify: options.production,
    sourcemap: options.production ? false : 'linked',
    logLevel: 'warning',
    legalComments: 'none',
    define: {
      'process.env.NODE_ENV': JSON.stringify(options.production ? 'production' : 'development'),
    },
  };
}

/**
 * The layout engine is two thirds of all code, and only diagrams need it: in a file of its own, starting the server or
 * the command line does not read it.
 */
const layoutEngineBeside: Plugin = {
  name: 'layout-engine-beside',
  setup(builder) {
    builder.onResolve({ filter: /^elkjs\/lib\/elk\.bundled\.js$/ }, () => ({ path: './elk.js', external: true }));
  },
};

/** The code printer, as large as the server itself, is wanted only when code is generated: its modules stay beside the bundles. */
const printerModules = ['standalone', 'plugins/estree', 'plugins/typescript'] as const;

const codePrinterBeside: Plugin = {
  name: 'code-printer-beside',
  setup(builder) {
    builder.onResolve({ filter: /^prettier\// }, ({ path }) => ({ path: `./${path}.mjs`, external: true }));
  },
};

/** PostgreSQL in WebAssembly, for proofs: what it reads at run time lies around its modules, as in its own package. */
const pgliteFiles = [
  ...['index.cjs', 'contrib/uuid_ossp.cjs', 'uuid-ossp.tar.gz'],
  ...['pglite.wasm', 'pglite.data', 'initdb.wasm'],
] as const;

const pgliteBeside: Plugin = {
  name: 'pglite-beside',
  setup(builder) {
    builder.onResolve({ filter: /^@electric-sql\/pglite(?:\/|$)/ }, ({ path }) => {
      const part = path.replace(/^@electric-sql\/pglite\/?/, '') || 'index';
      return { path: `./pglite/${part}.cjs`, external: true };
    });
  },
};

/** Bundles for Node: extension host, language server, command line. */
export function nodeBundles(options: BundleOptions): BuildOptions[] {
  const outdir = options.outdir ?? 'dist';
  const shared = common(options);
  const node: BuildOptions = {
    ...shared,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    plugins: [layoutEngineBeside, codePrinterBeside, pgliteBeside],
    external: ['vscode', ...(options.sqlite === undefined ? ['better-sqlite3'] : [])],
    ...(options.sqlite === undefined
      ? {}
      : { alias: { 'better-sqlite3': options.sqlite }, loader: { '.node': 'copy' } }),
    // Source that asks `import.meta.url` where it lies gets the bundle's own place.
    define: {
      ...shared.define,
      'process.env.DATA_ENGINEER_BUILD': JSON.stringify(hashOfAnalysis()),
      'import.meta.url': '__bundleUrl',
    },
    banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  };
  return [
    {
      ...node,
      entryPoints: {
        extension: 'src/host/extension.ts',
        server: 'src/server/entry.ts',
        programs: 'src/cli/programs.ts',
        proofWorker: 'src/proof/proofWorker.ts',
        readWorker: 'src/server/reading/readWorker.ts',
      },
      outdir,
    },
    {
      ...node,
      entryPoints: { cli: 'src/cli/entry.ts' },
      outdir,
      banner: { js: `#!/usr/bin/env node\n${node.banner?.js ?? ''}` },
    },
  ];
}

/** Large diagrams are laid out without ELK: a worker for them starts in a tenth of the time. What asks for it anyway fails. */
const withoutLayoutEngine: Plugin = {
  name: 'without-layout-engine',
  setup(builder) {
    builder.onResolve({ filter: /^elkjs\/lib\/elk\.bundled\.js$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    builder.onLoad({ filter: /./, namespace: 'left-out' }, () => ({
      contents: `throw new Error('ELK is left out of this bundle.');`,
    }));
  },
};

/** Bundles for the diagram's webview and its layout workers. */
export function webviewBundles(options: BundleOptions): BuildOptions[] {
  const browser: BuildOptions = {
    ...common(options),
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
    outdir: join(options.outdir ?? 'dist', 'webview'),
  };
  return [
    {
      ...browser,
      loader: { '.css': 'css' },
      // It stands in the page itself, where the name of a map beside it would lead nowhere.
      sourcemap: options.production ? false : 'external',
      entryPoints: { first: 'webview/first/first.ts' },
    },
    {
      ...browser,
      jsx: 'automatic',
      loader: { '.css': 'css' },
      // In parts, so that reading and starting each takes a task of its own.
      format: 'esm',
      splitting: true,
      // V8 compiles all of it beside the page's own thread, which a function that is compiled when it is first called holds up
      // (explicit compile hints, Chrome 136; others take it for a comment).
      banner: { js: '//# allFunctionsCalledOnLoad' },
      entryPoints: { main: 'webview/main.ts' },
    },
    { ...browser, plugins: [withoutLayoutEngine], entryPoints: { layoutWorker: 'webview/layoutWorker.ts' } },
    { ...browser, entryPoints: { elkWorker: 'webview/layoutWorker.ts' } },
  ];
}

/** Kotlin's comes with a package of its own. */
function grammarFile(folder: string, file: string): string {
  return file === grammarFiles.kotlin
    ? createRequire(import.meta.url).resolve(`@tree-sitter-grammars/tree-sitter-kotlin/${file}`)
    : join(folder, file);
}

/** Grammars, the layout engine and package.json beside the bundles. Gives the files written, absolute. */
export function copyAssets(outdir = 'dist'): readonly string[] {
  const target = join(repository, outdir);
  mkdirSync(join(target, 'wasm'), { recursive: true });
  const wasm = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));
  const written: string[] = [];
  const copy = (from: string, to: string) => {
    copyFileSync(from, to);
    written.push(to);
  };
  for (const file of ['tree-sitter.wasm', ...Object.values(grammarFiles)])
    copy(grammarFile(wasm, file), join(target, 'wasm', file));
  copy(createRequire(import.meta.url).resolve('elkjs/lib/elk.bundled.js'), join(target, 'elk.js'));
  mkdirSync(join(target, 'prettier/plugins'), { recursive: true });
  const printer = dirname(createRequire(import.meta.url).resolve('prettier/package.json'));
  for (const module of printerModules) copy(join(printer, `${module}.mjs`), join(target, 'prettier', `${module}.mjs`));
  const pglite = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  mkdirSync(join(target, 'pglite', 'contrib'), { recursive: true });
  for (const file of pgliteFiles) copy(join(pglite, file), join(target, 'pglite', file));
  // The repository is "type": "module"; the bundles are CommonJS.
  writeFileSync(join(target, 'package.json'), '{ "type": "commonjs" }\n');
  return [...written, join(target, 'package.json')];
}

export async function buildAll(options: BundleOptions): Promise<void> {
  const outdir = options.outdir ?? 'dist';
  const results = await Promise.all(
    [...nodeBundles(options), ...webviewBundles(options)].map((bundle) => build({ ...bundle, metafile: true })),
  );
  const bundled = results.flatMap(({ metafile }) => Object.keys(metafile.outputs));
  const written = new Set([...copyAssets(outdir), ...bundled.map((file) => join(repository, file))]);
  chmodSync(join(repository, outdir, 'cli.js'), 0o755);
  removeOthers(join(repository, outdir), written);
}

/** What an earlier build left. Removed last, so that whatever runs from the folder meanwhile never misses a file. */
function removeOthers(folder: string, written: ReadonlySet<string>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isDirectory() && !written.has(path)) rmSync(path);
  }
}

if (import.meta.main) {
  const production = process.argv.includes('--production');
  if (process.argv.includes('--watch')) {
    copyAssets();
    for (const bundle of [...nodeBundles({ production }), ...webviewBundles({ production })])
      await (await context(bundle)).watch();
    console.log('Watching for changes…');
  } else {
    await buildAll({ production });
  }
}
