/** Which other entities an entity's table is made from: the targets of its relations and foreign keys. */
import type { Args, Target } from './model.ts';
import { lineage } from './targets.ts';
import type { Targets } from './targets.ts';

export interface Reference {
  /** A name where the reference is in words; null where it leads nowhere. */
  readonly target: Target | string | null;
  /** It may name any column of the target, so the target's own keys have to be known as well. */
  readonly deep: boolean;
}

export function referencesOf(target: Target, targets: Targets): readonly Reference[] {
  const all = partsOf(target, targets);
  const deep = all.some(
    ({ joinColumns, joinTables, foreignKeys }) =>
      foreignKeys.length > 0 ||
      joinColumns.some(refersToColumn) ||
      joinTables.some((table) =>
        [...(table.joinColumns ?? []), ...(table.inverseJoinColumns ?? [])].some(refersToColumn),
      ),
  );
  return all
    .flatMap(({ relations, foreignKeys }) => [...relations, ...foreignKeys])
    .map(({ type }) => ({ target: targets.ofReference(type), deep }));
}

/** Columns of other entities that are named beside their primary keys; null = any, as a function picks them. */
export function referredColumns(target: Target, targets: Targets): readonly string[] | null {
  const all = partsOf(target, targets);
  if (all.some(({ foreignKeys }) => foreignKeys.some(({ inverse }) => inverse !== undefined))) return null;
  return all.flatMap(({ joinColumns, joinTables, foreignKeys }) => [
    ...[
      ...joinColumns,
      ...joinTables.flatMap((table) => [...(table.joinColumns ?? []), ...(table.inverseJoinColumns ?? [])]),
    ].flatMap(({ referencedColumnName }) => referencedColumnName ?? []),
    ...foreignKeys.flatMap(({ referencedColumnNames }) => referencedColumnNames),
  ]);
}

/** A key that no relation can hold: whoever refers to it need not know where the entity's own relations lead. */
export function hasPlainKey(target: Target): boolean {
  const all = lineage(target).map(({ args }) => args);
  const keys = all.flatMap(({ columns }) => columns.filter(({ options }) => options.primary));
  const generated = new Set(all.flatMap(({ generations }) => generations.map(({ property }) => property)));
  const joined = new Set(all.flatMap(({ joinColumns }) => joinColumns.map(({ name }) => name)));
  return (
    keys.length > 0 &&
    all.every(({ embeddeds }) => embeddeds.length === 0) &&
    keys.every(
      ({ property, options }) => generated.has(property) && !joined.has(property) && !joined.has(options.name ?? ''),
    )
  );
}

/** Member of a single-table hierarchy. */
export function isShared(target: Target): boolean {
  return lineage(target).some(({ args }) => args.table?.type === 'entity-child' || args.inheritance?.pattern === 'STI');
}

function refersToColumn({ referencedColumnName }: { readonly referencedColumnName: string | null }): boolean {
  return referencedColumnName !== null;
}

/** What the entity, its bases and all that is embedded in it were declared with. */
function partsOf(target: Target, targets: Targets): readonly Args[] {
  const seen = new Set<Target>();
  const open = [...lineage(target)];
  for (let each = open.pop(); each; each = open.pop()) {
    if (seen.has(each)) continue;
    seen.add(each);
    for (const { type } of each.args.embeddeds) {
      const embedded = targets.ofReference(type);
      if (embedded !== null && typeof embedded !== 'string') open.push(...lineage(embedded));
    }
  }
  return [...seen].map(({ args }) => args);
}
