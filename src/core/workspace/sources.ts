/**
 * Where a project's schema comes from: its entities; where it has none, its scripts (DDL, else migrations). What is only inferred from queries stands behind
 * both. A source that is asked for stands alone.
 */
import type { LinkResult, Reader, Yields } from '../readers/reader.ts';
import type { Dialect, Table } from '../schema/model.ts';

export const schemaSources = ['entities', 'migrations', 'ddl'] as const;
export type SchemaSource = (typeof schemaSources)[number];

export interface Linked extends LinkResult {
  readonly yields: Yields;
}

export interface Sourced {
  readonly links: readonly Linked[];
  /** Engine of the scripts, where they are the schema. */
  readonly dialect: Dialect | null;
}

/** Links scripts only where their tables are wanted: replaying years of migrations for nothing would be felt at every keystroke. */
export function linkSources(
  readers: readonly Reader[],
  source: SchemaSource | null,
  link: (reader: Reader, scripts: 'ddl' | 'migrations' | null) => LinkResult | null,
): Sourced {
  const found = new Map<Reader, Linked>();
  const run = (yields: Yields, scripts: 'ddl' | 'migrations' | null = null): readonly Linked[] =>
    readers
      .filter((reader) => (reader.yields ?? 'entities') === yields)
      .flatMap((reader) => {
        const result = link(reader, scripts);
        if (!result) return [];
        const linked = { ...result, yields };
        found.set(reader, linked);
        return [linked];
      });
  const inOrder = (links: readonly Linked[]): readonly Linked[] => {
    const kept = new Set(links);
    return readers.flatMap((reader) => {
      const each = found.get(reader);
      return each && kept.has(each) ? [each] : [];
    });
  };

  const entities = run('entities');
  const inferred = run('inferred');
  if (source === 'entities') return { links: inOrder([...entities, ...inferred.map(withoutTables)]), dialect: null };
  const hasEntities = holdTables(entities);
  if (source === null && hasEntities) {
    for (const [reader, each] of found) if (each.yields === 'inferred') found.set(reader, withoutKnown(each, entities));
    return { links: readers.flatMap((reader) => found.get(reader) ?? []), dialect: null };
  }
  const scripts = run('scripts', source);
  const stated = holdTables(scripts);
  const dialect = stated ? (scripts.find((each) => each.tables.length > 0)?.dialect ?? null) : null;
  for (const [reader, each] of found)
    if (each.yields === 'inferred') found.set(reader, stated ? withoutTables(each) : each);
    else if (each.yields === 'entities' && source !== null) found.set(reader, withoutTables(each));
    else if (each.yields === 'scripts')
      found.set(reader, { ...each, tables: each.tables.map((table) => named(table, inferred)) });
  return { links: readers.flatMap((reader) => found.get(reader) ?? []), dialect };
}

function holdTables(links: readonly Linked[]): boolean {
  return links.some(({ tables }) => tables.length > 0);
}

/** Its queries stay: they mean tables by their physical names. */
function withoutTables(linked: Linked): Linked {
  return { ...linked, tables: [], enums: [] };
}

function withoutKnown(linked: Linked, others: readonly Linked[]): Linked {
  const known = new Set(others.flatMap(({ tables }) => tables.map(({ name }) => name.toLowerCase())));
  return { ...linked, tables: linked.tables.filter(({ name }) => !known.has(name.toLowerCase())) };
}

/** A table as the script states it, with the class and the properties that a mapper has for it. */
function named(table: Table, inferred: readonly Linked[]): Table {
  const name = table.name.toLowerCase();
  const twin = inferred.flatMap(({ tables }) => tables).find((each) => each.name.toLowerCase() === name);
  if (!twin) return table;
  const properties = new Map(twin.columns.map((column) => [column.name.toLowerCase(), column.property]));
  return {
    ...table,
    entity: twin.entity,
    relations: twin.relations,
    columns: table.columns.map((column) => ({
      ...column,
      property: properties.get(column.name.toLowerCase()) ?? null,
    })),
  };
}
