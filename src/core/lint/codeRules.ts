/** Runs the rules on source files. What they find in a file is kept until the file changes, or something they looked up does. */
import type { CodeFacts, FileFacts } from '../schema/code.ts';
import { groupBy } from '../schema/groupBy.ts';
import { memoize } from '../schema/memo.ts';
import type { Lookups } from '../schema/memo.ts';
import type { Dialect, Schema } from '../schema/model.ts';
import { simpleName } from './code/overloads.ts';
import { dialectOfFile } from './dialectOfFile.ts';
import type { CodeContext, FileRule, QueryRule, Reported, Rule } from './rule.ts';

interface Look extends Lookups {
  readonly dialect: () => Dialect | null;
  readonly table: CodeContext['table'];
  readonly classFile: CodeContext['classFile'];
  readonly functionFile: CodeContext['functionFile'];
  readonly implementation: CodeContext['implementation'];
  readonly isLoadedSomewhere: CodeContext['isLoadedSomewhere'];
  readonly isRecent: CodeContext['isRecent'];
  readonly isMadeBeside: CodeContext['isMadeBeside'];
  readonly isFilledBefore: CodeContext['isFilledBefore'];
  readonly rollsBackOnAll: CodeContext['rollsBackOnAll'];
}

/** What the given rules on queries and files report, one list per file: the same list as long as nothing changes. */
export function reportsOnCode(
  { schema, dialect }: { readonly schema: Schema; readonly dialect: Dialect | null },
  { table, isRecent }: Pick<CodeContext, 'table' | 'isRecent'>,
  selected: readonly Rule[],
): readonly (readonly Reported[])[] {
  const check = checkOf(selected);
  const look: Look = {
    dialect: () => dialect,
    table,
    ...declarations(schema.code),
    implementation: implementations(schema.code),
    isRecent,
    isLoadedSomewhere: loadedPaths(schema.code),
    isMadeBeside: tablesOfMoment(schema.code),
    isFilledBefore: columnsFilled(schema.code),
    rollsBackOnAll: rollbackOf(schema.code),
  };
  return schema.code.files.map((file) => check(file, look));
}

type Check = (file: FileFacts, look: Look) => readonly Reported[];

const checks = new WeakMap<readonly Rule[], Check>();

/** One memory for all rules of a selection: a file is looked at once for all of them. */
function checkOf(selected: readonly Rule[]): Check {
  let check = checks.get(selected);
  if (check) return check;
  const onQueries = selected.filter((rule): rule is QueryRule => rule.on === 'query');
  const onFiles = selected.filter((rule): rule is FileRule => rule.on === 'file');
  check = memoize((file: FileFacts, look: Look): readonly Reported[] => {
    const context: CodeContext = {
      dialect: dialectOfFile(file.file, look.dialect()),
      table: look.table,
      classFile: look.classFile,
      functionFile: look.functionFile,
      implementation: look.implementation,
      isLoadedSomewhere: look.isLoadedSomewhere,
      isRecent: look.isRecent,
      isMadeBeside: look.isMadeBeside,
      isFilledBefore: look.isFilledBefore,
      rollsBackOnAll: look.rollsBackOnAll,
    };
    const found: Reported[] = [];
    for (const rule of onFiles) rule.check(file, context, (report) => found.push({ rule, report }));
    for (const query of file.queries)
      for (const rule of onQueries) rule.check({ query, file }, context, (report) => found.push({ rule, report }));
    return found;
  });
  checks.set(selected, check);
  return check;
}

/**
 * Which file declares a class or a function. A name that several files declare tells nothing, unless it is known in which file the one
 * that is meant stands.
 */
function declarations({ files }: CodeFacts): Pick<Look, 'classFile' | 'functionFile'> {
  const index = (namesOf: (file: FileFacts) => readonly string[]) => {
    let declared: Map<string, FileFacts[]> | null = null;
    return (name: string, path?: string): FileFacts | undefined => {
      if (declared === null) {
        declared = new Map();
        for (const file of files)
          for (const each of namesOf(file)) {
            const same = declared.get(each);
            if (same) same.push(file);
            else declared.set(each, [file]);
          }
      }
      const found = declared.get(name) ?? [];
      if (path !== undefined) return found.find(({ file }) => file === path);
      return found.length === 1 ? found[0] : undefined;
    };
  };
  return { classFile: index(classNames), functionFile: index(functionNames) };
}

/** Which files have classes that implement or extend a type. Those of tests stand in for others. */
function implementations({ files }: CodeFacts): CodeContext['implementation'] {
  let known: Map<string, FileFacts[]> | null = null;
  return (type, at) => {
    if (known === null) {
      known = new Map();
      for (const file of files)
        for (const base of file.purpose === 'application' ? basesOf(file) : []) {
          const list = known.get(base);
          if (list) list.push(file);
          else known.set(base, [file]);
        }
    }
    return known.get(type)?.[at];
  };
}

/** Parts of the paths that queries load, of two steps or more. */
function loadedPaths({ files }: CodeFacts): CodeContext['isLoadedSomewhere'] {
  let known: Set<string> | null = null;
  return (path) => {
    if (known === null) {
      known = new Set();
      for (const { loadPaths } of files)
        for (const steps of (loadPaths ?? []).map((each) => each.split('.')))
          for (let from = 0; from < steps.length - 1; from++)
            for (let to = from + 2; to <= steps.length; to++) known.add(steps.slice(from, to).join('.'));
    }
    return known.has(path);
  };
}

function rollbackOf({ files }: CodeFacts): CodeContext['rollsBackOnAll'] {
  let stated: boolean | null = null;
  return () => (stated ??= files.some(statesRollback));
}

/** Folders of migrations that ran long ago. */
const putAway = /(?:^|\/)(?:archived?s?|legacy|old|historical|squashed|deprecated)\//iu;

/** What is older has run wherever the program runs: nothing can be mended in it any more. */
const newest = 5;

/** Days between the newest migration of all and one of a folder that has stood still since: it has run as well. */
const mostDays = 365;

/**
 * Day of a migration in days since 1970, by what its file says, its name (`20240120101500_x`, `1705745700000-X`) or the folder of its
 * release (`R2016_07_12/V1__x`); null = not known.
 */
function dayOf({ file, madeOn }: FileFacts): number | null {
  const name = /([^/]+?)(?:\/migration\.sql)?$/u.exec(file)?.[1] ?? '';
  const millis = /^(1[2-9]\d{11})(?!\d)/u.exec(name)?.[1];
  const [, year, month, day] =
    /^(\d{4})-(\d\d)-(\d\d)/u.exec(madeOn ?? '') ??
    /^(?:V|m_?)?(20\d\d)[-_]?([01]\d)[-_]?([0-3]\d)/u.exec(name) ??
    /(?:^|\/)[A-Za-z]{0,2}(20\d\d)[-_]([01]\d)[-_]([0-3]\d)(?!\d)[^/]*\/(?:[^/]+\/migration\.sql|[^/]+)$/u.exec(file) ??
    [];
  if (year === undefined && millis === undefined) return null;
  const time = year === undefined ? Number(millis) : Date.UTC(Number(year), Number(month) - 1, Number(day));
  return Number.isNaN(time) ? null : time / 86_400_000;
}

/** Migrations are named so that their names are in order, by a time or a number in front, unless they say themselves what each rests on. */
export function recentMigrations({ files }: CodeFacts): (file: string) => boolean {
  let recent: Set<string> | null = null;
  return (file) => {
    if (recent === null) {
      const orders = new Map(
        files.flatMap((each) =>
          each.migration && !putAway.test(each.file) ? [[each.file, each.migration.order ?? -1]] : [],
        ),
      );
      const groups = [...groupBy(orders.keys(), folderOf).values()];
      const inOrder = (a: string, b: string): number =>
        (orders.get(a) ?? -1) - (orders.get(b) ?? -1) || byNumbers(a, b);
      const days = new Map(
        files.flatMap((each) => {
          const day = orders.has(each.file) ? dayOf(each) : null;
          return day === null ? [] : [[each.file, day]];
        }),
      );
      const last = Math.max(0, ...days.values());
      recent = new Set(
        groups
          .flatMap((group) => group.sort(inOrder).slice(-newest))
          .filter((path) => last - (days.get(path) ?? last) <= mostDays),
      );
    }
    return recent.has(file);
  };
}

/** `20240102030405_hives.xml` and `20240102030405_constraints_of_hives.xml` are run one right after the other. */
function tablesOfMoment({ files }: CodeFacts): CodeContext['isMadeBeside'] {
  let made: Map<string, Set<string>> | null = null;
  const momentOf = (path: string): string | null => /^(?:.*\/)?\d{12,}(?=\D)/u.exec(path)?.[0] ?? null;
  return (file, table) => {
    if (made === null) {
      made = new Map();
      for (const each of files) {
        const moment = each.migration ? momentOf(each.file) : null;
        if (moment === null) continue;
        const tables = made.get(moment) ?? new Set();
        made.set(moment, tables);
        for (const step of each.migration?.steps ?? [])
          if (step.kind === 'create-table' && step.table !== null) tables.add(step.table.toLowerCase());
      }
    }
    const moment = momentOf(file);
    return moment !== null && made.get(moment)?.has(table) === true;
  };
}

/** `UPDATE users SET zone_new = …` in one migration, `zone_new` renamed to `zone`, and `zone` required in the next one. */
function columnsFilled({ files }: CodeFacts): CodeContext['isFilledBefore'] {
  let changed: readonly FileFacts[] | null = null;
  return (file, table, column) => {
    changed ??= files.filter(({ migration }) => migration?.steps.some(({ kind }) => kind === 'write') === true);
    const folder = folderOf(file);
    return changed.some((each) => {
      if (each.file === file || folderOf(each.file) !== folder || byNumbers(each.file, file) > 0) return false;
      const steps = (each.migration?.steps ?? []).filter((step) => step.table?.toLowerCase() === table);
      const called = steps.flatMap(({ kind, columns, to }) =>
        kind === 'rename-column' && to?.toLowerCase() === column ? (columns[0]?.toLowerCase() ?? []) : [],
      );
      return steps.some(
        ({ kind, names }) => kind === 'write' && [column, ...called].some((name) => names?.includes(name) === true),
      );
    });
  };
}

/** Prisma gives each migration a folder of its own, others each release, by its day or its number. */
function folderOf(path: string): string {
  return path
    .replace(/\/migration\.sql$/u, '')
    .replace(/[^/]*$/u, '')
    .replace(/(^|\/)(?:[A-Za-z]{0,2}20\d\d[-_][01]\d[-_][0-3]\d(?!\d)[^/]*|v?\d+(?:[._]\d+)+)\/$/u, '$1');
}

/** `V9__x` before `V10__y`. */
function byNumbers(a: string, b: string): number {
  const padded = (text: string): string => text.replace(/\d+/gu, (digits) => digits.padStart(20, '0'));
  const [left, right] = [padded(a), padded(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const classNames = perFile((file) => [...new Set(file.classes.map(({ name }) => name))]);
const basesOf = perFile(({ classes }) => [
  ...new Set(
    classes.flatMap(({ extends: base, implements: interfaces }) =>
      (base === null ? interfaces : [base, ...interfaces]).map(simpleName),
    ),
  ),
]);
const statesRollback = perFile(({ classes }) => classes.some(({ rollsBackOnAll }) => rollsBackOnAll === true));
const functionNames = perFile((file) => [
  ...new Set(
    file.functions.flatMap(({ name, owner, parent }) =>
      name !== null && owner === null && parent === null ? [name] : [],
    ),
  ),
]);

function perFile<Result>(make: (file: FileFacts) => Result): (file: FileFacts) => Result {
  const known = new WeakMap<FileFacts, Result>();
  return (file) => {
    let result = known.get(file);
    if (result === undefined) known.set(file, (result = make(file)));
    return result;
  };
}
