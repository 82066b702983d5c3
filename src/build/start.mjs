/**
 * `npm start [folder] [-- --once]`: installs what is missing, builds, prints the analysis of the folder (default: the example
 * workspace), and opens it in VS Code with the extension loaded. `--once` stops after the printed analysis.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureInstalled, fail, pinnedEnvironment, pinnedNode, repository, runNode } from './install.mjs';

const once = process.argv.includes('--once');
const [argument] = process.argv.slice(2).filter((value) => !value.startsWith('-'));
const folder =
  argument === undefined
    ? join(repository, 'test', 'workspaces', 'shop')
    : resolve(process.env.INIT_CWD ?? '.', argument);
if (!existsSync(folder)) fail(`There is no folder ${folder}.`);

ensureInstalled();
runNode(['src/build/build.ts']);

const cli = join(repository, 'dist', 'cli.js');
runNode([cli, 'schema', folder]);
// Findings are the point of the example: 1 is the exit code of "there are findings".
const lint = spawnSync(pinnedNode, [cli, 'lint', folder, '--fail-on', 'none'], {
  stdio: 'inherit',
  env: pinnedEnvironment(),
});
if (lint.status !== 0) process.exit(lint.status ?? 1);
if (once) process.exit(0);

if (desktopVsCode()) {
  console.log(`Opening ${folder} in VS Code…`);
  const code = process.platform === 'win32' ? 'code.cmd' : 'code';
  spawn(code, ['--new-window', `--extensionDevelopmentPath=${repository}`, folder], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
} else {
  runNode(['src/build/openInServer.ts', folder]);
}

function desktopVsCode() {
  const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  if (!display) return false;
  const probe = spawnSync(process.platform === 'win32' ? 'code.cmd' : 'code', ['--version'], {
    shell: process.platform === 'win32',
  });
  return probe.status === 0;
}
