/** Checks of tables that are made again only when something changes that they rest on. */
import { memoize } from '../schema/memo.ts';
import type { Lookups } from '../schema/memo.ts';
import type { Dialect, Schema, Table } from '../schema/model.ts';
import type { Profile } from '../profile/profile.ts';
import { lookupsOf } from './lookups.ts';
import type { Lookup } from './lookups.ts';
import type { Report, RuleContext, SchemaRule } from './rule.ts';

/** All that a check may ask beside its table. */
export interface TableLook extends Lookups {
  readonly dialect: () => Dialect | null;
  readonly table: RuleContext['table'];
  /** What the application's queries look the table up by. */
  readonly lookups: () => readonly Lookup[];
  readonly complies: (regime: string) => boolean;
  /** Number of columns of the whole schema with this type. */
  readonly columnsOfType: (type: Table['columns'][number]['type']) => number;
}

/** The check of a rule on tables, given what it reports on one; `make` must rest on nothing but its arguments. */
export function onTable(make: (table: Table, look: TableLook) => readonly Report[]): SchemaRule['check'] {
  const reportsOn = memoize(make);
  return (table, { schema, dialect, profile, table: find }, report) => {
    const look: TableLook = {
      dialect: () => dialect,
      table: find,
      lookups: () => lookupsOf(table, schema),
      complies: (regime) => isDeclared(profile, regime),
      columnsOfType: (type) => typeCounts(schema).get(type) ?? 0,
    };
    for (const each of reportsOn(table, look)) report(each);
  };
}

function isDeclared(profile: Profile, regime: string): boolean {
  return profile.compliance.includes(regime);
}

const counts = new WeakMap<Schema, ReadonlyMap<string, number>>();

function typeCounts(schema: Schema): ReadonlyMap<string, number> {
  let found = counts.get(schema);
  if (!found) {
    const made = new Map<string, number>();
    for (const { columns } of schema.tables) for (const { type } of columns) made.set(type, (made.get(type) ?? 0) + 1);
    counts.set(schema, (found = made));
  }
  return found;
}
