/** Quick fixes at a place, then ways to be told less, then why it was said. */
import * as l10n from '@vscode/l10n';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { CodeAction, Command, Diagnostic, Range, WorkspaceEdit } from 'vscode-languageserver/node';
import type { Finding, Fix } from '../core/lint/rule.ts';
import type { TextEdit } from '../core/schema/source.ts';
import type { HostCommands } from '../protocol/server.ts';
import { fileUri, overlaps, toRange, toTextEdits } from './convert.ts';
import type { RuleLink } from './diagnostics.ts';
import { findingDiagnostic } from './diagnostics.ts';
import type { Folder } from './folder.ts';
import { entityTables } from './generateRequests.ts';
import { projectsOf } from './projects.ts';
import { editsTogether, fixableTogether } from './fixAll.ts';
import { disableNextLine } from './suppressionComment.ts';

export interface CodeActionContext {
  readonly folder: Folder;
  readonly file: string;
  readonly range: Range;
  readonly link: RuleLink;
  /** Version of an open document, so that an edit made for an older text is refused; null = not open. */
  version(uri: string): number | null;
}

export async function codeActions(context: CodeActionContext): Promise<CodeAction[]> {
  const { folder, file } = context;
  const findings = (folder.analysis?.findings ?? []).filter(
    (finding) => finding.file === file && overlaps(toRange(finding.range), context.range),
  );
  const actions: CodeAction[] = [];
  /** Rules of which something can be mended here. */
  const mended = new Set<string>();
  for (const finding of findings) {
    const diagnostics = [findingDiagnostic(folder.directory, finding, context.link)];
    const fixes = [...finding.fixes].sort((a, b) => Number(b.preferred) - Number(a.preferred));
    for (const fix of fixes) {
      const made = await fixAction(context, finding, fix, diagnostics);
      actions.push(...made);
      if (made.some(({ isPreferred }) => isPreferred)) mended.add(finding.rule);
    }
  }
  for (const rule of mended)
    if (fixableTogether(folder.analysis?.findings ?? [], file, rule).length > 1)
      actions.push(fixAllAction(context, rule));
  for (const finding of findings) {
    const diagnostics = [findingDiagnostic(folder.directory, finding, context.link)];
    actions.push(...(await disableLineAction(context, finding, diagnostics)));
    actions.push(
      commandAction(
        l10n.t('Disable {0} in this workspace', finding.rule),
        hostCommand('dataEngineer.disableRule', { rule: finding.rule }),
        diagnostics,
      ),
      commandAction(
        l10n.t('Show documentation of {0}', finding.rule),
        hostCommand('dataEngineer.explainRule', { rule: finding.rule }),
        diagnostics,
      ),
    );
  }
  return withoutRepeats(actions);
}

/** On the declaration of an entity: the code around it. */
export function createCodeActions({ folder, file, range }: CodeActionContext): CodeAction[] {
  const [found] = projectsOf([folder]).flatMap((entry) =>
    entityTables(entry.project.schema.tables)
      .filter(({ table: { at } }) => at.file === file && overlaps(toRange(at), range))
      .map(({ entity }) => ({ project: entry.id, entity })),
  );
  if (found === undefined) return [];
  const title = l10n.t('Create repository, service, DTOs, endpoints or tests of {0}...', found.entity);
  const command = hostCommand('dataEngineer.createAllLayers', found, title);
  return [{ title, kind: CodeActionKind.Refactor, command }];
}

export function hostCommand<Name extends keyof HostCommands>(
  command: Name,
  argument: HostCommands[Name],
  title = '',
): Command {
  return { title, command, arguments: [argument] };
}

async function fixAction(
  context: CodeActionContext,
  finding: Finding,
  fix: Fix,
  diagnostics: Diagnostic[],
): Promise<readonly CodeAction[]> {
  const action = { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics };
  const result = await context.folder.fix(finding, fix);
  // Rules do not see how code is written: a fix that its writer does not take is none.
  if ('reason' in result) return fix.code ? [] : [{ ...action, disabled: { reason: result.reason } }];
  const edit = await workspaceEdit(context, result.edits);
  if (edit === null) return [{ ...action, disabled: { reason: l10n.t('The file could not be read.') } }];
  return [{ ...action, edit, ...(fix.preferred ? { isPreferred: true } : {}) }];
}

/** What `resolveFixAll` is asked by: edits of many findings are made once they are wanted. */
export interface FixAllData {
  readonly fixAll: { readonly uri: string; readonly rule: string };
}

function fixAllAction({ folder, file }: CodeActionContext, rule: string): CodeAction {
  const data: FixAllData = { fixAll: { uri: fileUri(folder.directory, file), rule } };
  return { title: l10n.t('Fix all {0} in this file', rule), kind: CodeActionKind.QuickFix, data };
}

/** The action with its edit; without one where nothing is left to fix. */
export async function resolveFixAll(
  action: CodeAction,
  rule: string,
  context: Omit<CodeActionContext, 'range' | 'link'>,
): Promise<CodeAction> {
  const findings = fixableTogether(context.folder.analysis?.findings ?? [], context.file, rule);
  const edit = await workspaceEdit(context, await editsTogether(context.folder, findings));
  return edit === null ? action : { ...action, edit };
}

async function disableLineAction(
  context: CodeActionContext,
  finding: Finding,
  diagnostics: Diagnostic[],
): Promise<CodeAction[]> {
  const text = await context.folder.text(context.file);
  const insertion = text === null ? null : disableNextLine(context.file, text, finding.range.line, finding.rule);
  if (insertion === null) return [];
  const edit = await workspaceEdit(context, [insertion]);
  if (edit === null) return [];
  return [
    { title: l10n.t('Disable {0} for this line', finding.rule), kind: CodeActionKind.QuickFix, diagnostics, edit },
  ];
}

function commandAction(title: string, command: Command, diagnostics: Diagnostic[]): CodeAction {
  return { title, kind: CodeActionKind.QuickFix, diagnostics, command: { ...command, title } };
}

async function workspaceEdit(
  context: Pick<CodeActionContext, 'folder' | 'version'>,
  edits: readonly TextEdit[],
): Promise<WorkspaceEdit | null> {
  const documentChanges = [];
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const text = await context.folder.text(file);
    if (text === null) return null;
    const uri = fileUri(context.folder.directory, file);
    documentChanges.push({
      textDocument: { uri, version: context.version(uri) },
      edits: toTextEdits(
        text,
        edits.filter((edit) => edit.file === file),
      ),
    });
  }
  return { documentChanges };
}

/** Two findings of one rule on one line need only one way to be silenced and explained. */
function withoutRepeats(actions: readonly CodeAction[]): CodeAction[] {
  const seen = new Set<string>();
  return actions.filter((action) => {
    const key = JSON.stringify([action.title, action.edit, action.command]);
    return !seen.has(key) && seen.add(key);
  });
}
