/**
 * Plain JavaScript, because it runs before anything is installed, on whatever Node ≥ 20 the machine has.
 * Installs the dependencies when they are missing or the lock file changed, and finds the pinned Node 24.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));
const marker = join(repository, 'node_modules', '.installed');

/** Path of the Node that the lock file pins: better-sqlite3 13 crashes on Node 20, and TypeScript is run as it is. */
export const pinnedNode = join(
  repository,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Environment in which `node` is the pinned one. */
export function pinnedEnvironment() {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const separator = process.platform === 'win32' ? ';' : ':';
  return {
    // Tests start the command line some hundred times; what Node makes of the sources is the same each time.
    NODE_COMPILE_CACHE: join(repository, 'node_modules', '.cache', 'node'),
    ...process.env,
    [key]: join(repository, 'node_modules', '.bin') + separator + (process.env[key] ?? ''),
  };
}

export function ensureInstalled() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) fail(`Node ${process.versions.node} is too old: Node 20 or newer is needed to install.`);
  const lock = createHash('sha256')
    .update(readFileSync(join(repository, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock && existsSync(pinnedNode)) return;
  console.error('Installing dependencies (npm ci)…');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: repository,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0)
    fail('npm ci failed: see its message above. Check the network and the disk, then run the command again.');
  if (!existsSync(pinnedNode)) {
    fail(
      'The pinned Node was not installed: npm skipped the install script of the package "node". Run `npm rebuild node`, then try again.',
    );
  }
  writeFileSync(marker, lock);
}

/** Runs the pinned Node and ends this process if it fails. */
export function runNode(args, options = {}) {
  const result = spawnSync(pinnedNode, args, {
    cwd: repository,
    stdio: 'inherit',
    env: pinnedEnvironment(),
    ...options,
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}
