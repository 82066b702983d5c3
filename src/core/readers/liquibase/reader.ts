/** Reads Liquibase change logs (XML, YAML, JSON, formatted SQL) and the scripts they may name. */
import type { ChangeLog } from '../../migrations/liquibase/model.ts';
import { rootsOf } from '../../migrations/liquibase/files.ts';
import type { LogFile } from '../../migrations/liquibase/files.ts';
import { formattedSql, readFormattedSql } from '../../migrations/liquibase/readFormattedSql.ts';
import { readXmlLog } from '../../migrations/liquibase/readXml.ts';
import { readYamlLog } from '../../migrations/liquibase/readYaml.ts';
import { factsOfLog, replayLogs } from '../../migrations/liquibase/replay.ts';
import type { LogFacts } from '../../migrations/liquibase/replay.ts';
import { createdBy } from '../../migrations/liquibase/touched.ts';
import { overlaps } from '../../migrations/shared/script/order.ts';
import type { FileFacts } from '../../schema/code.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import type { Dialect, EnumType, Table } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import type { Fragment, LinkContext, LinkResult, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { directoryOf } from '../shared/paths.ts';

export const liquibaseReader: Reader<ChangeLog> = {
  id: 'liquibase',
  version: 1,
  yields: 'scripts',
  detect,
  read,
  link,
};

/** Scripts that are not marked themselves lie where change logs name them. */
const scriptFolder = /(?:^|\/)[^/]*(?:liquibase|change-?logs?|change-?sets?)[^/]*\/.*\.sql$/i;
/** UTF-16 code units; larger scripts hold rows. */
const maxScript = 400_000;

function detect(path: string, text: string): boolean {
  if (/\.sql$/i.test(path)) return formattedSql.test(text.slice(0, 4000)) || scriptFolder.test(path);
  return /\.(?:xml|ya?ml|json)$/i.test(path) && text.includes('databaseChangeLog');
}

function read({ path, text, lines }: SourceFile): ReadResult<ChangeLog> {
  const log: ChangeLog = /\.xml$/i.test(path)
    ? readXmlLog(text, lines)
    : !/\.sql$/i.test(path)
      ? readYamlLog(text, lines)
      : formattedSql.test(text.slice(0, 4000))
        ? readFormattedSql(text, lines)
        : { kind: 'script', items: [], sql: text.length > maxScript ? '' : text, preconditions: null };
  return { fragment: { reader: 'liquibase', file: path, mappings: log, facts: emptyFacts(path) }, problems: [] };
}

function link(fragments: readonly Fragment<ChangeLog>[], context: LinkContext): LinkResult {
  const dialect =
    context.dialect ?? context.dataSources.find((each) => each.dialect)?.dialect ?? likelyEngine(fragments);
  const files = fragments.map(({ file, mappings }): LogFile => ({ file, log: mappings }));
  const facts = fragments.map((fragment): FileFacts => {
    const found = factsOf(fragment, files, dialect);
    if (!found) return fragment.facts;
    const { migration, indexed } = found;
    return { ...fragment.facts, migration, ...(indexed.length > 0 ? { indexed } : {}) };
  });
  const { source = null } = context;
  if (source === 'none' || source === 'ddl') return { tables: [], enums: [], files: facts, problems: [] };
  if (last?.dialect !== dialect || !sameFiles(last.files, files)) last = { dialect, files, ...build(files, dialect) };
  const { tables, enums, problems } = last;
  return { tables, enums, files: facts, problems, dialect: tables.length > 0 ? dialect : null };
}

interface Built {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly problems: readonly Problem[];
}

/** What was built last is good as long as the same files are linked: most edits are of other files. */
let last: (Built & { readonly dialect: Dialect; readonly files: readonly LogFile[] }) | null = null;

function sameFiles(a: readonly LogFile[], b: readonly LogFile[]): boolean {
  return a.length === b.length && a.every(({ log, file }, at) => b[at]?.log === log && b[at].file === file);
}

const known = new WeakMap<ChangeLog, { readonly dialect: Dialect; readonly facts: LogFacts | null }>();

function factsOf(
  { file, mappings }: Fragment<ChangeLog>,
  files: readonly LogFile[],
  dialect: Dialect,
): LogFacts | null {
  const before = known.get(mappings);
  if (before?.dialect === dialect) return before.facts;
  const facts = factsOfLog({ file, log: mappings }, files, dialect);
  known.set(mappings, { dialect, facts });
  return facts;
}

/** Roots in the order of their paths; those that build the same tables as a larger one are another attempt at them. */
function build(files: readonly LogFile[], dialect: Dialect): Built {
  const all = rootsOf(files);
  const own = all.filter(({ file }) => purposeOf(file) !== 'test');
  const chosen = own.length > 0 ? own : all;
  // One alone has nobody to be compared with.
  const roots = chosen.map((root) => ({
    root,
    created: chosen.length === 1 ? new Set<string>() : createdBy(root, files, dialect),
  }));
  const kept: (typeof roots)[number][] = [];
  const problems: Problem[] = [];
  for (const each of roots.toSorted(
    (a, b) => b.created.size - a.created.size || (a.root.file < b.root.file ? -1 : 1),
  )) {
    const owner = kept.find(({ created }) => overlaps(created, each.created));
    if (!owner) kept.push(each);
    else problems.push(doubled(each.root.file, owner.root.file));
  }
  // What creates comes before what changes.
  const ordered = kept.toSorted(
    (a, b) => Number(a.created.size === 0) - Number(b.created.size === 0) || (a.root.file < b.root.file ? -1 : 1),
  );
  const { schema, problems: met } = replayLogs(
    ordered.map(({ root }) => root),
    files,
    dialect,
  );
  return {
    tables: schema.tables.map((table) => ({
      ...table,
      reader: 'liquibase',
      module: table.namespace ?? directoryOf(table.at.file),
    })),
    enums: schema.enums,
    problems: [...problems, ...met],
  };
}

function doubled(file: string, other: string): Problem {
  return {
    code: 'stated-twice',
    message: `The change log ${file} builds the same tables as ${other}; the latter is shown. Exclude one of the two to choose.`,
    severity: 'information',
    at: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}

const engines: readonly (readonly [Dialect, RegExp])[] = [
  ['postgresql', /\bpostgres(?:ql)?\b/i],
  ['mysql', /\bmysql\b/i],
  ['mariadb', /\bmariadb\b/i],
  ['oracle', /\boracle\b/i],
  ['mssql', /\bmssql\b/i],
  ['sqlite', /\bsqlite\b/i],
];

/** The engine that most parts are written for; PostgreSQL where none is named. */
function likelyEngine(fragments: readonly Fragment<ChangeLog>[]): Dialect {
  const stated = fragments.flatMap(({ mappings }) =>
    mappings.items.flatMap((item) =>
      item.is === 'include'
        ? []
        : [
            item.dbms ?? [],
            // What is changed of a statement for one engine: `modifySql dbms="mysql"`.
            ...(item.is === 'changeSet' ? item.changes.map(({ attributes }) => attributes.dbms ?? []) : []),
          ].flat(),
    ),
  );
  const counted = engines.map(([dialect, name]) => [dialect, stated.filter((dbms) => name.test(dbms)).length] as const);
  const [best] = counted.toSorted((a, b) => b[1] - a[1]);
  return best && best[1] > 0 ? best[0] : 'postgresql';
}
