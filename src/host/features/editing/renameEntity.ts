/**
 * The class of an entity gets another name wherever it is used: by the extension that renames in its language, since only that
 * knows all uses. What becomes of the database with it is read before anything is written.
 */
import * as vscode from 'vscode';
import type { EditOptions } from '../../../protocol/editing.ts';
import type { GeneratedEdits } from '../../../protocol/generate.ts';
import { previewGenerated } from '../generate/previewGenerated.ts';
import type { ServerClient } from '../languageClient/languageClient.ts';

/** True = applied; undefined = the user has thought better of it. */
export async function renameEntity(
  client: ServerClient,
  project: string,
  { entity, at, orm }: EditOptions,
  to: string,
): Promise<boolean | undefined> {
  if (entity === null || at === null)
    throw new Error(vscode.l10n.t('No entity stands for this table, so there is no class to be renamed.'));
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(at.file, true));
  const place = nameIn(document, entity, at);
  if (place === null)
    throw new Error(
      vscode.l10n.t('{0}: the name {1} does not stand in its declaration; rename it by hand.', orm, entity),
    );
  const renamed = await renameAt(document.uri, place, to);
  if (renamed === null)
    throw new Error(
      vscode.l10n.t(
        '{0}: no extension renames {1} in files like {2}. Install one for the language, or rename it by hand.',
        orm,
        entity,
        vscode.workspace.asRelativePath(document.uri),
      ),
    );
  const label = vscode.l10n.t('Rename {0} to {1}', entity, to);
  const edits = await Promise.all(renamed.map(async ([uri, changes]) => editsOf(uri, changes, label)));
  if (!(await confirmed(client, project, edits, label))) return undefined;
  const applied = await previewGenerated({ files: [], edits }, vscode.l10n.t('Changes of entities'));
  if (applied === 'stale')
    throw new Error(vscode.l10n.t('The files to be edited keep changing; try again when they have settled.'));
  return applied;
}

/** The name as a word of its own, from where the entity is declared. */
function nameIn(
  document: vscode.TextDocument,
  entity: string,
  at: NonNullable<EditOptions['at']>,
): vscode.Position | null {
  const range = new vscode.Range(at.line - 1, 0, at.endLine, 0);
  const start = document.offsetAt(range.start);
  const text = document.getText(range);
  const word = `${entity.replaceAll(/[^\p{L}\p{N}_]/gu, '\\$&')}(?![\\p{L}\\p{N}_])`;
  const declared = new RegExp(`\\b(?:class|model|record|interface|struct|const|let|var)\\s+(${word})`, 'du').exec(text);
  const found = declared?.indices?.[1] ?? new RegExp(`(?<![\\p{L}\\p{N}_'"\`])${word}`, 'du').exec(text)?.indices?.[0];
  return found === undefined ? null : document.positionAt(start + found[0]);
}

/** Null: nobody renames there. */
async function renameAt(
  uri: vscode.Uri,
  place: vscode.Position,
  to: string,
): Promise<readonly (readonly [vscode.Uri, readonly vscode.TextEdit[]])[] | null> {
  const title = vscode.l10n.t('Data Engineer: looking for every use of the entity…');
  const edit = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
    vscode.commands
      .executeCommand<vscode.WorkspaceEdit | undefined>('vscode.executeDocumentRenameProvider', uri, place, to)
      .then(
        (found) => found,
        () => undefined,
      ),
  );
  const entries = edit?.entries() ?? [];
  return entries.length === 0 ? null : entries;
}

async function editsOf(uri: vscode.Uri, changes: readonly vscode.TextEdit[], label: string): Promise<GeneratedEdits> {
  const document = await vscode.workspace.openTextDocument(uri);
  const place = ({ line, character }: vscode.Position) => ({ line, character });
  return {
    uri: uri.toString(),
    path: vscode.workspace.asRelativePath(uri),
    label,
    base: document.getText(),
    edits: changes.map(({ range, newText }) => ({ start: place(range.start), end: place(range.end), newText })),
  };
}

/** Where the name of the table follows that of the class, the database would change too: that is asked for. */
async function confirmed(
  client: ServerClient,
  project: string,
  edits: readonly GeneratedEdits[],
  label: string,
): Promise<boolean> {
  const files = await Promise.all(
    edits.map(async ({ uri, edits: changes }) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
      return { uri, text: applied(document, changes) };
    }),
  );
  const reply = await client.request('dataEngineer/reread', { project, files });
  if (!reply.ok) throw new Error(reply.reason);
  if (reply.words.length === 0) return true;
  const anyway = vscode.l10n.t('Rename Anyway');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0}: the database would change with the code.', label),
    {
      modal: true,
      detail: [...reply.words, vscode.l10n.t('State the name of the table in the entity first if it is to stay.')].join(
        '\n',
      ),
    },
    anyway,
  );
  return choice === anyway;
}

function applied(document: vscode.TextDocument, edits: GeneratedEdits['edits']): string {
  let text = document.getText();
  const placed = edits
    .map(({ start, end, newText }) => ({
      from: document.offsetAt(new vscode.Position(start.line, start.character)),
      to: document.offsetAt(new vscode.Position(end.line, end.character)),
      newText,
    }))
    .sort((a, b) => b.from - a.from);
  for (const { from, to, newText } of placed) text = text.slice(0, from) + newText + text.slice(to);
  return text;
}
