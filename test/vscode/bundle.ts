/** Bundles the suite for the extension host, which loads CommonJS and provides `vscode`. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repository } from '../support/folders.ts';

/** @returns the module whose `run()` VS Code calls; the test files lie beside it. */
export async function bundleSuite(): Promise<string> {
  // Inside the extension's own folder, so that `vscode` is the very object that the extension under test gets.
  const outdir = join(repository, 'dist-test/vscode');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: repository,
    entryPoints: ['test/vscode/suite/index.ts', 'test/vscode/suite/*.test.ts'],
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'index.cjs');
}
