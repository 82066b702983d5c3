/** Bundles the suite for the extension host, which loads CommonJS and provides `vscode`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repository } from '../support/folders.ts';

/**
 * @param folder below the repository, where mocha is found. Inside the folder of the extension under test `vscode` is the very
 * object that the extension gets, so that tests can listen to what it says.
 * @returns the module whose `run()` VS Code calls; the test files lie beside it.
 */
export async function bundleSuite(folder = 'dist-test/vscode'): Promise<string> {
  const outdir = join(repository, folder);
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

/** @returns the folder of an extension that brings a language model for tests, which answers what it is told to. */
export async function bundleFakeModel(): Promise<string> {
  const folder = join(repository, 'dist-test/fake-model');
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: repository,
    entryPoints: ['test/vscode/fakeModel/extension.ts'],
    outfile: join(folder, 'extension.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const manifest = {
    name: 'fake-model',
    publisher: 'data-engineer-tests',
    version: '1.0.0',
    engines: { vscode: '^1.109.0' },
    main: './extension.cjs',
    extensionKind: ['workspace'],
    activationEvents: ['*'],
    contributes: { languageModelChatProviders: [{ vendor: 'data-engineer-tests', displayName: 'Tests' }] },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
