/** Nodes below `databaseChangeLog` → its items. */
import { onRows } from './changes.ts';
import type { ChangeLog, ChangeLogItem, ChangeNode, ChangeSet } from './model.ts';

const notChanges: ReadonlySet<string> = new Set([
  'preConditions',
  'rollback',
  'validCheckSum',
  'comment',
  'modifyChangeSet',
  'property',
  'labels',
]);

export function changeLogOf(nodes: readonly ChangeNode[]): ChangeLog {
  return {
    kind: 'log',
    items: nodes.flatMap(itemOf),
    sql: '',
    preconditions: nodes.find(({ name }) => name === 'preConditions') ?? null,
  };
}

function itemOf(node: ChangeNode): readonly ChangeLogItem[] {
  const { attributes, at } = node;
  const path = attributes.file ?? attributes.path ?? '';
  switch (node.name) {
    case 'changeSet':
      return [changeSetOf(node)];
    case 'property':
      return attributes.name === undefined
        ? []
        : [{ is: 'property', name: attributes.name, value: attributes.value ?? '', dbms: attributes.dbms ?? null }];
    case 'include':
    case 'includeAll':
      return path === ''
        ? []
        : [
            {
              is: 'include',
              all: node.name === 'includeAll',
              path,
              relative: attributes.relativeToChangelogFile === 'true',
              endsWith: attributes.endsWithFilter ?? null,
              at,
            },
          ];
    // A group of change sets that share settings.
    case 'modifyChangeSets':
      return node.children.flatMap(itemOf);
    default:
      return [];
  }
}

function changeSetOf({ attributes, children, at }: ChangeNode): ChangeSet {
  return {
    is: 'changeSet',
    id: attributes.id ?? '',
    author: attributes.author ?? '',
    dbms: attributes.dbms ?? null,
    context: attributes.contextFilter ?? attributes.context ?? attributes.labels ?? null,
    transactional: attributes.runInTransaction !== 'false',
    preconditions: children.find(({ name }) => name === 'preConditions') ?? null,
    changes: attributes.ignore === 'true' ? [] : children.filter(({ name }) => !notChanges.has(name)).map(withoutRows),
    hasRollback: children.some(({ name }) => name === 'rollback'),
    at,
  };
}

/** Of rows it is enough to know whose they are. */
function withoutRows(change: ChangeNode): ChangeNode {
  if (!onRows.test(change.name)) return change;
  const { tableName = '', dbms } = change.attributes;
  return { ...change, attributes: { tableName, ...(dbms === undefined ? {} : { dbms }) }, children: [], text: '' };
}
