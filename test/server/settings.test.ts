import assert from 'node:assert/strict';
import ignore from 'ignore';
import { defaultSettings, ignorePatterns, readOptions, readSettings } from '../../src/server/settings.ts';

describe('settings of the editor', () => {
  it('are the defaults where the editor sends nothing, or nonsense', () => {
    for (const section of [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { rules: 'off', exclude: {}, maxFileSizeKb: -1, codeLens: 3 },
    ])
      assert.deepEqual(readSettings(section, null), defaultSettings);
  });

  it('keep what fits', () => {
    const settings = readSettings(
      {
        rules: { a: 'off', b: 'loud', c: 'error' },
        exclude: ['x/**', 5],
        maxFileSizeKb: 10,
        codeLens: { enabled: false },
      },
      { '**/.git': true, '**/shown': false, '**/*.js': { when: '$(basename).ts' } },
    );
    assert.deepEqual(settings, {
      rules: { a: 'off', c: 'error' },
      exclude: ['x/**', '**/.git'],
      maxFileSizeKb: 10,
      codeLens: { enabled: false },
    });
  });

  const globs: readonly (readonly [glob: string, hidden: readonly string[], shown: readonly string[]])[] = [
    ['**/hidden', ['hidden/a.ts', 'src/hidden/a.ts'], ['src/a.ts']],
    ['*.log', ['a.log'], ['src/a.log']],
    ['build', ['build/a.ts'], ['src/build/a.ts']],
    ['**/*.{js,map}', ['a.js', 'src/a.map'], ['a.ts']],
    ['{old,{very,really}-old}/src', ['old/src/a.ts', 'really-old/src/a.ts'], ['src/a.ts']],
  ];
  for (const [glob, hidden, shown] of globs) {
    it(`hides by ${glob} what the explorer hides`, () => {
      const ignores = ignore().add(ignorePatterns(glob));
      for (const path of hidden) assert.equal(ignores.ignores(path), true, path);
      for (const path of shown) assert.equal(ignores.ignores(path), false, path);
    });
  }
});

describe('options of the client', () => {
  const defaults = { cacheDirectory: '/c', wasmDirectory: '/w', trusted: false, l10n: null, ruleUri: null };

  it('lie over the defaults of the program', () => {
    assert.deepEqual(readOptions(undefined, defaults), defaults);
    assert.deepEqual(readOptions({ cacheDirectory: null, trusted: true, wasmDirectory: 3 }, defaults), {
      ...defaults,
      cacheDirectory: null,
      trusted: true,
    });
    assert.deepEqual(readOptions({ l10n: { Columns: 'Spalten', bad: 1 }, ruleUri: 'x:/{rule}' }, defaults), {
      ...defaults,
      l10n: { Columns: 'Spalten' },
      ruleUri: 'x:/{rule}',
    });
  });
});
