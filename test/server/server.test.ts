/** The language server as an editor meets it, with the real engine on small workspaces. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CodeAction, CodeLens, Hover, Range, TextDocumentEdit } from 'vscode-languageserver-protocol/node';
import { CancellationTokenSource, DiagnosticSeverity } from 'vscode-languageserver-protocol/node';
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import type { ServerRequests } from '../../src/protocol/server.ts';
import { pathToUri } from '../../src/server/paths.ts';
import { startTestServer, until } from './support.ts';
import type { TestServer, TestServerOptions } from './support.ts';

const customer = `import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Order } from './order.entity';

@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ length: 200 })
  email!: string;

  @OneToMany(() => Order, (order) => order.customer)
  orders!: Order[];
}
`;

const order = `import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Customer } from './customer.entity';

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ nullable: true })
  note!: string;

  @ManyToOne(() => Customer, (customer) => customer.orders, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'customer_id' })
  customer!: Customer;
}
`;

const manifest = JSON.stringify({ name: 'shop', dependencies: { typeorm: '^1.0.0', pg: '^8.0.0' } });
const shop: Readonly<Record<string, string>> = {
  'package.json': manifest,
  'src/customer.entity.ts': customer,
  'src/order.entity.ts': order,
  'src/orders.service.ts': `import { Repository } from 'typeorm';
import { Order } from './order.entity';

export class OrdersService {
  constructor(private readonly orders: Repository<Order>) {}
}
`,
};

const rule = 'missing-foreign-key-index';

describe('language server', () => {
  const folders: string[] = [];
  const servers: TestServer[] = [];

  function workspace(files: Readonly<Record<string, string>>, name = 'shop'): string {
    const base = mkdtempSync(join(tmpdir(), 'data-engineer-'));
    folders.push(base);
    const folder = join(base, name);
    mkdirSync(folder, { recursive: true });
    for (const [path, text] of Object.entries(files)) write(folder, path, text);
    return folder.replaceAll('\\', '/');
  }

  function write(folder: string, path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  async function start(options: TestServerOptions): Promise<TestServer> {
    const server = await startTestServer(options);
    servers.push(server);
    return server;
  }

  function request<Name extends keyof ServerRequests>(
    server: TestServer,
    name: Name,
    params: ServerRequests[Name]['params'],
  ): Promise<ServerRequests[Name]['result']> {
    return server.client.sendRequest(name, params);
  }

  const uri = (folder: string, path: string) => pathToUri(`${folder}/${path}`);
  const findings = (server: TestServer, at: string) =>
    (server.diagnostics.get(at) ?? []).filter(({ code }) => code === rule);
  const analysed = (server: TestServer) => until('the first analysis', () => server.statuses.find((s) => !s.analyzing));

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

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

  it('fixes a finding in the open text, with the version it was made for', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const at = uri(folder, 'src/order.entity.ts');
    const crlf = order.replaceAll('\n', '\r\n');
    await server.open(at, crlf);
    const [diagnostic] = await until('the finding', () =>
      findings(server, at).length > 0 ? findings(server, at) : null,
    );
    const actions = await actionsAt(server, at, diagnostic!.range);
    const titles = actions.map(({ title }) => title);
    assert.deepEqual(titles.slice(-3), [
      `Disable ${rule} for this line`,
      `Disable ${rule} in this workspace`,
      `Show documentation of ${rule}`,
    ]);
    const fix = actions[0];
    assert.equal(fix?.isPreferred, true, titles.join(' | '));
    const change = fix.edit?.documentChanges?.[0] as TextDocumentEdit;
    assert.deepEqual(change.textDocument, { uri: at, version: 1 });
    const fixed = apply(crlf, change);
    assert.match(fixed, /@Index\(\)\r\n/);
    assert.doesNotMatch(fixed.replaceAll('\r\n', ''), /\n/);
    await server.change(at, 2, fixed);
    await until('the finding to go', () => findings(server, at).length === 0);
  });

  it('writes the comment that silences a finding', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const at = uri(folder, 'src/order.entity.ts');
    await server.open(at, order);
    const [diagnostic] = await until('the finding', () =>
      findings(server, at).length > 0 ? findings(server, at) : null,
    );
    const actions = await actionsAt(server, at, diagnostic!.range);
    const disable = actions.find(({ title }) => title.includes('for this line'));
    const silenced = apply(order, disable?.edit?.documentChanges?.[0] as TextDocumentEdit);
    assert.match(silenced, new RegExp(`^  // data-engineer-disable-next-line ${rule}$`, 'm'));
    await server.change(at, 2, silenced);
    await until('the finding to go', () => findings(server, at).length === 0);
  });

  it('offers nothing where nothing was found, and nothing but quick fixes', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const at = uri(folder, 'src/order.entity.ts');
    await server.open(at, order);
    await analysed(server);
    const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    assert.deepEqual(await actionsAt(server, at, { start: everything.start, end: everything.start }), []);
    assert.deepEqual(await actionsAt(server, at, everything, ['source.organizeImports']), []);
    assert.ok((await actionsAt(server, at, everything, ['quickfix'])).length > 0);
  });

  it('shows cards of a table, a column, a relation, and of an imported entity', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const at = uri(folder, 'src/order.entity.ts');
    const service = uri(folder, 'src/orders.service.ts');
    await server.open(at, order);
    await server.open(service, shop['src/orders.service.ts']!);
    const table = await hoverAt(server, at, order, 'class Order', 8);
    assert.match(table, /\*\*`orders`\*\*/);
    assert.match(table, /\| FK \| `customer_id` \| uuid \|/);
    assert.match(await hoverAt(server, at, order, 'note!', 1), /orders\.note.*character varying.*nullable/);
    assert.match(await hoverAt(server, at, order, 'customer!', 1), /many-to-one → `customers`/);
    assert.match(await hoverAt(server, service, shop['src/orders.service.ts']!, 'Repository<Order>', 12), /`orders`/);
    assert.equal(await hoverAt(server, service, shop['src/orders.service.ts']!, 'OrdersService', 3), '');
  });

  it('counts columns and relations above an entity, unless it shall not', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const at = uri(folder, 'src/order.entity.ts');
    await server.open(at, order);
    const lenses = async () =>
      server.client.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: at } });
    const [lens] = await lenses();
    assert.equal(lens?.command?.title, '3 columns · 1 relation · show in diagram');
    assert.deepEqual(lens.command.arguments, [{ project: pathToUri(folder), table: 'orders' }]);
    await server.configure({ dataEngineer: { codeLens: { enabled: false } } });
    await until('the settings', () => server.statuses.length > 2);
    assert.deepEqual(await lenses(), []);
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

  it('gives the tree in two steps, with places the editor can open', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const [project] = await request(server, 'dataEngineer/tree', { node: null });
    assert.equal(project?.label, 'shop');
    assert.match(project.description, /postgresql · 2 tables · 1 relations/);
    assert.equal(project.severity, 'warning');
    const table = project.children?.find(({ label }) => label === 'orders');
    assert.ok(table);
    assert.equal(table.children, null);
    assert.equal(table.at?.file, uri(folder, 'src/order.entity.ts'));
    const groups = await request(server, 'dataEngineer/tree', { node: table.id });
    assert.deepEqual(
      groups.map(({ kind }) => kind),
      ['columns', 'keys', 'indexes', 'relations'].filter((kind) => groups.some((group) => group.kind === kind)),
    );
    const columns = groups[0]?.children?.map(({ label, description }) => `${label} ${description}`);
    assert.deepEqual(columns, ['id uuid', 'note character varying nullable', 'customer_id uuid nullable']);
    assert.match(JSON.stringify(groups), /→ customers\(id\)/);
    assert.deepEqual(await request(server, 'dataEngineer/tree', { node: 'gone' }), []);
    const card = await request(server, 'dataEngineer/card', { project: project.id, table: 'orders' });
    assert.match(card ?? '', /customer_id/);
  });

  it('draws the diagram, with places the editor can open', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const project = pathToUri(folder);
    const model = (await request(server, 'dataEngineer/diagram', { project })) as DiagramModel;
    assert.equal(model.project, project);
    assert.deepEqual(
      model.tables.map(({ id }) => id),
      ['customers', 'orders'],
    );
    assert.equal(model.edges.length, 1);
    const files = new Set(JSON.stringify(model).match(/(?<="file":")[^"]+/g));
    assert.deepEqual(
      [...files].filter((file) => !file.startsWith('file:///')),
      [],
    );
    assert.ok(model.tables.some((table) => table.findings.length > 0));
    assert.equal(await request(server, 'dataEngineer/diagram', { project: 'file:///gone' }), null);
    const svg = await request(server, 'dataEngineer/exportDiagram', { project, format: 'svg', theme: 'light' });
    assert.match(svg ?? '', /^<svg[^]*customer_id[^]*<\/svg>\s*$/);
    const mermaid = await request(server, 'dataEngineer/exportDiagram', { project, format: 'mermaid', theme: 'light' });
    assert.match(mermaid ?? '', /erDiagram[^]*orders/);
  });

  it('explains its rules', async () => {
    const server = await start({ folders: [workspace({})] });
    assert.match((await request(server, 'dataEngineer/explainRule', { rule })) ?? '', /foreign key/i);
    assert.equal(await request(server, 'dataEngineer/explainRule', { rule: 'no-such-rule' }), null);
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

  async function actionsAt(server: TestServer, at: string, range: Range, only?: string[]) {
    return server.client.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: at },
      range,
      context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
    });
  }

  async function hoverAt(
    server: TestServer,
    at: string,
    text: string,
    needle: string,
    offset: number,
  ): Promise<string> {
    const before = text.slice(0, text.indexOf(needle) + offset).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length };
    const hover = await server.client.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri: at },
      position,
    });
    return hover === null ? '' : (hover.contents as { value: string }).value;
  }

  /** Text after the edits of one document. */
  function apply(text: string, { edits }: TextDocumentEdit): string {
    const lines = text.split(/(?<=\n)/);
    const offset = ({ line, character }: { line: number; character: number }) =>
      lines.slice(0, line).join('').length + character;
    return edits
      .map((edit) => edit as { range: { start: never; end: never }; newText: string })
      .sort((a, b) => offset(b.range.start) - offset(a.range.start))
      .reduce(
        (result, { range, newText }) =>
          result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)),
        text,
      );
  }
});
