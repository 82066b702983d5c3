import type { DiagramEdge, DiagramTable } from '../../../src/core/diagram/model.ts';
import { collapsedKind } from '../../../src/core/diagram/model.ts';
import type { SourceRange } from '../../../src/core/schema/source.ts';

/**
 * What entries of the diagram's menu are shown by (`webview/context` in the manifest) and called with: the commands take it as
 * they take a row of the schema tree.
 */
export interface MenuContext {
  readonly webviewSection: 'entity' | 'table' | 'relation' | 'diagram';
  readonly preventDefaultContextMenuItems: true;
  /** As `ProjectSummary.id`. */
  readonly project: string;
  /** `DiagramTable.id`. */
  readonly table?: string;
  readonly label?: string;
  /** The project's, where the menu is that of the whole diagram. */
  readonly id?: string;
  readonly at?: SourceRange;
  /** What of the table: the row under the pointer, or the line. */
  readonly element?: 'table' | 'column' | 'relation';
  /** The column; of a relation those that hold its key. */
  readonly columns?: readonly string[];
}

/** Code is created for tables that a class or model stands for; a module's box is no table. */
export function menuContextOf(
  project: string,
  table: DiagramTable | undefined,
  column: string | null = null,
): MenuContext {
  if (table === undefined || table.kind === collapsedKind)
    return { webviewSection: 'diagram', preventDefaultContextMenuItems: true, project, id: project };
  const row = table.columns.find(({ name }) => name === column);
  return {
    webviewSection: table.entity !== null && table.kind === 'table' ? 'entity' : 'table',
    preventDefaultContextMenuItems: true,
    project,
    table: table.id,
    label: row?.name ?? table.name,
    at: row?.at ?? table.at,
    element: row === undefined ? 'table' : 'column',
    columns: row === undefined ? [] : [row.name],
  };
}

/** A line between tables, as the table sees it that holds the key. */
export function relationContextOf(project: string, { from, label, at }: DiagramEdge): MenuContext {
  return {
    webviewSection: 'relation',
    preventDefaultContextMenuItems: true,
    project,
    table: from.table,
    label,
    at,
    element: 'relation',
    columns: from.columns,
  };
}
