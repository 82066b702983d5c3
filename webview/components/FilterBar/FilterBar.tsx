import type { ReactNode } from 'react';
import type { DiagramModel } from '../../../src/core/diagram/model.ts';
import { isFiltered, mostHops } from '../../../src/core/diagram/view.ts';
import type { DiagramView } from '../../../src/core/diagram/view.ts';
import { t } from '../../l10n.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import './FilterBar.css';

export interface FilterBarProps {
  readonly model: DiagramModel;
  readonly view: DiagramView;
  /** Of the tables, so many are shown. */
  readonly shown: number;
  /** The table that a path shall lead from, while its end is being chosen. */
  readonly pathFrom: string | null;
  /** A path was asked for, and there is none. */
  readonly noPath: boolean;
  readonly onView: (change: Partial<DiagramView>) => void;
  readonly onCancelPath: () => void;
}

/** Says what is left out, for a diagram that does not show everything must not look as if it did; and takes it back. */
export function FilterBar({ model, view, shown, pathFrom, noPath, onView, onCancelPath }: FilterBarProps) {
  if (!isFiltered(view) && pathFrom === null) return null;
  const { focus, path, findings, hiddenModules, hiddenSchemas, hiddenOrms } = view;
  const hidden = hiddenModules.length + hiddenSchemas.length + hiddenOrms.length;
  const severities = { error: t('with errors'), warning: t('with warnings or worse'), info: t('with findings') };
  return (
    <div className="filter-bar" role="region" aria-label={t('Filter')}>
      {pathFrom === null ? null : (
        <Chip remove={t('Cancel')} onRemove={onCancelPath}>
          {t('Path from {0}: choose a table', pathFrom)}
        </Chip>
      )}
      {focus === null ? null : (
        <Chip remove={t('Clear the focus')} onRemove={() => onView({ focus: null })}>
          <span>
            {focus.hops === 1
              ? t('{0} and its neighbours', focus.table)
              : t('{0} and {1} steps', focus.table, focus.hops)}
          </span>
          <IconButton
            label={t('One step less')}
            disabled={focus.hops <= 1}
            onClick={() => onView({ focus: { ...focus, hops: focus.hops - 1 } })}
          >
            <Icon name="zoomOut" />
          </IconButton>
          <IconButton
            label={t('One step more')}
            disabled={focus.hops >= mostHops}
            onClick={() => onView({ focus: { ...focus, hops: focus.hops + 1 } })}
          >
            <Icon name="zoomIn" />
          </IconButton>
        </Chip>
      )}
      {path === null ? null : (
        <Chip remove={t('Clear the path')} onRemove={() => onView({ path: null })}>
          {noPath
            ? t('No relations lead from {0} to {1}', path.from, path.to)
            : t('Path from {0} to {1}', path.from, path.to)}
        </Chip>
      )}
      {findings === null ? null : (
        <Chip remove={t('Show tables without findings as well')} onRemove={() => onView({ findings: null })}>
          {severities[findings]}
        </Chip>
      )}
      {hidden === 0 ? null : (
        <Chip
          remove={t('Show hidden tables again')}
          onRemove={() => onView({ hiddenModules: [], hiddenSchemas: [], hiddenOrms: [] })}
        >
          {hidden === 1 ? t('1 group hidden') : t('{0} groups hidden', hidden)}
        </Chip>
      )}
      <span className="filter-count" role="status">
        {t('{0} of {1} tables', shown, model.tables.length)}
      </span>
    </div>
  );
}

function Chip({
  children,
  remove,
  onRemove,
}: {
  readonly children: ReactNode;
  readonly remove: string;
  readonly onRemove: () => void;
}) {
  return (
    <span className="filter-chip">
      {children}
      <IconButton label={remove} onClick={onRemove}>
        <Icon name="close" />
      </IconButton>
    </span>
  );
}
