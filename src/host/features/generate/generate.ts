/** Create Repository, Service, DTOs, REST Endpoints, Tests, All Layers: code around entities, shown before it is written. */
import * as vscode from 'vscode';
import type { GenerateReply, Layer } from '../../../protocol/generate.ts';
import type { CommandName } from '../../contributions.ts';
import { commandId, entityContext } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';
import { previewGenerated } from './previewGenerated.ts';
import { chooseTarget } from './target.ts';
import type { Target } from './target.ts';
import { tellOutcome } from './tellOutcome.ts';

type Generated = Extract<GenerateReply, { ok: true }>;

/** In the order in which they build on each other. */
const allLayers: readonly Layer[] = ['repository', 'service', 'dto', 'endpoint', 'test'];

export function activateGenerate({ extension, client, log }: HostContext): void {
  /** What the command is called on may be followed by the layers (of other extensions, and of tests). */
  const register = (name: CommandName, choose: (given: unknown) => Promise<readonly Layer[] | undefined>) =>
    extension.subscriptions.push(
      vscode.commands.registerCommand(commandId(name), async (argument?: unknown, given?: unknown) => {
        try {
          await client.ready;
          const target = await chooseTarget(client, argument, { many: name === 'createAllLayers' });
          if (target === undefined) return undefined;
          const layers = await choose(given);
          return layers === undefined || layers.length === 0 ? undefined : await create(target, layers);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
          return undefined;
        }
      }),
    );

  const only = (layer: Layer) => () => Promise.resolve([layer]);
  register('createRepository', only('repository'));
  register('createService', only('service'));
  register('createDtos', only('dto'));
  register('createEndpoints', only('endpoint'));
  register('createTests', only('test'));
  register('createAllLayers', (given) => (isLayers(given) ? Promise.resolve(given) : pickLayers()));

  /** Resolves to the paths that were written or added to; undefined where nothing was. */
  async function create(target: Target, layers: readonly Layer[]): Promise<readonly string[] | undefined> {
    // What is open may be typed into while the code is made: then it is made once more.
    for (let attempt = 0; attempt < 3; attempt++) {
      const generated = await generate(target, layers);
      if (generated === undefined) return undefined;
      if (generated.files.length === 0 && generated.edits.length === 0) {
        void tellOutcome(generated, false);
        return undefined;
      }
      const applied = await previewGenerated(generated);
      if (applied === 'stale') continue;
      if (!applied) return undefined;
      void tellOutcome(generated, true);
      return [...generated.files, ...generated.edits].map(({ path }) => path);
    }
    throw new Error(
      vscode.l10n.t('The files that code would be added to keep changing; try again when they have settled.'),
    );
  }

  async function generate(target: Target, layers: readonly Layer[]): Promise<Generated | undefined> {
    const title =
      target.entities.length === 1
        ? vscode.l10n.t('Data Engineer: writing code for {0}…', target.entities[0] ?? '')
        : vscode.l10n.t('Data Engineer: writing code for {0} entities…', target.entities.length);
    const reply = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (_progress, token) => {
        try {
          return await client.request('dataEngineer/generate', { ...target, layers }, token);
        } catch (error) {
          if (token.isCancellationRequested) return undefined;
          throw error;
        }
      },
    );
    if (reply === undefined) return undefined;
    if (!reply.ok) throw new Error(reply.reason);
    return reply;
  }

  followCursor({ extension, client, log });
}

function isLayers(value: unknown): value is readonly Layer[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => allLayers.includes(each as Layer));
}

async function pickLayers(): Promise<readonly Layer[] | undefined> {
  const words: Readonly<Record<Layer, readonly [label: string, detail: string]>> = {
    repository: [vscode.l10n.t('Repository'), vscode.l10n.t('Finding, filtering, paging, bulk writes')],
    service: [vscode.l10n.t('Service'), vscode.l10n.t('Transactions with retry, errors of the domain')],
    dto: [vscode.l10n.t('DTOs'), vscode.l10n.t('Create, update, response and query, validated as the columns are')],
    endpoint: [vscode.l10n.t('REST endpoints'), vscode.l10n.t('Status codes, problem documents, roles')],
    test: [vscode.l10n.t('Tests'), vscode.l10n.t('Unit, database and endpoint tests with factories')],
  };
  const items = allLayers.map((layer) => ({ layer, label: words[layer][0], detail: words[layer][1], picked: true }));
  const placeHolder = vscode.l10n.t('Which layers?');
  return (await vscode.window.showQuickPick(items, { placeHolder, canPickMany: true }))?.map(({ layer }) => layer);
}

/** The editor's menu offers layers only where the cursor is in a file with entities. */
function followCursor({ extension, client }: HostContext): void {
  let asked = 0;
  async function update(editor: vscode.TextEditor | undefined): Promise<void> {
    const turn = ++asked;
    const isSource = editor !== undefined && /^(?:type|java)script/u.test(editor.document.languageId);
    const uri = isSource && editor.document.uri.scheme === 'file' ? editor.document.uri.toString() : null;
    const found =
      uri === null || client.state !== 'ready'
        ? null
        : await client
            .request('dataEngineer/entityAt', { uri, line: editor?.selection.active.line ?? 0 })
            .catch(() => null);
    if (turn === asked) await vscode.commands.executeCommand('setContext', entityContext, found !== null);
  }
  const now = () => void update(vscode.window.activeTextEditor);
  extension.subscriptions.push(
    vscode.window.onDidChangeActiveTextEditor((editor) => void update(editor)),
    client.onDidChange(now),
  );
  now();
}
