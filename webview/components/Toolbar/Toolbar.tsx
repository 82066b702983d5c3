import { useDeferredValue } from 'react';
import type { ReactNode } from 'react';
import type { ExportFormat } from '../../../src/protocol/webview.ts';
import type { ProjectSummary } from '../../../src/protocol/server.ts';
import { details } from '../../../src/core/diagram/view.ts';
import type { Arrangement, Detail, DiagramView } from '../../../src/core/diagram/view.ts';
import { t } from '../../l10n.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Dropdown } from '../../ui/Dropdown.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { MenuItem } from '../../ui/Menu.tsx';
import './Toolbar.css';

export interface ToolbarProps {
  /** What the diagram is of; for the page's heading, which only screen readers need. */
  readonly title: string;
  readonly projects: readonly ProjectSummary[];
  readonly project: string;
  readonly view: DiagramView;
  readonly minimap: boolean;
  readonly follow: boolean;
  /** Something is drawn: zooming and exporting make sense. */
  readonly enabled: boolean;
  readonly panel: boolean;
  readonly search: ReactNode;
  /** Saved views, and what has changed. */
  readonly views: ReactNode;
  readonly onProject: (id: string) => void;
  readonly onDetail: (detail: Detail) => void;
  readonly onView: (change: Partial<DiagramView>) => void;
  readonly onMinimap: (shown: boolean) => void;
  readonly onFollow: (on: boolean) => void;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  /** Null: nothing is selected. */
  readonly onFitSelection: (() => void) | null;
  readonly onExport: (format: ExportFormat) => void;
  /** The picture goes to the clipboard. */
  readonly onCopy: () => void;
  readonly onPanel: () => void;
}

const zoomStep = 1.3;

/** Pictures first, then texts. */
function exportItems(): readonly (MenuItem & { readonly id: ExportFormat })[] {
  return [
    { id: 'svg', label: 'SVG', description: t('vector picture') },
    { id: 'png', label: 'PNG', description: t('picture') },
    { id: 'html', label: 'HTML', description: t('page to search and print') },
    { id: 'mermaid', label: 'Mermaid', description: t('text'), first: true },
    { id: 'dbml', label: 'DBML', description: t('text') },
    { id: 'plantuml', label: 'PlantUML', description: t('text') },
    { id: 'dot', label: 'Graphviz DOT', description: t('text') },
    { id: 'd2', label: 'D2', description: t('text') },
    { id: 'json', label: 'JSON', description: t('data') },
  ];
}

export function Toolbar(props: ToolbarProps) {
  const { title, projects, project, view, enabled, panel, search } = props;
  // Its place first: what stands in it is made in a task of its own.
  const due = useDeferredValue(true, false);
  if (!due) return <header className="toolbar" />;
  return (
    <header className="toolbar">
      <h1 className="visually-hidden">{title === '' ? t('ER diagram') : t('ER diagram of {0}', title)}</h1>
      {projects.length > 1 ? (
        <Dropdown
          className="toolbar-project"
          label={t('Project')}
          value={project}
          options={projects.map(({ id, label }) => ({ value: id, label }))}
          onChange={props.onProject}
        />
      ) : null}
      {search}
      <span className="toolbar-space" />
      <Dropdown
        className="toolbar-detail"
        label={t('Level of detail')}
        value={view.detail}
        options={[
          { value: 'names', label: t('Names only') },
          { value: 'keys', label: t('Keys') },
          { value: 'all', label: t('All columns') },
        ]}
        onChange={(value) => {
          const chosen = details.find((candidate) => candidate === value);
          if (chosen !== undefined) props.onDetail(chosen);
        }}
      />
      <ViewMenu {...props} />
      {props.views}
      <span className="toolbar-group">
        <IconButton label={t('Zoom out')} disabled={!enabled} onClick={() => props.onZoom(1 / zoomStep)}>
          <Icon name="zoomOut" />
        </IconButton>
        <IconButton label={t('Zoom in')} disabled={!enabled} onClick={() => props.onZoom(zoomStep)}>
          <Icon name="zoomIn" />
        </IconButton>
        <IconButton label={t('Show everything')} disabled={!enabled} onClick={props.onFit}>
          <Icon name="fit" />
        </IconButton>
        <IconButton
          label={t('Zoom to the selected table and its neighbours')}
          disabled={props.onFitSelection === null}
          onClick={() => props.onFitSelection?.()}
        >
          <Icon name="locate" />
        </IconButton>
      </span>
      <span className="toolbar-group">
        <Menu
          label={t('Export diagram')}
          icon={<Icon name="export" />}
          disabled={!enabled}
          items={[...exportItems(), { id: 'copy', label: t('Copy as Image'), first: true }]}
          onSelect={(id) => {
            if (id === 'copy') props.onCopy();
            const format = exportItems().find((candidate) => candidate.id === id)?.id;
            if (format !== undefined) props.onExport(format);
          }}
        />
        <IconButton label={panel ? t('Hide details') : t('Show details')} pressed={panel} onClick={props.onPanel}>
          <Icon name="panel" />
        </IconButton>
      </span>
    </header>
  );
}

/** How everything is shown; what is shown of it is chosen in the side panel. */
function ViewMenu({ view, minimap, follow, onView, onMinimap, onFollow }: ToolbarProps) {
  const arrangements: Readonly<Record<Arrangement, string>> = {
    right: t('Left to right'),
    down: t('Top to bottom'),
    compact: t('Compact'),
  };
  return (
    <Menu
      label={t('View')}
      icon={<Icon name="view" />}
      items={[
        ...(Object.keys(arrangements) as Arrangement[]).map((id) => ({
          id,
          label: arrangements[id],
          choice: 'radio' as const,
          checked: view.arrangement === id,
        })),
        {
          id: 'fold',
          label: t('Join tables as lines'),
          choice: 'check' as const,
          checked: view.foldJoins,
          first: true,
        },
        { id: 'minimap', label: t('Minimap'), choice: 'check' as const, checked: minimap },
        { id: 'follow', label: t('Follow the editor'), choice: 'check' as const, checked: follow },
      ]}
      onSelect={(id) => {
        if (id === 'fold') onView({ foldJoins: !view.foldJoins });
        else if (id === 'minimap') onMinimap(!minimap);
        else if (id === 'follow') onFollow(!follow);
        else if (id === 'right' || id === 'down' || id === 'compact') onView({ arrangement: id });
      }}
    />
  );
}
