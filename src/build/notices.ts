/**
 * `npm run notices`: writes THIRD_PARTY_NOTICES for what the package ships, found by asking esbuild which packages the bundles
 * really hold; versions and licence ids come from the lock file, the texts from the packages.
 */
import { build } from 'esbuild';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBundles, webviewBundles } from './build.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
}

/** Licences that the package may carry; anything else stops the build of the notices. elkjs (EPL-2.0) goes along unmodified. */
const accepted = /^(\(?(MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|0BSD|BlueOak-1\.0\.0|Unlicense|EPL-2\.0)\b.*)$/;

/** Paths of the packages in the lock file (`node_modules/a/node_modules/b`) whose code is in the bundles, or shipped beside them. */
export async function shippedPackages(): Promise<string[]> {
  const found = new Set(
    [
      'better-sqlite3',
      '@vscode/tree-sitter-wasm',
      '@tree-sitter-grammars/tree-sitter-kotlin',
      'elkjs',
      'prettier',
      '@electric-sql/pglite',
    ].map((name) => `node_modules/${name}`),
  );
  for (const bundle of [...nodeBundles({ production: true }), ...webviewBundles({ production: true })]) {
    const { metafile } = await build({ ...bundle, write: false, metafile: true, outdir: join(repository, 'dist') });
    for (const input of Object.keys(metafile.inputs)) {
      const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (match?.[1] !== undefined) found.add(match[1]);
    }
  }
  return [...found].sort();
}

/** https://www.postgresql.org/about/licence/: PostgreSQL within PGlite, whose package carries its own licence alone. */
const postgresqlLicense = `PostgreSQL Database Management System
(also known as Postgres, formerly known as Postgres95)

Portions Copyright (c) 1996-2026, The PostgreSQL Global Development Group

Portions Copyright (c) 1994, The Regents of the University of California

Permission to use, copy, modify, and distribute this software and its documentation for any purpose, without fee, and without a written agreement is hereby
granted, provided that the above copyright notice and this paragraph and the following two paragraphs appear in all copies.

IN NO EVENT SHALL THE UNIVERSITY OF CALIFORNIA BE LIABLE TO ANY PARTY FOR DIRECT, INDIRECT, SPECIAL, INCIDENTAL, OR CONSEQUENTIAL DAMAGES, INCLUDING LOST
PROFITS, ARISING OUT OF THE USE OF THIS SOFTWARE AND ITS DOCUMENTATION, EVEN IF THE UNIVERSITY OF CALIFORNIA HAS BEEN ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

THE UNIVERSITY OF CALIFORNIA SPECIFICALLY DISCLAIMS ANY WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A
PARTICULAR PURPOSE. THE SOFTWARE PROVIDED HEREUNDER IS ON AN "AS IS" BASIS, AND THE UNIVERSITY OF CALIFORNIA HAS NO OBLIGATIONS TO PROVIDE MAINTENANCE, SUPPORT,
UPDATES, ENHANCEMENTS, OR MODIFICATIONS.`;

/** For packages that state MIT in their manifest and carry no text; the holder is who the manifest names as author. */
function standardText(license: string, folder: string): string {
  if (license !== 'MIT') return `The package states ${license} and carries no text of it.`;
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    author?: string | { name?: string };
  };
  const author = typeof manifest.author === 'string' ? manifest.author : manifest.author?.name;
  const own = readFileSync(join(repository, 'LICENSE'), 'utf8').trim();
  return own.replace(/^Copyright .*$/m, `Copyright (c) ${author ?? `the authors of ${manifest.name}`}`);
}

export async function renderNotices(): Promise<string> {
  const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  const parts = [
    'THIRD-PARTY NOTICES\n\nData Engineer ships the packages below, unmodified. Each is under the licence named with it.\n' +
      'The source of elkjs (EPL-2.0) is available from its project, https://github.com/kieler/elkjs.\n' +
      'PGlite (@electric-sql/pglite) holds PostgreSQL, which is under the PostgreSQL License; its text follows that of PGlite.\n',
  ];
  for (const path of await shippedPackages()) {
    const entry = lock.packages[path];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (entry === undefined) throw new Error(`${path} is bundled but not in package-lock.json: run npm install.`);
    const license = entry.license ?? 'unknown';
    if (!accepted.test(license))
      throw new Error(`${name} is under ${license}, which is not among the accepted licences.`);
    const folder = join(repository, path);
    const file = existsSync(folder)
      ? readdirSync(folder).find((candidate) => /^(licen[cs]e|copying)(\.|-|$)/i.test(candidate))
      : undefined;
    let text = file === undefined ? standardText(license, folder) : readFileSync(join(folder, file), 'utf8').trim();
    if (name === '@electric-sql/pglite') text = `${text}\n\n${postgresqlLicense}`;
    parts.push(`${'-'.repeat(80)}\n${name} ${entry.version ?? ''} (${license})\n\n${text.replaceAll('\r\n', '\n')}\n`);
  }
  return parts.join('\n');
}

if (import.meta.main) {
  writeFileSync(join(repository, 'THIRD_PARTY_NOTICES'), await renderNotices());
}
