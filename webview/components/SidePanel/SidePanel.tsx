import type { DiagramModel, DiagramTable } from '../../../src/core/diagram/model.ts';
import type { SourceRange } from '../../../src/core/schema/source.ts';
import { t } from '../../l10n.ts';
import type { Graph } from '../../state/graph.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Overview } from './Overview.tsx';
import { ColumnList, FindingList, IndexList, RelationList } from './sections.tsx';
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
  readonly onClose: () => void;
}

export function SidePanel(props: SidePanelProps) {
  const { model, graph, table, column, onSource, onTable, onClose } = props;
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
          <Overview model={model} onTable={onTable} />
        ) : (
          <>
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
