/** The order in which Django runs the migrations of a new database (django/db/migrations/graph.py and loader.py). */
import { groupBy } from '../../schema/groupBy.ts';
import type { Problem } from '../../schema/source.ts';
import { keyOf } from './declarations.ts';
import type { DjangoMigration, MigrationKey } from './declarations.ts';

export interface Ordered {
  readonly order: readonly DjangoMigration[];
  readonly problems: readonly Problem[];
}

export function orderMigrations(all: readonly DjangoMigration[]): Ordered {
  const problems: Problem[] = [];
  const byKey = new Map(all.map((each) => [keyOf([each.app.label, each.name]), each]));
  const stands = standIns(byKey);
  const kept = new Map([...byKey].filter(([key]) => !stands.has(key)));
  const apps = groupBy(kept.values(), ({ app }) => app.label);
  const known = new Set(all.map(({ app }) => app.label));
  const roots = new Map<string, string>();

  const resolved = ([app, name]: MigrationKey, from: DjangoMigration): string | null => {
    if (name === '__first__') return roots.get(app) ?? null;
    if (name === '__latest__') return leavesOf(apps.get(app) ?? [])[0] ?? null;
    let key = keyOf([app, name]);
    // Squashed ones may be squashed again; a circle of them ends.
    const seen = new Set<string>();
    for (let next = stands.get(key); next !== undefined && !seen.has(next); next = stands.get(next)) {
      seen.add(next);
      key = next;
    }
    if (kept.has(key)) return key;
    // Applications of packages have migrations of their own.
    if (known.has(app)) problems.push(missing(app, name, from));
    return null;
  };

  for (const [app, own] of apps) {
    const root = own.find((each) => !each.dependencies.some(([other]) => other === app)) ?? own[0];
    if (root) roots.set(app, keyOf([app, root.name]));
  }
  const parents = new Map<string, Set<string>>();
  for (const [key, migration] of kept) {
    const replaced = migration.replaces.flatMap((each) => byKey.get(keyOf(each)) ?? []);
    const own = parents.get(key) ?? new Set<string>();
    parents.set(key, own);
    for (const from of [migration, ...replaced])
      for (const dependency of from.dependencies) {
        const parent = resolved(dependency, from);
        if (parent !== null && parent !== key) own.add(parent);
      }
    for (const later of migration.runBefore) {
      const child = resolved(later, migration);
      if (child !== null && child !== key) parents.set(child, (parents.get(child) ?? new Set()).add(key));
    }
  }
  for (const [app, own] of apps) {
    const leaves = leavesOf(own, stands);
    if (leaves.length > 1) problems.push(several(app, leaves, kept));
  }
  return { order: sorted(kept, parents, problems), problems };
}

/** By each migration that a squashed one replaces, the squashed one: a new database runs that alone. */
function standIns(byKey: ReadonlyMap<string, DjangoMigration>): ReadonlyMap<string, string> {
  const stands = new Map<string, string>();
  for (const [key, { replaces }] of byKey)
    for (const each of replaces) if (keyOf(each) !== key) stands.set(keyOf(each), key);
  return stands;
}

function leavesOf(own: readonly DjangoMigration[], stands: ReadonlyMap<string, string> = new Map()): readonly string[] {
  const inner = new Set<string>();
  for (const { app, dependencies, name } of own)
    for (const each of dependencies) {
      if (each[0] !== app.label) continue;
      const key = stands.get(keyOf(each)) ?? keyOf(each);
      if (key !== keyOf([app.label, name])) inner.add(key);
    }
  return own.map(({ app, name }) => keyOf([app.label, name])).filter((key) => !inner.has(key));
}

/** Each after all that it rests on; otherwise by name. */
function sorted(
  kept: ReadonlyMap<string, DjangoMigration>,
  parents: ReadonlyMap<string, ReadonlySet<string>>,
  problems: Problem[],
): readonly DjangoMigration[] {
  const order: DjangoMigration[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const start of [...kept.keys()].sort()) {
    const stack: { readonly key: string; readonly rest: string[] }[] = [];
    const open = (key: string): void => {
      state.set(key, 'open');
      stack.push({ key, rest: [...(parents.get(key) ?? [])].sort().reverse() });
    };
    if (!state.has(start)) open(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.rest.pop();
      const migration = kept.get(top.key);
      if (next === undefined) {
        stack.pop();
        state.set(top.key, 'done');
        if (migration) order.push(migration);
      } else if (!state.has(next)) open(next);
      else if (state.get(next) === 'open' && migration) problems.push(circular(migration, next));
    }
  }
  return order;
}

function missing(app: string, name: string, { at }: DjangoMigration): Problem {
  return {
    code: 'migration-missing',
    message: `This migration rests on ${app}.${name}, which is not there: Django will refuse to run. Correct the dependency, or bring the file back.`,
    severity: 'warning',
    at,
  };
}

function circular({ at }: DjangoMigration, other: string): Problem {
  return {
    code: 'migration-circle',
    message: `This migration and ${other} rest on each other, so there is no order to run them in.`,
    severity: 'warning',
    at,
  };
}

function several(app: string, leaves: readonly string[], kept: ReadonlyMap<string, DjangoMigration>): Problem {
  const names = leaves.map((key) => key.slice(app.length + 1)).sort();
  return {
    code: 'migration-heads',
    message: `The application ${app} has several last migrations (${names.join(', ')}), so Django refuses to migrate: join them by "makemigrations --merge". All of them are shown.`,
    severity: 'warning',
    at: kept.get(keyOf([app, names.at(-1) ?? '']))?.at ?? null,
  };
}
