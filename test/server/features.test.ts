/** What the server answers when it is asked: fixes, hovers, lenses, the tree, the diagram, the documentation. */
import assert from 'node:assert/strict';
import type { CodeAction, CodeLens, Hover, Range, TextDocumentEdit } from 'vscode-languageserver-protocol/node';
import { pathToUri } from '../../src/server/paths.ts';
import { analysed, cleanUp, findings, order, request, rule, shop, start, uri, workspace } from './shop.ts';
import { until } from './support.ts';
import type { TestServer } from './support.ts';

async function actionsAt(server: TestServer, at: string, range: Range, only?: string[]) {
  return server.client.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: at },
    range,
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  });
}

async function hoverAt(server: TestServer, at: string, text: string, needle: string, offset: number): Promise<string> {
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
      (result, { range, newText }) => result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)),
      text,
    );
}

describe('language server, asked', () => {
  afterEach(cleanUp);

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

  it('fixes all findings of a rule in a file', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const at = uri(folder, 'src/order.entity.ts');
    const second =
      "  @ManyToOne(() => Customer, { onDelete: 'CASCADE' })\n  @JoinColumn({ name: 'payer_id' })\n  payer!: Customer;\n}\n";
    const twice = order.replace(/\}\n$/, second);
    await server.open(at, twice);
    const found = await until('both findings', () => (findings(server, at).length > 1 ? findings(server, at) : null));
    const [action] = (await actionsAt(server, at, found[0]!.range)).filter(
      ({ title }) => title === `Fix all ${rule} in this file`,
    );
    assert.ok(action && action.edit === undefined);
    const resolved = await server.client.sendRequest<CodeAction>('codeAction/resolve', action);
    const fixed = apply(twice, resolved.edit?.documentChanges?.[0] as TextDocumentEdit);
    assert.equal(fixed.match(/@Index\(\)/g)?.length, 2, fixed);
    await server.change(at, 2, fixed);
    await until('the findings to go', () => findings(server, at).length === 0);
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
    assert.match(await hoverAt(server, at, order, 'note!', 1), /orders\.note.*varchar.*nullable/);
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

  it('gives the tree in two steps, with places the editor can open', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const [project] = await request(server, 'dataEngineer/tree', { node: null });
    assert.equal(project?.label, 'shop');
    assert.match(project.description, /^2 tables · postgresql$/);
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
    assert.deepEqual(columns, ['id uuid', 'note varchar nullable', 'customer_id uuid nullable']);
    assert.match(JSON.stringify(groups), /→ customers\(id\)/);
    assert.deepEqual(await request(server, 'dataEngineer/tree', { node: 'gone' }), []);
    const card = await request(server, 'dataEngineer/card', { project: project.id, table: 'orders' });
    assert.match(card ?? '', /customer_id/);
  });

  it('draws the diagram, with places the editor can open', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const project = pathToUri(folder);
    const model = await request(server, 'dataEngineer/diagram', { project });
    assert.ok(model);
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
});
