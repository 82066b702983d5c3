/** The review of the indexes: what it shows, where its rows lead, and that an index is added only once its preview is applied. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { IndexRow } from '../../../src/protocol/indexes.ts';
import { runCommand } from './extension.ts';
import { picture } from './picture.ts';
import { until } from './waiting.ts';
import { closeEditors, fileUri, openFile, writeFile } from './workspace.ts';

const orders = 'src/orders/entities/order.entity.ts';

async function review(): Promise<readonly IndexRow[]> {
  return (await runCommand('Review Indexes')) as readonly IndexRow[];
}

function proposalOn(rows: readonly IndexRow[], table: string, columns: string): IndexRow | undefined {
  const found = rows.find(({ label }) => label === table);
  return found?.children.find(({ kind, label }) => kind === 'proposal' && label === columns);
}

async function textOf(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri(path)));
}

describe('Review Indexes', () => {
  let original = '';

  before(async () => {
    original = await textOf(orders);
  });

  afterEach(async () => {
    await closeEditors();
    await writeFile(orders, original);
  });

  it('shows per table the indexes to add, each with the queries it serves', async () => {
    const rows = await review();
    const proposal = proposalOn(rows, 'orders', 'customer_id');
    assert.ok(
      proposal,
      rows.map(({ label, children }) => `${label}: ${children.map((row) => row.label).join()}`).join('; '),
    );
    assert.match(proposal.description, /^serves \d+ queries · foreign key$/);
    const query = proposal.children.find(({ label }) => label === 'OrdersService.ofCustomer');
    assert.equal(query?.kind, 'query');
    assert.ok(query.at?.file.endsWith('/src/orders/orders.service.ts'));
    const redundant = rows.flatMap(({ children }) => children).filter(({ kind }) => kind === 'redundant');
    assert.ok(redundant.length > 0);
    await picture('review-indexes');
  });

  it('leads from a row that is chosen to the column and a peek into the queries', async () => {
    const rows = await review();
    const [first] = rows;
    const proposal = first?.children.find(({ kind }) => kind === 'proposal');
    assert.ok(first && proposal?.at);
    const file = vscode.Uri.parse(proposal.at.file).toString();
    // What a click on the row runs.
    await vscode.commands.executeCommand('dataEngineer.peekIndexQueries', proposal);
    await until('the source of the column', () =>
      vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === file),
    );
    const line = proposal.at.line - 1;
    await until('the cursor at the column', () => vscode.window.activeTextEditor?.selection.start.line === line);
    await picture('review-indexes-peek');
    await vscode.commands.executeCommand('closeReferenceSearch');
  });

  it('adds an index to the entity once its preview is applied, and proposes it no more', async () => {
    const proposal = proposalOn(await review(), 'orders', 'customer_id');
    assert.ok(proposal);
    await openFile(orders);
    let settled: { readonly applied: unknown } | null = null;
    void vscode.commands.executeCommand('dataEngineer.addProposedIndex', proposal).then((applied) => {
      settled = { applied };
    });
    assert.equal(await textOf(orders), original, 'nothing is written before it was shown');
    await until(
      'the preview to be applied',
      async () => {
        if (settled === null) await vscode.commands.executeCommand('refactorPreview.apply');
        return settled;
      },
      25_000,
    );
    assert.deepEqual(settled, { applied: true });
    const document = await vscode.workspace.openTextDocument(fileUri(orders));
    assert.notEqual(document.getText(), original);
    await until(
      'the proposal to be gone',
      async () => proposalOn(await review(), 'orders', 'customer_id') === undefined,
    );
  });

  it('says so where a row is not true any more', async () => {
    const gone: IndexRow = {
      id: 'nothing',
      kind: 'proposal',
      label: 'nothing',
      description: '',
      tooltip: null,
      at: null,
      children: [],
    };
    assert.equal(await vscode.commands.executeCommand('dataEngineer.addProposedIndex', gone), undefined);
    assert.equal(await textOf(orders), original);
  });
});
