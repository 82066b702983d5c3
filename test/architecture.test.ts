/** What ESLint's import zones cannot see: that the table covers every folder, every registry is complete, no file is orphaned. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importTable, packageOwners } from '../src/build/importTable.mjs';
import { readers } from '../src/core/readers/registry.ts';
import { rules } from '../src/core/lint/registry.ts';
import { writers } from '../src/core/writers/registry.ts';

const repository = fileURLToPath(new URL('../', import.meta.url));

function filesBelow(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(repository.length).replaceAll('\\', '/'), entry.name));
}

function foldersIn(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(repository, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);
}

const sources = [...filesBelow('src'), ...filesBelow('webview')].filter(
  (file) => /\.tsx?$/.test(file) && !file.startsWith('src/build/'),
);
const table: Readonly<Record<string, readonly string[]>> = importTable;

/** The row of the import table a file stands under: the longest folder that holds it. */
function rowOf(file: string): string | undefined {
  return Object.keys(table)
    .filter((folder) => file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
}

describe('architecture', () => {
  it('gives every source file a row in the import table', () => {
    const contracts = /^src\/core\/(readers|writers)\/[^/]+\.ts$/;
    const loose = sources.filter((file) => rowOf(file) === undefined && !contracts.test(file));
    assert.deepEqual(loose, []);
  });

  it('lets every file import only what its row allows', () => {
    const broken: string[] = [];
    for (const file of sources) {
      const row = rowOf(file);
      if (row === undefined) continue;
      for (const specifier of importsOf(file).filter((name) => name.startsWith('.'))) {
        const target = posix.join(posix.dirname(file), specifier);
        const allowed = [row, ...(table[row] ?? [])];
        if (!allowed.some((entry) => target === entry || target.startsWith(`${entry}/`)))
          broken.push(`${file} → ${target}`);
      }
    }
    assert.deepEqual(broken, []);
  });

  it('keeps packages with their owners and Node out of core', () => {
    const broken: string[] = [];
    for (const file of sources) {
      for (const specifier of importsOf(file).filter((name) => !name.startsWith('.'))) {
        if (file.startsWith('src/core/') && specifier.startsWith('node:')) broken.push(`${file} → ${specifier}`);
        const rule = packageOwners.find(({ packages }) =>
          packages.some((name) => specifier === name || specifier.startsWith(`${name}/`)),
        );
        if (rule && !rule.owners.some((owner) => file.startsWith(`${owner}/`))) broken.push(`${file} → ${specifier}`);
      }
    }
    assert.deepEqual(broken, []);
  });

  it('lists every reader, writer and rule in its registry, sorted', () => {
    assert.deepEqual(
      readers.map((reader) => reader.id),
      foldersIn('src/core/readers')
        .filter((name) => name !== 'shared')
        .sort(),
    );
    assert.deepEqual(
      writers.map((writer) => writer.id),
      foldersIn('src/core/writers')
        .filter((name) => name !== 'shared')
        .sort(),
    );
    // A rule's examples may stand in a file beside it, where they are long.
    const files = filesBelow('src/core/lint/rules')
      .map((file) => posix.basename(file, '.ts'))
      .filter((name) => !name.endsWith('.examples'));
    assert.deepEqual(
      rules.map((rule) => rule.id),
      files.sort(),
    );
  });

  it('gives every rule a unique code, documentation, and examples of both kinds', () => {
    assert.equal(new Set(rules.map((rule) => rule.code)).size, rules.length);
    for (const rule of rules) {
      assert.match(rule.id, /^[a-z]+(-[a-z0-9]+)*$/);
      assert.match(rule.code, /^[A-Z]{2,4}\d{3}$/);
      assert.ok(rule.docs.what && rule.docs.why, `${rule.id} says neither what it does nor why`);
      assert.ok(rule.docs.bad.length > 0 && rule.docs.good.length > 0, `${rule.id} lacks an example`);
    }
  });

  it('has no golden file without a test that names its folder', () => {
    const golden = filesBelow('test').filter((file) => file.includes('/golden/'));
    const tests = filesBelow('test')
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(repository, file), 'utf8'));
    const orphans = golden.filter(
      (file) =>
        !tests.some(
          (text) => text.includes(posix.basename(file)) || text.includes("'golden'") || text.includes('golden/'),
        ),
    );
    assert.deepEqual(orphans, []);
  });

  it('uses stable VS Code API only', () => {
    const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
      enabledApiProposals?: unknown;
      engines: { vscode: string };
      devDependencies: Record<string, string>;
    };
    assert.equal(manifest.enabledApiProposals, undefined);
    assert.equal(`^${manifest.devDependencies['@types/vscode'] ?? ''}`, manifest.engines.vscode);
  });
});
