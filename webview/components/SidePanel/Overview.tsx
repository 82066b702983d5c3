import { useMemo, useState } from 'react';
import type { Badge, DiagramModel, DiagramModule, DiagramSeverity } from '../../../src/core/diagram/model.ts';
import type { DiagramView } from '../../../src/core/diagram/view.ts';
import { glyphTitles } from '../../canvas/glyphs.ts';
import { t } from '../../l10n.ts';
import { tableSeverity } from '../../state/graph.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Dropdown } from '../../ui/Dropdown.tsx';
import { Icon, SeverityIcon } from '../../ui/icons.tsx';
import { Mark } from '../Marks/Marks.tsx';
import { ChangeList } from './ChangeList.tsx';
import { Section } from './sections.tsx';
import { useGradually } from './useGradually.ts';

const rank: Readonly<Record<DiagramSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** Of the tables with findings, the gravest. */
const atOnce = 20;

/** Modules that are listed in one go: two buttons each. */
const modulesAtOnce = 2;

const legend: readonly Badge[] = ['pk', 'fk', 'unique', 'index', 'pii', 'phi', 'pan', 'secret'];

/** What takes a look at every column: once per model. */
function digestOf({ tables }: DiagramModel) {
  const used = new Set<Badge>();
  for (const { columns } of tables) for (const { badges } of columns) for (const badge of badges) used.add(badge);
  return {
    troubled: tables
      .map((table) => ({ table, severity: tableSeverity(table) }))
      .filter((entry): entry is typeof entry & { severity: DiagramSeverity } => entry.severity !== null)
      .sort((a, b) => rank[a.severity] - rank[b.severity] || b.table.findings.length - a.table.findings.length),
    names: new Map(tables.map((table) => [table.id, table.name])),
    used,
  };
}

/** With nothing selected: what needs attention, every table by module (the diagram as text), and what the marks mean. */
export interface OverviewProps {
  readonly model: DiagramModel;
  readonly view: DiagramView;
  readonly onTable: (id: string) => void;
  readonly onView: (change: Partial<DiagramView>) => void;
}

export function Overview({ model, view, onTable, onView }: OverviewProps) {
  const { troubled, names, used } = useMemo(() => digestOf(model), [model]);
  const shown = useGradually(model.modules.length, modulesAtOnce);
  return (
    <>
      {model.changes === undefined ? null : <ChangeList changes={model.changes} onTable={onTable} />}
      <Filters model={model} view={view} onView={onView} />
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
      {model.modules.slice(0, shown).map((module) => (
        <ModuleTables
          key={module.id}
          module={module}
          names={names}
          start={model.tables.length <= mostOpen}
          alone={model.modules.length === 1}
          view={view}
          onTable={onTable}
          onView={onView}
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
  alone,
  view,
  onTable,
  onView,
}: {
  readonly module: DiagramModule;
  readonly names: ReadonlyMap<string, string>;
  /** Open at first. */
  readonly start: boolean;
  /** There is no other: it can neither be hidden nor collapsed. */
  readonly alone: boolean;
  readonly view: DiagramView;
  readonly onTable: (id: string) => void;
  readonly onView: (change: Partial<DiagramView>) => void;
}) {
  const [open, setOpen] = useState(start);
  const label = module.label === '' ? t('Tables') : module.label;
  const hidden = view.hiddenModules.includes(module.id);
  const collapsed = view.collapsed.includes(module.id);
  const toggled = (list: readonly string[]) =>
    list.includes(module.id) ? list.filter((id) => id !== module.id) : [...list, module.id].sort();
  const actions = (
    <>
      <IconButton
        label={collapsed ? t('Show the tables of {0}', label) : t('Show {0} as one box', label)}
        disabled={hidden}
        onClick={() => onView({ collapsed: toggled(view.collapsed) })}
      >
        <Icon name={collapsed ? 'tables' : 'box'} />
      </IconButton>
      <IconButton
        label={hidden ? t('Show {0}', label) : t('Hide {0}', label)}
        onClick={() => onView({ hiddenModules: toggled(view.hiddenModules) })}
      >
        <Icon name={hidden ? 'view' : 'hide'} />
      </IconButton>
    </>
  );
  return (
    <Section
      title={label}
      count={module.tables.length}
      open={open}
      onToggle={() => setOpen(!open)}
      actions={alone ? undefined : actions}
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

const all = 'all';

/** Filters over all modules: by what was found, and by database schema and ORM where there are several. */
function Filters({ model, view, onView }: Omit<OverviewProps, 'onTable'>) {
  const schemas = [...new Set(model.tables.map(({ namespace }) => namespace ?? ''))].sort();
  const found = model.tables.some(({ findings }) => findings.length > 0);
  const shown = schemas.filter((schema) => !view.hiddenSchemas.includes(schema));
  const orms = [...new Set(model.tables.flatMap(({ orm }) => orm ?? []))].sort();
  const shownOrms = orms.filter((orm) => !view.hiddenOrms.includes(orm));
  if (!found && schemas.length < 2 && orms.length < 2) return null;
  return (
    <Section title={t('Filter')} count={null}>
      {found ? (
        <div className="side-choice">
          <span aria-hidden="true">{t('Findings')}</span>
          <Dropdown
            label={t('Tables by findings')}
            value={view.findings ?? all}
            options={[
              { value: all, label: t('All tables') },
              { value: 'info', label: t('With findings') },
              { value: 'warning', label: t('With warnings or errors') },
              { value: 'error', label: t('With errors') },
            ]}
            onChange={(value) =>
              onView({ findings: value === 'info' || value === 'warning' || value === 'error' ? value : null })
            }
          />
        </div>
      ) : null}
      {schemas.length < 2 ? null : (
        <div className="side-choice">
          <span aria-hidden="true">{t('Schema')}</span>
          <Dropdown
            label={t('Tables by database schema')}
            value={shown.length === 1 ? `=${shown[0] ?? ''}` : all}
            options={[
              { value: all, label: t('All schemas') },
              ...schemas.map((schema) => ({ value: `=${schema}`, label: schema === '' ? t('Default') : schema })),
            ]}
            onChange={(value) =>
              onView({ hiddenSchemas: value === all ? [] : schemas.filter((schema) => `=${schema}` !== value) })
            }
          />
        </div>
      )}
      {orms.length < 2 ? null : (
        <div className="side-choice">
          <span aria-hidden="true">{t('ORM')}</span>
          <Dropdown
            label={t('Tables by ORM')}
            value={shownOrms.length === 1 ? `=${shownOrms[0] ?? ''}` : all}
            options={[{ value: all, label: t('All ORMs') }, ...orms.map((orm) => ({ value: `=${orm}`, label: orm }))]}
            onChange={(value) => onView({ hiddenOrms: value === all ? [] : orms.filter((orm) => `=${orm}` !== value) })}
          />
        </div>
      )}
    </Section>
  );
}
