/** The schema as rows of a tree. The rows below a table are made only when it is opened. */
import * as l10n from '@vscode/l10n';
import { typeLabel } from '../core/diagram/columns.ts';
import { groupTables } from '../core/diagram/modules.ts';
import { tableIds } from '../core/diagram/tableIds.ts';
import type { Finding } from '../core/lint/rule.ts';
import type { Table } from '../core/schema/model.ts';
import type { SourceRange } from '../core/schema/source.ts';
import type { TreeNode, TreeNodeKind } from '../protocol/server.ts';
import type { FolderProject } from './projects.ts';
import { summarize, tableId, worst } from './projects.ts';
import { located } from './convert.ts';
import { tableCount } from './counts.ts';
import { columnCard } from './tableCard.ts';

/** Ids hold names of the user's, so the separator is a character that none can hold. */
const separator = '\u0000';

export function projectRows(projects: readonly FolderProject[]): TreeNode[] {
  return projects.map((entry) => {
    const { tables } = summarize(entry);
    const dialect = entry.project.dialect;
    return row('project', entry.id, entry.label, {
      description: [tableCount(tables), dialect ?? ''].filter((part) => part !== '').join(' · '),
      severity: worst(entry.findings),
      children: moduleRows(entry),
    });
  });
}

/** Rows below a table; null where the id is of no table (any more). */
export function tableChildren(projects: readonly FolderProject[], id: string): TreeNode[] | null {
  for (const entry of projects) {
    const table = entry.project.schema.tables.find((candidate) => rowId(entry, candidate) === id);
    if (table) return groups(entry, table, id);
  }
  return null;
}

function rowId(entry: FolderProject, table: Table): string {
  return [entry.id, tableId(table)].join(separator);
}

/** The modules of the diagram; only where there is more than one, because a level with a single row is a click for nothing. */
function moduleRows(entry: FolderProject): TreeNode[] {
  const { tables } = entry.project.schema;
  const ids = tableIds(tables);
  const rows = new Map(
    [...tables]
      .sort((a, b) => compare(tableId(a), tableId(b)))
      .map((table) => [ids.of(table), tableRow(entry, table)] as const),
  );
  const modules = groupTables(tables, ids);
  if (modules.length <= 1) return [...rows.values()];
  return modules.map((module) => {
    const members = new Set(module.tables);
    const children = [...rows].filter(([id]) => members.has(id)).map(([, node]) => node);
    return row('module', [entry.id, 'module', module.id].join(separator), module.label, {
      description: String(children.length),
      severity: worst(entry.findings.filter(({ table }) => table !== null && members.has(table))),
      children,
    });
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function tableRow(entry: FolderProject, table: Table): TreeNode {
  const view = table.kind === 'view' || table.kind === 'materialized-view';
  const label = tableId(table);
  return row(view ? 'view' : 'table', rowId(entry, table), label, {
    description: table.entity === null ? table.kind : table.entity === label ? '' : table.entity,
    at: located(entry.folder.directory, table.at),
    severity: worst(findingsOf(entry, table)),
    children: null,
    table: { project: entry.id, id: tableId(table) },
  });
}

function findingsOf(entry: FolderProject, table: Table): readonly Finding[] {
  return entry.findings.filter(({ table: name }) => name === table.name || name === tableId(table));
}

function groups(entry: FolderProject, table: Table, id: string): TreeNode[] {
  const at = (range: SourceRange) => located(entry.folder.directory, range);
  const findings = findingsOf(entry, table);
  const columns = table.columns.map((column) =>
    row('column', [id, 'column', column.name].join(separator), column.name, {
      description: [typeLabel(column), column.nullable ? l10n.t('nullable') : '']
        .filter((part) => part !== '')
        .join(' '),
      tooltip: columnCard(table, column),
      key: keyOf(table, column.name),
      at: at(column.at),
      severity: worst(
        findings.filter(
          ({ range }) =>
            range.file === column.at.file && range.line >= column.at.line && range.endLine <= column.at.endLine,
        ),
      ),
    }),
  );
  const keys = [
    ...(table.primaryKey.length === 0
      ? []
      : [keyRow('primary', table.primaryKey, l10n.t('primary key'), at(table.at))]),
    ...table.uniques.map((unique) => keyRow('unique', unique.columns, l10n.t('unique'), at(unique.at))),
    ...table.foreignKeys.map((key) =>
      keyRow(
        'foreign',
        key.columns,
        `→ ${tableId({ name: key.references.table, namespace: key.references.namespace })}(${key.references.columns.join(', ')})`,
        at(key.at),
      ),
    ),
  ];
  function keyRow(kind: string, names: readonly string[], description: string, range: SourceRange): TreeNode {
    return row('key', [id, 'key', kind, names.join()].join(separator), names.join(', '), { description, at: range });
  }
  const indexes = table.indexes.map((index) => {
    const label = index.expression ?? index.columns.join(', ');
    return row('index', [id, 'index', index.name ?? '', label, index.where ?? ''].join(separator), label, {
      description: [
        index.unique ? l10n.t('unique') : '',
        index.method ?? '',
        index.where === null ? '' : `${l10n.t('where')} ${index.where}`,
        index.origin === 'declared'
          ? ''
          : index.origin === 'orm'
            ? l10n.t('created by the ORM')
            : l10n.t('created by the database'),
      ]
        .filter((part) => part !== '')
        .join(' · '),
      at: at(index.at),
    });
  });
  const relations = table.relations.map((relation) =>
    row('relation', [id, 'relation', relation.property].join(separator), relation.property, {
      description: `${relation.kind} → ${relation.target}`,
      at: at(relation.at),
    }),
  );
  const group = (kind: TreeNodeKind, label: string, children: readonly TreeNode[]): TreeNode[] =>
    children.length === 0
      ? []
      : [
          row(kind, [id, kind].join(separator), label, {
            description: String(children.length),
            children: unique(children),
          }),
        ];
  return [
    ...group('columns', l10n.t('Columns'), columns),
    ...group('keys', l10n.t('Keys'), keys),
    ...group('indexes', l10n.t('Indexes'), indexes),
    ...group('relations', l10n.t('Relations'), relations),
  ];
}

function keyOf(table: Table, column: string): TreeNode['key'] {
  if (table.primaryKey.includes(column)) return 'primary';
  return table.foreignKeys.some(({ columns }) => columns.includes(column)) ? 'foreign' : null;
}

/** Two indexes over the same columns are a mistake of the user's, but both must be shown: VS Code refuses equal ids. */
function unique(rows: readonly TreeNode[]): TreeNode[] {
  const seen = new Map<string, number>();
  return rows.map((node) => {
    const count = seen.get(node.id) ?? 0;
    seen.set(node.id, count + 1);
    return count === 0 ? node : { ...node, id: `${node.id}${separator}${count}` };
  });
}

function row(kind: TreeNodeKind, id: string, label: string, rest: Partial<TreeNode>): TreeNode {
  return {
    kind,
    id,
    label,
    description: '',
    tooltip: null,
    at: null,
    key: null,
    severity: null,
    children: [],
    table: null,
    ...rest,
  };
}
