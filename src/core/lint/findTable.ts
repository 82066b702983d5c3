import type { Schema, Table } from '../schema/model.ts';

/** A table by its physical name and namespace (null = the default one). */
export type FindTable = (name: string, namespace: string | null) => Table | undefined;

const known = new WeakMap<Schema, FindTable>();

/** The look-up of a schema's tables; made once per schema, without a text per look-up: rules ask thousands of times per keystroke. */
export function findTableOf(schema: Schema): FindTable {
  let find = known.get(schema);
  if (!find) {
    const byName = new Map<string, Table | Table[]>();
    for (const table of schema.tables) {
      const others = byName.get(table.name);
      if (others === undefined) byName.set(table.name, table);
      else byName.set(table.name, Array.isArray(others) ? [...others, table] : [others, table]);
    }
    find = (name, namespace) => {
      const named = byName.get(name);
      if (named === undefined) return undefined;
      // Of tables with one name and namespace, the last one wins, as in every other place that keeps them in a map; those of a database come
      // before what a search engine holds of them.
      return Array.isArray(named)
        ? (named.findLast((table) => table.namespace === namespace && table.kind !== 'collection') ??
            named.findLast((table) => table.namespace === namespace))
        : named.namespace === namespace
          ? named
          : undefined;
    };
    known.set(schema, find);
  }
  return find;
}
