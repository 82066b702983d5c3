/** All scripts of a project → the tables of its schema: those that its scripts state, or those that its migrations build. */
import type { FileFacts } from '../../schema/code.ts';
import { groupBy } from '../../schema/groupBy.ts';
import type { EnumType, Table } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import { buildSchema } from './build.ts';
import type { BuiltSchema, ScriptStatements } from './build.ts';
import { chooseEngine, overlaps, tablesOf, withoutDoubles } from './choose.ts';
import type { Chosen, ScriptFile } from './choose.ts';
import type { SqlMappings } from './declarations.ts';
import { neutral } from './engines.ts';
import { linkQueries } from './linkQueries.ts';
import { withIndexes, withMigration } from './migrationFacts.ts';
import { looseName, parseScript } from './parse.ts';
import { compareVersions } from './scripts.ts';
import type { Script } from './scripts.ts';

type Part = Chosen['parts'][number];

const nothing: BuiltSchema = { tables: [], enums: [], problems: [] };

export function link(fragments: readonly Fragment<SqlMappings>[], context: LinkContext): LinkResult {
  const scripts = fragments
    .filter(({ mappings }) => mappings.statements.length > 0)
    .map(({ file, mappings }) => ({ file, mappings }));
  const chosen = chooseEngine(scripts, context.dialect);
  const { parts, problems } = chosen;
  const { source = null } = context;
  const built = source === 'none' ? [] : parts.map((part) => buildPart(part, source));
  const tables: Table[] = [];
  const enums: EnumType[] = [];
  for (const each of built) {
    tables.push(...each.tables);
    enums.push(...each.enums);
  }
  return {
    tables,
    enums,
    files: linkQueries(
      fragments.map(({ facts }) => facts),
      tables,
    ).map((facts, at) => withSteps(facts, fragments[at]?.mappings, chosen, source)),
    problems: context.source === 'none' ? [] : [...problems, ...built.flatMap((each) => each.problems)],
    dialect: tables.length > 0 ? (parts[0]?.dialect ?? null) : null,
  };
}

/** Linking queries keeps the order of the files. */
function withSteps(
  facts: FileFacts,
  mappings: SqlMappings | undefined,
  { parts, leftOut }: Chosen,
  source: LinkContext['source'] | null,
): FileFacts {
  const isBeside = mappings?.script.kind === 'ddl' && source === 'none';
  if (!mappings || leftOut.has(facts.file) || (mappings.script.kind !== 'migration' && !isBeside)) return facts;
  const part = parts.find(({ files }) => files.some(({ file }) => file === facts.file));
  const engine = part?.files.find(({ file }) => file === facts.file)?.engine;
  const dialect = engine?.dialect ?? part?.dialect ?? neutral;
  const statements = parseScript(facts.file, mappings, dialect);
  return isBeside ? withIndexes(facts, mappings, statements) : withMigration(facts, mappings, statements);
}

function buildPart(part: Part, source: 'ddl' | 'migrations' | null): BuiltSchema {
  const stated = source === 'migrations' ? [] : part.files.filter(({ mappings }) => mappings.script.kind === 'ddl');
  const steps = source === 'ddl' ? [] : part.files.filter(({ mappings }) => mappings.script.kind === 'migration');
  const ddl = buildStated(stated, part);
  const migrated = buildMigrations(steps, part);
  if (steps.length === 0 || migrated.created.size + migrated.touched.size === 0) return ddl;
  if (ddl.tables.length === 0) return migrated;
  return together(ddl, migrated, steps, part);
}

interface Stated extends BuiltSchema {
  readonly schema: ReturnType<typeof buildSchema>['schema'] | null;
}

function buildStated(files: readonly ScriptFile[], part: Part): Stated {
  if (files.length === 0) return { ...nothing, schema: null };
  const chosen = withoutDoubles(files, part.dialect);
  // What creates most comes first; parts of one schema are usually numbered.
  const sorted = chosen.files.toSorted(
    (a, b) => compareVersions(a.mappings.script.version, b.mappings.script.version) || (a.file < b.file ? -1 : 1),
  );
  const built = buildSchema(statementsOf(sorted, part), 'parts', part.dialect);
  return { ...built, problems: [...chosen.problems, ...built.problems] };
}

interface Migrated extends BuiltSchema {
  /** Loose names. */
  readonly created: ReadonlySet<string>;
  /** Tables that are changed though no step created them. */
  readonly touched: ReadonlySet<string>;
}

function buildMigrations(files: readonly ScriptFile[], part: Part): Migrated {
  const groups = groupBy(files, ({ mappings }) => mappings.script.group);
  const built = [...groups.values()].map((group) => {
    const ordered = inOrder(group);
    return {
      ordered,
      created: new Set(ordered.flatMap((each) => [...tablesOf(each, part.dialect)])),
      touched: touchedBy(ordered, part),
    };
  });
  // Two folders that build the same tables are two attempts at one schema, or two engines that nothing tells apart.
  const kept: typeof built = [];
  const problems: Problem[] = [];
  for (const group of built.toSorted((a, b) => b.created.size - a.created.size)) {
    const owner = kept.find(({ created }) => overlaps(group.created, created));
    if (!owner) kept.push(group);
    else problems.push(doubled(group.ordered, owner.ordered));
  }
  const results = kept.map(({ ordered }) => buildSchema(statementsOf(ordered, part), 'steps', part.dialect));
  return {
    tables: distinct(results.flatMap(({ tables }) => tables)),
    enums: distinct(results.flatMap(({ enums }) => enums)),
    problems: [...problems, ...results.flatMap((result) => result.problems)],
    created: new Set(kept.flatMap(({ created }) => [...created])),
    touched: new Set(kept.flatMap(({ touched }) => [...touched])),
  };
}

function distinct<T extends { readonly name: string; readonly namespace: string | null }>(all: readonly T[]): T[] {
  const seen = new Set<string>();
  return all.filter(({ name, namespace }) => {
    const key = `${namespace ?? ''}.${name}`;
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * Both a script of the schema and migrations: the script is the state before them, or the one they lead to. It is the latter where it has a table that they
 * create; then the one that has more tables counts.
 */
function together(ddl: Stated, migrated: Migrated, steps: readonly ScriptFile[], part: Part): BuiltSchema {
  const stated = new Set(ddl.tables.map(({ name }) => looseName(name)));
  const isBase =
    [...migrated.touched].some((name) => stated.has(name)) && ![...migrated.created].some((name) => stated.has(name));
  if (isBase && ddl.schema && !alreadyIn(ddl, steps, part)) {
    const built = buildSchema(statementsOf(inOrder(steps), part), 'steps', part.dialect, ddl.schema);
    return { tables: built.tables, enums: built.enums, problems: [...ddl.problems, ...built.problems] };
  }
  if (migrated.created.size === 0 || overlaps(migrated.created, stated)) {
    const isOlder = migrated.tables.length > ddl.tables.length;
    return isOlder ? migrated : ddl;
  }
  return {
    tables: distinct([...ddl.tables, ...migrated.tables]),
    enums: distinct([...ddl.enums, ...migrated.enums]),
    problems: [...ddl.problems, ...migrated.problems],
  };
}

/** The first column that the migrations add is stated already: they are part of the script. */
function alreadyIn(ddl: BuiltSchema, steps: readonly ScriptFile[], part: Part): boolean {
  for (const { statements } of statementsOf(inOrder(steps), part))
    for (const { operations } of statements)
      for (const operation of operations) {
        if (operation.kind !== 'addColumn') continue;
        const table = ddl.tables.find(({ name }) => looseName(name) === looseName(operation.table.name));
        if (table) return table.columns.some(({ name }) => name.toLowerCase() === operation.column.name.toLowerCase());
      }
  return false;
}

function statementsOf(files: readonly ScriptFile[], part: Part): ScriptStatements[] {
  return files.map(({ file, mappings, engine }) => ({
    file,
    statements: parseScript(file, mappings, engine.dialect ?? part.dialect ?? neutral),
  }));
}

const places: readonly Script['place'][] = ['baseline', 'version', 'repeatable'];

/** Flyway: of baselines the latest counts, and of versions only those after it. */
function inOrder(files: readonly ScriptFile[]): readonly ScriptFile[] {
  const version = ({ mappings }: ScriptFile): readonly string[] => mappings.script.version;
  const sorted = files.toSorted(
    (a, b) =>
      places.indexOf(a.mappings.script.place) - places.indexOf(b.mappings.script.place) ||
      compareVersions(version(a), version(b)) ||
      (a.file < b.file ? -1 : 1),
  );
  const baseline = sorted.findLast(({ mappings }) => mappings.script.place === 'baseline');
  if (!baseline) return sorted;
  return sorted.filter((each) =>
    each.mappings.script.place === 'baseline'
      ? each === baseline
      : each.mappings.script.place === 'repeatable' || compareVersions(version(each), version(baseline)) > 0,
  );
}

function touchedBy(files: readonly ScriptFile[], part: Part): ReadonlySet<string> {
  const created = new Set<string>();
  const touched = new Set<string>();
  for (const { statements } of statementsOf(files, part))
    for (const { operations } of statements)
      for (const operation of operations) {
        if (operation.kind === 'createTable') created.add(looseName(operation.table.name));
        else if (operation.kind === 'renameTable') created.add(looseName(operation.to.name));
        else if ('table' in operation && operation.table !== null) {
          const name = looseName(operation.table.name);
          if (!created.has(name)) touched.add(name);
        }
      }
  return touched;
}

function doubled(files: readonly ScriptFile[], others: readonly ScriptFile[]): Problem {
  const [first] = files;
  return {
    code: 'stated-twice',
    message: `The migrations of ${first?.mappings.script.group ?? ''} build the same tables as those of ${others[0]?.mappings.script.group ?? ''}; the latter are shown. Exclude one of the two to choose.`,
    severity: 'information',
    at: first ? { file: first.file, line: 1, column: 1, endLine: 1, endColumn: 1 } : null,
  };
}
