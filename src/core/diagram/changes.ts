/** What differs between two states of a schema, shown on the diagram of the later one: what is gone is drawn as well. */
import type { Change, ChangeKind } from '../schema/change.ts';
import type { ChangeKindOfDiagram, DiagramChange, DiagramColumn, DiagramModel, DiagramTable } from './model.ts';

/**
 * @param before the diagram of the earlier state
 * @param changes from the earlier to the later state, with physical names
 * @param words one sentence per change
 * @param since what the earlier state is called: `main`, `the migrations`
 */
export function withChanges(
  now: DiagramModel,
  before: DiagramModel,
  changes: readonly Change[],
  words: readonly string[],
  since: string,
): DiagramModel {
  const idOf = (model: DiagramModel, name: string, namespace: string | null): string | undefined =>
    (
      model.tables.find((table) => table.name === name && (table.namespace ?? '') === (namespace ?? '')) ??
      model.tables.find((table) => table.name === name)
    )?.id;
  const tables = new Map<string, ChangeKindOfDiagram>();
  const columns = new Map<string, Map<string, ChangeKindOfDiagram>>();
  const entries: DiagramChange[] = [];
  const markColumn = (id: string, column: string, kind: ChangeKindOfDiagram) => {
    const known = columns.get(id) ?? new Map<string, ChangeKindOfDiagram>();
    if (!known.has(column)) known.set(column, kind);
    columns.set(id, known);
  };
  changes.forEach((change, index) => {
    const { name, namespace, marked } = placeOf(change);
    const kind = kindOf(change.kind);
    const id = name === null ? undefined : (idOf(now, name, namespace) ?? idOf(before, name, namespace));
    if (id !== undefined && (change.kind === 'createTable' || change.kind === 'dropTable')) tables.set(id, kind);
    else if (id !== undefined && !tables.has(id)) tables.set(id, 'altered');
    const isColumn = change.kind === 'addColumn' || change.kind === 'dropColumn';
    if (id !== undefined) for (const column of marked) markColumn(id, column, isColumn ? kind : 'altered');
    entries.push({ kind, table: id ?? null, column: marked[0] ?? null, words: words[index] ?? change.kind });
  });

  const earlier = new Map(before.tables.map((table) => [table.id, table]));
  const marked = now.tables.map((table) => markTable(table, earlier.get(table.id), tables, columns));
  const removed = before.tables
    .filter(({ id }) => tables.get(id) === 'removed' && !now.tables.some((table) => table.id === id))
    .map((table): DiagramTable => ({ ...table, findings: [], change: 'removed' }));
  const gone = new Set(removed.map(({ id }) => id));
  const known = new Set([...marked, ...removed].map(({ id }) => id));
  const edges = before.edges.filter(
    ({ from, to }) => (gone.has(from.table) || gone.has(to.table)) && known.has(from.table) && known.has(to.table),
  );
  const labels = new Map(before.modules.map((module) => [module.id, module.label]));
  const modules = new Map(now.modules.map((module) => [module.id, module]));
  for (const { id, module } of removed) {
    const home = modules.get(module) ?? { id: module, label: labels.get(module) ?? module, tables: [] };
    modules.set(module, { ...home, tables: [...home.tables, id] });
  }
  return {
    ...now,
    tables: [...marked, ...removed].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    edges: [...now.edges, ...edges.filter(({ id }) => !now.edges.some((edge) => edge.id === id))],
    modules: [...modules.values()],
    changes: { since, entries },
  };
}

function markTable(
  table: DiagramTable,
  before: DiagramTable | undefined,
  tables: ReadonlyMap<string, ChangeKindOfDiagram>,
  columns: ReadonlyMap<string, ReadonlyMap<string, ChangeKindOfDiagram>>,
): DiagramTable {
  const change = tables.get(table.id);
  if (change === undefined) return table;
  const own = columns.get(table.id);
  const marked = table.columns.map((column): DiagramColumn => {
    const kind = own?.get(column.name);
    return kind === undefined || kind === 'removed' ? column : { ...column, change: kind };
  });
  const here = new Set(table.columns.map(({ name }) => name));
  const gone = (before?.columns ?? [])
    .filter(({ name }) => own?.get(name) === 'removed' && !here.has(name))
    .map((column): DiagramColumn => ({ ...column, severity: null, change: 'removed' }));
  return { ...table, change, columns: [...marked, ...gone] };
}

interface Place {
  readonly name: string | null;
  readonly namespace: string | null;
  /** Columns that it is about. */
  readonly marked: readonly string[];
}

function placeOf(change: Change): Place {
  switch (change.kind) {
    case 'createTable':
    case 'dropTable':
      return { name: change.table.name, namespace: change.table.namespace, marked: [] };
    case 'createEnum':
    case 'dropEnum':
    case 'alterEnum':
      return { name: null, namespace: null, marked: [] };
    case 'renameTable':
      return { name: change.to, namespace: change.toNamespace, marked: [] };
    default:
      return { name: change.table, namespace: change.namespace, marked: columnsOf(change) };
  }
}

function columnsOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'addColumn':
    case 'dropColumn':
      return [change.column.name];
    case 'alterColumn':
      return [change.to.name];
    case 'renameColumn':
      return [change.to];
    case 'addForeignKey':
    case 'dropForeignKey':
      return change.foreignKey.columns;
    default:
      return [];
  }
}

function kindOf(kind: ChangeKind): ChangeKindOfDiagram {
  if (kind === 'createTable' || kind === 'createEnum' || kind.startsWith('add')) return 'added';
  return kind.startsWith('drop') ? 'removed' : 'altered';
}
