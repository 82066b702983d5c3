/** Names by which edges, boxes and findings refer to tables. */
import type { Table } from '../schema/model.ts';

export interface TableIds {
  of(table: Table): string;
  /** The table of a name as a foreign key states it; undefined where the schema has none. */
  find(name: string, namespace: string | null): string | undefined;
}

/** `namespace.name` or `name`; tables that two sources define get `#2`, `#3`, … so that none hides another. */
export function tableIds(tables: readonly Table[]): TableIds {
  const ids = new Map<Table, string>();
  const taken = new Set<string>();
  const byName = new Map<string, string[]>();
  for (const table of tables) {
    const plain = qualified(table.name, table.namespace);
    let id = plain;
    for (let count = 2; taken.has(id); count++) id = `${plain}#${count}`;
    taken.add(id);
    ids.set(table, id);
    const sameName = byName.get(table.name);
    if (sameName) sameName.push(id);
    else byName.set(table.name, [id]);
  }
  return {
    of: (table) => ids.get(table) ?? qualified(table.name, table.namespace),
    find(name, namespace) {
      const id = qualified(name, namespace);
      if (taken.has(id)) return id;
      // A source may leave out or state the default namespace (`public`); a name that only one table has is meant.
      const sameName = byName.get(name) ?? [];
      return sameName.length === 1 ? sameName[0] : undefined;
    },
  };
}

function qualified(name: string, namespace: string | null): string {
  return namespace === null ? name : `${namespace}.${name}`;
}
