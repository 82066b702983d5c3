/**
 * `npm run package [-- --target linux-x64] [-- --out DIR]`: builds for production and packs the VSIX.
 * Without a target it is universal: better-sqlite3 goes along with its prebuilt binaries of all platforms. With one, the single
 * binary is bundled and no node_modules are packed.
 */
import { createVSIX } from '@vscode/vsce';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { buildAll } from './build.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** VS Code's target names → better-sqlite3's names of its prebuilt binaries. There is none for 32-bit ARM. */
const targets: Readonly<Record<string, string>> = {
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'alpine-x64': 'linuxmusl-x64',
  'alpine-arm64': 'linuxmusl-arm64',
};

const { values } = parseArgs({ options: { target: { type: 'string' }, out: { type: 'string', default: '.' } } });

const binary = values.target === undefined ? undefined : targets[values.target];
if (values.target !== undefined && binary === undefined) {
  console.error(`Unknown target ${values.target}. Targets: ${Object.keys(targets).join(', ')}.`);
  process.exit(2);
}

const { name, version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};
const folder = resolve(values.out);
mkdirSync(folder, { recursive: true });
const file = join(folder, [name, ...(values.target === undefined ? [] : [values.target]), version].join('-') + '.vsix');

await buildAll({ production: true, ...(binary === undefined ? {} : { sqlite: `better-sqlite3/${binary}` }) });
await createVSIX({
  cwd: repository,
  packagePath: file,
  // The repository's address is not known to the package; relative links of the README stay as they are.
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
  dependencies: binary === undefined,
  ...(values.target === undefined ? {} : { target: values.target }),
});
console.log(`${file} ${(statSync(file).size / 1e6).toFixed(1)} MB`);
