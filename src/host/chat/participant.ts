/** `@data-engineer`: grounded in the schema, streamed up to the first proposal, which is shown when it is proven. */
import * as vscode from 'vscode';
import type { ChatCommand } from '../../core/chat/command.ts';
import { budgetOf, isChatCommand } from '../../core/chat/command.ts';
import { converse } from '../../core/chat/converse.ts';
import type { Outcome } from '../../core/chat/converse.ts';
import { buildPrompt, estimateTokens } from '../../core/chat/prompt.ts';
import type { Grounding, Offer } from '../../protocol/chat.ts';
import { chatParticipant, commandId } from '../contributions.ts';
import type { HostContext } from '../hostContext.ts';
import { attachedFiles, earlierQuestions, historyOf } from './history.ts';
import { ask, counter } from './model.ts';
import { describeFailure, failureOf } from './modelErrors.ts';
import type { Failure } from './modelErrors.ts';
import { instructionsFor } from './prompts/prompt.ts';
import type { CommandPrompt } from './prompts/prompt.ts';
import { promptFor } from './prompts/registry.ts';
import type { Proposals } from './proposals.ts';
import { locationOf, outputTo } from './render.ts';

/** What of a turn VS Code keeps with it. JSON. */
export interface TurnMetadata {
  readonly command: ChatCommand | null;
  /** Null = it was answered. */
  readonly failure: Failure | 'no-model' | 'nothing-asked' | null;
  readonly tokens: number;
  readonly tables: readonly string[];
  readonly attempts: number;
  /** Ids of what may be applied. */
  readonly proposals: readonly string[];
  readonly problems: readonly string[];
  readonly unknownNames: readonly string[];
}

const layerCommands = {
  repository: 'createRepository',
  service: 'createService',
  dto: 'createDtos',
  endpoint: 'createEndpoints',
  test: 'createTests',
} as const;
const unanswered = { tokens: 0, tables: [], attempts: 0, proposals: [], problems: [], unknownNames: [] };
const mostReferences = 6;
const answerCommands = {
  compliance: 'reviewCompliance',
  indexes: 'showIndexReport',
  queries: 'reviewQueries',
  review: 'reviewDataModel',
  schema: 'showSchemaOverview',
  security: 'reviewSecurity',
} as const;

export function activateParticipant(
  { extension, client, log }: HostContext,
  proposals: Proposals,
): vscode.ChatRequestHandler {
  async function handle(
    request: vscode.ChatRequest,
    context: vscode.ChatContext,
    stream: vscode.ChatResponseStream,
    token: vscode.CancellationToken,
  ): Promise<vscode.ChatResult> {
    const command = isChatCommand(request.command) ? request.command : null;
    const prompt = promptFor(command);
    const question = request.prompt.trim() === '' ? prompt.standardQuestion : request.prompt.trim();
    const done = (metadata: Partial<TurnMetadata>, message?: string): vscode.ChatResult => ({
      ...(message === undefined ? {} : { errorDetails: { message } }),
      metadata: { ...unanswered, command, failure: null, ...metadata },
    });
    if (question === null) {
      stream.markdown(
        vscode.l10n.t(
          'What is it about? Name an entity or say what is to be done, for example: {0}',
          `\`@data-engineer /${command ?? ''} ${examples[command ?? 'free'] ?? ''}\``,
        ),
      );
      return done({ failure: 'nothing-asked' });
    }
    let grounding: Grounding | null = null;
    try {
      stream.progress(vscode.l10n.t('Reading the data model'));
      await client.ready;
      grounding = await client.request(
        'dataEngineer/chatGround',
        { command, question, earlier: earlierQuestions(context), project: null, files: attachedFiles(request) },
        token,
      );
      if (grounding === null) {
        stream.markdown(
          vscode.l10n.t(
            'No data model was found in this workspace. Data Engineer reads TypeORM entities in TypeScript and JavaScript.',
          ),
        );
        return done({ failure: 'no-model' });
      }
      return await answer(grounding);
    } catch (error) {
      const failure = token.isCancellationRequested ? 'cancelled' : failureOf(error);
      if (failure === 'failed') log.error(error instanceof Error ? error : String(error));
      return fail(failure, error, grounding);
    }

    async function answer(found: Grounding): Promise<vscode.ChatResult> {
      const { model, toolInvocationToken } = request;
      const built = await buildPrompt({
        instructions: instructionsFor(prompt),
        pieces: found.pieces,
        history: historyOf(context),
        question: found.question,
        budget: budgetOf(command, model.maxInputTokens),
        count: counter(model, estimateTokens),
      });
      if (built === null) return fail('too-long', null, found);
      const shown = new Set(built.kept.flatMap(({ table }) => table ?? []));
      const tables = found.tables.filter(({ name }) => shown.has(name));
      for (const { at } of tables.slice(0, mostReferences)) stream.reference(locationOf(at));
      const offers: Offer[] = [];
      const out = outputTo(stream);
      let basis = '';
      const outcome = await converse(built.messages, {
        send: (messages) => ask(messages, { model, toolInvocationToken, token }),
        async prove(blocks) {
          out.step(vscode.l10n.t('Proving the proposal'));
          const result = await client.request('dataEngineer/chatProve', { project: found.project, blocks }, token);
          offers.splice(0, offers.length, ...result.offers);
          basis = result.basis;
          return result.proofs;
        },
        names: (uses, blocks) =>
          client.request('dataEngineer/chatNames', { project: found.project, uses, blocks }, token),
        out,
      });
      if (outcome.answer.trim() === '') return fail('empty', null, found);
      const ids =
        outcome.applicable && prompt.proposes
          ? offers.map((offer) =>
              proposals.add({
                project: found.project,
                blocks: outcome.blocks.map(({ block }) => block),
                offer,
                basis,
              }),
            )
          : [];
      finish(stream, prompt, outcome, found, ids, offers);
      return done({
        tokens: built.tokens,
        tables: tables.map(({ name }) => name),
        attempts: outcome.attempts,
        proposals: ids,
        problems: outcome.blocks.flatMap(({ proof }) => (proof.status === 'failed' ? proof.problems : [])),
        unknownNames: outcome.unknownNames,
      });
    }

    function fail(failure: Failure, error: unknown, found: Grounding | null): vscode.ChatResult {
      const message = describeFailure(failure, error, request.model.name);
      stream.markdown(`\n\n${message}`);
      // The engine needs no model.
      const own = failure === 'cancelled' || found === null ? [] : engineButtons(prompt, found);
      const alone = prompt.alone !== null && found !== null && failure !== 'cancelled' ? prompt.alone : null;
      if (own.length > 0 || alone !== null)
        stream.markdown(`\n\n${vscode.l10n.t('What the engine can do without a model:')}`);
      if (alone !== null && found !== null)
        stream.button({
          command: commandId(answerCommands[alone]),
          title: answerTitles()[alone],
          arguments: [{ id: found.project }],
        });
      own.forEach((button) => stream.button(button));
      return done({ failure });
    }
  }

  const participant = vscode.chat.createChatParticipant(chatParticipant.id, handle);
  participant.iconPath = {
    light: vscode.Uri.joinPath(extension.extensionUri, 'media/icon-light.svg'),
    dark: vscode.Uri.joinPath(extension.extensionUri, 'media/icon-dark.svg'),
  };
  participant.followupProvider = {
    provideFollowups({ metadata }) {
      const turn = metadata as TurnMetadata | undefined;
      if (turn?.failure !== null) return [];
      return promptFor(turn.command).next.flatMap((next) => (next === null ? [] : followup(next, turn.tables[0])));
    },
  };
  extension.subscriptions.push(participant);
  return handle;
}

/** What follows the answer: names that do not exist, then what can be done with it. Buttons come last, or they are folded away. */
function finish(
  stream: vscode.ChatResponseStream,
  prompt: CommandPrompt,
  { unknownNames, applicable, blocks }: Outcome,
  found: Grounding,
  ids: readonly string[],
  offers: readonly Offer[],
): void {
  if (unknownNames.length > 0)
    stream.markdown(
      `\n\n${vscode.l10n.t('The answer names what this workspace does not have:')}\n\n${unknownNames.map((each) => `- ${each}\n`).join('')}`,
    );
  if (!applicable && blocks.length > 0)
    stream.markdown(`\n\n${vscode.l10n.t('Because not everything was proven, nothing of it can be applied.')}`);
  ids.forEach((id, at) => {
    const offer = offers[at];
    if (!offer) return;
    if (offer.kind === 'files')
      stream.button({ command: commandId('showProposal'), title: vscode.l10n.t('Show Changes'), arguments: [id] });
    stream.button({ command: commandId('applyProposal'), title: offerTitle(offer), arguments: [id] });
  });
  engineButtons(prompt, found).forEach((button) => stream.button(button));
}

/** What the engine does for a command by itself: its own code, its own plan, its own picture. */
function engineButtons(
  { command, generates }: CommandPrompt,
  { project, entities, tables }: Grounding,
): vscode.Command[] {
  const [entity] = entities;
  const [first] = tables;
  if (command === 'migrate')
    return [
      {
        command: commandId('generateMigration'),
        title: vscode.l10n.t('Generate Migration...'),
        arguments: [{ id: project }],
      },
    ];
  if (generates !== null && entity !== undefined)
    return [
      {
        command: commandId(layerCommands[generates]),
        title: vscode.l10n.t('Create It for {0} by the Generator', entity),
        arguments: [{ project, entity }],
      },
    ];
  if (command === 'schema' && first)
    return [
      {
        command: commandId('showDiagram'),
        title: vscode.l10n.t('Show ER Diagram'),
        arguments: [{ project, table: first.name }],
      },
    ];
  return [];
}

function offerTitle(offer: Offer): string {
  if (offer.kind === 'sql') return vscode.l10n.t('Open as SQL');
  return offer.files.length === 1
    ? vscode.l10n.t('Apply to 1 File')
    : vscode.l10n.t('Apply to {0} Files', offer.files.length);
}

function answerTitles(): Readonly<Record<keyof typeof answerCommands, string>> {
  return {
    indexes: vscode.l10n.t('Review Indexes'),
    queries: vscode.l10n.t('Review Queries'),
    review: vscode.l10n.t('Review Data Model'),
    schema: vscode.l10n.t('Show Schema Overview'),
    compliance: vscode.l10n.t('Review Compliance'),
    security: vscode.l10n.t('Review Security'),
  };
}

const examples: Partial<Record<ChatCommand | 'free', string>> = {
  design: 'a wish list per customer',
  repository: 'Order',
  dto: 'Order',
  endpoint: 'Order',
  test: 'OrdersService',
  free: 'Which tables hold personal data?',
};

function followup(command: ChatCommand, table: string | undefined): vscode.ChatFollowup[] {
  const about = table ?? '';
  const labels: Partial<Record<ChatCommand, string>> = {
    review: vscode.l10n.t('Review the data model'),
    index: vscode.l10n.t('Which indexes are missing?'),
    optimize: vscode.l10n.t('Which queries cost most?'),
    migrate: vscode.l10n.t('What does the next migration do?'),
    secure: vscode.l10n.t('Is the data protected?'),
    schema: vscode.l10n.t('Explain the schema'),
    ...(about === ''
      ? {}
      : {
          repository: vscode.l10n.t('Write the repository of {0}', about),
          dto: vscode.l10n.t('Write the DTOs of {0}', about),
          endpoint: vscode.l10n.t('Write the endpoints of {0}', about),
          test: vscode.l10n.t('Write tests for {0}', about),
        }),
  };
  const label = labels[command];
  return label === undefined ? [] : [{ prompt: label, label, command }];
}
