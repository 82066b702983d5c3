import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { diskFileSystem } from '../../../src/server/disk/fileSystem.ts';
import { createIgnoreRules } from '../../../src/server/disk/ignoreRules.ts';
import { walk } from '../../../src/server/disk/walk.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../../support/temporaryFolder.ts';
import { failingDisk } from './fakeDisk.ts';

describe('walk', () => {
  let folder: TemporaryFolder;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  const files = async (exclude: readonly string[] = [], directory = folder.path): Promise<readonly string[]> =>
    (await walk(diskFileSystem, directory, { exclude })).files;

  it('lists source and configuration, sorted by code unit, and nothing that cannot matter', async () => {
    folder.write({
      'b.ts': '',
      'B.ts': '',
      'a/z.tsx': '',
      'package.json': '',
      'tsconfig.build.json': '',
      'readme.md': '',
      'picture.png': '',
      '.github/copilot-instructions.md': '',
      'node_modules/x/index.ts': '',
      'dist/b.ts': '',
      '.hidden/x.ts': '',
    });
    assert.deepEqual(await files(), [
      '.github/copilot-instructions.md',
      'B.ts',
      'a/z.tsx',
      'b.ts',
      'package.json',
      'tsconfig.build.json',
    ]);
  });

  it('honours nested .gitignore files, negations, anchors, and those above up to the repository', async () => {
    folder.write({
      'repo/.git/HEAD': '',
      'repo/.gitignore': '*.gen.ts\n/packages/api/tmp/\n',
      'repo/packages/api/.gitignore': 'build/\n!keep.gen.ts\n/only-here.ts\n',
      'repo/packages/api/a.gen.ts': '',
      'repo/packages/api/keep.gen.ts': '',
      'repo/packages/api/tmp/x.ts': '',
      'repo/packages/api/build/x.ts': '',
      'repo/packages/api/only-here.ts': '',
      'repo/packages/api/deep/only-here.ts': '',
      'repo/packages/api/deep/.gitignore': 'build.ts',
      'repo/packages/api/deep/build.ts': '',
      '.gitignore': '*.ts',
    });
    const expected = ['deep/only-here.ts', 'keep.gen.ts'];
    assert.deepEqual(await files([], join(folder.path, 'repo/packages/api')), expected);
    assert.deepEqual(
      await files([], join(folder.path, 'repo')),
      expected.map((path) => `packages/api/${path}`),
    );
  });

  it('reads an ignored folder that is asked for by name', async () => {
    folder.write({ '.git/HEAD': '', '.gitignore': 'generated/', 'generated/x.ts': '' });
    assert.deepEqual(await files(), []);
    assert.deepEqual(await files([], join(folder.path, 'generated')), ['x.ts']);
  });

  it('honours the globs of the user', async () => {
    folder.write({ 'src/x.ts': '', 'src/x.spec.ts': '', 'legacy/deep/y.ts': '' });
    assert.deepEqual(await files(['*.spec.ts', '/legacy/']), ['src/x.ts']);
  });

  it('follows links to the outside once, and never in circles', async () => {
    folder.write({ 'project/src/x.ts': '', 'outside/y.ts': '', 'outside/z.ts': '' });
    const project = join(folder.path, 'project');
    symlinkSync('..', join(project, 'src/loop'), 'dir');
    symlinkSync('src', join(project, 'again'), 'dir');
    symlinkSync('../outside', join(project, 'link1'), 'dir');
    symlinkSync('../outside', join(project, 'link2'), 'dir');
    symlinkSync('nowhere.ts', join(project, 'dangling.ts'));
    symlinkSync('nowhere', join(project, 'dangling'));
    symlinkSync('round-b.ts', join(project, 'round-a.ts'));
    symlinkSync('round-a.ts', join(project, 'round-b.ts'));
    symlinkSync('../../project', join(folder.path, 'outside/back'), 'dir');
    const { files: found, problems } = await walk(diskFileSystem, project, { exclude: [] });
    assert.deepEqual(found, ['link1/y.ts', 'link1/z.ts', 'src/x.ts']);
    assert.deepEqual([...problems].map(([path, { code }]) => [path, code]).sort(), [
      ['dangling.ts', 'unreadable-file'],
      ['round-a.ts', 'symlink-loop'],
      ['round-b.ts', 'symlink-loop'],
      ['src/loop', 'symlink-loop'],
    ]);
  });

  it('says which folder it could not read, and reads the others', async () => {
    folder.write({ 'a/x.ts': '', 'b/y.ts': '' });
    const { files: found, problems } = await walk(failingDisk({ a: 'EACCES' }), folder.path, { exclude: [] });
    assert.deepEqual(found, ['b/y.ts']);
    assert.deepEqual(
      [...problems.values()].map(({ message }) => message),
      ['The folder a could not be read: permission denied.'],
    );
  });

  it('rejects where the directory itself cannot be read', async () => {
    await assert.rejects(files([], join(folder.path, 'missing')), { code: 'ENOENT' });
  });

  it('takes an empty folder for what it is', async () => {
    mkdirSync(join(folder.path, 'empty'));
    assert.deepEqual(await files([], join(folder.path, 'empty')), []);
  });
});

describe('ignore rules', () => {
  it('judge a path by every folder above it', () => {
    const rules = createIgnoreRules(['legacy/']);
    rules.add('', 'tmp/\n');
    rules.add('packages/a', '*.gen.ts\n');
    for (const path of [
      'legacy/x.ts',
      'a/legacy/x.ts',
      'a/tmp/b/x.ts',
      'packages/a/b/x.gen.ts',
      'a/node_modules/b/x.ts',
    ])
      assert.equal(rules.ignoresAnyOf(path), true, path);
    for (const path of ['x.gen.ts', 'tmp.ts', '.github/copilot-instructions.md'])
      assert.equal(rules.ignoresAnyOf(path), false, path);
  });
});
