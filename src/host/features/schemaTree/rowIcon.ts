/** Codicon and theme colour of a row. */
import type { TreeNode, TreeNodeKind } from '../../../protocol/server.ts';

const icons: Readonly<Record<TreeNodeKind, string>> = {
  project: 'database',
  module: 'folder',
  table: 'table',
  view: 'eye',
  columns: 'list-unordered',
  column: 'symbol-field',
  keys: 'key',
  key: 'key',
  indexes: 'list-tree',
  index: 'symbol-key',
  relations: 'references',
  relation: 'arrow-right',
};

/** The marks of the diagram, as near as codicons come. */
const keyIcons: Readonly<Record<NonNullable<TreeNode['key']>, string>> = { primary: 'key', foreign: 'link' };

const colors: Readonly<Record<NonNullable<TreeNode['severity']>, string>> = {
  error: 'list.errorForeground',
  warning: 'list.warningForeground',
  info: 'editorInfo.foreground',
};

export function rowIcon({ kind, key, severity }: Pick<TreeNode, 'kind' | 'key' | 'severity'>): {
  readonly id: string;
  readonly color: string | null;
} {
  return { id: key === null ? icons[kind] : keyIcons[key], color: severity === null ? null : colors[severity] };
}
