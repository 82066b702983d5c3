import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine } from '../../src/server/engine.ts';
import type { Analysis, Engine, EngineOptions } from '../../src/server/engine.ts';
import { generateLanguages } from '../support/generateLanguages.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';

const wasmDirectory = fileURLToPath(new URL('../../node_modules/@vscode/tree-sitter-wasm/wasm', import.meta.url));
const workspaces = fileURLToPath(new URL('../workspaces', import.meta.url));

const entity = (name: string): string => `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('${name}s')
export class ${name} {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;
}
`;

describe('an analysis that is recalled', () => {
  let folder: TemporaryFolder;
  let caches: TemporaryFolder;
  const engines: Engine[] = [];
  beforeEach(() => {
    folder = temporaryFolder({
      'package.json': '{ "name": "shop", "dependencies": { "typeorm": "1.0.0", "pg": "8.0.0" } }',
      'src/user.entity.ts': entity('User'),
      'src/order.entity.ts': entity('Order'),
    });
    caches = temporaryFolder();
  });
  afterEach(() => {
    for (const engine of engines.splice(0)) engine.dispose();
    folder.remove();
    caches.remove();
  });

  /** `read`: how many files the workspace has read by now; none where all was recalled. */
  async function open(options: Partial<EngineOptions> = {}): Promise<Engine & { readonly read: () => number }> {
    let files = 0;
    const engine = await createEngine({
      ...{ directory: folder.path, wasmDirectory, cacheDirectory: caches.path, exclude: [], maxFileSizeKb: 1024 },
      ...{ rules: {}, build: 'test', threads: 0, onProgress: (done: number) => (files = done) },
      ...options,
    });
    engines.push(engine);
    return Object.defineProperties(
      {},
      {
        ...Object.getOwnPropertyDescriptors(engine),
        read: { value: () => files },
      },
    ) as Engine & { read: () => number };
  }

  async function analysed(options: Partial<EngineOptions> = {}): Promise<{ analysis: Analysis; read: number }> {
    const engine = await open(options);
    const analysis = await engine.analyze();
    engine.dispose();
    engines.pop();
    return { analysis, read: engine.read() };
  }

  const tables = ({ snapshot }: Analysis): readonly string[] =>
    snapshot.projects.flatMap(({ schema }) => schema.tables.map(({ name }) => name));

  for (const name of ['shop', 'greenhouse', 'prisma-blog', ...generateLanguages(3).map((each) => each.name)])
    it(`is what was found: ${name}`, async () => {
      const language = generateLanguages(3).find((each) => each.name === name);
      if (language) folder.write(Object.fromEntries(language.files.map(({ path, text }) => [path, text])));
      else cpSync(join(workspaces, name), folder.path, { recursive: true });
      const first = await analysed();
      const second = await analysed();
      assert.ok(first.read > 0 && first.analysis.findings.length > 0);
      assert.equal(second.read, 0);
      assert.deepStrictEqual(second.analysis, first.analysis);
    });

  it('stands only for the same files', async () => {
    await analysed();
    assert.equal((await analysed()).read, 0);
    for (const change of [
      { 'src/user.entity.ts': entity('Person') },
      { 'src/tag.entity.ts': entity('Tag') },
      { '.data-engineer.json': '{ "rules": { "missing-primary-key": "off" } }' },
      { '.gitignore': 'src/order*' },
    ]) {
      folder.write(change);
      const { read } = await analysed();
      assert.ok(read > 0, Object.keys(change)[0]);
      assert.equal((await analysed()).read, 0);
    }
    rmSync(join(folder.path, 'src/tag.entity.ts'));
    const { analysis, read } = await analysed();
    assert.ok(read > 0);
    assert.deepEqual(tables(analysis), ['Persons']);
  });

  it('stands only for the same options and the same build', async () => {
    await analysed();
    assert.ok((await analysed({ exclude: ['src/order*'] })).read > 0);
    assert.ok((await analysed({ rules: { 'missing-primary-key': 'off' } })).read > 0);
    assert.equal((await analysed({ exclude: ['src/order*'] })).read, 0);
    assert.equal((await analysed()).read, 0);
    assert.ok((await analysed({ build: 'another' })).read > 0);
    assert.ok((await analysed({ build: '' })).read > 0);
    assert.ok((await analysed({ build: '' })).read > 0);
  });

  it('goes on as one that was made', async () => {
    const { analysis } = await analysed();
    const engine = await open();
    assert.deepStrictEqual(await engine.analyze(), analysis);
    // Opened, and changed in nothing: nothing is read for it.
    assert.deepStrictEqual(await engine.setBuffer('src/user.entity.ts', entity('User')), analysis);
    await engine.setBuffer('src/user.entity.ts', entity('Person'));
    assert.deepEqual(tables(engine.analysis), ['Orders', 'Persons']);
    assert.deepEqual(tables(await engine.setBuffer('src/user.entity.ts', null)), ['Orders', 'Users']);
    assert.deepStrictEqual(engine.analysis, analysis);
    folder.write({ 'src/tag.entity.ts': entity('Tag') });
    assert.deepEqual(tables(await engine.refresh(['src/tag.entity.ts'])), ['Orders', 'Tags', 'Users']);
  });

  it('can be read in full before anything changes', async () => {
    const { analysis } = await analysed();
    const engine = await open();
    await engine.analyze();
    await engine.prepare();
    assert.deepStrictEqual(engine.analysis, analysis);
    const preview = await engine.preview([{ path: 'src/tag.entity.ts', text: entity('Tag') }]);
    assert.deepEqual(tables(preview), ['Orders', 'Tags', 'Users']);
    assert.equal(preview.paths.length, 4);
  });

  it('previews files without having read the others', async () => {
    await analysed();
    const engine = await open();
    await engine.analyze();
    const preview = await engine.preview([{ path: 'src/tag.entity.ts', text: entity('Tag') }]);
    assert.deepEqual(tables(preview), ['Orders', 'Tags', 'Users']);
  });

  it('stands where the files cannot be read afterwards', async () => {
    const { analysis } = await analysed();
    const engine = await open({ wasmDirectory: join(folder.path, 'no-grammars-here') });
    await engine.analyze();
    await engine.clearCache();
    await assert.rejects(engine.prepare());
    await assert.rejects(engine.setBuffer('src/user.entity.ts', entity('Person')));
    assert.deepStrictEqual(engine.analysis, analysis);
  });

  it('is gone with the cache', async () => {
    await analysed();
    const engine = await open();
    await engine.analyze();
    assert.equal(engine.read(), 0);
    await engine.clearCache();
    await engine.analyze();
    assert.ok(engine.read() > 0);
  });
});
