/** Generate Migration with the answers given, up to the file that is offered; the questions themselves are in the end-to-end test. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { firstColumns, postEntity, postFile } from '../../support/migratedProject.ts';
import { commandId, extension } from './extension.ts';
import { pause, until } from './waiting.ts';
import { closeEditors, fileUri, openFile, rootFolder } from './workspace.ts';

async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function migrationFiles(): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(fileUri('src/migrations'));
  return entries.map(([name]) => name).sort();
}

/** The document that is offered, if any. */
async function generate(answers: object): Promise<vscode.TextDocument | undefined> {
  const uri = await vscode.commands.executeCommand<vscode.Uri | undefined>(
    commandId('Generate Migration...'),
    { id: rootFolder().toString() },
    answers,
  );
  const offered = vscode.window.activeTextEditor?.document;
  if (uri === undefined) return undefined;
  assert.ok(offered?.isUntitled);
  assert.equal(offered.uri.path, uri.path);
  return offered;
}

const first = '1700000000001-create-posts.ts';
const answers = { from: 'migrations', name: 'AddNote', format: 'typeorm', renames: [], fills: {} };

describe('Generate Migration', function () {
  this.timeout(120_000);
  let document: vscode.TextDocument;

  before(async () => {
    await extension().exports.ready;
    ({ document } = await openFile(postFile));
  });
  after(closeEditors);

  it('has nothing to do where both sides say the same', async () => {
    assert.equal(await generate(answers), undefined);
  });

  it('offers a proven migration as the others are written, and writes it when it is saved', async () => {
    // Typed and not saved: what is in the editor counts.
    await replaceText(document, postEntity(`${firstColumns}\n\n  @Column({ nullable: true })\n  note: string;`));
    assert.ok(document.isDirty);
    const offered = await generate(answers);
    assert.ok(offered);
    assert.match(offered.uri.path, /\/src\/migrations\/\d{13}-add-note\.ts$/);
    const text = offered.getText();
    assert.match(text, /^import \{ MigrationInterface, QueryRunner \} from 'typeorm';\n\nexport class AddNote\d{13} /);
    assert.match(
      text,
      /\n {2}async up\(runner: QueryRunner\): Promise<void> \{\n {4}await runner\.query\(`ALTER TABLE "posts" ADD COLUMN "note" character varying`\);\n/,
    );
    assert.match(text, /await runner\.query\(`ALTER TABLE "posts" DROP COLUMN "note"`\);/);
    assert.deepEqual(await migrationFiles(), [first], 'nothing is written unasked');
    await vscode.commands.executeCommand('undo');
    assert.equal(offered.getText(), '', 'one step');
    await vscode.commands.executeCommand('redo');
    assert.ok(await offered.save());
    assert.deepEqual(await migrationFiles(), [first, offered.uri.path.split('/').at(-1)]);
    assert.equal(await generate(answers), undefined, 'it builds what the entities say');
    await vscode.workspace.fs.delete(offered.uri.with({ scheme: 'file' }));
  });

  it('compares with a commit, and offers plain SQL', async () => {
    const offered = await generate({ ...answers, from: 'git:main', format: 'sql', name: 'AddNoteInSql' });
    assert.ok(offered);
    assert.match(offered.uri.path, /-add-note-in-sql\.sql$/);
    assert.match(
      offered.getText(),
      /^-- AddNoteInSql\d{13}: up\n\nALTER TABLE "posts" ADD COLUMN "note" character varying;\n\n-- down\n\n-- ALTER TABLE "posts" DROP COLUMN "note";\n$/,
    );
    assert.deepEqual(await migrationFiles(), [first]);
  });

  it('loses nothing where the server dies during the proof, and works again', async () => {
    const files = async () => (await migrationFiles()).join();
    const before = await files();
    const running = generate(answers);
    // The engine of the proof alone takes longer to start.
    await pause(800);
    const server = extension().exports.serverProcessId();
    assert.ok(server !== undefined);
    process.kill(server, 'SIGKILL');
    assert.equal(await running, undefined);
    assert.equal(await files(), before);
    assert.ok(document.isDirty, 'what was typed is still there');
    await until('a new server', () => {
      const next = extension().exports.serverProcessId();
      return next !== undefined && next !== server;
    });
    await extension().exports.ready;
    const offered = await generate(answers);
    assert.match(offered?.getText() ?? '', /ADD COLUMN "note"/);
  });

  it('offers nothing that fails its proof', async () => {
    await replaceText(document, postEntity(`${firstColumns}\n\n  @Column()\n  author: string;`));
    // A required column for rows that have no value for it: the modal says so, and nothing else can follow.
    const running = vscode.commands.executeCommand<vscode.Uri | undefined>(
      commandId('Generate Migration...'),
      { id: rootFolder().toString() },
      { ...answers, name: 'AddAuthor' },
    );
    await Promise.race([running, pause(20_000)]);
    assert.ok(!vscode.workspace.textDocuments.some(({ uri }) => uri.path.endsWith('-add-author.ts')));
    assert.deepEqual(await migrationFiles(), [first]);
  });
});
