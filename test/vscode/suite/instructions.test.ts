/** Instructions for Copilot: written once the preview is applied, kept in step, and compared with the manifest as they are typed. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { preferredFix, applyFix } from './quickFixes.ts';
import { diagnosticsOf, until } from './waiting.ts';
import { closeEditors, fileUri, openFile, replaceText } from './workspace.ts';

const original = 'copilot.instructions.md';
const copy = '.github/copilot-instructions.md';

async function textOf(path: string): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri(path)));
  } catch {
    return null;
  }
}

/** Runs the command and applies its preview; resolves to the paths it wrote. */
async function setUp(): Promise<unknown> {
  let settled: { readonly paths: unknown } | null = null;
  void vscode.commands.executeCommand('dataEngineer.setUpInstructions').then((paths) => {
    settled = { paths };
  });
  const { paths } = await until<{ readonly paths: unknown } | null>(
    'the preview to be applied',
    async () => {
      if (settled === null) await vscode.commands.executeCommand('refactorPreview.apply');
      return settled;
    },
    60_000,
  );
  return paths;
}

describe('Copilot instructions', function () {
  // The preview takes its time on a busy machine.
  this.timeout(180_000);

  let written: string;

  before(async () => {
    written = (await textOf(original)) ?? '';
    assert.equal(await textOf(copy), null, 'the shop has no copy yet');
  });

  afterEach(closeEditors);

  after(async () => {
    await vscode.workspace.fs.writeFile(fileUri(original), new TextEncoder().encode(written));
    await vscode.workspace.fs.delete(fileUri(copy)).then(undefined, () => undefined);
  });

  it('are set up by the command once its preview is applied, and the original is left as it is', async () => {
    assert.deepEqual(await setUp(), [copy]);
    const document = await vscode.workspace.openTextDocument(fileUri(copy));
    assert.match(
      document.getText(),
      /^<!-- data-engineer:begin[^]*TypeORM 0\.3 as the ORM[^]*<!-- data-engineer:end -->/u,
    );
    assert.equal(await textOf(original), written);
    assert.ok(await document.save());
  });

  it('are reported where they name what the project does not have, and put right by the fix', async () => {
    const editor = await openFile(original);
    await replaceText(editor, 'TypeORM 0.3 as the ORM', 'Prisma 5 as the ORM');
    const uri = fileUri(original);
    const rule = 'instructions-contradict-manifest';
    const [diagnostic] = await until('the contradiction', () => diagnosticsOf(uri, rule), 60_000);
    assert.ok(diagnostic);
    assert.match(diagnostic.message, /say Prisma, and the project has TypeORM/u);
    assert.ok(diagnostic.relatedInformation?.some(({ location }) => location.uri.path.endsWith('/package.json')));
    assert.equal(editor.document.getText(diagnostic.range), 'Prisma');
    await applyFix(await preferredFix(uri, diagnostic.range));
    assert.match(editor.document.getText(), /^- TypeORM as the ORM, repositories/mu);
    await until('the contradiction to be gone', () => diagnosticsOf(uri, rule).length === 0, 60_000);
  });

  it('are copied anew by the fix where the copy has fallen behind', async () => {
    const editor = await openFile(original);
    await replaceText(editor, 'plural table names', 'singular table names');
    const uri = fileUri(copy);
    const rule = 'stale-instructions-copy';
    const [diagnostic] = await until('the stale copy', () => diagnosticsOf(uri, rule), 60_000);
    assert.ok(diagnostic);
    await applyFix(await preferredFix(uri, diagnostic.range));
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(), /singular table names/u);
    await until('the copy to be in step', () => diagnosticsOf(uri, rule).length === 0, 60_000);
  });
});
