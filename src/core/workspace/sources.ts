/**
 * Where a project's schema comes from: its entities; where it has none, its scripts (DDL, else migrations). What is only inferred from queries stands behind
 * both. A source that is asked for stands alone.
 */
import type { LinkContext, LinkResult, Reader, Yields } from '../readers/reader.ts';
import type { Dialect, Table } from '../schema/model.ts';
import type { Project } from './snapshot.ts';

export const schemaSources = ['entities', 'migrations', 'ddl'] as const;
export type SchemaSource = (typeof schemaSources)[number];

type ScriptSource = NonNullable<LinkContext['source']> | null;

export interface Linked extends LinkResult {
  readonly yields: Yields;
}

export interface Sourced {
  readonly links: readonly Linked[];
  /** Engine of the scripts, where they are the schema. */
  readonly dialect: Dialect | null;
}

/**
 * Tables of scripts are built only where they are wanted: replaying years of migrations for nothing would be felt at every keystroke. Their facts (queries, steps
 * of migrations) are wanted beside entities as well.
 * @param isOwn the table is the project's, not one of a package it looks into
 */
export function linkSources(
  readers: readonly Reader[],
  source: SchemaSource | null,
  link: (reader: Reader, scripts: ScriptSource) => LinkResult | null,
  isOwn: (table: Table) => boolean,
): Sourced {
  const found = new Map<Reader, Linked>();
  const run = (yields: Yields, scripts: ScriptSource = null): readonly Linked[] =>
    readers
      .filter((reader) => (reader.yields ?? 'entities') === yields)
      .flatMap((reader) => {
        const result = link(reader, scripts);
        if (!result) return [];
        const linked = { ...result, yields };
        found.set(reader, linked);
        return [linked];
      });
  const change = (yields: Yields, how: (linked: Linked) => Linked): void => {
    for (const [reader, each] of found) if (each.yields === yields) found.set(reader, how(each));
  };

  const entities = run('entities', source === 'migrations' ? source : null);
  const inferred = run('inferred');
  run('stores');
  const hasEntities = source !== 'migrations' && holdTables(entities, isOwn);
  const wanted: ScriptSource = source === 'entities' || (source === null && hasEntities) ? 'none' : source;
  const scripts = onceEach(run('scripts', wanted));
  for (const [reader, linked] of found)
    if (linked.yields === 'scripts') found.set(reader, scripts.find(({ files }) => files === linked.files) ?? linked);
  const stated = holdTables(scripts, isOwn);
  if (source !== null && source !== 'entities')
    for (const [reader, each] of found)
      if (each.yields === 'entities' && !(source === 'migrations' && reader.replays === true))
        found.set(reader, withoutTables(each));
  // Migrations alone are there: the models lie elsewhere.
  if (source === null && !hasEntities && !stated)
    for (const [reader, { yields }] of found)
      if (yields === 'entities' && reader.replays === true) {
        const replayed = link(reader, 'migrations');
        if (replayed) found.set(reader, { ...replayed, yields });
      }
  if (source === null && hasEntities) change('inferred', (each) => withoutKnown(each, entities));
  else if (stated || source !== null) change('inferred', withoutTables);
  if (source === 'ddl' || source === 'migrations') change('stores', withoutTables);
  if (stated) change('scripts', (each) => ({ ...each, tables: each.tables.map((table) => named(table, inferred)) }));
  return {
    links: readers.flatMap((reader) => found.get(reader) ?? []),
    dialect: stated ? (scripts.find(({ tables }) => tables.length > 0)?.dialect ?? null) : null,
  };
}

function holdTables(links: readonly Linked[], isOwn: (table: Table) => boolean): boolean {
  return links.some(({ tables }) => tables.some(isOwn));
}

/** Its queries stay: they mean tables by their physical names. */
function withoutTables(linked: Linked): Linked {
  return { ...linked, tables: [], enums: [] };
}

function withoutKnown(linked: Linked, others: readonly Linked[]): Linked {
  const known = new Set(others.flatMap(({ tables }) => tables.map(({ name }) => name.toLowerCase())));
  return { ...linked, tables: linked.tables.filter(({ name }) => !known.has(name.toLowerCase())) };
}

/** A table that several tools state (a change log that runs scripts, a dump beside migrations) is that of the tool which states most tables. */
function onceEach(links: readonly Linked[]): readonly Linked[] {
  const holding = links.filter(({ tables }) => tables.length > 0);
  if (holding.length < 2) return links;
  const ranked = holding.toSorted((a, b) => b.tables.length - a.tables.length);
  return links.map((each) => {
    const place = ranked.indexOf(each);
    return place > 0 ? withoutKnown(each, ranked.slice(0, place)) : each;
  });
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

/**
 * A folder of scripts beside the package with the entities (`database/`, a module of Flyway migrations) is no second data model: most of its tables are those of
 * the other project's entities.
 */
export function isStatedByEntities(project: Project, all: readonly Project[]): boolean {
  const { tables } = project.schema;
  if (tables.length === 0 || tables.some(({ entity }) => entity !== null)) return false;
  const names = tables.map(looseName);
  return all.some((other) => {
    if (other === project || !other.schema.tables.some(({ entity }) => entity !== null)) return false;
    const known = new Set(other.schema.tables.map(looseName));
    return names.filter((name) => known.has(name)).length * 2 >= names.length;
  });
}

function looseName({ name }: Table): string {
  return name.toLowerCase().replaceAll('_', '');
}
