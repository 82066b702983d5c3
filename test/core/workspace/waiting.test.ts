import assert from 'node:assert/strict';
import { classReader } from './classReader.ts';
import { filesOf, memoryCache, openWorkspace, seededRandom, testSyntax } from './support.ts';

const base = 'export class Base { created: string; }';
const one = (module: string): string =>
  `import { Base } from '${module}';\n// @Table\nexport class One extends Base { id: string; }\n`;

describe('files that wait', () => {
  const reader = classReader({ waits: true });
  beforeEach(() => reader.log.splice(0));

  it('are not read where nothing that asks leads to them', async () => {
    const workspace = openWorkspace([reader]);
    await workspace.apply(
      filesOf({
        'a/one.ts': one('./base'),
        'a/base.ts': base,
        'a/helper.ts': 'export class Helper { }',
        'a/user.ts': "import { Helper } from './helper';\nexport class User { }",
      }),
    );
    assert.deepEqual(reader.log.toSorted(), ['a/base.ts', 'a/one.ts']);
    const columns = workspace.snapshot.projects[0]?.schema.tables[0]?.columns.map(({ name }) => name);
    assert.deepEqual(columns, ['created', 'id']);
  });

  it('are followed to others that wait, read or not', async () => {
    const workspace = openWorkspace([reader]);
    await workspace.apply(
      filesOf({
        'one.ts': one('./lib'),
        'lib/index.ts': "export * from './models'",
        'lib/models.ts': `import type { Side }\n  from "./side";\n${base}`,
        'lib/side.ts': "const { Deep } = require('./deep'); class Side { }",
        'lib/deep.ts': 'class Deep { }',
        'lib/other.ts': 'class Other { }',
      }),
    );
    assert.deepEqual(reader.log.toSorted(), [
      ...['lib/deep.ts', 'lib/index.ts', 'lib/models.ts', 'lib/side.ts', 'one.ts'],
    ]);
  });

  it('are read by the reader alone that is led to them', async () => {
    const other = { ...classReader({ waits: true }), id: 'other', detect: () => true };
    other.part = (_path, text) => (text.includes('@Other') ? 'asks' : text.includes('asIfOther') ? 'joins' : 'waits');
    const workspace = openWorkspace([reader, other]);
    const files = {
      'one.ts': one('./base'),
      'base.ts': base,
      'alike.ts': "import './far'; asIfOther()",
      'far.ts': base,
    };
    const readers = (log: readonly string[]) => [...log].sort();
    await workspace.apply(filesOf(files));
    assert.deepEqual([readers(reader.log), readers(other.log)], [['base.ts', 'one.ts'], []]);
    const alone = JSON.stringify(workspace.snapshot);

    await workspace.apply([{ path: 'two.ts', text: "// @Other\nimport { Base } from './base';" }]);
    assert.deepEqual(readers(other.log), ['alike.ts', 'base.ts', 'far.ts', 'two.ts']);
    assert.deepEqual(readers(reader.log), ['base.ts', 'one.ts'], 'what was read before is not read again');

    await workspace.apply([{ path: 'two.ts', text: null }]);
    assert.equal(JSON.stringify(workspace.snapshot), alone);
  });

  it('are read after all where the reading before was broken off', async () => {
    const workspace = openWorkspace([reader]);
    async function* failing() {
      yield* filesOf({ 'one.ts': one('./base'), 'base.ts': base });
      await Promise.reject(new Error('cancelled'));
    }
    await assert.rejects(workspace.apply(failing()), /cancelled/);
    await workspace.apply(filesOf({ 'one.ts': one('./base'), 'base.ts': base }));
    const columns = workspace.snapshot.projects[0]?.schema.tables[0]?.columns.map(({ name }) => name);
    assert.deepEqual(columns, ['created', 'id']);
  });

  it('are read after all where a grammar could not be loaded at first', async () => {
    let isBroken = true;
    const load = () => (isBroken ? Promise.reject(new Error('no grammar')) : testSyntax());
    const workspace = openWorkspace([reader], memoryCache(), load);
    const files = filesOf({ 'one.ts': one('./base'), 'base.ts': base });
    await assert.rejects(workspace.apply(files), /no grammar/);
    isBroken = false;
    await workspace.apply(files);
    const columns = workspace.snapshot.projects[0]?.schema.tables[0]?.columns.map(({ name }) => name);
    assert.deepEqual(columns, ['created', 'id']);
  });

  it('are read when an edit leads to them, once, and forgotten when it is undone', async () => {
    const workspace = openWorkspace([reader]);
    const without = '// @Table\nexport class One { id: string; }\n';
    await workspace.apply(filesOf({ 'one.ts': without, 'base.ts': base }));
    const before = JSON.stringify(workspace.snapshot);
    assert.deepEqual(reader.log, ['one.ts']);
    await workspace.apply([{ path: 'one.ts', text: one('./base'), open: true }]);
    assert.deepEqual(reader.log, ['one.ts', 'one.ts', 'base.ts']);
    const columns = () => workspace.snapshot.projects[0]?.schema.tables[0]?.columns.map(({ name }) => name);
    assert.deepEqual(columns(), ['created', 'id']);
    await workspace.apply([{ path: 'base.ts', text: base.replace('created', 'changed') }]);
    assert.deepEqual(columns(), ['changed', 'id'], 'what is led to is read as it changes');
    await workspace.apply([{ path: 'one.ts', text: without }]);
    assert.equal(JSON.stringify(workspace.snapshot), before);
  });

  it('that cannot be read are told of only while something leads to them', async () => {
    const workspace = openWorkspace([reader]);
    const problems = () => JSON.stringify(workspace.snapshot).includes('reader-failed');
    await workspace.apply(filesOf({ 'one.ts': one('./crash'), 'crash.ts': 'class Crash {}' }));
    assert.ok(problems());
    await workspace.apply(filesOf({ 'one.ts': one('./elsewhere') }));
    assert.ok(!problems());
  });

  const texts: Readonly<Record<string, readonly string[]>> = {
    'package.json': ['{ "name": "root" }', '{ "type": "module" }'],
    'b/package.json': ['{ "name": "@x/b", "main": "index.ts" }'],
    'one.ts': [
      one('./base'),
      one('@x/b'),
      one('./b/index'),
      'class One { }',
      "import { Base } from './base';\nclass One { }",
    ],
    'two.ts': [one('./middle').replaceAll('One', 'Two'), "dataSource('sqlite')\nimport { Base } from './b/deep'"],
    'base.ts': [base, base.replace('created', 'updated'), "export * from './b'", 'class Crash {}'],
    'middle.ts': ["export * from './base'", `${base}\nimport { One } from './one'`, 'class {'],
    'b/index.ts': ["export * from './deep'", base, '// @Table\nexport class Base { id: string; }'],
    'b/deep.ts': [base.replace('created', 'deep'), "export * from '../base'"],
  };
  for (const seed of [1, 2, 3, 4, 5, 6])
    it(`change nothing but what is read, whatever was edited before (seed ${seed})`, async () => {
      const random = seededRandom(seed);
      const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
      const files = new Map<string, string>();
      const workspace = openWorkspace([classReader({ waits: true })], memoryCache());
      for (let step = 0; step < 40; step++) {
        const deltas = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
          const path = pick(Object.keys(texts));
          return { path, text: random() < 0.2 ? null : pick(texts[path] ?? []), open: random() < 0.2 };
        });
        for (const { path, text } of deltas)
          if (text === null) files.delete(path);
          else files.set(path, text);
        await workspace.apply(deltas);
        const now = JSON.stringify(workspace.snapshot);
        const fresh = openWorkspace([classReader({ waits: true })]);
        await fresh.apply([...files].map(([path, text]) => ({ path, text })));
        assert.equal(now, JSON.stringify(fresh.snapshot), `step ${step}, against a fresh start`);
        const eager = openWorkspace();
        await eager.apply([...files].map(([path, text]) => ({ path, text })));
        const tables = ({ snapshot }: typeof eager) => snapshot.projects.map(({ schema }) => schema.tables);
        assert.deepEqual(tables(workspace), tables(eager), `step ${step}, against reading everything`);
      }
      workspace.dispose();
    });
});
