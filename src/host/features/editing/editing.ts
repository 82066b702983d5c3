/** Add, rename, change and delete in the diagram, the tree and the palette: entities, edited in their source after a preview. */
import * as vscode from 'vscode';
import type { EditAsk, EditOptions, EditReply } from '../../../protocol/editing.ts';
import type { CommandName } from '../../contributions.ts';
import { commandId } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';
import { pickProject } from '../../pickProject.ts';
import { previewGenerated } from '../generate/previewGenerated.ts';
import { chooseTarget, targetOf } from '../generate/target.ts';
import { elementOf } from './element.ts';
import type { Element } from './element.ts';
import { renameEntity } from './renameEntity.ts';
import type { EntityRename } from './questions.ts';
import {
  askColumn,
  askDelete,
  askDeleteIndex,
  askIndex,
  askNullable,
  askRelation,
  askRename,
  askTable,
  askType,
  refusalFor,
} from './questions.ts';

type Question = (options: EditOptions, element: Element) => Promise<EditAsk | EntityRename | undefined>;

export function activateEditing({ extension, client, log }: HostContext): void {
  /** What the command is called on may be followed by what is asked for (of other extensions, and of tests). */
  const register = (name: CommandName, question: Question) =>
    extension.subscriptions.push(
      vscode.commands.registerCommand(commandId(name), async (argument?: unknown, given?: EditAsk) => {
        try {
          await client.ready;
          const element = await chooseElement(name, argument);
          return element === undefined ? undefined : await edit(element, given, question);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
          return undefined;
        }
      }),
    );

  register('addTable', askTable);
  register('addColumn', askColumn);
  register('addIndex', askIndex);
  register('addRelation', askRelation);
  register('renameElement', askRename);
  register('changeColumnType', askType);
  register('toggleNullable', askNullable);
  register('deleteIndex', askDeleteIndex);
  register('deleteElement', askDelete);

  async function chooseElement(name: CommandName, argument: unknown): Promise<Element | undefined> {
    const found = elementOf(argument);
    if (found !== undefined) return found;
    if (name === 'addTable') {
      const target = targetOf(argument);
      const given = target !== undefined && 'project' in target ? target.project : undefined;
      const able = (client.status?.projects ?? []).filter(({ tables }) => tables > 0);
      const project = given ?? (await pickProject(able));
      return project === undefined ? undefined : { project, table: null, columns: [], kind: 'table' };
    }
    const target = await chooseTarget(client, argument, { many: false });
    const table = target?.entities[0];
    return target === undefined || table === undefined
      ? undefined
      : { project: target.project, table, columns: [], kind: 'table' };
  }

  /** True = applied. */
  async function edit(element: Element, given: EditAsk | undefined, question: Question): Promise<boolean | undefined> {
    const { project, table } = element;
    const options = await client.request('dataEngineer/editOptions', { project, table });
    if (options === null) throw new Error(vscode.l10n.t('There is no entity here that could be edited.'));
    const ask = given ?? (await question(options, element));
    if (ask === undefined) return undefined;
    if (ask.kind === 'renameEntity') return renameEntity(client, project, options, ask.to);
    const refusal = refusalFor(options, ask.kind);
    if (refusal !== null) throw new Error(refusal);
    // What is open may be typed into while the edits are made: then they are made once more.
    for (let attempt = 0; attempt < 3; attempt++) {
      const reply = await request({ project, ask });
      if (reply === undefined) return undefined;
      const applied = await offer(reply);
      if (applied === 'stale') continue;
      if (applied) tell(reply);
      return applied;
    }
    throw new Error(vscode.l10n.t('The files to be edited keep changing; try again when they have settled.'));
  }

  async function request(params: {
    readonly project: string;
    readonly ask: EditAsk;
  }): Promise<Extract<EditReply, { ok: true }> | undefined> {
    const title = vscode.l10n.t('Data Engineer: writing the change and reading it again…');
    const reply = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (_progress, token) => {
        try {
          return await client.request('dataEngineer/edit', params, token);
        } catch (error) {
          if (token.isCancellationRequested) return undefined;
          throw error;
        }
      },
    );
    if (reply?.ok === false) throw new Error(reply.reason);
    return reply;
  }
}

async function offer(reply: Extract<EditReply, { ok: true }>): Promise<boolean | 'stale'> {
  const [file] = reply.deleted;
  if (file === undefined) return previewGenerated(reply, vscode.l10n.t('Changes of entities'));
  // A file that goes as a whole leaves nothing for a preview to show.
  const uri = vscode.Uri.parse(file, true);
  const remove = vscode.l10n.t('Delete File');
  const message = vscode.l10n.t('Delete {0}?', vscode.workspace.asRelativePath(uri));
  const detail = [...reply.words, ...reply.notes].join('\n');
  const choice = await vscode.window.showWarningMessage(message, { modal: true, detail }, remove);
  if (choice !== remove) return false;
  const edit = new vscode.WorkspaceEdit();
  edit.deleteFile(uri);
  return vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

function tell({ words, notes }: Extract<EditReply, { ok: true }>): void {
  if (notes.length > 0) void vscode.window.showWarningMessage([...words.slice(0, 1), ...notes].join(' '));
  else void vscode.window.setStatusBarMessage(words.join('; '), 5000);
}
