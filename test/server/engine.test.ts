import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderSchemaJson } from '../../src/core/report/schemaJson.ts';
import { createEngine } from '../../src/server/engine.ts';
import type { Analysis, Engine, EngineOptions } from '../../src/server/engine.ts';
import { generateWorkspace } from '../support/generateWorkspace.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';
import { failingDisk } from './disk/fakeDisk.ts';

const wasmDirectory = fileURLToPath(new URL('../../node_modules/@vscode/tree-sitter-wasm/wasm', import.meta.url));

const user = `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('users')
export class User {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;
}
`;
const order = `import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { User } from './user.entity';

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  user: User;
}
`;
const shop = {
  'package.json': '{ "name": "shop", "dependencies": { "typeorm": "1.0.0", "pg": "8.0.0" } }',
  'src/user.entity.ts': user,
  'src/order.entity.ts': order,
};

describe('engine', () => {
  let folder: TemporaryFolder;
  const engines: Engine[] = [];
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => {
    for (const engine of engines.splice(0)) engine.dispose();
    folder.remove();
  });

  async function open(options: Partial<EngineOptions> = {}): Promise<Engine> {
    const engine = await createEngine({
      ...{ directory: folder.path, wasmDirectory, cacheDirectory: null, exclude: [], maxFileSizeKb: 1024, rules: {} },
      ...options,
    });
    engines.push(engine);
    return engine;
  }
  const tables = ({ snapshot }: Analysis): readonly string[] =>
    snapshot.projects.flatMap(({ schema }) => schema.tables.map(({ name }) => name));
  const problems = ({ snapshot }: Analysis) => [
    ...snapshot.projects.flatMap(({ schema }) => schema.problems),
    ...snapshot.problems,
  ];
  const codes = (analysis: Analysis): readonly string[] =>
    problems(analysis).map(({ code, at }) => `${code} ${at?.file}`);
  const rules = ({ findings }: Analysis): readonly string[] => findings.map(({ rule, file }) => `${rule} ${file}`);

  it('analyses a directory and lints it', async () => {
    folder.write(shop);
    const analysis = await (await open()).analyze();
    assert.deepEqual(tables(analysis), ['orders', 'users']);
    assert.equal(analysis.snapshot.projects[0]?.dialect, 'postgresql');
    assert.deepEqual(rules(analysis), ['missing-foreign-key-index src/order.entity.ts']);
  });

  it('lets the settings of the editor change severities, and those of the project win', async () => {
    folder.write(shop);
    const off = await open({ rules: { 'missing-foreign-key-index': 'off' } });
    assert.deepEqual(rules(await off.analyze()), []);
    folder.write({ '.data-engineer.json': '{ "rules": { "missing-foreign-key-index": "error" } }' });
    const both = await open({ rules: { 'missing-foreign-key-index': 'off' } });
    assert.equal((await both.analyze()).findings[0]?.severity, 'error');
  });

  it('prefers open buffers to the disk, until they are closed', async () => {
    folder.write(shop);
    const engine = await open();
    await engine.analyze();
    const typed = await engine.setBuffer('src/user.entity.ts', user.replace("'users'", "'people'"));
    assert.deepEqual(tables(typed), ['orders', 'people']);
    assert.deepEqual(tables(await engine.analyze()), ['orders', 'people'], 'reading the disk anew keeps it');
    assert.deepEqual(tables(await engine.refresh(['src/user.entity.ts'])), ['orders', 'people']);
    assert.match((await engine.text('src/user.entity.ts')) ?? '', /people/u);
    assert.deepEqual(tables(await engine.setBuffer('src/user.entity.ts', null)), ['orders', 'users']);
    assert.equal(await engine.text('src/none.ts'), null);
  });

  it('reads buffers of files that are not on disk yet, and none that are ignored', async () => {
    folder.write({ ...shop, '.gitignore': 'out/' });
    const engine = await open();
    await engine.analyze();
    const untitled = user.replace("'users'", "'drafts'");
    assert.deepEqual(tables(await engine.setBuffer('src/draft.entity.ts', untitled)), ['drafts', 'orders', 'users']);
    assert.deepEqual(tables(await engine.setBuffer('out/x.ts', untitled.replace('drafts', 'outs'))), [
      'drafts',
      'orders',
      'users',
    ]);
    assert.deepEqual(tables(await engine.setBuffer('src/draft.entity.ts', null)), ['orders', 'users']);
  });

  it('follows what happens on disk: files and folders that come, go and are renamed', async () => {
    folder.write(shop);
    const engine = await open();
    await engine.analyze();
    const before = renderSchemaJson(engine.analysis.snapshot);
    renameSync(join(folder.path, 'src'), join(folder.path, 'source'));
    assert.deepEqual(tables(await engine.refresh(['src', 'source'])), ['orders', 'users']);
    assert.notEqual(renderSchemaJson(engine.analysis.snapshot), before);
    renameSync(join(folder.path, 'source'), join(folder.path, 'src'));
    await engine.refresh(['source', 'src']);
    assert.equal(renderSchemaJson(engine.analysis.snapshot), before);
    folder.write({ 'src/log.entity.ts': user.replace("'users'", "'logs'").replace('class User', 'class Log') });
    assert.deepEqual(tables(await engine.refresh(['src/log.entity.ts'])), ['logs', 'orders', 'users']);
    rmSync(join(folder.path, 'src/log.entity.ts'));
    await engine.refresh(['src/log.entity.ts']);
    assert.equal(renderSchemaJson(engine.analysis.snapshot), before);
    folder.write({ '.gitignore': 'src/order*' });
    assert.deepEqual(tables(await engine.refresh(['.gitignore'])), ['users']);
  });

  it('gives the same bytes from the cache as from the source', async () => {
    folder.write(Object.fromEntries(generateWorkspace({ entities: 30 }).map(({ path, text }) => [path, text])));
    const caches = temporaryFolder();
    const json: string[] = [];
    for (const cacheDirectory of [null, caches.path, caches.path]) {
      const engine = await open({ cacheDirectory });
      const { snapshot, findings } = await engine.analyze();
      json.push(renderSchemaJson(snapshot) + JSON.stringify(findings));
      engine.dispose();
      engines.pop();
    }
    assert.equal(new Set(json).size, 1);
    assert.ok((json[0]?.length ?? 0) > 10_000);
    caches.remove();
  });

  it('previews files as if they were there, and keeps nothing of them', async () => {
    folder.write(shop);
    const engine = await open();
    const before = await engine.analyze();
    const preview = await engine.preview([
      { path: 'src/user.entity.ts', text: user.replace("'users'", "'people'") },
      { path: 'src/tag.entity.ts', text: user.replace("'users'", "'tags'").replace('class User', 'class Tag') },
    ]);
    const names = ({ snapshot }: Pick<Analysis, 'snapshot'>) =>
      snapshot.projects.flatMap(({ schema }) => schema.tables.map(({ name }) => name)).sort();
    assert.deepEqual(names(preview), ['orders', 'people', 'tags']);
    assert.ok(preview.paths.includes('src/tag.entity.ts') && preview.paths.includes('src/order.entity.ts'));
    assert.ok(preview.findings.some(({ rule }) => rule === 'missing-foreign-key-index'));
    assert.deepEqual(preview.broken, []);
    const typing = await engine.preview([{ path: 'src/user.entity.ts', text: user.slice(0, -3) }]);
    assert.deepEqual(typing.broken, [{ path: 'src/user.entity.ts', line: 9 }]);
    assert.equal(engine.analysis, before);
    assert.deepEqual(names(await engine.analyze()), ['orders', 'users']);
  });

  it('writes the fix of a finding, after which the finding is gone', async () => {
    folder.write(shop);
    const engine = await open();
    const { findings } = await engine.analyze();
    const [finding] = findings;
    assert.ok(finding?.fixes[0]);
    const result = await engine.fix(finding, finding.fixes[0]);
    assert.ok('edits' in result, JSON.stringify(result));
    let text = order;
    for (const edit of result.edits.toSorted((a, b) => b.start - a.start)) {
      assert.equal(edit.file, 'src/order.entity.ts');
      text = text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
    }
    assert.deepEqual((await engine.setBuffer('src/order.entity.ts', text)).findings, []);
  });

  describe('asked for a part of a project', () => {
    const nested = {
      ...shop,
      'src/orders/order.entity.ts': order.replace('./user.entity', '../user.entity'),
      'src/data-source.ts':
        "import { DataSource } from 'typeorm';\nnew DataSource({ type: 'mysql', entityPrefix: 'app_' });",
    };

    it('reads a folder of models with what lies around it, and shows only the folder', async () => {
      folder.write({ ...nested, 'src/order.entity.ts': '' });
      const engine = await open({ directory: join(folder.path, 'src/orders') });
      const { snapshot } = await engine.analyze();
      const [project, ...others] = snapshot.projects;
      assert.deepEqual(others, []);
      assert.equal(project?.root, '');
      assert.equal(project.dialect, 'mysql', 'the data source lies outside the folder');
      const [table, ...rest] = project.schema.tables;
      assert.deepEqual(rest, []);
      assert.equal(table?.at.file, 'order.entity.ts');
      assert.equal(table.foreignKeys[0]?.references.table, 'app_users', 'and so does the table referred to');
    });

    it('shows the tables of a single file, and its findings', async () => {
      folder.write(shop);
      const engine = await open({ directory: join(folder.path, 'src/order.entity.ts') });
      const analysis = await engine.analyze();
      assert.deepEqual(tables(analysis), ['orders']);
      assert.deepEqual(rules(analysis), ['missing-foreign-key-index order.entity.ts']);
      const [finding] = analysis.findings;
      assert.ok(finding?.fixes[0]);
      const result = await engine.fix(finding, finding.fixes[0]);
      assert.ok('edits' in result && result.edits.every(({ file }) => file === 'order.entity.ts'));
    });

    it('reads a lone file without a project together with what it imports', async () => {
      folder.write({
        'a/order.entity.ts': order.replace('./user.entity', '../b/user.entity.js'),
        'b/user.entity.ts': user,
        'b/other.entity.ts': user.replace('User', 'Other'),
      });
      const analysis = await (await open({ directory: join(folder.path, 'a/order.entity.ts') })).analyze();
      assert.deepEqual(tables(analysis), ['orders']);
      assert.equal(analysis.snapshot.projects[0]?.schema.tables[0]?.foreignKeys[0]?.references.table, 'users');
      assert.equal(analysis.snapshot.projects[0].schema.tables[0].at.file, 'order.entity.ts');
    });
  });

  describe('given bad input', () => {
    it('says that a folder does not exist', async () => {
      await assert.rejects(
        open({ directory: join(folder.path, 'missing') }),
        /cannot be analysed: it does not exist\.$/u,
      );
    });

    it('finds nothing in an empty folder', async () => {
      assert.deepEqual(await (await open()).analyze(), { snapshot: { projects: [], problems: [] }, findings: [] });
    });

    it('says that a folder cannot be read', async () => {
      const end = folder.path.slice(folder.path.lastIndexOf('/') + 1);
      const engine = await open({ disk: failingDisk({ [end]: 'EACCES' }) });
      await assert.rejects(engine.analyze(), /cannot be read: permission denied\.$/u);
    });

    it('gives one message for each kind of damage, and reads everything else', async () => {
      folder.write({
        ...shop,
        'src/secret.entity.ts': user,
        'src/huge.entity.ts': Buffer.alloc(20 * 1024 * 1024, `${user}\n`),
        'src/latin.entity.ts': Buffer.concat([
          Buffer.from(user.replace("'users'", "'latin'").replace('class User', 'class Latin')),
          Buffer.from([0x2f, 0x2f, 0xe9, 0x0a]),
        ]),
        'src/broken.entity.ts': brokenLines(),
      });
      symlinkSync('.', join(folder.path, 'src/loop'), 'dir');
      mkdirSync(join(folder.path, 'src/empty'));
      const engine = await open({ disk: failingDisk({ 'src/secret.entity.ts': 'EACCES' }) });
      const analysis = await engine.analyze();
      assert.deepEqual(
        tables(analysis).filter((name) => !name.startsWith('broken')),
        ['latin', 'orders', 'users'],
      );
      const told = codes(analysis);
      for (const expected of [
        'unreadable-file src/secret.entity.ts',
        'file-too-large src/huge.entity.ts',
        'legacy-encoding src/latin.entity.ts',
        'symlink-loop src/loop',
        'syntax-error src/broken.entity.ts',
      ])
        assert.equal(told.filter((each) => each === expected).length, 1, `${expected} in ${told.join(', ')}`);
      assert.equal(told.length, 5, told.join(', '));
      for (const { message } of problems(analysis)) assert.match(message, /^[^\n]{10,300}[.!]$/u);
    });

    it('handles paths and line ends of Windows', async () => {
      folder.write({ ...shop, 'src/order.entity.ts': order.replaceAll('\n', '\r\n') });
      const analysis = await (await open()).analyze();
      assert.deepEqual(tables(analysis), ['orders', 'users']);
      assert.equal(analysis.findings[0]?.range.line, 10);
    });
  });
});

/** The lines of an entity, each followed by one that makes no sense. */
function brokenLines(): string {
  const lines = user.replace("'users'", "'broken'").replace('class User', 'class Broken').split('\n');
  return lines.map((line) => `${line}\n  )] => ;; = {{`.replace('{{', '')).join('\n');
}
