import type { DiagramEdge, DiagramTable } from '../../../src/core/diagram/model.ts';
import { drawnBadges } from '../../canvas/drawnBadges.ts';
import { glyphTitles } from '../../canvas/glyphs.ts';
import { t } from '../../l10n.ts';
import { cardinalityText, edgeColumns } from '../../state/describe.ts';
import { SeverityIcon } from '../../ui/icons.tsx';
import { Mark } from '../Marks/Marks.tsx';
import './HoverCard.css';

export type Hovered =
  | { readonly kind: 'table'; readonly table: DiagramTable; readonly column: string | null }
  | { readonly kind: 'edge'; readonly edge: DiagramEdge };

export interface HoverCardProps {
  readonly hovered: Hovered;
  /** Pointer, in CSS pixels from the canvas's top left corner, and the canvas's size. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const distance = 16;

/** What is under the pointer, in full: names that are cut or too small to read, a column's facts, what a line means. */
export function HoverCard({ hovered, x, y, width, height }: HoverCardProps) {
  const style = {
    ...(x > width / 2 ? { right: width - x + distance } : { left: x + distance }),
    ...(y > height / 2 ? { bottom: height - y + distance } : { top: y + distance }),
  };
  return (
    <div className="hover-card" role="tooltip" style={style}>
      {hovered.kind === 'edge' ? (
        <EdgeCard edge={hovered.edge} />
      ) : (
        <TableCard table={hovered.table} column={hovered.column} />
      )}
    </div>
  );
}

function TableCard({ table, column: name }: { readonly table: DiagramTable; readonly column: string | null }) {
  const column = table.columns.find((candidate) => candidate.name === name);
  const findings = table.findings.filter((finding) => (column === undefined ? true : finding.column === column.name));
  return (
    <>
      <strong>{column === undefined ? table.name : `${table.name}.${column.name}`}</strong>
      <span className="hover-muted">
        {column === undefined
          ? [table.entity, t('{0} columns', table.columns.length)].filter(Boolean).join(' · ')
          : `${column.type} · ${column.nullable ? t('nullable') : t('not null')}`}
      </span>
      {column === undefined
        ? null
        : drawnBadges(column).map((badge) => (
            <span key={badge} className="hover-line">
              <Mark badge={badge} />
              {t(glyphTitles[badge])}
            </span>
          ))}
      {findings.slice(0, 3).map((finding, index) => (
        <span key={index} className="hover-line">
          <SeverityIcon severity={finding.severity} label={null} />
          {finding.message}
        </span>
      ))}
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
      {edge.enforced ? null : <span>{t('Not enforced by the database')}</span>}
    </>
  );
}
