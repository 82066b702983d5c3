/** The composition root: what exists, and who is given what. */
import * as vscode from 'vscode';
import type { StatusSummary } from '../protocol/server.ts';
import { activateParticipant } from './chat/participant.ts';
import { activateProposals } from './chat/proposals.ts';
import { activateIndexReview } from './features/indexReview/indexReview.ts';
import { activateAnswers } from './features/answers/answers.ts';
import { activateBriefs } from './features/briefs/briefs.ts';
import { activateDictionary } from './features/dictionary/dictionary.ts';
import { activateCommands } from './features/commands/commands.ts';
import { activateDiagram } from './features/diagram/diagram.ts';
import { activateEditing } from './features/editing/editing.ts';
import { activateGenerate } from './features/generate/generate.ts';
import { activateInstructions } from './features/instructions/instructions.ts';
import { activateLanguageClient } from './features/languageClient/languageClient.ts';
import { activateMigrations } from './features/migrations/migrations.ts';
import { activateRuleDocs } from './features/ruleDocs/ruleDocs.ts';
import { activateSchemaTree } from './features/schemaTree/schemaTree.ts';
import { activateStatusBar } from './features/statusBar/statusBar.ts';
import { activateMcpServer } from './features/tools/mcpServer.ts';
import { activateTools } from './features/tools/tools.ts';
import type { HostContext } from './hostContext.ts';

/** What `activate` returns, for tests and for other extensions. */
export interface ExtensionApi {
  /** Null until the server has answered. */
  status(): StatusSummary | null;
  /** Resolves after the first analysis of every workspace folder, or when the server could not be started. */
  readonly ready: Promise<void>;
  serverProcessId(): number | undefined;
  /** Answers a request of chat as the participant does. */
  readonly chat: vscode.ChatRequestHandler;
}

export function activate(extension: vscode.ExtensionContext): ExtensionApi {
  const log = vscode.window.createOutputChannel('Data Engineer', { log: true });
  extension.subscriptions.push(log);
  const client = activateLanguageClient(extension, log);
  const context: HostContext = { extension, log, client };

  activateStatusBar(context);
  activateSchemaTree(context);
  activateDiagram(context);
  activateRuleDocs(context);
  activateCommands(context);
  activateBriefs(context);
  activateDictionary(context);
  activateGenerate(context);
  activateInstructions(context);
  activateEditing(context);
  activateMigrations(context);
  activateAnswers(context);
  activateIndexReview(context);
  const chat = activateParticipant(context, activateProposals(context));
  activateTools(context);
  activateMcpServer(context);

  return { status: () => client.status, ready: client.ready, serverProcessId: () => client.processId, chat };
}
