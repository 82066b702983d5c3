/** Which scripts of a project count: those of one engine, each table from one of them. What is left out is told. */
import { groupBy } from '../../schema/groupBy.ts';
import type { Dialect } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import type { SqlMappings } from './declarations.ts';
import { engineOf, familyOf, likelyEngine, neutral, unread } from './engines.ts';
import type { Engine } from './engines.ts';
import { createdTables, parseScript } from './parse.ts';

export interface ScriptFile {
  readonly file: string;
  readonly mappings: SqlMappings;
  readonly engine: Engine;
}

export interface Chosen {
  /** Files of one engine each; the first is the one that the project is on. */
  readonly parts: readonly { readonly dialect: Dialect | null; readonly files: readonly ScriptFile[] }[];
  readonly problems: readonly Problem[];
  /** Scripts of engines that are not read. */
  readonly leftOut: ReadonlySet<string>;
}

/** Where nothing else decides between engines that have as many tables. */
const preference = [
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'mssql',
  'oracle',
  'cockroachdb',
  'spanner',
  'cassandra',
  'sap',
];

const shownNames: Readonly<Record<string, string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
  mssql: 'SQL Server',
  oracle: 'Oracle',
  cockroachdb: 'CockroachDB',
  yugabytedb: 'YugabyteDB',
  h2: 'H2',
  hsqldb: 'HSQLDB',
  db2: 'Db2',
  clickhouse: 'ClickHouse',
  cassandra: 'Cassandra',
};

export function tablesOf({ file, mappings, engine }: ScriptFile, dialect: Dialect | null): ReadonlySet<string> {
  return createdTables(parseScript(file, mappings, engine.dialect ?? dialect ?? neutral));
}

/** At least half of the smaller set is in the other one as well: both state the same. */
export function overlaps(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === 0) return false;
  let common = 0;
  for (const name of small) if (large.has(name)) common++;
  return common * 2 >= small.size;
}

/** Migrations of one folder are of one engine, unless their paths name several; other scripts are judged one by one. */
function withEngines(scripts: readonly Omit<ScriptFile, 'engine'>[]): readonly ScriptFile[] {
  const groups = groupBy(scripts, ({ file, mappings: { script, traits } }) =>
    script.kind === 'migration' ? `${traits.named ?? ''} ${script.group}` : file,
  );
  const engines = new Map([...groups].map(([key, own]) => [key, engineOf(own.map(({ mappings }) => mappings.traits))]));
  const byScript = new Map(
    [...groups].flatMap(([key, own]) => own.map((each) => [each.file, engines.get(key)] as const)),
  );
  return scripts.map((each) => ({ ...each, engine: byScript.get(each.file) ?? { name: null, dialect: null } }));
}

export function chooseEngine(all: readonly Omit<ScriptFile, 'engine'>[], expected: Dialect | null): Chosen {
  const scripts = withEngines(all);
  const isUnread = ({ engine }: ScriptFile): boolean => engine.name !== null && unread.has(engine.name);
  const strange = scripts.filter(isUnread);
  const { parts, problems } = chooseAmong(
    scripts.filter((each) => !isUnread(each)),
    expected,
  );
  return { parts, problems: [...problems, ...notRead(strange)], leftOut: new Set(strange.map(({ file }) => file)) };
}

function chooseAmong(found: readonly ScriptFile[], expected: Dialect | null): Omit<Chosen, 'leftOut'> {
  const unsure = found.filter(({ engine }) => engine.name === null);
  const wanted =
    expected ??
    (unsure.length === found.length ? likelyEngine(unsure.map(({ mappings }) => mappings.traits)).dialect : null);
  const files = withoutTests(found, wanted);
  const byEngine = new Map<string | null, ScriptFile[]>();
  for (const each of files) {
    const { name } = each.engine;
    byEngine.set(name, [...(byEngine.get(name) ?? []), each]);
  }
  const tables = new Map<string, ReadonlySet<string>>();
  for (const [name, own] of byEngine)
    if (name !== null) tables.set(name, new Set(own.flatMap((each) => [...tablesOf(each, wanted)])));
  const candidates = [...tables].filter(([, created]) => created.size > 0).map(([name]) => name);
  const unnamed = byEngine.get(null) ?? [];
  const unnamedTables = new Set(unnamed.flatMap((each) => [...tablesOf(each, wanted)]));
  const engine = pick(candidates, tables, wanted, unnamedTables);
  if (engine === null) return { parts: [{ dialect: wanted, files }], problems: [] };

  const dialect = byEngine.get(engine)?.[0]?.engine.dialect ?? (engine as Dialect);
  const chosen: ScriptFile[] = [...(byEngine.get(engine) ?? [])];
  const own = new Set(tables.get(engine));
  for (const each of unnamed) chosen.push(each);
  for (const name of unnamedTables) own.add(name);
  const parts = [{ dialect: known(dialect, engine), files: chosen }];
  const problems: Problem[] = [];
  for (const [name, others] of byEngine) {
    if (name === null || name === engine) continue;
    const created = tables.get(name) ?? new Set();
    const isKin = familyOf(name) === familyOf(engine);
    if (created.size === 0) {
      // Changes to tables that others create, said in the words of the same family.
      if (isKin) chosen.push(...others);
    } else if (overlaps(created, own) || !preference.includes(name))
      problems.push(
        alternative(
          others.filter((each) => tablesOf(each, wanted).size > 0),
          name,
          engine,
        ),
      );
    else if (isKin) chosen.push(...others);
    else parts.push({ dialect: others[0]?.engine.dialect ?? null, files: others });
  }
  return { parts, problems };
}

function known(dialect: Dialect, engine: string): Dialect | null {
  return preference.includes(engine) ? dialect : null;
}

function pick(
  candidates: readonly string[],
  tables: ReadonlyMap<string, ReadonlySet<string>>,
  wanted: Dialect | null,
  unnamed: ReadonlySet<string>,
): string | null {
  if (wanted !== null) {
    if (candidates.includes(wanted)) return wanted;
    const kin = candidates.find((name) => familyOf(name) === familyOf(wanted));
    if (kin !== undefined) return kin;
    if (unnamed.size > 0) return wanted;
  }
  const rank = (name: string): number => (preference.includes(name) ? preference.indexOf(name) : preference.length);
  const size = (name: string): number => tables.get(name)?.size ?? 0;
  const [best] = candidates.toSorted(
    (a, b) =>
      Number(rank(a) === preference.length) - Number(rank(b) === preference.length) ||
      // A table more or less is no reason to prefer an engine: ports of one schema differ in details.
      (overlaps(tables.get(a) ?? new Set(), tables.get(b) ?? new Set()) ? 0 : size(b) - size(a)) ||
      rank(a) - rank(b) ||
      (a < b ? -1 : 1),
  );
  return best ?? null;
}

/** Beside the scripts that count; a part of the program may be called so too. */
const archived = /(?:^|\/)(?:db|databases?|migrations?|sql|scripts?|schemas?)\/archived?\//iu;

/** Schemas of tests, and those that were put into an archive, count where there is no other. */
function withoutTests(files: readonly ScriptFile[], wanted: Dialect | null): readonly ScriptFile[] {
  const others = files.filter(({ file }) => purposeOf(file) !== 'test' && !archived.test(file));
  const hasTables = others.some((each) => tablesOf(each, wanted).size > 0);
  return hasTables ? others : files;
}

function alternative(files: readonly ScriptFile[], name: string, engine: string): Problem {
  const setting = preference.includes(name) ? ` To see these, set "dialect": "${name}" in .data-engineer.json.` : '';
  return {
    code: 'other-engine',
    message: `${listed(files)} ${files.length === 1 ? 'states' : 'state'} the schema for ${shown(name)}; what is shown is that for ${shown(engine)}.${setting}`,
    severity: 'information',
    at: startOf(files),
  };
}

function notRead(files: readonly ScriptFile[]): readonly Problem[] {
  return [...groupBy(files, ({ engine }) => engine.name ?? '')].map(([name, own]) => ({
    code: 'unread-engine',
    message: `${listed(own)} ${own.length === 1 ? 'is' : 'are'} written for ${shown(name)}, whose tables are not shown: it knows no keys and relations of the kind that is drawn and checked here.`,
    severity: 'information',
    at: startOf(own),
  }));
}

function listed(files: readonly ScriptFile[]): string {
  const list = files.slice(0, 3).map(({ file }) => file.slice(file.lastIndexOf('/') + 1));
  return `${list.join(', ')}${files.length > list.length ? ` and ${files.length - list.length} more` : ''}`;
}

function startOf([first]: readonly ScriptFile[]): Problem['at'] {
  return first ? { file: first.file, line: 1, column: 1, endLine: 1, endColumn: 1 } : null;
}

function shown(engine: string): string {
  return shownNames[engine] ?? engine;
}

export interface OneOfEach {
  readonly files: readonly ScriptFile[];
  readonly problems: readonly Problem[];
}

/** Of scripts that create the same tables, the one that creates most of them; by length and order of their paths where they are equal. */
export function withoutDoubles(files: readonly ScriptFile[], dialect: Dialect | null): OneOfEach {
  const sized = files.map((each) => ({ each, created: tablesOf(each, dialect) }));
  const ranked = sized.toSorted(
    (a, b) =>
      b.created.size - a.created.size ||
      a.each.file.length - b.each.file.length ||
      (a.each.file < b.each.file ? -1 : 1),
  );
  const kept = new Set<ScriptFile>();
  const by = new Map<string, ScriptFile>();
  const problems: Problem[] = [];
  for (const { each, created } of ranked) {
    if (overlaps(created, new Set(by.keys()))) {
      const owner = [...created].map((name) => by.get(name)).find((file) => file !== undefined);
      problems.push({
        code: 'stated-twice',
        message: `The tables of this script are stated in ${owner?.file ?? 'another script'} as well; those are shown. Exclude one of the two to choose.`,
        severity: 'information',
        at: { file: each.file, line: 1, column: 1, endLine: 1, endColumn: 1 },
      });
      continue;
    }
    kept.add(each);
    for (const name of created) if (!by.has(name)) by.set(name, each);
  }
  return { files: files.filter((each) => kept.has(each)), problems };
}
