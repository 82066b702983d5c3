import { useState } from 'react';
import type { Badge, DiagramModel, DiagramModule, DiagramSeverity } from '../../../src/core/diagram/model.ts';
import { glyphTitles } from '../../canvas/glyphs.ts';
import { t } from '../../l10n.ts';
import { tableSeverity } from '../../state/graph.ts';
import { SeverityIcon } from '../../ui/icons.tsx';
import { Mark } from '../Marks/Marks.tsx';
import { Section } from './sections.tsx';

const rank: Readonly<Record<DiagramSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** Of the tables with findings, the gravest. */
const atOnce = 20;

const legend: readonly Badge[] = ['pk', 'fk', 'unique', 'index', 'pii', 'phi', 'pan', 'secret'];

/** With nothing selected: what needs attention, every table by module (the diagram as text), and what the marks mean. */
export function Overview({ model, onTable }: { readonly model: DiagramModel; readonly onTable: (id: string) => void }) {
  const troubled = model.tables
    .map((table) => ({ table, severity: tableSeverity(table) }))
    .filter((entry): entry is typeof entry & { severity: DiagramSeverity } => entry.severity !== null)
    .sort((a, b) => rank[a.severity] - rank[b.severity] || b.table.findings.length - a.table.findings.length);
  const names = new Map(model.tables.map((table) => [table.id, table.name]));
  const used = new Set(model.tables.flatMap((table) => table.columns.flatMap((column) => column.badges)));
  return (
    <>
      {troubled.length === 0 ? null : (
        <Section title={t('Tables with findings')} count={troubled.length}>
          <ul>
            {troubled.slice(0, atOnce).map(({ table, severity }) => (
              <li key={table.id}>
                <button type="button" className="side-row" onClick={() => onTable(table.id)}>
                  <SeverityIcon severity={severity} label={null} />
                  <span className="side-name">{table.name}</span>
                  <span className="side-type">{table.findings.length}</span>
                </button>
              </li>
            ))}
          </ul>
          {troubled.length > atOnce ? <p className="side-none">{t('{0} more', troubled.length - atOnce)}</p> : null}
        </Section>
      )}
      {model.modules.map((module) => (
        <ModuleTables
          key={module.id}
          module={module}
          names={names}
          start={model.tables.length <= mostOpen}
          onTable={onTable}
        />
      ))}
      <Section title={t('Marks')} count={null}>
        <ul className="side-legend">
          {legend
            .filter((badge) => used.has(badge))
            .map((badge) => (
              <li key={badge}>
                <Mark badge={badge} />
                <span aria-hidden="true">{t(glyphTitles[badge])}</span>
              </li>
            ))}
        </ul>
      </Section>
    </>
  );
}

/** Up to this many tables, all are listed; beyond, modules are opened one by one. */
const mostOpen = 60;

function ModuleTables({
  module,
  names,
  start,
  onTable,
}: {
  readonly module: DiagramModule;
  readonly names: ReadonlyMap<string, string>;
  /** Open at first. */
  readonly start: boolean;
  readonly onTable: (id: string) => void;
}) {
  const [open, setOpen] = useState(start);
  return (
    <Section
      title={module.label === '' ? t('Tables') : module.label}
      count={module.tables.length}
      open={open}
      onToggle={() => setOpen(!open)}
    >
      {open ? (
        <ul>
          {module.tables.map((id) => (
            <li key={id}>
              <button type="button" className="side-row" onClick={() => onTable(id)}>
                <span className="side-name">{names.get(id) ?? id}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
