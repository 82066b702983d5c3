import type { DiagramModel, DiagramTable } from '../../../src/core/diagram/model.ts';
import { details } from '../../../src/core/diagram/view.ts';
import type { DiagramView } from '../../../src/core/diagram/view.ts';
import type { SourceRange } from '../../../src/core/schema/source.ts';
import type { EditGesture } from '../../../src/protocol/webview.ts';
import { t } from '../../l10n.ts';
import type { Graph } from '../../state/graph.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Dropdown } from '../../ui/Dropdown.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Overview } from './Overview.tsx';
import { EditActions } from './EditActions.tsx';
import { ColumnList, FindingList, IndexList, RelationList } from './sections.tsx';
import { useGradually } from './useGradually.ts';
import './SidePanel.css';

export interface SidePanelProps {
  readonly model: DiagramModel;
  readonly graph: Graph;
  /** Null: nothing is selected; the panel shows the diagram as a whole. */
  readonly table: DiagramTable | null;
  readonly column: string | null;
  readonly onSource: (at: SourceRange) => void;
  /** Jump to a table. */
  readonly onTable: (id: string) => void;
  readonly view: DiagramView;
  readonly onView: (change: Partial<DiagramView>) => void;
  /** The next table that is chosen is the end of a path from this one. */
  readonly onPath: (from: string) => void;
  readonly onEdit: (what: EditGesture, table: string | null, column: string | null) => void;
  readonly onClose: () => void;
}

export function SidePanel(props: SidePanelProps) {
  const { model, graph, table, column, view, onSource, onTable, onView, onClose } = props;
  // The diagram comes first, then the toolbar: what the panel holds is made in a task of its own.
  const due = useGradually(1, 1, 0) === 1;
  if (!due) return <aside className="side-panel" aria-label={t('Details')} />;
  return (
    <aside className="side-panel" aria-label={t('Details')}>
      <div className="side-panel-head">
        <h2 title={table?.id ?? model.title}>{table?.name ?? (model.title === '' ? t('Diagram') : model.title)}</h2>
        {table === null ? null : (
          <>
            <IconButton label={t('Show in the diagram')} onClick={() => onTable(table.id)}>
              <Icon name="locate" />
            </IconButton>
            <IconButton label={t('Open source')} onClick={() => onSource(table.at)}>
              <Icon name="source" />
            </IconButton>
          </>
        )}
        <IconButton label={t('Hide details')} onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </div>
      <div className="side-panel-body" tabIndex={-1}>
        {table === null ? (
          <Overview model={model} view={view} onTable={onTable} onView={onView} />
        ) : (
          <>
            <TableActions {...props} table={table} />
            <Facts model={model} table={table} />
            {table.comment === null ? null : <p className="side-panel-comment">{table.comment}</p>}
            <FindingList findings={table.findings} onSource={onSource} />
            <ColumnList table={table} enums={model.enums} selected={column} onSource={onSource} />
            <IndexList table={table} />
            <RelationList graph={graph} table={table} onTable={onTable} />
          </>
        )}
      </div>
    </aside>
  );
}

/** What can be shown of the diagram from this table's point of view. */
function TableActions({
  table,
  column,
  view,
  onView,
  onPath,
  onEdit,
}: SidePanelProps & { readonly table: DiagramTable }) {
  const { [table.id]: own, ...others } = view.tableDetails;
  const level = own ?? view.detail;
  return (
    <div className="side-panel-actions">
      <IconButton
        label={t('Focus on it and its neighbours')}
        pressed={view.focus?.table === table.id}
        onClick={() =>
          onView({ focus: view.focus?.table === table.id ? null : { table: table.id, hops: 1 }, path: null })
        }
      >
        <Icon name="focus" />
      </IconButton>
      <IconButton label={t('Path to another table')} onClick={() => onPath(table.id)}>
        <Icon name="path" />
      </IconButton>
      {table.entity === null ? null : <EditActions column={column} onEdit={(what, of) => onEdit(what, table.id, of)} />}
      <Dropdown
        className="side-panel-detail"
        label={t('Level of detail of this table')}
        value={level}
        options={[
          { value: 'names', label: t('Name only') },
          { value: 'keys', label: t('Keys') },
          { value: 'all', label: t('All columns') },
        ]}
        onChange={(value) => {
          const detail = details.find((candidate) => candidate === value);
          if (detail !== undefined)
            onView({ tableDetails: detail === view.detail ? others : { ...others, [table.id]: detail } });
        }}
      />
    </div>
  );
}

function Facts({ model, table }: { readonly model: DiagramModel; readonly table: DiagramTable }) {
  const module = model.modules.find(({ id }) => id === table.module)?.label ?? table.module;
  const facts: readonly (readonly [string, string | null])[] = [
    [t('Entity'), table.entity],
    [t('Schema'), table.namespace],
    [t('Module'), module === '' ? null : module],
    [t('Kind'), table.kind === 'table' ? null : table.kind],
    [t('Deletes'), table.softDelete ? t('soft: rows are marked, not removed') : null],
  ];
  return (
    <dl className="side-panel-facts">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={value}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
