/**
 * What of a model decides its layout. A live edit that changes a type, a finding or a comment leaves these keys as they are,
 * and with them every position.
 */
import type { DiagramModel, DiagramTable } from '../../src/core/diagram/model.ts';
import { tableSize } from '../../src/core/layout/metrics.ts';

/** Equal keys: the same layout fits. */
export function structureKey(model: DiagramModel): string {
  return JSON.stringify([
    model.modules.map((module) => [module.id, module.label, module.tables]),
    model.tables.map(tableKey),
    model.edges.map(({ id, from, to }) => [id, from.table, from.columns, to.table, to.columns]),
  ]);
}

/** Module id → key of its tables and of the edges within it. */
export function moduleKeys(model: DiagramModel): ReadonlyMap<string, string> {
  const moduleOf = new Map(model.tables.map((table) => [table.id, table.module]));
  const parts = new Map<string, unknown[]>();
  const add = (module: string, part: unknown) => {
    const known = parts.get(module);
    if (known === undefined) parts.set(module, [part]);
    else known.push(part);
  };
  for (const table of model.tables) add(table.module, tableKey(table));
  for (const { from, to } of model.edges) {
    const module = moduleOf.get(from.table);
    if (module !== undefined && module === moduleOf.get(to.table))
      add(module, [from.table, from.columns, to.table, to.columns]);
  }
  return new Map([...parts].map(([module, list]) => [module, JSON.stringify(list)]));
}

/** Heights follow from the number of columns; their order decides where edges end. */
function tableKey(table: DiagramTable): unknown {
  return [table.id, table.module, tableSize(table).width, table.columns.map((column) => column.name)];
}
