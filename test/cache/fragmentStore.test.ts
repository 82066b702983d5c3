import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openFragmentStore } from '../../src/cache/fragmentStore.ts';
import type { FragmentStore, StoreOptions } from '../../src/cache/fragmentStore.ts';
import type { ReadResult } from '../../src/core/readers/reader.ts';
import type { FragmentKey } from '../../src/core/workspace/fragmentCache.ts';

const keyOf = (path: string, hash = 'h1', version = 1): FragmentKey => ({ path, hash, reader: 'typeorm', version });

function resultOf(path: string, size = 1): ReadResult {
  const facts = {
    file: path,
    purpose: 'application' as const,
    ...{ queries: [], functions: [], loops: [], calls: [], accesses: [], transactions: [], endpoints: [] },
    ...{ dataSources: [], imports: [], fields: [], classes: [] },
  };
  return { fragment: { reader: 'typeorm', file: path, mappings: 'x'.repeat(size), facts }, problems: [] };
}

describe('fragment store', () => {
  let folder: string;
  let log: string[];
  const open = (options: Partial<StoreOptions> = {}): Promise<FragmentStore> =>
    openFragmentStore({ cacheDirectory: folder, directory: '/project', log: (line) => log.push(line), ...options });
  const database = (): string => join(folder, readdirSync(folder).find((name) => name.endsWith('.sqlite')) ?? 'none');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fragments-'));
    log = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives back what was set, at once and after it was closed', async () => {
    const store = await open();
    store.set(keyOf('a.ts'), resultOf('a.ts'));
    assert.deepEqual(store.get(keyOf('a.ts')), resultOf('a.ts'));
    store.close();
    const again = await open();
    assert.deepEqual(again.get(keyOf('a.ts')), resultOf('a.ts'));
    for (const other of [keyOf('b.ts'), keyOf('a.ts', 'h2'), keyOf('a.ts', 'h1', 2)])
      assert.equal(again.get(other), undefined);
    again.close();
    assert.deepEqual(log, []);
  });

  it('keeps directories apart', async () => {
    const one = await open({ directory: '/one' });
    one.set(keyOf('a.ts'), resultOf('a.ts'));
    one.close();
    const two = await open({ directory: '/two' });
    assert.equal(two.get(keyOf('a.ts')), undefined);
    two.close();
  });

  it('takes nothing that another build has read', async () => {
    const one = await open({ build: 'one' });
    one.set(keyOf('a.ts'), resultOf('a.ts'));
    one.close();
    const two = await open({ build: 'two' });
    assert.equal(two.get(keyOf('a.ts')), undefined);
    two.close();
    const again = await open({ build: 'one' });
    assert.deepEqual(again.get(keyOf('a.ts')), resultOf('a.ts'));
    again.close();
  });

  it('forgets what older versions of a reader made of a file', async () => {
    const store = await open();
    store.set(keyOf('a.ts', 'h1', 1), resultOf('a.ts'));
    store.flush();
    store.set(keyOf('a.ts', 'h1', 2), resultOf('a.ts'));
    store.flush();
    assert.equal(store.get(keyOf('a.ts', 'h1', 1)), undefined);
    assert.ok(store.get(keyOf('a.ts', 'h1', 2)));
    store.close();
  });

  it('drops the longest unused beyond its size', async () => {
    const maxBytes = 50_000;
    const store = await open({ maxBytes });
    for (let index = 0; index < 20; index++) {
      store.set(keyOf(`${index}.ts`), resultOf(`${index}.ts`, 5000));
      store.flush();
    }
    const kept = Array.from({ length: 20 }, (_, index) => index).filter((index) => store.get(keyOf(`${index}.ts`)));
    assert.ok(kept.length > 4 && kept.length < 11, `${kept.length} kept`);
    assert.ok(kept.includes(19), 'the newest stays');
    store.close();
  });

  it('is empty after it was cleared, and smaller', async () => {
    const store = await open();
    for (let index = 0; index < 50; index++) store.set(keyOf(`${index}.ts`), resultOf(`${index}.ts`, 20_000));
    store.flush();
    store.clear();
    assert.equal(store.get(keyOf('1.ts')), undefined);
    store.close();
    assert.ok(statSync(database()).size < 100_000);
  });

  it('starts afresh when its file is damaged, and says so once', async () => {
    const store = await open();
    store.set(keyOf('a.ts'), resultOf('a.ts'));
    store.close();
    writeFileSync(database(), 'this is no database, '.repeat(1000));
    const again = await open();
    assert.equal(again.get(keyOf('a.ts')), undefined);
    again.set(keyOf('a.ts'), resultOf('a.ts'));
    again.close();
    const third = await open();
    assert.ok(third.get(keyOf('a.ts')));
    third.close();
    assert.equal(log.length, 1);
    assert.match(log[0] ?? '', /damaged and starts afresh/u);
  });

  it('goes on when its file is damaged later than its head', async () => {
    const store = await open();
    for (let index = 0; index < 100; index++) store.set(keyOf(`${index}.ts`), resultOf(`${index}.ts`, 9000));
    store.close();
    const bytes = readFileSync(database());
    bytes.fill(0xab, 8192, bytes.length - 4096);
    writeFileSync(database(), bytes);
    const again = await open();
    for (let index = 0; index < 100; index++) again.get(keyOf(`${index}.ts`));
    again.set(keyOf('new.ts'), resultOf('new.ts'));
    again.close();
    truncateSync(database(), 6000);
    const third = await open();
    third.get(keyOf('1.ts'));
    third.close();
    assert.ok(log.length > 0);
  });

  it('remembers nothing, and says so once, where it cannot write', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const store = await open({ cacheDirectory: file });
    store.set(keyOf('a.ts'), resultOf('a.ts'));
    store.flush();
    store.close();
    assert.equal(log.length, 1);
    assert.match(log[0] ?? '', /The cache is off/u);
  });

  it('remembers nothing where no folder is given', async () => {
    const store = await open({ cacheDirectory: null });
    store.set(keyOf('a.ts'), resultOf('a.ts'));
    store.close();
    assert.deepEqual(log, []);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('serves two processes at the same time', async () => {
    const script = `
      import { openFragmentStore } from ${JSON.stringify(new URL('../../src/cache/fragmentStore.ts', import.meta.url).href)};
      const store = await openFragmentStore({ cacheDirectory: ${JSON.stringify(folder)}, directory: '/project', log: (line) => console.log(line) });
      for (let round = 0; round < 20; round++) {
        for (let index = 0; index < 20; index++)
          store.set({ path: process.argv[1] + round + '-' + index, hash: 'h', reader: 'typeorm', version: 1 }, { fragment: { reader: 'typeorm', file: 'x', mappings: 'y'.repeat(500), facts: null }, problems: [] });
        store.flush();
      }
      store.close();
    `;
    const run = (name: string): Promise<{ code: number | null; output: string }> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', script, name], {
          cwd: fileURLToPath(new URL('../../', import.meta.url)),
          timeout: 15_000,
        });
        let output = '';
        child.stdout.on('data', (data: Buffer) => (output += data.toString()));
        child.stderr.on('data', (data: Buffer) => (output += data.toString()));
        child.on('close', (code) => resolve({ code, output }));
      });
    const results = await Promise.all([run('a'), run('b')]);
    assert.deepEqual(results, [
      { code: 0, output: '' },
      { code: 0, output: '' },
    ]);
    const store = await open();
    const both = ['a', 'b'].map((name) =>
      store.get({ path: `${name}19-19`, hash: 'h', reader: 'typeorm', version: 1 }),
    );
    assert.ok(both[0] && both[1]);
    store.close();
  });
});
