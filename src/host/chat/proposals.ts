/** Proposals that were proven, by an id: buttons name the id alone, so nothing else can be applied through them. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Block } from '../../core/chat/block.ts';
import type { Offer, ProposedFile } from '../../protocol/chat.ts';
import { chatScheme, commandId } from '../contributions.ts';
import type { HostContext } from '../hostContext.ts';

export interface Proposal {
  readonly project: string;
  /** All of the answer, to be proven again where the workspace has changed. */
  readonly blocks: readonly Block[];
  readonly offer: Offer;
  /** See `ProveResult.basis`. */
  readonly basis: string;
}

export interface Proposals {
  add(proposal: Proposal): string;
  get(id: string): Proposal | undefined;
}

/** Older ones cannot be applied any more. */
const most = 100;

export function activateProposals({ extension, client, log }: HostContext): Proposals {
  const all = new Map<string, Proposal>();

  function find(id: unknown): Proposal {
    const found = typeof id === 'string' ? all.get(id) : undefined;
    if (!found) throw new Error(vscode.l10n.t('This proposal is not known any more. Ask again.'));
    return found;
  }

  async function apply(id: unknown): Promise<readonly vscode.Uri[]> {
    const proposal = find(id);
    const { offer } = proposal;
    if (offer.kind === 'sql') {
      const document = await vscode.workspace.openTextDocument({ language: 'sql', content: `${offer.text.trim()}\n` });
      await vscode.window.showTextDocument(document);
      return [document.uri];
    }
    await requireUnchanged(offer.files);
    const { project, basis } = proposal;
    if ((await client.request('dataEngineer/chatBasis', { project })) !== basis) await proveAgain(proposal);
    // Between the proof and here someone may have typed on.
    await requireUnchanged(offer.files);
    return write(offer.files);
  }

  async function proveAgain({ project, blocks }: Proposal): Promise<void> {
    const result = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Data Engineer: the workspace has changed, checking the proposal again…'),
        cancellable: true,
      },
      (_progress, token) => client.request('dataEngineer/chatProve', { project, blocks }, token),
    );
    const problems = result.proofs.flatMap((proof) => (proof.status === 'failed' ? proof.problems : []));
    if (problems.length > 0)
      throw new Error(
        vscode.l10n.t('The workspace has changed, and the proposal does not hold any more: {0}', problems.join(' ')),
      );
  }

  async function show(id: unknown): Promise<void> {
    const { offer } = find(id);
    if (offer.kind === 'sql') return;
    for (const [at, file] of offer.files.entries()) {
      const target = vscode.Uri.parse(file.uri, true);
      const proposed = target.with({ scheme: chatScheme, authority: '', query: JSON.stringify({ id, at }) });
      const before = file.before === null ? target.with({ scheme: chatScheme, authority: '', query: '' }) : target;
      const title = vscode.l10n.t('{0} (proposed)', vscode.workspace.asRelativePath(target));
      await vscode.commands.executeCommand('vscode.diff', before, proposed, title, {
        preview: offer.files.length === 1,
      });
    }
  }

  const register = (name: 'applyProposal' | 'showProposal', run: (id: unknown) => Promise<unknown>) =>
    extension.subscriptions.push(
      vscode.commands.registerCommand(commandId(name), async (id: unknown) => {
        try {
          return await run(id);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
          return undefined;
        }
      }),
    );
  register('applyProposal', apply);
  register('showProposal', show);
  extension.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(chatScheme, {
      provideTextDocumentContent({ query }) {
        // A file that does not exist yet is compared with nothing.
        if (query === '') return '';
        const { id, at } = JSON.parse(query) as { readonly id: string; readonly at: number };
        const offer = all.get(id)?.offer;
        return offer?.kind === 'files' ? (offer.files[at]?.text ?? '') : '';
      },
    }),
  );

  return {
    add(proposal) {
      const id = randomUUID();
      all.set(id, proposal);
      const [oldest] = all.keys();
      if (all.size > most && oldest !== undefined) all.delete(oldest);
      return id;
    },
    get: (id) => all.get(id),
  };
}

/** What was proven was proven on these texts: anything else is not overwritten. */
async function requireUnchanged(files: readonly ProposedFile[]): Promise<void> {
  for (const { uri, before } of files) {
    const target = vscode.Uri.parse(uri, true);
    const current = await currentText(target);
    if (current !== before)
      throw new Error(
        before === null
          ? vscode.l10n.t('{0} is there already; it is left as it is.', vscode.workspace.asRelativePath(target))
          : vscode.l10n.t(
              '{0} has changed since the proposal was checked; it is left as it is. Ask again.',
              vscode.workspace.asRelativePath(target),
            ),
      );
  }
}

async function currentText(uri: vscode.Uri): Promise<string | null> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return null;
  }
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

/** One edit, and one step to undo. Files that were there stay unsaved, so that the change can be looked at where it is. */
async function write(files: readonly ProposedFile[]): Promise<readonly vscode.Uri[]> {
  const edit = new vscode.WorkspaceEdit();
  const targets: vscode.Uri[] = [];
  for (const { uri, before, text } of files) {
    const target = vscode.Uri.parse(uri, true);
    if (target.scheme !== 'file' || !vscode.workspace.getWorkspaceFolder(target))
      throw new Error(vscode.l10n.t('{0} is not in this workspace.', target.fsPath));
    targets.push(target);
    if (before === null)
      edit.createFile(target, { overwrite: false, ignoreIfExists: false, contents: Buffer.from(text) });
    else {
      const document = await vscode.workspace.openTextDocument(target);
      const { start, end, newText } = smallest(before, text);
      edit.replace(target, new vscode.Range(document.positionAt(start), document.positionAt(end)), newText);
    }
  }
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(vscode.l10n.t('VS Code refused the change; nothing was written.'));
  for (const target of targets) await vscode.window.showTextDocument(target, { preview: false, preserveFocus: true });
  return targets;
}

/** What differs, without the lines that both have at their beginning and end. */
function smallest(
  before: string,
  after: string,
): { readonly start: number; readonly end: number; readonly newText: string } {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let same = 0;
  const longest = Math.min(before.length, after.length) - start;
  while (same < longest && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { start, end: before.length - same, newText: after.slice(start, after.length - same) };
}
