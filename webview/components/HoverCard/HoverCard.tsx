import { drawnBadges } from '../../../src/core/diagram/glyphs.ts';
import type { DiagramColumn, DiagramEdge, DiagramEnum, DiagramTable } from '../../../src/core/diagram/model.ts';
import { glyphTitles } from '../../canvas/glyphs.ts';
import { t } from '../../l10n.ts';
import { cardinalityText, edgeColumns } from '../../state/describe.ts';
import type { Graph } from '../../state/graph.ts';
import { SeverityIcon } from '../../ui/icons.tsx';
import { Mark } from '../Marks/Marks.tsx';
import './HoverCard.css';

export type Hovered =
  | { readonly kind: 'table'; readonly table: DiagramTable; readonly column: string | null }
  | { readonly kind: 'edge'; readonly edge: DiagramEdge };

export interface HoverCardProps {
  readonly hovered: Hovered;
  readonly graph: Graph;
  readonly enums: readonly DiagramEnum[];
  /** Pointer, in CSS pixels from the canvas's top left corner, and the canvas's size. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const distance = 16;

/** What is under the pointer, in full: names that are cut or too small to read, a column's facts, what a line means. */
export function HoverCard({ hovered, graph, enums, x, y, width, height }: HoverCardProps) {
  const style = {
    ...(x > width / 2 ? { right: width - x + distance } : { left: x + distance }),
    ...(y > height / 2 ? { bottom: height - y + distance } : { top: y + distance }),
  };
  return (
    <div className="hover-card" role="tooltip" style={style}>
      {hovered.kind === 'edge' ? (
        <EdgeCard edge={hovered.edge} />
      ) : (
        <TableCard table={hovered.table} column={hovered.column} graph={graph} enums={enums} />
      )}
    </div>
  );
}

interface TableCardProps extends Pick<HoverCardProps, 'graph' | 'enums'> {
  readonly table: DiagramTable;
  readonly column: string | null;
}

function TableCard({ table, column: name, graph, enums }: TableCardProps) {
  const column = table.columns.find((candidate) => candidate.name === name);
  const findings = table.findings.filter((finding) => (column === undefined ? true : finding.column === column.name));
  return (
    <>
      <strong>{column === undefined ? table.name : `${table.name}.${column.name}`}</strong>
      {column === undefined ? (
        <TableFacts table={table} />
      ) : (
        <ColumnFacts table={table} column={column} graph={graph} enums={enums} />
      )}
      {findings.slice(0, 3).map((finding, index) => (
        <span key={index} className="hover-line">
          <SeverityIcon severity={finding.severity} label={null} />
          {finding.message}
        </span>
      ))}
    </>
  );
}

function TableFacts({ table }: { readonly table: DiagramTable }) {
  return (
    <>
      <span className="hover-muted">
        {[table.entity, t('{0} columns', table.columns.length)].filter(Boolean).join(' · ')}
      </span>
      {table.softDelete ? <span>{t('Soft delete: rows are marked, not removed')}</span> : null}
      {table.comment === null ? null : <span>{table.comment}</span>}
    </>
  );
}

/** So many values of an enum make a card, not a list. */
const valuesAtOnce = 12;

function ColumnFacts({
  table,
  column,
  graph,
  enums,
}: Omit<TableCardProps, 'column'> & { readonly column: DiagramColumn }) {
  const edges = graph.edges.get(table.id) ?? [];
  const refers = edges.filter(({ from }) => from.table === table.id && from.columns.includes(column.name));
  const referred = edges.filter(({ to }) => to.table === table.id && to.columns.includes(column.name));
  const values = enums.find((candidate) => candidate.name === column.enum)?.values ?? [];
  const shown = values.slice(0, valuesAtOnce).join(', ');
  return (
    <>
      <span className="hover-muted">
        {[
          column.type,
          column.nullable ? t('nullable') : t('not null'),
          ...(column.default === null ? [] : [t('default {0}', column.default)]),
        ].join(' · ')}
      </span>
      {values.length === 0 ? null : (
        <span className="hover-muted">{values.length > valuesAtOnce ? `${shown}, …` : shown}</span>
      )}
      {column.comment === null ? null : <span>{column.comment}</span>}
      {drawnBadges(column.badges).map((badge) => (
        <span key={badge} className="hover-line">
          <Mark badge={badge} />
          {t(glyphTitles[badge])}
        </span>
      ))}
      {refers.map(({ id, to }) => (
        <span key={id}>→ {to.columns.length === 0 ? to.table : `${to.table}.${to.columns.join(', ')}`}</span>
      ))}
      {referred.length === 0 ? null : (
        <span>
          {referred.length === 1
            ? t('Referred to by {0}', referred[0]?.from.table ?? '')
            : t('Referred to by {0} keys', referred.length)}
        </span>
      )}
    </>
  );
}

function EdgeCard({ edge }: { readonly edge: DiagramEdge }) {
  return (
    <>
      <strong>{edgeColumns(edge)}</strong>
      <span className="hover-muted">
        {t(
          'A row of {0} has {1} of {2}; a row of {2} has {3} of {0}.',
          edge.from.table,
          cardinalityText(edge.to.cardinality),
          edge.to.table,
          cardinalityText(edge.from.cardinality),
        )}
      </span>
      {edge.onDelete === null ? null : <span>{t('On delete: {0}', edge.onDelete.toLowerCase())}</span>}
      {edge.through === null ? null : <span>{t('Joined by the table {0}', edge.through)}</span>}
      {edge.enforced ? null : <span>{t('Not enforced by the database')}</span>}
    </>
  );
}
