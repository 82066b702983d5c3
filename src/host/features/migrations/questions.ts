/** What the user is asked before a migration is proven. Undefined everywhere = they changed their mind. */
import * as vscode from 'vscode';
import type { GitRef, MigrationPreview, NeededValueQuestion, RenameQuestion } from '../../../protocol/migration.ts';

/** `migrations` or `git:<ref>`. */
export async function askBase(refs: () => Promise<readonly GitRef[]>): Promise<string | undefined> {
  const title = vscode.l10n.t('Generate Migration');
  // Git is a program with settings of the folder's own: not before the user trusts it.
  const isTrusted = vscode.workspace.isTrusted;
  const choice = await vscode.window.showQuickPick(
    [
      {
        id: 'migrations' as const,
        label: `$(history) ${vscode.l10n.t('What the migrations build')}`,
        detail: vscode.l10n.t('All migrations of the project are followed, without a database'),
      },
      ...(isTrusted
        ? [
            {
              id: 'git' as const,
              label: `$(git-commit) ${vscode.l10n.t('A Git reference…')}`,
              detail: vscode.l10n.t('The entities of a branch, tag or commit'),
            },
          ]
        : []),
    ],
    { title, placeHolder: vscode.l10n.t('Compare the entities with…') },
  );
  if (choice?.id !== 'git') return choice?.id;
  const icons = { branch: '$(git-branch)', tag: '$(tag)', commit: '$(git-commit)' } as const;
  const found = await refs();
  if (found.length === 0) throw new Error(vscode.l10n.t('There is no Git repository here, or it has no commit yet.'));
  const picked = await vscode.window.showQuickPick(
    found.map(({ ref, kind, description }) => ({ ref, label: `${icons[kind]} ${ref}`, description })),
    { title, placeHolder: vscode.l10n.t('Compare the entities with those of…'), matchOnDescription: true },
  );
  return picked === undefined ? undefined : `git:${picked.ref}`;
}

export async function askRename({ rename, label, reason }: RenameQuestion): Promise<boolean | undefined> {
  const isTable = rename.kind === 'table';
  const from = isTable ? rename.table : rename.from;
  const picked = await vscode.window.showQuickPick(
    [
      {
        isRename: true,
        label: `$(arrow-right) ${vscode.l10n.t('Rename {0} to {1}', from, rename.to)}`,
        detail: isTable ? vscode.l10n.t('Its rows stay') : vscode.l10n.t('Its values stay'),
      },
      {
        isRename: false,
        label: `$(trash) ${vscode.l10n.t('Drop {0} and add {1}', from, rename.to)}`,
        detail: isTable
          ? vscode.l10n.t('All rows of {0} are lost', from)
          : vscode.l10n.t('All values of {0} are lost', from),
      },
    ],
    { title: label, placeHolder: vscode.l10n.t('Is this one renamed? ({0})', reason), ignoreFocusOut: true },
  );
  return picked?.isRename;
}

export async function askValue({ column, type, why, suggestion }: NeededValueQuestion): Promise<string | undefined> {
  const value = await vscode.window.showInputBox({
    title: column,
    prompt:
      why === 'added'
        ? vscode.l10n.t('{0} ({1}) is new and required. SQL value for the rows that are there:', column, type)
        : vscode.l10n.t('{0} ({1}) becomes required. SQL value for the rows that have none:', column, type),
    value: suggestion ?? '',
    placeHolder: vscode.l10n.t("A literal ('new', 0), or an expression over the row"),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === ''
        ? vscode.l10n.t('Without a value the migration fails where there are rows.')
        : text.includes(';')
          ? vscode.l10n.t('One value, no statement.')
          : undefined,
  });
  return value?.trim();
}

/** A row cuts what is longer than it: then the whole sentence stands below its beginning. */
function wrapped(line: string, icon: string): { readonly label: string; readonly detail?: string } {
  if (line.length <= 75) return { label: `${icon} ${line}` };
  const [head = line] = line.split(/(?<=[:.,;]) /);
  const rest = line.slice(head.length).trim();
  return head.length <= 75 && rest !== ''
    ? { label: `${icon} ${head}`, detail: rest }
    : { label: `${icon} ${line.slice(0, 60)}…`, detail: line };
}

type Planned = Extract<MigrationPreview, { state: 'planned' }>;
type ReviewItem = vscode.QuickPickItem & { readonly format?: 'typeorm' | 'sql' };

/** The changes in words, with the two ways to write them above. */
export function askFormat(preview: Planned): Promise<'typeorm' | 'sql' | undefined> {
  const { words, losses, warnings, notes, transactional } = preview;
  const section = (label: string, lines: readonly string[], icon: string): ReviewItem[] =>
    lines.length === 0
      ? []
      : [
          { label, kind: vscode.QuickPickItemKind.Separator },
          ...lines.map((line) => ({ ...wrapped(line, icon), alwaysShow: true })),
        ];
  const pick = vscode.window.createQuickPick<ReviewItem>();
  pick.title =
    words.length === 1
      ? vscode.l10n.t('Migration with 1 change')
      : vscode.l10n.t('Migration with {0} changes', words.length);
  pick.placeholder = vscode.l10n.t('How shall it be written?');
  pick.ignoreFocusOut = true;
  const actions: ReviewItem[] = [
    {
      format: 'typeorm',
      label: `$(file-code) ${vscode.l10n.t('TypeORM migration…')}`,
      description: vscode.l10n.t('with up and down, in the style of the others'),
    },
    { format: 'sql', label: `$(database) ${vscode.l10n.t('Plain SQL…')}` },
  ];
  pick.items = [
    ...actions,
    ...section(vscode.l10n.t('Changes'), words, '$(diff)'),
    ...section(vscode.l10n.t('Lost for good'), losses, '$(error)'),
    ...section(
      vscode.l10n.t('Mind'),
      [
        ...warnings,
        ...(transactional
          ? []
          : [vscode.l10n.t('Not in a transaction: a failure leaves what ran before it in place.')]),
      ],
      '$(warning)',
    ),
    ...section(vscode.l10n.t('Could not be followed in the migrations'), notes, '$(question)'),
  ];
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const format = pick.selectedItems[0]?.format;
      // Everything below the two is there to be read.
      if (format === undefined) return;
      resolve(format);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

export function askName(suggestion: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Generate Migration'),
    prompt: vscode.l10n.t('Name of the migration'),
    value: suggestion,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[A-Z][A-Za-z0-9]*$/.test(text)
        ? undefined
        : vscode.l10n.t('As a class has it: letters and digits, a capital first (AddOrders).'),
  });
}
