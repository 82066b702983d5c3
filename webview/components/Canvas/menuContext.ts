import type { DiagramTable } from '../../../src/core/diagram/model.ts';
import { collapsedKind } from '../../../src/core/diagram/model.ts';
import type { SourceRange } from '../../../src/core/schema/source.ts';

/**
 * What entries of the diagram's menu are shown by (`webview/context` in the manifest) and called with: the commands take it as
 * they take a row of the schema tree.
 */
export interface MenuContext {
  readonly webviewSection: 'entity' | 'table' | 'diagram';
  readonly preventDefaultContextMenuItems: true;
  /** As `ProjectSummary.id`. */
  readonly project: string;
  /** `DiagramTable.id`. */
  readonly table?: string;
  readonly label?: string;
  /** The project's, where the menu is that of the whole diagram. */
  readonly id?: string;
  readonly at?: SourceRange;
}

/** Code is created for tables that a class or model stands for; a module's box is no table. */
export function menuContextOf(project: string, table: DiagramTable | undefined): MenuContext {
  if (table === undefined || table.kind === collapsedKind)
    return { webviewSection: 'diagram', preventDefaultContextMenuItems: true, project, id: project };
  return {
    webviewSection: table.entity !== null && table.kind === 'table' ? 'entity' : 'table',
    preventDefaultContextMenuItems: true,
    project,
    table: table.id,
    label: table.name,
    at: table.at,
  };
}
