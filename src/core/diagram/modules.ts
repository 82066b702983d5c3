/** Which tables belong together: by database schema where there are several, else by folder. */
import type { Table } from '../schema/model.ts';
import type { DiagramModule } from './model.ts';
import type { TableIds } from './tableIds.ts';

/** Folders that say what kind of file lies in them, not what it is about. */
const genericFolders = new Set([
  'src',
  'lib',
  'app',
  'apps',
  'main',
  'packages',
  'modules',
  'module',
  'features',
  'domain',
  'domains',
  'core',
  'data',
  'database',
  'db',
  'infrastructure',
  'infra',
  'persistence',
  'relational',
  'typeorm',
  'orm',
  'entity',
  'entities',
  'model',
  'models',
  'schema',
  'schemas',
  'tables',
]);

/** A schema that holds more than this share of the tables (`public` beside `audit`) divides nothing. */
const largestNamespaceShare = 0.75;
/** Folders with fewer tables than this on average (one folder per entity) are joined with their neighbours. */
const leastTablesPerModule = 1.7;

/** Sorted by label; every table is in exactly one module. */
export function groupTables(tables: readonly Table[], ids: TableIds): readonly DiagramModule[] {
  const byFolder = folderLabels(tables);
  const folders = new Set(byFolder);
  const namespaces = countBy(tables, ({ namespace }) => namespace ?? '');
  const largest = Math.max(0, ...namespaces.values());
  const useNamespaces = namespaces.size > 1 && (folders.size < 2 || largest <= tables.length * largestNamespaceShare);
  const modules = new Map<string, string[]>();
  tables.forEach((table, index) => {
    const label = useNamespaces ? (table.namespace ?? 'default') : (byFolder[index] ?? '');
    const members = modules.get(label);
    if (members) members.push(ids.of(table));
    else modules.set(label, [ids.of(table)]);
  });
  return [...modules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, members]) => ({
      id: label,
      label: label === '' ? (modules.size === 1 ? 'all tables' : 'other') : label,
      tables: members,
    }));
}

/** A label per table; '' for tables at the root of all others. */
function folderLabels(tables: readonly Table[]): readonly string[] {
  const meaningful = tables.map(({ module }) =>
    module
      .split('/')
      .filter((segment) => segment !== '' && segment !== '.' && !genericFolders.has(segment.toLowerCase())),
  );
  const shared = commonPrefix(meaningful);
  let paths = meaningful.map((path) => path.slice(shared));
  for (;;) {
    const labels = paths.map((path) => path.join('/'));
    const longest = Math.max(0, ...paths.map((path) => path.length));
    if (longest === 0 || labels.length >= new Set(labels).size * leastTablesPerModule) return labels;
    paths = paths.map((path) => path.slice(0, longest - 1));
  }
}

function commonPrefix(paths: readonly (readonly string[])[]): number {
  const [first, ...others] = paths;
  if (first === undefined || others.length === 0) return 0;
  let length = 0;
  while (length < first.length && others.every((path) => path[length] === first[length])) length++;
  return length;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
