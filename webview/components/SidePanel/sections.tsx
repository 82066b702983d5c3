/** Lists of the selected table: findings, columns, relations. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { DiagramColumn, DiagramEnum, DiagramFinding, DiagramTable } from '../../../src/core/diagram/model.ts';
import type { SourceRange } from '../../../src/core/schema/source.ts';
import { drawnBadges } from '../../../src/core/diagram/glyphs.ts';
import { t } from '../../l10n.ts';
import { cardinalityText, edgeColumns, relationsOf } from '../../state/describe.ts';
import type { Relation } from '../../state/describe.ts';
import type { Graph } from '../../state/graph.ts';
import { Icon, SeverityIcon } from '../../ui/icons.tsx';
import { Mark, Marks } from '../Marks/Marks.tsx';

export interface SectionProps {
  readonly title: string;
  readonly count: number | null;
  readonly children: ReactNode;
  /** With `onToggle`: a heading that opens and closes. */
  readonly open?: boolean;
  readonly onToggle?: () => void;
  /** Buttons at the heading's end. */
  readonly actions?: ReactNode;
}

export function Section({ title, count, children, open, onToggle, actions }: SectionProps) {
  const words = (
    <>
      {title}
      {count === null ? null : <span className="side-count">{count}</span>}
    </>
  );
  return (
    <section className="side-section">
      <h3>
        {onToggle === undefined ? (
          words
        ) : (
          <button type="button" className="side-toggle" aria-expanded={open} onClick={onToggle}>
            <Icon name={open === true ? 'open' : 'closed'} />
            {words}
          </button>
        )}
        {actions === undefined ? null : <span className="side-section-actions">{actions}</span>}
      </h3>
      {children}
    </section>
  );
}

export function FindingList({
  findings,
  onSource,
}: {
  readonly findings: readonly DiagramFinding[];
  readonly onSource: (at: SourceRange) => void;
}) {
  if (findings.length === 0) return null;
  const words = { error: t('Error'), warning: t('Warning'), info: t('Hint') };
  return (
    <Section title={t('Findings')} count={findings.length}>
      <ul>
        {findings.map((finding, index) => (
          <li key={index}>
            <button type="button" className="side-row side-finding" onClick={() => onSource(finding.at)}>
              <SeverityIcon severity={finding.severity} label={words[finding.severity]} />
              <span>
                {finding.message} <span className="side-muted">{finding.rule}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A column more than this many of which would make the panel slow is shown on demand. */
const columnsAtOnce = 100;

export function ColumnList({
  table,
  enums,
  selected,
  onSource,
}: {
  readonly table: DiagramTable;
  readonly enums: readonly DiagramEnum[];
  readonly selected: string | null;
  readonly onSource: (at: SourceRange) => void;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? table.columns : table.columns.slice(0, columnsAtOnce);
  return (
    <Section title={t('Columns')} count={table.columns.length}>
      <ul>
        {shown.map((column) => (
          <li key={column.name}>
            <button
              type="button"
              className={column.name === selected ? 'side-row side-column selected' : 'side-row side-column'}
              title={`${column.name} ${column.type}${column.nullable ? ` (${t('nullable')})` : ''}`}
              onClick={() => onSource(column.at)}
            >
              <span className={column.badges.includes('pk') ? 'side-name side-key' : 'side-name'}>{column.name}</span>
              <Marks badges={drawnBadges(column.badges)} />
              {column.severity === null ? null : <SeverityIcon severity={column.severity} label={t('has findings')} />}
              <span className="side-type">
                {column.type}
                {column.nullable ? <span title={t('nullable')}>?</span> : null}
              </span>
            </button>
            {column.name === selected ? <ColumnNotes column={column} enums={enums} /> : null}
          </li>
        ))}
      </ul>
      {shown.length === table.columns.length ? null : (
        <button type="button" className="side-row side-more" onClick={() => setAll(true)}>
          {t('Show {0} more', table.columns.length - shown.length)}
        </button>
      )}
    </Section>
  );
}

/** What a row has no room for: default, values of an enum, comment. */
function ColumnNotes({ column, enums }: { readonly column: DiagramColumn; readonly enums: readonly DiagramEnum[] }) {
  const values = enums.find(({ name }) => name === column.enum)?.values ?? [];
  const notes = [
    ...(column.default === null ? [] : [t('default {0}', column.default)]),
    ...(values.length === 0 ? [] : [values.join(', ')]),
    ...(column.comment === null ? [] : [column.comment]),
  ];
  return notes.map((note, index) => (
    <p key={index} className="side-note">
      {note}
    </p>
  ));
}

export function IndexList({ table }: { readonly table: DiagramTable }) {
  if (table.indexes.length === 0) return null;
  return (
    <Section title={t('Indexes')} count={table.indexes.length}>
      <ul>
        {table.indexes.map(({ name, columns, unique }, index) => (
          <li key={index} className="side-index" title={name ?? undefined}>
            <Mark badge={unique ? 'unique' : 'index'} />
            <span className="side-name">{columns.join(', ')}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function RelationList({
  graph,
  table,
  onTable,
}: {
  readonly graph: Graph;
  readonly table: DiagramTable;
  readonly onTable: (id: string) => void;
}) {
  const relations = relationsOf(graph, table.id);
  return (
    <Section title={t('Relations')} count={relations.length}>
      {relations.length === 0 ? (
        <p className="side-none">{t('Nothing refers to it, and it refers to nothing.')}</p>
      ) : null}
      <ul>
        {relations.map((relation) => (
          <li key={`${relation.direction} ${relation.edge.id}`}>
            <button
              type="button"
              className="side-row side-relation"
              title={edgeColumns(relation.edge)}
              onClick={() => onTable(relation.other)}
            >
              <span className="side-arrow" aria-hidden="true">
                {relation.direction === 'out' ? '→' : '←'}
              </span>
              <span className="side-relation-text">
                <span>
                  <span className="visually-hidden">
                    {relation.direction === 'out' ? t('refers to') : t('referred to by')}{' '}
                  </span>
                  {graph.tables.get(relation.other)?.name ?? relation.other}
                </span>
                <span className="side-muted">{relationDetail(relation)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function relationDetail({ edge, cardinality }: Relation): string {
  return [
    edge.from.columns.join(', '),
    cardinalityText(cardinality),
    edge.onDelete === null || edge.onDelete === 'NO ACTION' ? null : t('on delete {0}', edge.onDelete.toLowerCase()),
    edge.enforced ? null : t('not enforced'),
  ]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}
