/** What others see of a table, and which files ask for it. */
import type { FileFacts, Query } from '../schema/code.ts';
import type { Table } from '../schema/model.ts';

export function keyOf({ reader, namespace, name, at, entity }: Table): string {
  return [reader, namespace, name, at.file, entity].join('\0');
}

/** Whether something in it stands in the file. */
export function mentions(value: unknown, file: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (const key in value) {
    const each = (value as Record<string, unknown>)[key];
    if (key === 'file' ? each === file : typeof each === 'object' && mentions(each, file)) return true;
  }
  return false;
}

/** All but the columns that only the table itself is made of, and the places. */
export function faceOf(table: Table, all: readonly Table[]): string {
  const { columns, uniques } = table;
  const rest = { ...table, columns: null, uniques: null, indexes: null, checks: null, exclusions: null };
  const referred = new Set(table.primaryKey);
  for (const { foreignKeys } of all)
    for (const { references } of foreignKeys)
      if (references.table === table.name) for (const column of references.columns) referred.add(column);
  for (const key of [...table.foreignKeys, ...table.relations]) for (const column of key.columns) referred.add(column);
  return JSON.stringify(
    [
      rest,
      columns.filter(({ name }) => referred.has(name)),
      uniques.filter((each) => each.columns.some((name) => referred.has(name))),
    ],
    (key, each: unknown) => (key === 'at' ? undefined : each),
  );
}

/** Some other table refers to columns of these by a name that has changed. */
export function refersInto(all: readonly Table[], keys: ReadonlySet<string>, names: ReadonlySet<string>): boolean {
  const own = new Set(all.flatMap((table) => (keys.has(keyOf(table)) ? [table.name] : [])));
  return all.some(({ foreignKeys }) =>
    foreignKeys.some(
      ({ references }) => own.has(references.table) && references.columns.some((column) => names.has(column)),
    ),
  );
}

/** Some query of the file was found to ask one of the tables. */
export function namesTables({ queries }: FileFacts, tables: ReadonlySet<string>): boolean {
  return queries.some(
    (query) =>
      (query.table !== null && tables.has(query.table)) ||
      usesOf(query).some(({ target }) => target !== undefined && tables.has(target.table)),
  );
}

/** Some query comes by a path over relations to what has one of the names; of derived queries the parts of a path are not told apart. */
export function reachesBy({ queries }: FileFacts, names: ReadonlySet<string>): boolean {
  if (names.size === 0 || queries.length === 0) return false;
  return queries.some((query) =>
    usesOf(query).some(({ path }) =>
      /^\p{Lu}/u.test(path)
        ? [...names].some((name) => path.toLowerCase().includes(name.toLowerCase()))
        : path.includes('.') && path.split('.').some((part) => names.has(part)),
    ),
  );
}

function usesOf({
  filters,
  sorts,
  joins,
  loads,
  groups,
  writes,
}: Query): readonly (typeof filters | typeof sorts | typeof joins | typeof loads)[number][] {
  return [...filters, ...sorts, ...joins, ...loads, ...groups, ...writes];
}
