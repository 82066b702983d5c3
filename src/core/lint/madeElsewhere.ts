/** Tables that something outside of the project makes: which keys and indexes they have, its source does not tell. */
import type { FileFacts } from '../schema/code.ts';
import type { Schema, Table } from '../schema/model.ts';

const known = new WeakMap<Schema, Schema>();

/** The schema whose tables are not managed where the ORM is told to make none and nothing else of the project does; else the same one. */
export function withUnmanagedTables(schema: Schema): Schema {
  let found = known.get(schema);
  if (!found) {
    found = isMadeElsewhere(schema.code.files) ? { ...schema, tables: schema.tables.map(unmanaged) } : schema;
    known.set(schema, found);
  }
  return found;
}

/** `ddl-auto: none` or `validate`, `synchronize: false`, and neither a migration nor a script. */
function isMadeElsewhere(files: readonly FileFacts[]): boolean {
  const own = files.filter(({ purpose }) => purpose !== 'test');
  const settings = new Set(own.flatMap(({ dataSources }) => dataSources.map(({ synchronize }) => synchronize)));
  return settings.has(false) && !settings.has(true) && !own.some(makesTables);
}

function makesTables({ file, purpose, migration, indexed }: FileFacts): boolean {
  return (
    purpose === 'migration' ||
    migration !== undefined ||
    indexed !== undefined ||
    /\.(?:sql|ddl|pgsql|psql)$/iu.test(file)
  );
}

const copies = new WeakMap<Table, Table>();

/** The same copy of the same table, so that rules see that nothing changed. */
function unmanaged(table: Table): Table {
  let copy = copies.get(table);
  if (!copy) copies.set(table, (copy = { ...table, managed: false }));
  return copy;
}
