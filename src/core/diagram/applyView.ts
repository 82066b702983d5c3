/** A diagram as a view shows it: fewer tables, modules as boxes, fewer columns. What is laid out, drawn and exported. */
import { atDetail } from './detail.ts';
import { foldJoinTables } from './foldJoinTables.ts';
import { collapsedKind } from './model.ts';
import type { DiagramEdge, DiagramModel, DiagramSeverity, DiagramTable } from './model.ts';
import { around, pathBetween } from './neighbourhood.ts';
import type { DiagramView } from './view.ts';

/** Id of the box that stands for a collapsed module: no table's id holds a line break. */
export function collapsedId(module: string): string {
  return `module\n${module}`;
}

/** The module that a box stands for; null for a table. */
export function moduleOfBox(id: string): string | null {
  return id.startsWith('module\n') ? id.slice('module\n'.length) : null;
}

export function applyView(model: DiagramModel, view: DiagramView): DiagramModel {
  const folded = view.foldJoins ? foldJoinTables(model) : model;
  const shown = shownTables(folded, view);
  const part = shown === null ? folded : restrict(folded, shown, view);
  return atDetail(collapse(part, new Set(view.collapsed)), view.detail, view.tableDetails);
}

/** Null: all. A focus or a path that leads nowhere any more (its table was renamed) is passed over. */
function shownTables(model: DiagramModel, view: DiagramView): ReadonlySet<string> | null {
  const { hiddenModules, hiddenSchemas, hiddenOrms, findings, focus, path } = view;
  const tests: ((table: DiagramTable) => boolean)[] = [];
  if (hiddenModules.length > 0) tests.push(({ module }) => !hiddenModules.includes(module));
  if (hiddenSchemas.length > 0) tests.push(({ namespace }) => !hiddenSchemas.includes(namespace ?? ''));
  if (hiddenOrms.length > 0) tests.push(({ orm }) => orm === undefined || !hiddenOrms.includes(orm));
  if (findings !== null) tests.push((table) => isAtLeast(table, findings));
  const way = path === null ? null : pathBetween(model, path.from, path.to);
  if (way !== null) tests.push(({ id }) => way.includes(id));
  const near = focus === null ? null : around(model, focus.table, focus.hops);
  if (near !== null && near.size > 0) tests.push(({ id }) => near.has(id));
  if (tests.length === 0) return null;
  return new Set(model.tables.filter((table) => tests.every((test) => test(table))).map(({ id }) => id));
}

const grades: readonly DiagramSeverity[] = ['info', 'warning', 'error'];

function isAtLeast({ findings }: DiagramTable, least: DiagramSeverity): boolean {
  return findings.some(({ severity }) => grades.indexOf(severity) >= grades.indexOf(least));
}

function restrict(model: DiagramModel, shown: ReadonlySet<string>, { path }: DiagramView): DiagramModel {
  const way = path === null ? null : pathBetween(model, path.from, path.to);
  // Off the path's own steps, lines between its tables would only hide it.
  const onPath = (a: string, b: string) => way === null || Math.abs(way.indexOf(a) - way.indexOf(b)) === 1;
  return {
    ...model,
    tables: model.tables.filter(({ id }) => shown.has(id)),
    edges: model.edges.filter(
      ({ from, to }) => shown.has(from.table) && shown.has(to.table) && onPath(from.table, to.table),
    ),
    modules: model.modules
      .map((module) => ({ ...module, tables: module.tables.filter((id) => shown.has(id)) }))
      .filter(({ tables }) => tables.length > 0),
  };
}

function collapse(model: DiagramModel, modules: ReadonlySet<string>): DiagramModel {
  const folded = model.modules.filter(({ id }) => modules.has(id));
  if (folded.length === 0) return model;
  const boxOf = new Map(folded.flatMap(({ id, tables }) => tables.map((table) => [table, collapsedId(id)] as const)));
  const byId = new Map(model.tables.map((table) => [table.id, table]));
  const boxes = folded.map(({ id, label, tables }): DiagramTable => {
    const inside = tables.flatMap((table) => byId.get(table) ?? []);
    const findings = inside.flatMap((table) => table.findings);
    return {
      id: collapsedId(id),
      name: label,
      namespace: null,
      entity: tables.length === 1 ? '1 table' : `${tables.length} tables`,
      kind: collapsedKind,
      module: id,
      columns: [],
      indexes: [],
      findings: [...findings].sort((a, b) => grades.indexOf(b.severity) - grades.indexOf(a.severity)),
      softDelete: false,
      comment: null,
      at: inside[0]?.at ?? { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 },
    };
  });
  const edges = new Map<string, DiagramEdge>();
  for (const edge of model.edges) {
    const [from, to] = [boxOf.get(edge.from.table), boxOf.get(edge.to.table)];
    if (from === undefined && to === undefined) {
      edges.set(edge.id, edge);
      continue;
    }
    const ends = [from ?? edge.from.table, to ?? edge.to.table] as const;
    if (ends[0] === ends[1]) continue;
    // Several keys between two modules are one line between their boxes.
    const id = from !== undefined && to !== undefined ? ends.join('->') : `${edge.id} ${ends.join('->')}`;
    if (edges.has(id)) continue;
    edges.set(id, {
      ...edge,
      id,
      from: from === undefined ? edge.from : { table: from, columns: [], cardinality: 'many' },
      to: to === undefined ? edge.to : { table: to, columns: [], cardinality: edge.to.cardinality },
    });
  }
  return {
    ...model,
    tables: [...model.tables.filter(({ id }) => !boxOf.has(id)), ...boxes],
    edges: [...edges.values()],
    modules: model.modules.map((module) =>
      modules.has(module.id) ? { ...module, tables: [collapsedId(module.id)] } : module,
    ),
  };
}
