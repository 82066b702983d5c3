/** Which entities of which project: what the command was called on, where the cursor is, or what the user picks. */
import * as vscode from 'vscode';
import type { EntityRow } from '../../../protocol/generate.ts';
import { pickProject } from '../../pickProject.ts';
import type { ServerClient } from '../languageClient/languageClient.ts';

export interface Target {
  /** As `ProjectSummary.id`. */
  readonly project: string;
  /** Entity names or table ids; empty = not chosen yet. */
  readonly entities: readonly string[];
}

interface Place {
  readonly uri: string;
  readonly line: number;
}

/**
 * Of an argument: a row of the tree (a project, or `{ table: { project, id } }`), a code action or the diagram (`{ project, entity | table }`), a file of the
 * explorer or an editor (a URI). Undefined = it says nothing.
 */
export function targetOf(argument: unknown): Target | Place | undefined {
  if (argument instanceof vscode.Uri) return placeOf(argument);
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { project, entity, entities, table, kind, id } = argument as Readonly<Record<string, unknown>>;
  if (kind === 'project' && typeof id === 'string') return { project: id, entities: [] };
  if (typeof table === 'object' && table !== null && 'project' in table && 'id' in table)
    return typeof table.project === 'string' && typeof table.id === 'string'
      ? { project: table.project, entities: [table.id] }
      : undefined;
  if (typeof project !== 'string') return undefined;
  if (Array.isArray(entities)) return { project, entities: entities.filter((each) => typeof each === 'string') };
  const named = typeof entity === 'string' ? entity : typeof table === 'string' ? table : null;
  return { project, entities: named === null ? [] : [named] };
}

/** The line of the cursor where the file is the one in front, else its first. */
function placeOf(uri: vscode.Uri): Place {
  const editor = vscode.window.activeTextEditor;
  const line = editor?.document.uri.toString() === uri.toString() ? editor.selection.active.line : 0;
  return { uri: uri.toString(), line };
}

/** Undefined where the user changes their mind. `many`: several entities may be picked. Throws words for the user. */
export async function chooseTarget(
  client: ServerClient,
  argument: unknown,
  { many }: { readonly many: boolean },
): Promise<Target | undefined> {
  let target = targetOf(argument);
  const editor = vscode.window.activeTextEditor;
  if (target === undefined && editor !== undefined) target = placeOf(editor.document.uri);
  if (target !== undefined && 'uri' in target) {
    const found = await client.request('dataEngineer/entityAt', target);
    target = found === null ? undefined : { project: found.project, entities: [found.entity] };
  }
  if (target !== undefined && target.entities.length > 0) return target;
  const project =
    target?.project ?? (await pickProject((client.status?.projects ?? []).filter(({ tables }) => tables > 0)));
  if (project === undefined) return undefined;
  const rows = await client.request('dataEngineer/entities', { project });
  if (rows.length === 0) throw new Error(vscode.l10n.t('No entities were found in this project.'));
  const entities = await pickEntities(rows, many);
  return entities === undefined || entities.length === 0 ? undefined : { project, entities };
}

async function pickEntities(rows: readonly EntityRow[], many: boolean): Promise<readonly string[] | undefined> {
  const items = rows.map(({ entity, table, folder }) => ({ label: entity, description: table, detail: folder }));
  const options = { matchOnDescription: true, matchOnDetail: true };
  if (many) {
    const placeHolder = vscode.l10n.t('For which entities?');
    return (await vscode.window.showQuickPick(items, { ...options, placeHolder, canPickMany: true }))?.map(
      ({ label }) => label,
    );
  }
  const placeHolder = vscode.l10n.t('For which entity?');
  const picked = await vscode.window.showQuickPick(items, { ...options, placeHolder });
  return picked === undefined ? undefined : [picked.label];
}
