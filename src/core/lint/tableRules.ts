/** Runs the rules on tables. What they find in a table is kept until the table changes, or something they looked up does. */
import { memoize } from '../schema/memo.ts';
import type { Lookups } from '../schema/memo.ts';
import type { Dialect, Schema, Table } from '../schema/model.ts';
import type { Profile } from '../profile/profile.ts';
import { dialectOfFile } from './dialectOfFile.ts';
import { lookupsOf } from './lookups.ts';
import type { Report, Reported, Rule, RuleContext, TableContext, TableRule } from './rule.ts';

/** The check of a rule on tables, from what it reports on one. */
export function onTable(reportsOn: (table: Table, context: TableContext) => readonly Report[]): TableRule['check'] {
  return (table, context, report) => {
    for (const each of reportsOn(table, context)) report(each);
  };
}

/** What the given rules on tables report, one list per table: the same list as long as nothing changes. */
export function reportsOnTables(
  {
    schema,
    dialect,
    profile,
  }: { readonly schema: Schema; readonly dialect: Dialect | null; readonly profile: Profile },
  { table: find }: Pick<RuleContext, 'table'>,
  selected: readonly Rule[],
): readonly (readonly Reported[])[] {
  const check = checkOf(selected);
  const world = {
    table: find,
    complies: (regime: string) => profile.compliance.includes(regime),
    mixesZones: () => mixesZones(schema),
    leavesRelations: () => leavesRelations(schema),
  };
  return schema.tables.map((table) =>
    isOfLibrary(table) || isHearsay(table)
      ? []
      : check(table, {
          ...world,
          dialect: () => dialectOfFile(table.at.file, dialect),
          lookups: () => lookupsOf(table, schema),
        }),
  );
}

/** A script makes it for a library, which says what it looks like: Quartz, Flowable, Spring Batch and Session, Zipkin, Marten, migration tools, Oracle's `dual`. */
export function isOfLibrary({ name, entity }: Table): boolean {
  return entity === null && ofLibraries.test(name);
}

const ofLibraries =
  /^(?:dual|(?:\w+_)?qrtz_(?:job_details|(?:\w+_)?triggers|calendars|paused_trigger_grps|scheduler_state|locks)|(?:act|flw)_(?:ru|hi|re|ge|id|evt|procdef|ev|channel|event)_?\w*|batch_(?:job|step)_\w+|spring_session\w*|zipkin_(?:spans|annotations|dependencies)|(?:\w+_)?oauth_(?:client_(?:details|token)|access_token|refresh_token|code|approvals)|databasechangelog(?:lock)?|flyway_schema_history|schema_version|alembic_version|__EFMigrationsHistory|shedlock|mt_(?:events|streams|event_progression|hilo|doc_\w+))$/iu;

/** All that is known of it is what queries say: its keys, indexes and types are stated elsewhere. */
function isHearsay({ managed, primaryKey, indexes, uniques, foreignKeys }: Table): boolean {
  return !managed && primaryKey.length + indexes.length + uniques.length + foreignKeys.length === 0;
}

type Check = (table: Table, context: TableContext & Lookups) => readonly Reported[];

const checks = new WeakMap<readonly Rule[], Check>();

/** One memory for all rules of a selection: a table is looked at once for all of them. */
function checkOf(selected: readonly Rule[]): Check {
  let check = checks.get(selected);
  if (!check) {
    const rules = selected.filter((rule): rule is TableRule => rule.on === 'table');
    check = memoize((table: Table, context: TableContext & Lookups): readonly Reported[] => {
      const found: Reported[] = [];
      for (const rule of rules) rule.check(table, context, (report) => found.push({ rule, report }));
      return found;
    });
    checks.set(selected, check);
  }
  return check;
}

const mixed = new WeakMap<Schema, boolean>();

/** Most points in time of the schema are stored with a zone, some without. */
function mixesZones(schema: Schema): boolean {
  let found = mixed.get(schema);
  if (found === undefined) {
    const counts = { datetime: 0, 'datetime-tz': 0 };
    for (const { columns } of schema.tables)
      for (const { type } of columns) if (type === 'datetime' || type === 'datetime-tz') counts[type]++;
    found = counts.datetime > 0 && counts['datetime-tz'] >= 2 && counts['datetime-tz'] > counts.datetime;
    mixed.set(schema, found);
  }
  return found;
}

const left = new WeakMap<Schema, boolean>();

/** Fewer may have been forgotten. */
const fewestLeft = 15;

function leavesRelations(schema: Schema): boolean {
  let found = left.get(schema);
  if (found === undefined) {
    const keys = schema.tables.flatMap(({ foreignKeys }) => foreignKeys);
    const implied = keys.filter((key) => key.implied === true).length;
    found = implied >= fewestLeft && implied * 4 >= keys.length * 3;
    left.set(schema, found);
  }
  return found;
}
