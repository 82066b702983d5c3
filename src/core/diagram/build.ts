/** Schema + findings → what is drawn. */
import { ormName } from '../editing/orms.ts';
import type { Finding } from '../lint/rule.ts';
import type { Schema, Table } from '../schema/model.ts';
import { drawnColumns, drawnIndexes } from './columns.ts';
import { relationEdges } from './edges.ts';
import { findingsByTable } from './findings.ts';
import type { DiagramModel, DiagramTable } from './model.ts';
import { groupTables } from './modules.ts';
import { tableIds } from './tableIds.ts';

export interface DiagramSource {
  /** Root of the project; findings of others are left out. */
  readonly project: string;
  readonly title: string;
  readonly schema: Schema;
  readonly findings: readonly Finding[];
}

/** The same source gives the same model, whatever the order of its tables; columns keep the order of the source. */
export function buildDiagram({ project, title, schema, findings }: DiagramSource): DiagramModel {
  const tables = [...schema.tables].sort(byName);
  const ids = tableIds(tables);
  const modules = groupTables(tables, ids);
  const moduleOf = new Map(modules.flatMap((module) => module.tables.map((id) => [id, module.id] as const)));
  const found = findingsByTable(
    tables,
    findings.filter((finding) => finding.project === project),
  );
  const several = new Set(tables.map(({ reader }) => reader)).size > 1;
  const drawn = tables.map((table): DiagramTable => {
    const id = ids.of(table);
    const findingsOfTable = found.get(table) ?? [];
    return {
      id,
      name: table.name,
      namespace: table.namespace,
      entity: table.entity,
      kind: table.kind,
      module: moduleOf.get(id) ?? '',
      ...(several ? { orm: ormName(table.reader) } : {}),
      columns: drawnColumns(table, findingsOfTable),
      indexes: drawnIndexes(table),
      findings: findingsOfTable,
      softDelete: table.columns.some((column) => column.role === 'deleted-at'),
      comment: table.comment,
      at: table.at,
    };
  });
  // Only what some column has: an enum that no table uses is no part of the diagram.
  const used = new Set(tables.flatMap(({ columns }) => columns.flatMap((column) => column.enum ?? [])));
  const enums = schema.enums
    .filter(({ name }) => used.has(name))
    .map(({ name, values }) => ({ name, values }))
    .sort((a, b) => compare(a.name, b.name));
  return { project, title, tables: drawn, edges: relationEdges(tables, ids), modules, enums };
}

function byName(a: Table, b: Table): number {
  return (
    compare(a.namespace ?? '', b.namespace ?? '') ||
    compare(a.name, b.name) ||
    compare(a.at.file, b.at.file) ||
    a.at.line - b.at.line
  );
}

/** By code units: the same on every machine, unlike a comparison by locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
