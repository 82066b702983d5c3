/** Packages of the example projects, installed once per set of dependencies into node_modules/.cache and linked from there. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/folders.ts';
import { run } from './process.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: unknown;
}

const cache = join(repository, 'node_modules/.cache/generate-verify');
const installMs = 8 * 60_000;
/** Sets that nobody has asked for in this time are removed. */
const keptMs = 30 * 24 * 60 * 60_000;

/**
 * Links `node_modules` of a project. `added`: packages that the notes of the generator tell the user to install, with their ranges.
 * Yields whether they had been there.
 */
export async function linkDependencies(
  folder: string,
  added: Readonly<Record<string, string>>,
): Promise<{ readonly cached: boolean }> {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const wanted = JSON.stringify({
    private: true,
    dependencies: manifest.dependencies,
    devDependencies: { ...manifest.devDependencies, ...added },
    overrides: manifest.overrides,
  });
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.version}\n${wanted}`);
  const home = join(cache, hash.digest('hex').slice(0, 16));
  const complete = join(home, 'complete');
  const cached = existsSync(complete);
  if (!cached) {
    removeOld();
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), wanted);
    const { code, output } = await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: home,
      timeoutMs: installMs,
    });
    if (code !== 0) throw new Error(`npm install has failed:\n${output.slice(-3000)}`);
  }
  writeFileSync(complete, '');
  symlinkSync(join(home, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return { cached };
}

function removeOld(): void {
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) {
    const marker = join(cache, name, 'complete');
    const isOld = !existsSync(marker) || Date.now() - statSync(marker).mtimeMs > keptMs;
    if (isOld) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** Packages that files import though no manifest has them. */
export function packagesMissing(folder: string, files: readonly string[]): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const tsconfig = existsSync(join(folder, 'tsconfig.json')) ? readFileSync(join(folder, 'tsconfig.json'), 'utf8') : '';
  const known = { ...manifest.dependencies, ...manifest.devDependencies };
  const missing = new Set<string>();
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:\bfrom|\bimport|\brequire\()\s*['"]([^'"]+)['"]/gu)) {
      if (/^(?:\.|node:)/u.test(specifier)) continue;
      const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
      // Aliases of the project's own folders look like scoped packages.
      const isAlias = tsconfig.includes(`"${specifier.split('/')[0] ?? ''}/`);
      if (known[name] === undefined && !isAlias) missing.add(name);
    }
  }
  return [...missing].sort();
}
