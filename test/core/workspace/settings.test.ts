import assert from 'node:assert/strict';
import { parseJsonc } from '../../../src/core/workspace/jsonc.ts';
import { noSettings, readSettings } from '../../../src/core/workspace/settings.ts';

const read = (text: string) => {
  const { settings, problems } = readSettings('.data-engineer.json', text);
  return { settings, problems: problems.map(({ message, at }) => `${at?.line}:${at?.column} ${message}`) };
};

describe('settings of a project', () => {
  it('are read with comments, trailing commas and a byte order mark', () => {
    const { settings, problems } = read(`\uFEFF{
      // the production database
      "$schema": "https://example.org/schema.json",
      "dialect": "postgresql", /* 17 */
      "rules": { "missing-primary-key": "error", },
      "exclude": ["legacy/**"],
      "classification": { "users.nickname": "none" },
      "suppressions": [{ "rule": "missing-foreign-key-index", "table": "logs", "reason": "never joined" }],
    }`);
    assert.deepEqual(problems, []);
    assert.deepEqual(settings, {
      dialect: 'postgresql',
      rules: { 'missing-primary-key': 'error' },
      exclude: ['legacy/**'],
      classification: { 'users.nickname': 'none' },
      suppressions: [{ rule: 'missing-foreign-key-index', table: 'logs', reason: 'never joined' }],
    });
  });

  it('keep what is right when something else is wrong, and say what and where', () => {
    const { settings, problems } = read(`{
  "dialekt": "mysql",
  "dialect": "postgres",
  "rules": { "a": "warn", "b": "off" },
  "exclude": "legacy",
  "suppressions": [{ "table": "x" }, 3]
}`);
    assert.deepEqual(settings, { ...noSettings, rules: { b: 'off' } });
    assert.equal(problems.length, 6);
    assert.match(problems[0] ?? '', /^2:3 There is no setting "dialekt" \(did you mean "dialect"\?\)/u);
    assert.match(problems[1] ?? '', /^3:14 "dialect" must be one of "postgresql"/u);
    assert.match(problems[2] ?? '', /^4:19 "a" must be one of "off", "info", "warning", "error"/u);
    assert.match(problems[3] ?? '', /^5:14 "exclude" must be a list of texts/u);
    assert.match(problems[4] ?? '', /^6:20 A suppression must name its "rule"/u);
    assert.match(problems[5] ?? '', /^6:38 A suppression must be an object/u);
  });

  it('survive half-typed JSON', () => {
    assert.deepEqual(read('{ "dialect": "mysql", "rules": {').settings.dialect, 'mysql');
    assert.deepEqual(read('{ dialect: "mysql" "exclude": ["a"] }').settings, {
      ...noSettings,
      dialect: 'mysql',
      exclude: ['a'],
    });
    assert.deepEqual(read('').problems, []);
    assert.match(read('hello').problems[0] ?? '', /^1:1 "hello" is no JSON value/u);
    assert.match(read('[]').problems[0] ?? '', /The settings must be an object/u);
    assert.match(read('{ "dialect": "mys').problems[0] ?? '', /not closed/u);
  });

  it('never throw and never hang, on any prefix and on any single changed character', () => {
    const text =
      '{ "rules": { "a": "off" }, /* c */ "exclude": ["x", "y\\n"], "suppressions": [{ "rule": "r" }] } // end';
    for (let length = 0; length <= text.length; length++) read(text.slice(0, length));
    for (let at = 0; at < text.length; at++)
      for (const char of ['{', '}', '[', ']', ',', ':', '"', '/', '\\', ''])
        read(text.slice(0, at) + char + text.slice(at + 1));
    assert.ok(parseJsonc('['.repeat(100_000)).errors.length > 0);
  });

  it('reads every JSON text as JSON.parse does', () => {
    const value = { a: [1, -2.5e3, true, false, null, 'ä"\\\u2028'], b: {}, c: [], d: { e: { f: '' } } };
    assert.deepEqual(plain(parseJsonc(JSON.stringify(value, null, 1)).root), value);
  });
});

function plain(node: ReturnType<typeof parseJsonc>['root']): unknown {
  if (node === null) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.items.map(plain);
  return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
}
