import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { readers } from '../../../src/core/readers/registry.ts';
import { createSyntax } from '../../../src/core/syntax/syntax.ts';
import type { Elsewhere, ReadingTask } from '../../../src/core/workspace/elsewhere.ts';
import { noCache } from '../../../src/core/workspace/fragmentCache.ts';
import { createWorkspace } from '../../../src/core/workspace/workspace.ts';
import { createReadingThreads } from '../../../src/server/reading/readingThreads.ts';
import type { ReadingThreads, ReadingThreadsOptions } from '../../../src/server/reading/readingThreads.ts';
import { generateWorkspace } from '../../support/generateWorkspace.ts';
import { memoryCache } from '../../core/workspace/support.ts';

const wasmDirectory = fileURLToPath(new URL('../../../node_modules/@vscode/tree-sitter-wasm/wasm', import.meta.url));
const task = (path: string): ReadingTask => ({
  path,
  text: "import { Column, Entity } from 'typeorm';\n@Entity()\nexport class Order { @Column() total: number; }\n",
  readers: ['typeorm'],
});

describe('reading threads', function () {
  this.timeout(60_000);
  const syntax = createSyntax((file) => readFile(join(wasmDirectory, file)));
  const log: string[] = [];
  const open: ReadingThreads[] = [];
  beforeEach(() => log.splice(0));
  afterEach(() => open.splice(0).forEach((threads) => threads.rest()));

  function start(options: Partial<ReadingThreadsOptions> = {}): ReadingThreads {
    const threads = createReadingThreads({
      ...{ wasmDirectory, threads: 2, startAfter: 0, log: (line: string) => log.push(line) },
      ...options,
    });
    open.push(threads);
    return threads;
  }

  /** Asks until a thread is ready to take the task. */
  async function taken(threads: ReadingThreads, asked = task('src/order.ts')) {
    for (let tries = 0; tries < 1000; tries++) {
      const reading = threads.read(asked);
      if (reading) return reading;
      await wait(20);
    }
    throw new Error('no thread became ready');
  }

  it('answer what reading here gives', async () => {
    const reading = await taken(start());
    assert.deepEqual(reading?.problems, []);
    assert.match(reading.reads[0] ?? '', /"reader":"typeorm","file":"src\/order\.ts".*"name":"total"/u);
    assert.deepEqual(log, []);
  });

  it('are not started for a few files', async () => {
    const threads = start({ startAfter: 10_000, entry: 'there-is-no-such-module.js' });
    for (let index = 0; index < 20; index++) assert.equal(threads.read(task(`${index}.ts`)), undefined);
    await wait(50);
    assert.deepEqual(log, []);
  });

  it('are not started where there is no core to spare', () => {
    assert.equal(start({ threads: 0 }).read(task('a.ts')), undefined);
  });

  it('that cannot start are told of once, and no longer asked', async () => {
    const threads = start({ entry: 'there-is-no-such-module.js' });
    assert.equal(threads.read(task('a.ts')), undefined, 'a thread is not ready at once');
    for (let tries = 0; tries < 500 && log.length === 0; tries++) await wait(20);
    assert.equal(log.length, 1);
    assert.match(log[0] ?? '', /^Files are read on one thread, because another could not go on: .*no-such-module/u);
    assert.equal(threads.read(task('b.ts')), undefined);
  });

  it('that die leave what they had to read to whoever asked', async () => {
    const entry = fileURLToPath(new URL('./dyingWorker.ts', import.meta.url));
    const threads = start({ entry, threads: 1 });
    const readings = [await taken(threads)];
    assert.deepEqual(readings, [null]);
    assert.equal(log.length, 1);
    assert.equal(threads.read(task('b.ts')), undefined);
  });

  it('that are sent home with work before them answer that it is not done', async () => {
    const threads = start({ entry: fileURLToPath(new URL('./silentWorker.ts', import.meta.url)), threads: 1 });
    let reading = threads.read(task('a.ts'));
    for (let tries = 0; tries < 1000 && !reading; tries++) {
      await wait(20);
      reading = threads.read(task('a.ts'));
    }
    threads.rest();
    assert.equal(await reading, null);
  });

  it('change nothing of what a workspace gives, nor of what its cache keeps', async () => {
    const files = {
      ...Object.fromEntries(generateWorkspace({ entities: 30 }).map(({ path, text }) => [path, text])),
      'src/broken.entity.ts': "import { Entity } from 'typeorm';\n@Entity() class Broken { @Column( }",
      'src/off.entity.ts': "// data-engineer-disable\nimport { Entity } from 'typeorm';\n@Entity() class Off { }\n",
      'old.js': "const { EntitySchema } = require('typeorm'); module.exports = new EntitySchema({ name: 'Old' });",
    };

    async function run(elsewhere?: Elsewhere) {
      const cache = memoryCache();
      const options = { syntax: () => syntax, readers, cache, hash: (text: string) => text };
      const workspace = createWorkspace(elsewhere ? { ...options, elsewhere } : options);
      const snapshot = await workspace.apply(Object.entries(files).map(([path, text]) => ({ path, text })));
      workspace.dispose();
      return { snapshot: JSON.stringify(snapshot), kept: [...cache.entries.values()].sort() };
    }

    const threads = start();
    let handedOver = 0;
    const here = await run();
    const there = await run({ read: (each) => taken(threads, each).finally(() => handedOver++) });
    assert.ok(handedOver > 30, 'files were read by threads');
    assert.ok(here.snapshot.includes('syntax-error') && here.snapshot.includes('"suppressions"'));
    assert.ok(there.snapshot === here.snapshot);
    assert.deepEqual(there.kept, here.kept);
    assert.deepEqual(log, []);
  });

  it('let a workspace go on when they die', async () => {
    const threads = start({ entry: fileURLToPath(new URL('./dyingWorker.ts', import.meta.url)), threads: 1 });
    await wait(400);
    const workspace = createWorkspace({
      ...{ readers, cache: noCache, hash: (text: string) => text },
      syntax: () => createSyntax((file) => readFile(join(wasmDirectory, file))),
      elsewhere: { read: (each) => taken(threads, each) },
    });
    const { projects } = await workspace.apply([{ path: 'src/order.entity.ts', text: task('').text }]);
    assert.deepEqual(
      projects.flatMap(({ schema }) => schema.tables.map(({ name }) => name)),
      ['order'],
    );
    workspace.dispose();
  });
});
