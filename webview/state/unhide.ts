/** A table that is searched for is wanted, whatever was left out before. */
import { applyView } from '../../src/core/diagram/applyView.ts';
import { joinTables } from '../../src/core/diagram/foldJoinTables.ts';
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import type { DiagramView } from '../../src/core/diagram/view.ts';

/** The least change of the view that shows the table; null where it is shown already, or is in no view. */
export function unhide(model: DiagramModel, view: DiagramView, table: string): Partial<DiagramView> | null {
  const module = model.tables.find(({ id }) => id === table)?.module;
  if (module === undefined || shows(model, view, table)) return null;
  const opened = { collapsed: view.collapsed.filter((id) => id !== module) };
  if (shows(model, { ...view, ...opened }, table)) return opened;
  return {
    ...opened,
    hiddenModules: [],
    hiddenSchemas: [],
    hiddenOrms: [],
    findings: null,
    focus: null,
    path: null,
    ...(joinTables(model).has(table) ? { foldJoins: false } : {}),
  };
}

function shows(model: DiagramModel, view: DiagramView, table: string): boolean {
  return applyView(model, view).tables.some(({ id }) => id === table);
}
