/** Tables, relations and cardinalities in words: for screen readers, the side panel and tooltips. */
import { collapsedKind } from '../../src/core/diagram/model.ts';
import type { Cardinality, ChangeKindOfDiagram, DiagramEdge, DiagramTable } from '../../src/core/diagram/model.ts';
import { t } from '../l10n.ts';
import type { Graph } from './graph.ts';

/** A relation seen from one of its two tables. */
export interface Relation {
  readonly edge: DiagramEdge;
  /** The table at the other end; the table itself for a self reference. */
  readonly other: string;
  /** `out`: this table holds the foreign key. */
  readonly direction: 'out' | 'in';
  /** Rows of the other table that one row of this one has. */
  readonly cardinality: Cardinality;
}

/** A self reference appears once in each direction. */
export function relationsOf(graph: Graph, table: string): readonly Relation[] {
  return (graph.edges.get(table) ?? []).flatMap((edge): Relation[] => {
    const { from, to } = edge;
    return [
      ...(from.table === table
        ? [{ edge, other: to.table, direction: 'out' as const, cardinality: to.cardinality }]
        : []),
      ...(to.table === table
        ? [{ edge, other: from.table, direction: 'in' as const, cardinality: from.cardinality }]
        : []),
    ];
  });
}

export function cardinalityText(cardinality: Cardinality): string {
  switch (cardinality) {
    case 'one':
      return t('exactly one');
    case 'zero-or-one':
      return t('zero or one');
    case 'many':
      return t('any number');
    case 'one-or-many':
      return t('one or more');
  }
}

/** `a, b → x, y`; tables alone where no columns are known. */
export function edgeColumns({ from, to }: DiagramEdge): string {
  const side = (end: DiagramEdge['from']) =>
    end.columns.length === 0 ? end.table : `${end.table}.${end.columns.join(', ')}`;
  return `${side(from)} → ${side(to)}`;
}

/** What a screen reader says for a table: name, size, relations by name (the first few), findings. */
export function tableSummary(graph: Graph, table: DiagramTable, columns: number): string {
  if (table.kind === collapsedKind) return t('{0}, module, {1}', table.name, table.entity ?? '');
  const neighbours = graph.neighbours.get(table.id) ?? [];
  const named = neighbours.slice(0, maxNamed).map((id) => graph.tables.get(id)?.name ?? id);
  const more = neighbours.length - named.length;
  const parts = [
    table.kind === 'table' ? t('{0}, table', table.name) : t('{0}, {1}', table.name, table.kind),
    columns === 1 ? t('1 column') : t('{0} columns', columns),
    neighbours.length === 0
      ? t('no relations')
      : more > 0
        ? t('related to {0} and {1} more', named.join(', '), more)
        : t('related to {0}', named.join(', ')),
  ];
  if (table.change !== undefined) parts.push(changeText(table.change));
  if (table.findings.length > 0)
    parts.push(table.findings.length === 1 ? t('1 finding') : t('{0} findings', table.findings.length));
  return parts.join(', ');
}

const maxNamed = 5;

export function changeText(change: ChangeKindOfDiagram): string {
  return { added: t('added'), removed: t('removed'), altered: t('changed') }[change];
}
