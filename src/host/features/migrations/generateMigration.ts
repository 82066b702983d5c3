/** The conversation about one migration. Every question can be left with Escape, and then nothing has happened. */
import * as vscode from 'vscode';
import type { MigrationParams, MigrationPreview, MigrationProof } from '../../../protocol/migration.ts';
import type { ServerClient } from '../languageClient/languageClient.ts';
import { pickProject } from '../../pickProject.ts';
import { askBase, askFormat, askName, askRename, askValue } from './questions.ts';
import { confirmLosses, offerMigration, refuseFailed } from './writeMigration.ts';

/** Given by whoever calls the command instead of the user; whatever is left out is asked. */
export type MigrationAnswers = Partial<Omit<MigrationParams, 'project'>>;

type Planned = Extract<MigrationPreview, { state: 'planned' }>;

/** Resolves to the file that is offered (open, not saved yet), or to undefined where the user changed their mind or there is nothing to do. */
export async function generateMigration(
  client: ServerClient,
  given: string | undefined,
  answers: MigrationAnswers,
): Promise<vscode.Uri | undefined> {
  await client.ready;
  const project = given ?? (await pickProject(client.status?.projects ?? []));
  if (project === undefined) return undefined;
  const from = answers.from ?? (await askBase(() => client.request('dataEngineer/gitRefs', { project })));
  if (from === undefined) return undefined;
  let params: MigrationParams = {
    ...{ project, from, name: answers.name ?? null, format: answers.format ?? 'typeorm' },
    ...{ renames: answers.renames ?? [], refused: answers.refused ?? [], fills: answers.fills ?? {} },
  };
  const plan = (next: MigrationParams): Thenable<MigrationPreview> => {
    params = next;
    // Asked again after every answer: a notification each time would flicker.
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Comparing schemas…') },
      () => client.request('dataEngineer/planMigration', next),
    );
  };

  let preview = await settle(await plan(params), answers, plan, () => params);
  if (!preview) return undefined;
  if (answers.format === undefined) {
    const format = await askFormat(preview);
    if (format === undefined) return undefined;
    params = { ...params, format };
  }
  const name = answers.name ?? (await askName(preview.name));
  if (name === undefined) return undefined;
  // The entities may be edited between proof and writing: then what was proven is not what would be written.
  for (let attempt = 0; attempt < 2; attempt++) {
    const proof = await prove(client, { ...params, name });
    if (!proof) return undefined;
    const next = await plan({ ...params, name });
    if (next.state !== 'planned') return undefined;
    preview = next;
    if (proof.digest !== preview.digest) continue;
    if (proof.outcome === 'failed' || proof.outcome === 'not-run') {
      if (!(await refuseFailed(proof, preview))) return undefined;
    }
    if (preview.losses.length > 0 && !(await confirmLosses(preview.losses, proof))) return undefined;
    return offerMigration(preview, proof);
  }
  throw new Error(vscode.l10n.t('The entities keep changing; try again when they have settled.'));
}

/** Asks about each rename and each missing value; an answered one may bring up the next. */
async function settle(
  first: MigrationPreview,
  answers: MigrationAnswers,
  plan: (params: MigrationParams) => Thenable<MigrationPreview>,
  current: () => MigrationParams,
): Promise<Planned | undefined> {
  let preview = first;
  for (;;) {
    if (preview.state === 'impossible') throw new Error(preview.reason);
    if (preview.state === 'nothing') {
      void vscode.window.showInformationMessage(
        preview.notes.length === 0
          ? vscode.l10n.t('Nothing to migrate: both sides say the same.')
          : vscode.l10n.t(
              'Nothing to migrate, as far as the migrations could be followed. {0}',
              preview.notes.join(' '),
            ),
      );
      return undefined;
    }
    const question = answers.renames === undefined ? preview.questions[0] : undefined;
    if (question) {
      const isRename = await askRename(question);
      if (isRename === undefined) return undefined;
      const list = isRename ? 'renames' : 'refused';
      const params = current();
      preview = await plan({ ...params, [list]: [...(params[list] ?? []), question.rename] });
      continue;
    }
    const [needed] = answers.fills === undefined ? preview.needed : [];
    if (!needed) return preview;
    const value = await askValue(needed);
    if (value === undefined) return undefined;
    const params = current();
    preview = await plan({ ...params, fills: { ...params.fills, [needed.column]: value } });
  }
}

/** Undefined = the user stopped it. */
async function prove(client: ServerClient, params: MigrationParams): Promise<MigrationProof | undefined> {
  const title = vscode.l10n.t('Data Engineer: running the migration up, down and up again…');
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      try {
        const result = await whileServerLives(client, client.request('dataEngineer/proveMigration', params, token));
        return token.isCancellationRequested ? undefined : result;
      } catch (error) {
        if (token.isCancellationRequested) return undefined;
        throw error;
      }
    },
  );
}

/** A server that dies takes its answer along: the user is told instead of being left waiting. */
async function whileServerLives<T>(client: ServerClient, answer: Promise<T>): Promise<T> {
  const asked = client.processId;
  let timer: NodeJS.Timeout | undefined;
  const gone = new Promise<never>((_resolve, reject) => {
    timer = setInterval(() => {
      if (client.processId !== asked)
        reject(new Error(vscode.l10n.t('The Data Engineer server stopped during the proof. Nothing was written.')));
    }, 500);
  });
  try {
    return await Promise.race([answer, gone]);
  } finally {
    clearInterval(timer);
  }
}
