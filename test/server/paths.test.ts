import assert from 'node:assert/strict';
import { absolutePath, pathToUri, relativePath, uriToPath } from '../../src/server/paths.ts';

describe('paths of file URIs', () => {
  const posix: readonly (readonly [uri: string, path: string])[] = [
    ['file:///home/ada/shop', '/home/ada/shop'],
    ['file:///home/ada/my%20shop/%C3%BCber.ts', '/home/ada/my shop/über.ts'],
    ['file:///src/%5Bid%5D/%28group%29/100%25.ts', '/src/[id]/(group)/100%.ts'],
    ['file:///tmp/a%23b%3Fc%26d.ts', '/tmp/a#b?c&d.ts'],
    ['file:///tmp/it%27s%21.ts', "/tmp/it's!.ts"],
  ];
  for (const [uri, path] of posix) {
    it(`reads and writes ${uri}`, () => {
      assert.equal(uriToPath(uri, 'posix'), path);
      assert.equal(pathToUri(path, 'posix'), uri);
    });
  }

  it('keeps a backslash in a file name on POSIX', () => {
    assert.equal(uriToPath('file:///tmp/a%5Cb.ts', 'posix'), '/tmp/a\\b.ts');
    assert.equal(pathToUri('/tmp/a\\b.ts', 'posix'), 'file:///tmp/a%5Cb.ts');
  });

  it('reads every way of writing a drive letter', () => {
    for (const uri of [
      'file:///c%3A/work/shop',
      'file:///C:/work/shop',
      'file:///c:/work/shop',
      'file:///C%3a/work/shop',
    ])
      assert.equal(uriToPath(uri, 'win32'), 'c:/work/shop');
  });

  it('writes drive letters as VS Code does', () => {
    assert.equal(pathToUri('C:\\work\\my shop\\a.ts', 'win32'), 'file:///c%3A/work/my%20shop/a.ts');
    assert.equal(pathToUri('c:/work', 'win32'), 'file:///c%3A/work');
  });

  it('reads and writes network shares', () => {
    assert.equal(uriToPath('file://server/share/a.ts', 'win32'), '//server/share/a.ts');
    assert.equal(pathToUri('\\\\server\\share\\a.ts', 'win32'), 'file://server/share/a.ts');
    assert.equal(uriToPath('file://localhost/c%3A/a.ts', 'win32'), 'c:/a.ts');
  });

  it('refuses everything that is not a file', () => {
    for (const uri of ['untitled:Untitled-1', 'vscode-vfs://github/a/b', 'https://example.org/a', 'git:/a/b', 'no uri'])
      assert.equal(uriToPath(uri, 'posix'), null);
    assert.equal(uriToPath('file:///a%ZZ', 'posix'), null);
  });

  it('names files relative to a folder', () => {
    assert.equal(relativePath('/w/shop', '/w/shop/src/a.ts', 'posix'), 'src/a.ts');
    assert.equal(relativePath('/w/shop/', '/w/shop', 'posix'), '');
    assert.equal(relativePath('/w/shop', '/w/shop2/a.ts', 'posix'), null);
    assert.equal(relativePath('/w/shop', '/w/Shop/a.ts', 'posix'), null);
    assert.equal(relativePath('/', '/a.ts', 'posix'), 'a.ts');
    assert.equal(relativePath('C:\\Work\\Shop', 'c:/work/shop/src/A.ts', 'win32'), 'src/A.ts');
    assert.equal(relativePath('c:/', 'C:\\a.ts', 'win32'), 'a.ts');
  });

  it('joins a folder and a file name', () => {
    assert.equal(absolutePath('/w/shop', 'src/a.ts', 'posix'), '/w/shop/src/a.ts');
    assert.equal(absolutePath('/w/shop', '', 'posix'), '/w/shop');
    assert.equal(absolutePath('/', 'a.ts', 'posix'), '/a.ts');
    assert.equal(absolutePath('C:\\shop', 'src/a.ts', 'win32'), 'c:/shop/src/a.ts');
  });
});
