/** What every feature is given. */
import type * as vscode from 'vscode';
import type { ServerClient } from './features/languageClient/languageClient.ts';

export interface HostContext {
  readonly extension: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly client: ServerClient;
}
