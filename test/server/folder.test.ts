/** How changes are collected before they reach the engine. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Analysis, Engine } from '../../src/server/engine.ts';
import type { Folder } from '../../src/server/folder.ts';
import { openFolder } from '../../src/server/folder.ts';

const empty: Analysis = { snapshot: { projects: [], problems: [] }, findings: [] };
const options = {
  directory: '/w',
  wasmDirectory: '/wasm',
  cacheDirectory: null,
  exclude: [],
  maxFileSizeKb: 1024,
  rules: {},
};

/** Writes down what it is asked; every call takes a while, as a real one does. */
function recordingEngine(calls: string[], workMs = 10): Engine {
  let busy = false;
  const work = async (call: string): Promise<Analysis> => {
    assert.equal(busy, false, `${call} while another call is under way`);
    busy = true;
    calls.push(call);
    await pause(workMs);
    busy = false;
    return { ...empty };
  };
  return {
    analysis: empty,
    analyze: () => work('analyze'),
    prepare: () => Promise.resolve(),
    refresh: (paths) => work(`refresh ${paths.join(' ')}`),
    setBuffer: (path, text) => work(`${path} = ${String(text)}`),
    fix: () => Promise.resolve({ edits: [] }),
    text: () => Promise.resolve(null),
    write: () => Promise.resolve(null),
    edit: () => Promise.resolve({ ok: false, reason: 'nothing is written' }),
    preview: () => Promise.resolve({ snapshot: { projects: [], problems: [] }, findings: [], paths: [], broken: [] }),
    clearCache: () => Promise.resolve(),
    dispose: () => void calls.push('dispose'),
  };
}

describe('a folder of the language server', () => {
  function open(createEngine: () => Promise<Engine>): { folder: Folder; events: string[] } {
    const events: string[] = [];
    const folder = openFolder({ uri: 'file:///w', name: 'w', directory: '/w' }, options, createEngine, {
      changed: () => events.push('changed'),
      progress: () => undefined,
      log: () => undefined,
      failed: (doing, error) => events.push(`failed ${doing}: ${(error as Error).message}`),
    });
    return { folder, events };
  }

  it('reads everything first, then open buffers, and tells of the disk no more than needed', async () => {
    const calls: string[] = [];
    const { folder, events } = open(() => Promise.resolve(recordingEngine(calls)));
    folder.setBuffer('a.ts', '1');
    assert.equal(folder.analysis, null);
    await folder.settled();
    assert.deepEqual(calls, ['analyze', 'a.ts = 1']);
    assert.deepEqual(events, ['changed']);
    assert.notEqual(folder.analysis, null);
  });

  it('gives the engine one call at a time, and only the last of a burst', async () => {
    const calls: string[] = [];
    const { folder } = open(() => Promise.resolve(recordingEngine(calls)));
    await folder.settled();
    for (let count = 1; count <= 20; count++) folder.setBuffer('a.ts', String(count));
    folder.refresh(['b.ts', 'c.ts']);
    folder.refresh(['b.ts']);
    folder.refresh([]);
    await folder.settled();
    assert.deepEqual(calls, ['analyze', 'a.ts = 20', 'refresh b.ts c.ts']);
  });

  it('takes up what comes while it works', async () => {
    const calls: string[] = [];
    const { folder } = open(() => Promise.resolve(recordingEngine(calls, 20)));
    await folder.settled();
    folder.setBuffer('a.ts', '1');
    await pause(12);
    folder.setBuffer('a.ts', '2');
    folder.setBuffer('a.ts', null);
    await folder.settled();
    assert.deepEqual(calls.slice(1), ['a.ts = 1', 'a.ts = null']);
  });

  it('goes on after the engine threw', async () => {
    const calls: string[] = [];
    const engine = recordingEngine(calls);
    const { folder, events } = open(() =>
      Promise.resolve({
        ...engine,
        setBuffer: (path, text) =>
          text === 'bad' ? Promise.reject(new Error('no such luck')) : engine.setBuffer(path, text),
      }),
    );
    await folder.settled();
    folder.setBuffer('a.ts', 'bad');
    await folder.settled();
    folder.setBuffer('a.ts', 'good');
    await folder.settled();
    assert.ok(events.includes('failed reading an open file: no such luck'));
    assert.equal(calls.at(-1), 'a.ts = good');
  });

  it('does not wait for an engine that cannot be had', async () => {
    const { folder, events } = open(() => Promise.reject(new Error('/w cannot be read')));
    await folder.settled();
    assert.equal(folder.tried, true);
    assert.equal(folder.analysis, null);
    assert.deepEqual(events, ['failed reading the folder: /w cannot be read']);
  });

  it('disposes of the engine once, also in the midst of work, and stays silent', async () => {
    const calls: string[] = [];
    const { folder, events } = open(() => Promise.resolve(recordingEngine(calls, 20)));
    await pause(12);
    folder.close();
    folder.setBuffer('a.ts', '1');
    await folder.settled();
    assert.deepEqual(calls, ['analyze', 'dispose']);
    assert.deepEqual(events, []);
  });
});
