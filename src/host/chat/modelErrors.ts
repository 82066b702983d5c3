/** Why a model did not answer, in words for people. */
import * as vscode from 'vscode';

export type Failure =
  'cancelled' | 'no-permission' | 'not-found' | 'quota' | 'refused' | 'too-long' | 'empty' | 'failed';

export function failureOf(error: unknown): Failure {
  if (error instanceof vscode.CancellationError) return 'cancelled';
  const code = error instanceof vscode.LanguageModelError ? error.code : '';
  if (code === vscode.LanguageModelError.NoPermissions.name) return 'no-permission';
  if (code === vscode.LanguageModelError.NotFound.name) return 'not-found';
  const words = wordsOf(error);
  // Providers name their limits in words of their own; VS Code passes `Blocked` for both a filter and a quota.
  if (/quota|rate.?limit|too many requests|\b429\b|exceeded your|usage limit|billing/iu.test(words)) return 'quota';
  if (/off.?topic|filter|content policy|responsible ai|refus|safety/iu.test(words)) return 'refused';
  if (/context.?length|maximum context|too (?:long|large)|token limit|max_tokens/iu.test(words)) return 'too-long';
  if (/cancell?ed/iu.test(words)) return 'cancelled';
  return code === vscode.LanguageModelError.Blocked.name ? 'refused' : 'failed';
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.name} ${error.message} ${error.cause === undefined ? '' : wordsOf(error.cause)}`;
}

export function describeFailure(failure: Failure, error: unknown, model: string): string {
  switch (failure) {
    case 'cancelled':
      return vscode.l10n.t('Stopped. Nothing was changed.');
    case 'no-permission':
      return vscode.l10n.t(
        'You have not allowed Data Engineer to use {0}. Allow it when you are asked, or choose another model.',
        model,
      );
    case 'not-found':
      return vscode.l10n.t('{0} is not there any more. Choose another model.', model);
    case 'quota':
      return vscode.l10n.t(
        '{0} takes no more requests for now: its quota is used up. Try again later, or choose another model.',
        model,
      );
    case 'refused':
      return vscode.l10n.t('{0} declined to answer this. Ask in other words.', model);
    case 'too-long':
      return vscode.l10n.t('The question is too long for {0}. Ask for less at once, or attach fewer files.', model);
    case 'empty':
      return vscode.l10n.t('{0} gave no answer. Ask again, or choose another model.', model);
    case 'failed':
      return vscode.l10n.t('{0} could not answer: {1}', model, error instanceof Error ? error.message : String(error));
  }
}
