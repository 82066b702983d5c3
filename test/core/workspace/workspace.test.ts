import assert from 'node:assert/strict';
import { createWorkspace } from '../../../src/core/workspace/workspace.ts';
import { classReader } from './classReader.ts';
import { filesOf, memoryCache, openWorkspace, seededRandom, tablesOf, testSyntax } from './support.ts';

const table = (name: string, rest = ''): string => `// @Table\nexport class ${name}${rest} { id: string; }\n`;
const manifest = (name: string): string => JSON.stringify({ name });

describe('workspace', () => {
  describe('projects', () => {
    it('are the nearest folders with a manifest, each with its own tables', async () => {
      const workspace = openWorkspace();
      await workspace.apply(
        filesOf({
          'package.json': manifest('root'),
          'packages/a/package.json': manifest('a'),
          'packages/a/src/users.ts': table('Users'),
          'packages/b/package.json': manifest('b'),
          'packages/b/src/users.ts': table('Users'),
          'libs/common/src/shared.ts': table('Shared'),
        }),
      );
      assert.deepEqual(tablesOf(workspace), { '': ['shared'], 'packages/a': ['users'], 'packages/b': ['users'] });
    });

    it('are not made by a package.json that only tells how to load files', async () => {
      const workspace = openWorkspace();
      await workspace.apply(
        filesOf({
          'package.json': manifest('root'),
          'src/package.json': '{ "type": "commonjs" }',
          'src/users.ts': table('Users'),
        }),
      );
      assert.deepEqual(tablesOf(workspace), { '': ['users'] });
    });

    it('link with base classes of another package, and show only their own tables', async () => {
      const workspace = openWorkspace();
      await workspace.apply(
        filesOf({
          'packages/base/package.json': '{ "name": "@acme/base", "main": "src/index.ts" }',
          'packages/base/src/index.ts':
            'export class Base { createdAt: string; }\n// @Table\nclass Inner { id: string; }',
          'packages/app/package.json': manifest('app'),
          'packages/app/src/order.ts': `import { Base } from '@acme/base';\n${table('Order', ' extends Base')}`,
        }),
      );
      assert.deepEqual(tablesOf(workspace), { 'packages/app': ['order'], 'packages/base': ['inner'] });
      const order = workspace.snapshot.projects[0]?.schema.tables[0];
      assert.deepEqual(
        order?.columns.map(({ name, at }) => [name, at.file]),
        [
          ['createdAt', 'packages/base/src/index.ts'],
          ['id', 'packages/app/src/order.ts'],
        ],
      );
    });

    it('without a data source take that of the application that imports their entities or lists them', async () => {
      for (const app of [
        "import { User } from '@acme/db';\ndataSource('mysql');",
        "dataSource('mysql', '../../db/src/*.ts')",
      ]) {
        const workspace = openWorkspace();
        await workspace.apply(
          filesOf({
            'packages/db/package.json': '{ "name": "@acme/db", "main": "src/user.ts" }',
            'packages/db/src/user.ts': table('User'),
            'packages/app/package.json': manifest('app'),
            'packages/app/src/data.ts': app,
          }),
        );
        const [appProject, db] = workspace.snapshot.projects;
        assert.equal(appProject?.root, 'packages/app', 'a data source alone makes a project worth showing');
        assert.equal(db?.dialect, 'mysql');
        assert.equal(db.schema.tables[0]?.columns[0]?.rawType, 'mysql');
      }
    });

    it('without tables, data source or instructions are left out, but not their problems', async () => {
      const workspace = openWorkspace();
      await workspace.apply([
        ...filesOf({ 'a/package.json': manifest('a'), 'a/x.ts': 'class A {', 'b/copilot.instructions.md': '# Shop' }),
        ...filesOf({ 'b/package.json': manifest('b') }),
      ]);
      assert.deepEqual(tablesOf(workspace), { b: [] });
      assert.deepEqual(
        workspace.snapshot.problems.map(({ code, at }) => [code, at?.file]),
        [['syntax-error', 'a/x.ts']],
      );
    });

    it('link with the version ranges of their manifest before those of the folders above', async () => {
      const seen: unknown[] = [];
      const reader = classReader();
      const workspace = openWorkspace([
        { ...reader, link: (fragments, context) => (seen.push(context.versions), reader.link(fragments, context)) },
      ]);
      await workspace.apply(
        filesOf({
          'package.json': '{ "name": "root", "dependencies": { "typeorm": "0.3.20", "pg": "^8" } }',
          'a/package.json': '{ "name": "a", "devDependencies": { "typeorm": "^1.1.0" } }',
          'a/x.ts': table('A'),
        }),
      );
      assert.deepEqual(seen, [{ typeorm: '^1.1.0', pg: '^8' }]);
    });

    it('follow re-exports into another package where the reader names them', async () => {
      const given: Record<string, readonly string[]> = {};
      const reader = classReader();
      const modules: Readonly<Record<string, readonly string[]>> = {
        'base/index.ts': ['./base'],
        'app/order.ts': ['@acme/base'],
      };
      const workspace = openWorkspace([
        {
          ...reader,
          modules: ({ file }) => modules[file] ?? [],
          link: (fragments, context) => {
            given[context.root] = fragments.map(({ file }) => file);
            return reader.link(fragments, context);
          },
        },
      ]);
      await workspace.apply(
        filesOf({
          'base/package.json': '{ "name": "@acme/base" }',
          'base/index.ts': "export * from './base'",
          'base/base.ts': 'export class Base { createdAt: string; }',
          'base/unrelated.ts': 'export class Unrelated { x: string; }',
          'app/package.json': manifest('app'),
          'app/order.ts': `import { Base } from '@acme/base';\n${table('Order', ' extends Base')}`,
        }),
      );
      assert.deepEqual(given.app, ['app/order.ts', 'base/base.ts', 'base/index.ts']);
      assert.deepEqual(given.base, ['base/base.ts', 'base/index.ts', 'base/unrelated.ts']);
    });

    it('follow their settings: dialect, excluded files, classification', async () => {
      const workspace = openWorkspace();
      const settings = { dialect: 'sqlite', exclude: ['legacy/'], classification: { 'users.id': 'pii' } };
      await workspace.apply(
        filesOf({
          '.data-engineer.json': JSON.stringify(settings),
          'src/users.ts': table('Users'),
          'legacy/old.ts': table('Old'),
        }),
      );
      assert.deepEqual(tablesOf(workspace), { '': ['users'] });
      const [project] = workspace.snapshot.projects;
      assert.equal(project?.dialect, 'sqlite');
      assert.equal(project.schema.tables[0]?.columns[0]?.classification?.kind, 'pii');

      await workspace.apply([{ path: '.data-engineer.json', text: null }]);
      assert.deepEqual(tablesOf(workspace), { '': ['old', 'users'] });
    });
  });

  describe('work saved', () => {
    it('reads only what changed, and links only its project again', async () => {
      const reader = classReader();
      const workspace = openWorkspace([reader]);
      await workspace.apply(
        filesOf({
          'a/package.json': manifest('a'),
          'a/one.ts': table('One'),
          'a/two.ts': table('Two'),
          'b/package.json': manifest('b'),
          'b/three.ts': table('Three'),
        }),
      );
      const [a, b] = workspace.snapshot.projects;
      reader.log.length = 0;
      await workspace.apply(filesOf({ 'a/one.ts': table('Uno') }));
      assert.deepEqual(reader.log, ['a/one.ts']);
      assert.notEqual(workspace.snapshot.projects[0], a);
      assert.equal(workspace.snapshot.projects[1], b);
    });

    it('keeps the project where a new text reads the same', async () => {
      const workspace = openWorkspace();
      await workspace.apply(filesOf({ 'one.ts': table('One') }));
      const [before] = workspace.snapshot.projects;
      await workspace.apply(filesOf({ 'one.ts': `${table('One')}// a remark` }));
      assert.equal(workspace.snapshot.projects[0], before);
    });

    it('parses nothing that the cache holds, not even loading the parser', async () => {
      const cache = memoryCache();
      const files = filesOf({ 'one.ts': table('One'), 'noise.ts': 'const x = 1;' });
      await openWorkspace([classReader()], cache).apply(files);
      const reader = classReader();
      const warm = createWorkspace({
        syntax: () => Promise.reject(new Error('the parser was loaded')),
        readers: [reader],
        cache,
        hash: (text) => openHash(text),
      });
      const cold = openWorkspace();
      await cold.apply(files);
      // The same hash function as `openWorkspace` uses, by way of the keys it left in the cache.
      function openHash(text: string): string {
        const key = [...cache.entries.keys()].map((name) => JSON.parse(name) as { hash: string })[0];
        return text === table('One') ? (key?.hash ?? '') : 'other';
      }
      await warm.apply(files);
      assert.deepEqual(reader.log, []);
      assert.equal(JSON.stringify(warm.snapshot), JSON.stringify(cold.snapshot));
    });

    it('asks a newer version of a reader again', async () => {
      const cache = memoryCache();
      await openWorkspace([classReader()], cache).apply(filesOf({ 'one.ts': table('One') }));
      const reader = { ...classReader(), version: 2 };
      await openWorkspace([reader], cache).apply(filesOf({ 'one.ts': table('One') }));
      assert.deepEqual(reader.log, ['one.ts']);
    });

    it('re-parses an open file incrementally, with the result of a fresh parse', async () => {
      const syntax = await testSyntax();
      const previous: (string | undefined)[] = [];
      const workspace = createWorkspace({
        syntax: () =>
          Promise.resolve({
            ensure: (languages) => syntax.ensure(languages),
            parse: (language, text, old) => {
              previous.push(old?.text);
              return syntax.parse(language, text, old);
            },
          }),
        readers: [classReader()],
        cache: memoryCache(),
        hash: (text) => text,
      });
      await workspace.apply([{ path: 'one.ts', text: table('One'), open: true }]);
      await workspace.apply([{ path: 'one.ts', text: table('Two'), open: true }]);
      await workspace.apply([{ path: 'one.ts', text: table('Three') }]);
      await workspace.apply([{ path: 'one.ts', text: table('Four') }]);
      assert.deepEqual(previous, [undefined, table('One'), table('Two'), undefined]);
      assert.deepEqual(tablesOf(workspace), { '': ['four'] });
      workspace.dispose();
    });

    it('does not keep half-typed texts in the cache', async () => {
      const cache = memoryCache();
      const workspace = openWorkspace([classReader()], cache);
      await workspace.apply([{ path: 'one.ts', text: table('One'), open: true }]);
      assert.equal(cache.entries.size, 0);
      workspace.dispose();
    });
  });

  describe('failures', () => {
    it('of a reader cost one file, and are told', async () => {
      const workspace = openWorkspace();
      await workspace.apply(filesOf({ 'bad.ts': `class Crash {}\n${table('Lost')}`, 'good.ts': table('Good') }));
      assert.deepEqual(tablesOf(workspace), { '': ['good'] });
      const problems = workspace.snapshot.projects[0]?.schema.problems ?? [];
      assert.deepEqual(
        problems.map(({ code, at }) => [code, at?.file]),
        [['reader-failed', 'bad.ts']],
      );
      assert.match(problems[0]?.message ?? '', /crashed on purpose/u);
    });

    it('of linking cost one project, and are told', async () => {
      const workspace = openWorkspace();
      await workspace.apply(
        filesOf({
          'a/package.json': manifest('a'),
          'a/x.ts': 'class BreakLink { }',
          'b/package.json': manifest('b'),
          'b/x.ts': table('Good'),
        }),
      );
      assert.deepEqual(tablesOf(workspace), { b: ['good'] });
      assert.deepEqual(
        workspace.snapshot.problems.map(({ code }) => code),
        ['link-failed'],
      );
    });

    it('of opening a file go with its project until it can be opened', async () => {
      const workspace = openWorkspace();
      const at = { file: 'secret.ts', line: 1, column: 1, endLine: 1, endColumn: 1 };
      const problem = { code: 'unreadable-file', message: 'No.', severity: 'warning' as const, at };
      await workspace.apply([
        ...filesOf({ 'one.ts': table('One') }),
        { path: 'secret.ts', text: null, problems: [problem] },
      ]);
      const problems = () => workspace.snapshot.projects.flatMap(({ schema }) => schema.problems);
      assert.deepEqual(problems(), [problem]);
      await workspace.apply(filesOf({ 'secret.ts': table('Secret') }));
      assert.deepEqual(problems(), []);
      assert.deepEqual(tablesOf(workspace), { '': ['one', 'secret'] });
    });
  });

  describe('invariants', () => {
    const paths = [
      ...['package.json', 'a/package.json', 'a/b/package.json', '.data-engineer.json', 'a/tsconfig.json'],
      ...['a/base.ts', 'a/one.ts', 'a/b/two.ts', 'c/three.ts', 'c/data.ts', 'copilot.instructions.md', 'a/AGENTS.md'],
    ];
    const texts: Readonly<Record<string, readonly string[]>> = {
      'package.json': [manifest('root'), '{', '{ "type": "module" }'],
      'a/package.json': [manifest('@x/a'), '{ "name": "@x/a", "dependencies": { "pg": "8" } }'],
      '.data-engineer.json': ['{ "exclude": ["c/"] }', '{ "dialect": "mysql", }', '{ "dialect": "none" }'],
      'a/tsconfig.json': ['{ "compilerOptions": { "paths": { "@base": ["./base.ts"] } } }', '{}'],
      'a/base.ts': ['export class Base { created: string; }', 'export class Base { updated: string; }'],
      'a/one.ts': [table('One'), `import { Base } from './base';\n${table('One', ' extends Base')}`, 'class {'],
      'a/b/two.ts': [`import { Base } from '@base';\n${table('Two', ' extends Base')}`, table('Two'), ''],
      'c/three.ts': [`import { Base } from '../a/base';\n${table('Three', ' extends Base')}`, 'class Crash {}'],
      'c/data.ts': ["dataSource('postgresql')", "dataSource('sqlite', '../a/b/*.ts')"],
      'copilot.instructions.md': ['Database: PostgreSQL', 'nothing'],
      'a/AGENTS.md': ['We use MySQL.'],
    };
    const textsOf = (path: string): readonly string[] => texts[path] ?? [manifest(path)];

    for (const seed of [1, 2, 3, 4, 5, 6])
      it(`the snapshot depends on the files alone, whatever led to them (seed ${seed})`, async () => {
        const random = seededRandom(seed);
        const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
        const files = new Map<string, string>();
        const workspace = openWorkspace([classReader()], memoryCache());
        for (let step = 0; step < 40; step++) {
          const deltas = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
            const path = pick(paths);
            const text = random() < 0.3 ? null : pick(textsOf(path));
            return { path, text, open: random() < 0.2 };
          });
          for (const { path, text } of deltas)
            if (text === null) files.delete(path);
            else files.set(path, text);
          await workspace.apply(deltas);
          if (step % 4 !== 3) continue;
          const fresh = openWorkspace();
          const shuffled = [...files].map(([path, text]) => ({ path, text, order: random() }));
          await fresh.apply(shuffled.sort((a, b) => a.order - b.order).map(({ path, text }) => ({ path, text })));
          assert.equal(JSON.stringify(workspace.snapshot), JSON.stringify(fresh.snapshot), `step ${step}`);
        }
        workspace.dispose();
      });

    it('renaming a file away and back leaves the same bytes', async () => {
      const workspace = openWorkspace();
      await workspace.apply(
        filesOf({ 'a/base.ts': 'export class Base { x: string; }', 'a/one.ts': textsOf('a/one.ts')[1] ?? '' }),
      );
      const before = JSON.stringify(workspace.snapshot);
      await workspace.apply([
        { path: 'a/base.ts', text: null },
        ...filesOf({ 'a/basis.ts': 'export class Base { x: string; }' }),
      ]);
      assert.notEqual(JSON.stringify(workspace.snapshot), before);
      await workspace.apply([
        { path: 'a/basis.ts', text: null },
        ...filesOf({ 'a/base.ts': 'export class Base { x: string; }' }),
      ]);
      assert.equal(JSON.stringify(workspace.snapshot), before);
    });
  });
});
