import type { EditGesture } from '../../../src/protocol/webview.ts';
import { t } from '../../l10n.ts';
import { Icon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { MenuItem } from '../../ui/Menu.tsx';

export interface EditActionsProps {
  /** The selected column; null = the table as a whole. */
  readonly column: string | null;
  readonly onEdit: (what: EditGesture, column: string | null) => void;
}

/** Edits of the entity that the selected table, or column, stands for. The host asks for what is missing, and shows a preview. */
export function EditActions({ column, onEdit }: EditActionsProps) {
  const items: readonly (MenuItem & { readonly id: EditGesture })[] = [
    { id: 'addColumn', label: t('Add Column…') },
    { id: 'addIndex', label: t('Add Index…') },
    { id: 'addRelation', label: t('Add Relation…') },
    { id: 'renameElement', label: column === null ? t('Rename Table…') : t('Rename {0}…', column), first: true },
    { id: 'changeColumnType', label: t('Change Type…') },
    { id: 'toggleNullable', label: t('Make Nullable or Required') },
    { id: 'deleteIndex', label: t('Delete Index…'), first: true },
    { id: 'deleteElement', label: column === null ? t('Delete Table…') : t('Delete {0}…', column) },
  ];
  return (
    <Menu
      label={t('Edit entity')}
      icon={<Icon name="edit" />}
      items={items}
      onSelect={(id) => {
        const item = items.find((each) => each.id === id);
        if (item !== undefined) onEdit(item.id, column);
      }}
    />
  );
}
