/** The language server as an editor meets it, with the real engine: findings, changes, folders, settings. */
import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationTokenSource, DiagnosticSeverity } from 'vscode-languageserver-protocol/node';
import { pathToUri } from '../../src/server/paths.ts';
import {
  analysed,
  cleanUp,
  customer,
  findings,
  manifest,
  order,
  request,
  rule,
  shop,
  start,
  uri,
  workspace,
  write,
} from './shop.ts';
import { until } from './support.ts';

describe('language server', () => {
  afterEach(cleanUp);

  it('publishes findings of files that no one opened', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder], options: { ruleUri: 'data-engineer-rule:/{rule}.md' } });
    const at = uri(folder, 'src/order.entity.ts');
    const [diagnostic] = await until('the finding', () =>
      findings(server, at).length > 0 ? findings(server, at) : null,
    );
    assert.ok(diagnostic);
    assert.equal(diagnostic.source, 'Data Engineer');
    assert.equal(diagnostic.severity, DiagnosticSeverity.Warning);
    assert.equal(diagnostic.codeDescription?.href, `data-engineer-rule:/${rule}.md`);
    const line = order.split('\n')[diagnostic.range.start.line] ?? '';
    assert.match(line, /ManyToOne|customer!/);
    assert.deepEqual(
      server.published.filter((message) => message.diagnostics.length === 0),
      [],
    );
  });

  it('links a finding to a page on the web where the editor names no place of its own', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const at = uri(folder, 'src/order.entity.ts');
    await until('the finding', () => findings(server, at).length > 0);
    assert.match(findings(server, at)[0]?.codeDescription?.href ?? '', /^https:/);
  });

  it('follows an open buffer, and the disk again after it is closed', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const at = uri(folder, 'src/order.entity.ts');
    await until('the finding', () => findings(server, at).length === 1);
    await server.open(at, order);
    const indexed = order.replace('  @ManyToOne', '  @Index()\n  @ManyToOne').replace('Entity,', 'Entity, Index,');
    await server.change(at, 2, indexed);
    await until('the finding to go', () => findings(server, at).length === 0);
    await server.client.sendNotification('textDocument/didClose', { textDocument: { uri: at } });
    await until('the finding to return', () => findings(server, at).length === 1);
  });

  it('tells only about files whose findings have changed', async () => {
    const folder = workspace({
      ...shop,
      'src/log.entity.ts': order.replaceAll('rder', 'og').replace("'ogs'", "'logs'"),
    });
    const server = await start({ folders: [folder] });
    const at = uri(folder, 'src/order.entity.ts');
    await analysed(server);
    await server.open(at, order);
    const before = server.published.length;
    await server.change(at, 2, order.replace('  @ManyToOne', '\n  @ManyToOne'));
    await until('the moved finding', () => server.published.length > before);
    assert.deepEqual([...new Set(server.published.slice(before).map((message) => message.uri))], [at]);
  });

  it('reads a burst of keystrokes once or twice, and ends with the last', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const at = uri(folder, 'src/order.entity.ts');
    await analysed(server);
    await server.open(at, order);
    await request(server, 'dataEngineer/tree', { node: null });
    const before = (await request(server, 'dataEngineer/status', {})).version;
    for (let count = 1; count <= 50; count++)
      void server.change(at, count + 1, order.replace("'orders'", `'orders_${count}'`));
    const tree = await request(server, 'dataEngineer/tree', { node: null });
    assert.match(JSON.stringify(tree), /orders_50/);
    const { version } = await request(server, 'dataEngineer/status', {});
    assert.ok(version - before < 25, `${version - before} analyses for 50 keystrokes`);
  });

  it('obeys the settings for rules and files.exclude', async () => {
    const folder = workspace({ ...shop, 'old/order.entity.ts': order.replace('./customer', '../src/customer') });
    const server = await start({
      folders: [folder],
      configuration: { 'files.exclude': { '{old,older}': true, '**/*.js': { when: '$(basename).ts' } } },
    });
    const at = uri(folder, 'src/order.entity.ts');
    await until('the finding', () => findings(server, at).length === 1);
    assert.deepEqual(findings(server, uri(folder, 'old/order.entity.ts')), []);
    await server.configure({ dataEngineer: { rules: { [rule]: 'error', nonsense: 7 } } });
    await until('the error', () => findings(server, at)[0]?.severity === DiagnosticSeverity.Error);
    await until('the other folder', () => findings(server, uri(folder, 'old/order.entity.ts')).length === 1);
    await server.configure({ dataEngineer: { rules: { [rule]: 'off' } } });
    await until('silence', () => findings(server, at).length === 0);
  });

  it('notices files and whole folders that come and go', async () => {
    const folder = workspace({ 'package.json': manifest, 'src/customer.entity.ts': customer });
    const server = await start({ folders: [folder] });
    await analysed(server);
    const changed = (path: string, type: 1 | 2 | 3) =>
      server.client.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: uri(folder, path), type }],
      });
    write(folder, 'src/orders/order.entity.ts', order.replace('./customer', '../customer'));
    await changed('src/orders/order.entity.ts', 1);
    await until('the finding', () => findings(server, uri(folder, 'src/orders/order.entity.ts')).length === 1);
    renameSync(join(folder, 'src/orders'), join(folder, 'src/sales'));
    await changed('src/orders', 3);
    await changed('src/sales', 1);
    await until(
      'the finding in the new folder',
      () => findings(server, uri(folder, 'src/sales/order.entity.ts')).length === 1,
    );
    await until(
      'nothing in the old one',
      () => findings(server, uri(folder, 'src/orders/order.entity.ts')).length === 0,
    );
  });

  it('serves several folders, one of them inside another, and lets them go', async () => {
    const outer = workspace({ ...shop, 'services/blog/package.json': manifest }, 'outer');
    const inner = `${outer}/services/blog`;
    write(inner, 'src/customer.entity.ts', customer.replace("'customers'", "'authors'"));
    write(inner, 'src/order.entity.ts', order.replace("'orders'", "'posts'"));
    const server = await start({ folders: [outer, inner] });
    const at = uri(inner, 'src/order.entity.ts');
    await until(
      'both findings',
      () => findings(server, uri(outer, 'src/order.entity.ts')).length && findings(server, at).length,
    );
    const status = await until('all of it', () => server.statuses.find((s) => !s.analyzing && s.projects.length === 2));
    assert.equal(status.findings.warning, 2, 'the inner folder is not read twice');
    assert.deepEqual(status.projects.map(({ label }) => label).sort(), ['blog', 'outer']);
    const json = JSON.parse(await request(server, 'dataEngineer/schemaJson', { project: null })) as {
      projects: { root: string; tables: { at: { file: string } }[] }[];
    };
    assert.deepEqual(json.projects.map(({ root }) => root).sort(), ['blog', 'outer']);
    assert.ok(
      json.projects.every(({ root, tables }) => tables.every(({ at: { file } }) => file.startsWith(`${root}/`))),
    );
    await server.client.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: pathToUri(inner), name: 'blog' }] },
    });
    // The outer folder reads it now.
    await until('one project less', () =>
      server.statuses.at(-1)?.projects.every(({ label }) => label.startsWith('outer') || label.startsWith('services')),
    );
  });

  it('answers in an empty folder and in a window without one', async () => {
    for (const list of [[workspace({})], []]) {
      const server = await start({ folders: list });
      assert.deepEqual((await request(server, 'dataEngineer/analyze', {})).projects, []);
      assert.deepEqual(await request(server, 'dataEngineer/tree', { node: null }), []);
      assert.deepEqual(JSON.parse(await request(server, 'dataEngineer/schemaJson', { project: null })), {
        version: 1,
        projects: [],
        problems: [],
      });
      await request(server, 'dataEngineer/clearCache', {});
      assert.deepEqual(server.shown, []);
    }
  });

  it('says it once when a folder cannot be read, and ends the waiting', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [`${folder}/gone`, folder] });
    await until('the other folder', () => findings(server, uri(folder, 'src/order.entity.ts')).length === 1);
    await until('the end of the waiting', () => server.statuses.at(-1)?.analyzing === false);
    assert.equal(server.shown.length, 1, server.shown.join(' | '));
    assert.match(server.shown[0] ?? '', /gone/);
  });

  it('works for editors that know little', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder], capabilities: {}, sendsFolders: false });
    await until('the finding', () => findings(server, uri(folder, 'src/order.entity.ts')).length === 1);
  });

  it('ignores documents that are not files', async () => {
    const server = await start({ folders: [workspace(shop)] });
    await server.open('untitled:Untitled-1', order);
    await server.open('git:/shop/src/order.entity.ts?ref', order);
    await analysed(server);
    const none = await server.client.sendRequest('textDocument/codeLens', {
      textDocument: { uri: 'untitled:Untitled-1' },
    });
    assert.deepEqual(none, []);
  });

  it('answers at once when a request is cancelled', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const source = new CancellationTokenSource();
    const answer = server.client.sendRequest('dataEngineer/analyze', {}, source.token);
    source.cancel();
    await assert.rejects(answer, /cancel/i);
    await until('the analysis all the same', () => findings(server, uri(folder, 'src/order.entity.ts')).length === 1);
  });
});
