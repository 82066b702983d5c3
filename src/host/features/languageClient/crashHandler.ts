/** What happens when the server's process ends by itself: it comes back, and says so once. */
import * as vscode from 'vscode';
import type {
  CloseAction as CloseActionType,
  CloseHandlerResult,
  ErrorAction as ErrorActionType,
  ErrorHandler,
  StdioOptions,
} from 'vscode-languageclient/node';
import { restartPolicy } from './restartPolicy.ts';

/** Only what is used of the library, which is loaded late. */
interface Library {
  readonly CloseAction: typeof CloseActionType;
  readonly ErrorAction: typeof ErrorActionType;
}

export function crashHandler(
  { CloseAction, ErrorAction }: Library,
  log: vscode.LogOutputChannel,
  restart: () => void,
): { readonly handler: ErrorHandler; readonly stdio: Required<StdioOptions> } {
  const decide = restartPolicy();
  let outOfMemory = false;

  return {
    handler: {
      // Whole messages can still be exchanged: an error of one is no reason to end the server.
      error: (error) => {
        log.error(error);
        return { action: ErrorAction.Continue, handled: true };
      },
      closed: (): CloseHandlerResult => {
        const { restart: again, tell } = decide(Date.now());
        if (tell) sayWhy(again, outOfMemory, log, restart);
        outOfMemory = false;
        return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
      },
    },
    stdio: {
      stdout: (input) => input.on('data', (data: Buffer) => log.info(data.toString().trimEnd())),
      stderr: (input) =>
        input.on('data', (data: Buffer) => {
          const text = data.toString();
          // V8's last words.
          if (/heap out of memory|Reached heap limit/i.test(text)) outOfMemory = true;
          log.error(text.trimEnd());
        }),
    },
  };
}

function sayWhy(again: boolean, outOfMemory: boolean, log: vscode.LogOutputChannel, restart: () => void): void {
  const show = vscode.l10n.t('Show Output');
  const raise = vscode.l10n.t('Raise the Ceiling');
  const start = vscode.l10n.t('Restart Server');
  const why = outOfMemory
    ? vscode.l10n.t('The Data Engineer server ran out of memory.')
    : vscode.l10n.t('The Data Engineer server stopped unexpectedly.');
  const then = again
    ? vscode.l10n.t('It was restarted; nothing is lost.')
    : vscode.l10n.t('It keeps stopping and was not restarted again.');
  const choices = [...(outOfMemory ? [raise] : []), ...(again ? [] : [start]), show];
  const text = `${why} ${then}`;
  const answer = again
    ? vscode.window.showWarningMessage(text, ...choices)
    : vscode.window.showErrorMessage(text, ...choices);
  void answer.then((choice) => {
    if (choice === show) log.show();
    if (choice === start) restart();
    if (choice === raise)
      void vscode.commands.executeCommand('workbench.action.openSettings', 'dataEngineer.server.maxMemoryMb');
  });
}
