import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeptLayouts } from '../../../../src/host/features/diagram/keptLayouts.ts';
import type { KeptLayouts, LayoutFiles } from '../../../../src/host/features/diagram/keptLayouts.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const shop = 'file:///shop';
/** Longer than any test takes: only what disposing writes is written then. */
const never = 3_600_000;

describe('host/features/diagram/keptLayouts', () => {
  let scratch: ReturnType<typeof temporaryFolder>;
  let folder: string;
  /** Resolves with each file that has been written. */
  let written: () => Promise<string>;
  let files: LayoutFiles;
  const open: KeptLayouts[] = [];

  beforeEach(() => {
    scratch = temporaryFolder();
    folder = join(scratch.path, 'diagrams');
    mkdirSync(folder);
    let tell: (name: string) => void = () => undefined;
    written = () =>
      new Promise((resolve) => {
        tell = resolve;
      });
    files = {
      read: (name) => readFile(join(folder, name), 'utf8'),
      write: async (name, text) => {
        await writeFile(join(folder, name), text);
        tell(name);
      },
    };
  });
  afterEach(() => {
    for (const layouts of open.splice(0)) layouts.dispose();
    scratch.remove();
  });

  function layoutsOf(version: string, delayMs: number, where: LayoutFiles | null = files): KeptLayouts {
    const layouts = createKeptLayouts(where, version, delayMs);
    open.push(layouts);
    return layouts;
  }

  it('gives the next session what was kept, by project and view', async () => {
    const done = written();
    const first = layoutsOf('1.0.0', 1);
    assert.equal(await first.read(shop, 'default'), null);
    first.keep(shop, 'default', '{"kept":1}');
    await done;

    const next = layoutsOf('1.0.0', never);
    assert.equal(await next.read(shop, 'default'), '{"kept":1}');
    assert.equal(await next.read(shop, 'billing'), null);
    assert.equal(await next.read('file:///other', 'default'), null);
  });

  it('gives another version nothing: it may lay the same diagram out otherwise', async () => {
    const done = written();
    layoutsOf('1.0.0', 1).keep(shop, 'default', '{"kept":1}');
    await done;
    assert.equal(await layoutsOf('1.0.1', never).read(shop, 'default'), null);
  });

  it('writes once for several changes in a row, and only after a pause', async () => {
    const done = written();
    const layouts = layoutsOf('1.0.0', 20);
    for (const text of ['a', 'b', 'c']) layouts.keep(shop, 'default', text);
    assert.deepEqual(readdirSync(folder), []);
    assert.equal(await layouts.read(shop, 'default'), 'c');
    const name = await done;
    assert.deepEqual(readdirSync(folder), [name]);
    assert.equal(readFileSync(join(folder, name), 'utf8'), 'c');
  });

  it('writes what still waits when the window is closed', async () => {
    const done = written();
    const layouts = layoutsOf('1.0.0', never);
    layouts.keep(shop, 'default', 'last');
    layouts.dispose();
    assert.equal(readFileSync(join(folder, await done), 'utf8'), 'last');
  });

  it('takes a name from nothing that a project or a view is called', async () => {
    const done = written();
    layoutsOf('1.0.0', 1).keep('file:///../../outside', '../../view', 'x');
    assert.match(await done, /^[0-9a-f]{32}\.json$/);
  });

  it('keeps it for the window where nothing can be written or read', async () => {
    const broken: LayoutFiles = {
      read: () => Promise.reject(new Error('EACCES')),
      write: () => Promise.reject(new Error('ENOSPC')),
    };
    for (const where of [broken, null]) {
      const layouts = layoutsOf('1.0.0', never, where);
      assert.equal(await layouts.read(shop, 'default'), null);
      layouts.keep(shop, 'default', 'x');
      layouts.dispose();
      assert.equal(await layouts.read(shop, 'default'), 'x');
    }
  });

  it('does not put an older file before what was kept while it was read', async () => {
    const done = written();
    layoutsOf('1.0.0', 1).keep(shop, 'default', 'old');
    const name = await done;
    writeFileSync(join(folder, name), 'old');
    const layouts = layoutsOf('1.0.0', never);
    const reading = layouts.read(shop, 'default');
    layouts.keep(shop, 'default', 'new');
    assert.equal(await reading, 'new');
    const again = written();
    layouts.dispose();
    await again;
  });
});
