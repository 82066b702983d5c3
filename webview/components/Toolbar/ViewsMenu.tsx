import { defaultName } from '../../../src/core/diagram/saved.ts';
import type { SavedView, ViewAct } from '../../../src/protocol/webview.ts';
import { t } from '../../l10n.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Dropdown } from '../../ui/Dropdown.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';

export interface ViewsMenuProps {
  readonly savedView: SavedView | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Some table was moved. */
  readonly arranged: boolean;
  readonly onAct: (act: ViewAct) => void;
  /** What has changed since an earlier state is shown. */
  readonly comparing: boolean;
  readonly onSince: () => void;
  readonly onChoose: (name: string) => void;
}

/** Saved views of the project: choose one, make one, rename and delete; and what was done to this one taken back. */
export function ViewsMenu({
  savedView,
  canUndo,
  canRedo,
  arranged,
  onAct,
  onChoose,
  comparing,
  onSince,
}: ViewsMenuProps) {
  const names = savedView?.names ?? [];
  const name = savedView?.name ?? defaultName;
  const isDefault = name === defaultName;
  return (
    <>
      {names.length < 2 ? null : (
        <Dropdown
          className="toolbar-views"
          label={t('Saved view')}
          value={name}
          options={names.map((value) => ({ value, label: value === defaultName ? t('Default view') : value }))}
          onChange={onChoose}
        />
      )}
      <Menu
        label={t('Saved views')}
        icon={<Icon name="saved" />}
        disabled={savedView === null}
        items={[
          { id: 'create', label: t('Save as New View…') },
          { id: 'rename', label: t('Rename View…'), disabled: isDefault },
          { id: 'delete', label: t('Delete View…'), disabled: isDefault },
          { id: 'undo', label: t('Undo'), description: t('Ctrl+Z'), disabled: !canUndo, first: true },
          { id: 'redo', label: t('Redo'), description: t('Ctrl+Shift+Z'), disabled: !canRedo },
          { id: 'arrange', label: t('Arrange All Tables Anew'), disabled: !arranged, first: true },
        ]}
        onSelect={(id) => {
          const act = acts.find((candidate) => candidate === id);
          if (act !== undefined) onAct(act);
        }}
      />
      <IconButton label={t('What changed since…')} pressed={comparing} disabled={savedView === null} onClick={onSince}>
        <Icon name="changes" />
      </IconButton>
    </>
  );
}

const acts: readonly ViewAct[] = ['create', 'rename', 'delete', 'undo', 'redo', 'arrange'];
