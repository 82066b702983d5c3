/** Names by which edges, boxes and findings refer to tables. */
import type { Table } from '../schema/model.ts';

export interface TableIds {
  of(table: Table): string;
  /** The table of a name as a foreign key of `from` states it; undefined where the schema has none. */
  find(name: string, namespace: string | null, from: Table): string | undefined;
}

/** `namespace.name` or `name`; tables that two sources define get `#2`, `#3`, … so that none hides another. */
export function tableIds(tables: readonly Table[]): TableIds {
  const ids = new Map<Table, string>();
  const taken = new Set<string>();
  const byQualifiedName = new Map<string, Table[]>();
  const byName = new Map<string, Table[]>();
  for (const table of tables) {
    const plain = qualified(table.name, table.namespace);
    let id = plain;
    for (let count = 2; taken.has(id); count++) id = `${plain}#${count}`;
    taken.add(id);
    ids.set(table, id);
    append(byQualifiedName, plain, table);
    append(byName, table.name, table);
  }
  return {
    of: (table) => ids.get(table) ?? qualified(table.name, table.namespace),
    find(name, namespace, from) {
      const exact = byQualifiedName.get(qualified(name, namespace));
      // A source may leave out or state the default namespace (`public`): then a name that only one table has is meant.
      const [only, ...others] = byName.get(name) ?? [];
      const found = exact !== undefined ? nearest(exact, from) : others.length === 0 ? only : undefined;
      return found === undefined ? undefined : ids.get(found);
    },
  };
}

/** Of tables with the same name (two services in one folder) the one that shares most folders with the one that refers. */
function nearest(tables: readonly Table[], from: Table): Table | undefined {
  let best: Table | undefined;
  let bestShared = -1;
  for (const table of tables) {
    const shared = table === from ? Infinity : sharedFolders(table, from);
    if (shared <= bestShared) continue;
    best = table;
    bestShared = shared;
  }
  return best;
}

function sharedFolders(a: Table, b: Table): number {
  if (a.at.file === b.at.file) return Number.MAX_SAFE_INTEGER;
  const other = b.at.file.split('/');
  let count = 0;
  for (const folder of a.at.file.split('/')) {
    if (folder !== other[count]) break;
    count++;
  }
  return count;
}

function append(map: Map<string, Table[]>, key: string, table: Table): void {
  const list = map.get(key);
  if (list) list.push(table);
  else map.set(key, [table]);
}

function qualified(name: string, namespace: string | null): string {
  return namespace === null ? name : `${namespace}.${name}`;
}
