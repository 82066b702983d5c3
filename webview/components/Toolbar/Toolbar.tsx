import type { ReactNode } from 'react';
import type { ProjectSummary } from '../../../src/protocol/server.ts';
import type { Detail } from '../../../src/protocol/webview.ts';
import { t } from '../../l10n.ts';
import { isDetail } from '../../state/detail.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Dropdown } from '../../ui/Dropdown.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';
import './Toolbar.css';

export type ExportFormat = 'svg' | 'png' | 'mermaid';

export interface ToolbarProps {
  /** What the diagram is of; for the page's heading, which only screen readers need. */
  readonly title: string;
  readonly projects: readonly ProjectSummary[];
  readonly project: string;
  readonly detail: Detail;
  /** Something is drawn: zooming and exporting make sense. */
  readonly enabled: boolean;
  readonly panel: boolean;
  readonly search: ReactNode;
  readonly onProject: (id: string) => void;
  readonly onDetail: (detail: Detail) => void;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onExport: (format: ExportFormat) => void;
  readonly onPanel: () => void;
}

const zoomStep = 1.3;

export function Toolbar(props: ToolbarProps) {
  const { title, projects, project, detail, enabled, panel, search } = props;
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
        value={detail}
        options={[
          { value: 'names', label: t('Names only') },
          { value: 'keys', label: t('Keys') },
          { value: 'all', label: t('All columns') },
        ]}
        onChange={(value) => {
          if (isDetail(value)) props.onDetail(value);
        }}
      />
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
      </span>
      <span className="toolbar-group">
        <Menu
          label={t('Export diagram')}
          icon={<Icon name="export" />}
          disabled={!enabled}
          items={[
            { id: 'svg', label: 'SVG', description: t('vector picture') },
            { id: 'png', label: 'PNG', description: t('picture') },
            { id: 'mermaid', label: 'Mermaid', description: t('text') },
          ]}
          onSelect={(id) => {
            if (id === 'svg' || id === 'png' || id === 'mermaid') props.onExport(id);
          }}
        />
        <IconButton label={panel ? t('Hide details') : t('Show details')} pressed={panel} onClick={props.onPanel}>
          <Icon name="panel" />
        </IconButton>
      </span>
    </header>
  );
}
