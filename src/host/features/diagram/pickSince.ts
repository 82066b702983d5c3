/** What Changed Since: the migrations, a branch, a tag or a commit. */
import * as vscode from 'vscode';
import type { ServerClient } from '../languageClient/languageClient.ts';

/** `migrations` or `git:<ref>`; null = no comparison any more; undefined = the user has thought better of it. */
export async function pickSince(
  client: ServerClient,
  project: string,
  now: string | null,
): Promise<string | null | undefined> {
  const refs = await client.request('dataEngineer/gitRefs', { project });
  type Item = vscode.QuickPickItem & { readonly since: string | null };
  const items: Item[] = [
    ...(now === null ? [] : [{ label: vscode.l10n.t('Hide the changes'), since: null }]),
    {
      label: vscode.l10n.t('The migrations'),
      description: vscode.l10n.t('what they build when they have all run'),
      since: 'migrations',
    },
    ...refs.map(({ ref, kind, description }) => ({
      label: `$(${kind === 'branch' ? 'git-branch' : kind === 'tag' ? 'tag' : 'git-commit'}) ${ref}`,
      description,
      since: `git:${ref}`,
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('What changed since…'),
    matchOnDescription: true,
  });
  return picked?.since;
}
