import assert from 'node:assert/strict';
import { diskFileSystem } from '../../../src/server/disk/fileSystem.ts';
import type { FileSystem } from '../../../src/server/disk/fileSystem.ts';
import { readFile, readFiles } from '../../../src/server/disk/readFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../../support/temporaryFolder.ts';
import { failingDisk } from './fakeDisk.ts';

describe('reading files', () => {
  let folder: TemporaryFolder;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  const options = () => ({
    directory: folder.path,
    maxFileSizeKb: 64,
    matters: (_path: string, text: string) => text.includes('@Entity'),
  });
  const read = (path: string, disk = diskFileSystem) => readFile(disk, path, options());

  it('gives the text, without a byte order mark', async () => {
    folder.write({ 'a/x.ts': 'class Ä {}', 'bom.ts': '\uFEFFclass A {}' });
    assert.deepEqual(await read('a/x.ts'), { path: 'a/x.ts', text: 'class Ä {}' });
    assert.equal((await read('bom.ts')).text, 'class A {}');
  });

  it('reads UTF-16 where a byte order mark says so', async () => {
    const little = Buffer.from('\uFEFFclass Ä {}', 'utf16le');
    folder.write({ 'le.ts': little, 'be.ts': Buffer.from(little).swap16() });
    assert.equal((await read('le.ts')).text, 'class Ä {}');
    assert.equal((await read('be.ts')).text, 'class Ä {}');
  });

  it('replaces what is damaged in UTF-8, says from where on, and loses nothing else', async () => {
    const bytes = Buffer.concat([
      Buffer.from('// Größe\n@Entity()\nclass '),
      Buffer.from([0xe9]),
      Buffer.from(' { id = 1; }'),
    ]);
    folder.write({ 'damaged.ts': bytes, 'noise.ts': Buffer.from([0x61, 0xe9]) });
    const { text, problems = [] } = await read('damaged.ts');
    assert.equal(text, '// Größe\n@Entity()\nclass \uFFFD { id = 1; }');
    assert.deepEqual(
      problems.map(({ code, at }) => [code, at?.line, at?.column]),
      [['invalid-utf-8', 3, 7]],
    );
    assert.equal((await read('noise.ts')).problems, undefined, 'no word about files that cannot matter');
  });

  it('reads what editors on Windows wrote before UTF-8, and says so', async () => {
    folder.write({
      'latin.ts': Buffer.from('@Entity()\nclass Größe { note = "5 €"; }'.replace('€', '\u0080'), 'latin1'),
    });
    const { text, problems = [] } = await read('latin.ts');
    assert.equal(text, '@Entity()\nclass Größe { note = "5 €"; }');
    assert.deepEqual(
      problems.map(({ code, severity, at }) => [code, severity, at?.line, at?.column]),
      [['legacy-encoding', 'information', 2, 9]],
    );
  });

  it('leaves binary files alone without a word', async () => {
    folder.write({ 'video.ts': Buffer.from([0x47, 0x40, 0, 0x10, 0, 0]) });
    assert.deepEqual(await read('video.ts'), { path: 'video.ts', text: null });
  });

  it('leaves out what is too large, and says so only where it is missed', async () => {
    folder.write({
      'big.ts': `@Entity()\nclass A {}\n${'// filler\n'.repeat(20_000)}`,
      'data.ts': 'x'.repeat(200_000),
    });
    const big = await read('big.ts');
    assert.equal(big.text, null);
    assert.match(
      big.problems?.[0]?.message ?? '',
      /^big\.ts is 195 KB, more than the limit of 64 KB, so it was not read\./u,
    );
    assert.deepEqual(await read('data.ts'), { path: 'data.ts', text: null });
  });

  it('does not wait for a file of 20 MB', async () => {
    folder.write({ 'huge.ts': Buffer.alloc(20 * 1024 * 1024, '@Entity() class A {}\n') });
    const start = performance.now();
    const { problems = [] } = await read('huge.ts');
    assert.ok(performance.now() - start < 1000);
    assert.match(problems[0]?.message ?? '', /is 20\.0 MB/u);
  });

  it('says what could not be read and why; a file that is gone is no problem', async () => {
    folder.write({ 'a.ts': '', 'folder.ts/x': '' });
    const messages = async (path: string, code?: string) =>
      (await read(path, code === undefined ? diskFileSystem : failingDisk({ [path]: code }))).problems?.map(
        ({ message }) => message,
      );
    assert.deepEqual(await messages('a.ts', 'EACCES'), [
      'a.ts could not be read: permission denied. Everything else was analysed.',
    ]);
    assert.deepEqual(await messages('folder.ts'), [
      'folder.ts could not be read: it is a folder. Everything else was analysed.',
    ]);
    assert.deepEqual(await read('gone.ts'), { path: 'gone.ts', text: null });
  });

  it('reads many in the order asked for', async () => {
    const paths = Array.from({ length: 100 }, (_, index) => `${index}.ts`);
    folder.write(Object.fromEntries(paths.map((path) => [path, path])));
    const texts: (string | null)[] = [];
    for await (const { text } of readFiles(diskFileSystem, paths, options(), 7)) texts.push(text);
    assert.deepEqual(texts, paths);
  });

  it('reads the same of a distant disk, and of one that can only be asked to', async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}.ts`, `text ${index}`]));
    folder.write(files);
    const paths = [...Object.keys(files), 'missing.ts'];
    const readAll = async (disk: FileSystem): Promise<unknown[]> => {
      const deltas = [];
      for await (const delta of readFiles(disk, paths, options(), 7)) deltas.push(delta);
      return deltas;
    };
    const expected = [
      ...Object.entries(files).map(([path, text]) => ({ path, text })),
      { path: 'missing.ts', text: null },
    ];
    assert.deepEqual(await readAll(diskFileSystem), expected);
    let now = 0;
    const distant: FileSystem = {
      ...diskFileSystem,
      readNow(path, limit) {
        now++;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3);
        return diskFileSystem.readNow?.(path, limit) ?? assert.fail();
      },
    };
    assert.deepEqual(await readAll(distant), expected);
    assert.equal(now, 16);
    assert.deepEqual(await readAll(failingDisk({})), expected);
  });
});
