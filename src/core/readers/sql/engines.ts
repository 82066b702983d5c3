/** Which engine a script was written for: by what stands in it, and by the names of its file and folders. */
import type { Dialect } from '../../schema/model.ts';

export interface Engine {
  /** As people call it: `postgresql`, `h2`, `db2`; null = nothing tells for sure. */
  readonly name: string | null;
  /** How it is read; null = in the dialect of the project. */
  readonly dialect: Dialect | null;
}

/** What speaks for engines in one script: scripts that belong together are judged together. */
export interface Traits {
  /** Engine that its path names. */
  readonly named: string | null;
  /** Places in the list of evidence, ascending. */
  readonly found: readonly number[];
}

/** What is read where neither the script nor its project names an engine: it folds no names and takes every way of quoting them. */
export const neutral: Dialect = 'sqlite';

/** Engines that the model does not tell apart, and whose grammar comes nearest. */
const others: Readonly<Record<string, Dialect>> = {
  h2: neutral,
  hsqldb: neutral,
  derby: neutral,
  db2: neutral,
  firebird: neutral,
  informix: neutral,
  sybase: 'mssql',
  clickhouse: neutral,
  snowflake: neutral,
  bigquery: neutral,
  teradata: neutral,
  exasol: neutral,
  duckdb: 'postgresql',
  redshift: 'postgresql',
  greenplum: 'postgresql',
  yugabytedb: 'postgresql',
};

/** Engines whose tables are none of a model of keys and relations: their scripts are not read. */
export const unread: ReadonlySet<string> = new Set(['clickhouse']);

const known: ReadonlySet<string> = new Set<Dialect>([
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'mssql',
  'oracle',
  'cockroachdb',
  'cassandra',
  'spanner',
  'sap',
]);

const pathWords: readonly (readonly [RegExp, string])[] = [
  [/cockroach(?:db)?|crdb/, 'cockroachdb'],
  [/yugabyte(?:db)?|(?<![a-z])ysql/, 'yugabytedb'],
  [/postgres(?:ql)?|pgsql|psql|supabase|timescale(?:db)?|(?<![a-z])pg(?![a-z])/, 'postgresql'],
  [/mariadb/, 'mariadb'],
  [/mysql/, 'mysql'],
  [/sqlite3?/, 'sqlite'],
  [/mssql|sql[-_]?server|sqlsrv|t-?sql(?![a-z])/, 'mssql'],
  [/oracle|pl-?sql(?![a-z])|(?<![a-z])ora(?![a-z])/, 'oracle'],
  [/cassandra|scylla(?:db)?/, 'cassandra'],
  [/spanner/, 'spanner'],
  [/hana(?![a-z])/, 'sap'],
  [/(?<![a-z0-9])h2(?![a-z0-9])/, 'h2'],
  [/hsqldb|hsql(?![a-z])/, 'hsqldb'],
  [/derby/, 'derby'],
  [/(?<![a-z0-9])db2(?![a-z0-9])/, 'db2'],
  [/firebird|interbase/, 'firebird'],
  [/informix/, 'informix'],
  [/sybase/, 'sybase'],
  [/clickhouse/, 'clickhouse'],
  [/snowflake/, 'snowflake'],
  [/bigquery/, 'bigquery'],
  [/duckdb/, 'duckdb'],
  [/redshift/, 'redshift'],
  [/greenplum/, 'greenplum'],
];

/** The file's own name says more than its folder, the nearer folder more than those above it. Null = none is named. */
export function engineOfPath(path: string): string | null {
  for (const part of path.toLowerCase().split('/').reverse()) {
    // `mysql-to-postgres` names two and so says nothing.
    const named = pathWords.filter(([pattern]) => pattern.test(part)).map(([, name]) => name);
    if (named.length === 1) return named[0] ?? null;
  }
  return null;
}

/** What only one engine (or few) writes, with how much it says. Comments and strings are taken out before. */
const evidence: readonly (readonly [string, number, RegExp])[] = [
  // More than all that MySQL and ClickHouse have in common: `names`, ENGINE =.
  ['clickhouse', 30, /\bENGINE\s*=\s*\w*MergeTree\b|\bLowCardinality\s*\(|\bDateTime64\s*\(|\bCODEC\s*\(\s*[A-Z]/i],
  ['postgresql', 3, /\b(?:BIG|SMALL)?SERIAL\b(?!\s*\()/i],
  ['postgresql', 3, /\w"?\s*::\s*["a-z]/i],
  ['postgresql', 4, /\$\w*\$|\bLANGUAGE\s+'?plpgsql|\bCREATE\s+EXTENSION\b|\bALTER\s+TABLE\s+ONLY\b|\bOWNER\s+TO\b/i],
  ['postgresql', 3, /\b(?:jsonb|bytea|timestamptz|tsvector|citext|inet|int4|int8)\b/i],
  ['postgresql', 3, /\bSET\s+search_path\b|\bpg_catalog\b|\bUSING\s+(?:gin|gist|brin|ivfflat|hnsw)\b|\bnextval\s*\(/i],
  ['postgresql', 3, /\bCREATE\s+TYPE\s+[\w."]+\s+AS\s+ENUM\b|\bCREATE\s+POLICY\b|\bROW\s+LEVEL\s+SECURITY\b/i],
  ['postgresql', 2, /\b(?:character\s+varying|gen_random_uuid\s*\(|uuid_generate_v4\s*\(|create_hypertable)\b|\w\[\]/i],
  [
    'postgresql',
    1,
    /\btimestamp\s+with(?:out)?\s+time\s+zone\b|\buuid\b|\bnow\s*\(\s*\)|\bboolean\b|\bCONCURRENTLY\b/i,
  ],
  ['postgresql', 1, /\bGENERATED\s+(?:ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY\b|\bON\s+CONFLICT\b/i],
  ['mysql', 4, /\bENGINE\s*=|\bAUTO_INCREMENT\b|\bDEFAULT\s+CHARSET\b|\/\*!\d{5}|\bLOCK\s+TABLES\b/i],
  ['mysql', 3, /^[ \t]*(?:UNIQUE\s+|FULLTEXT\s+|SPATIAL\s+)?KEY\s+[`\w]+\s*\(/im],
  [
    'mysql',
    3,
    /\b(?:tiny|medium|long)(?:text|blob)\b|\bmediumint\b|\bUNSIGNED\b|\bint\s*\(\s*\d+\s*\)|^[ \t]*DELIMITER\b/im,
  ],
  ['mysql', 3, /\b(?:enum|set)\s*\(\s*'|\bON\s+UPDATE\s+CURRENT_TIMESTAMP\b|\bCHARACTER\s+SET\s+utf8/i],
  ['mysql', 2, /`\w+`/],
  ['sqlite', 1, /`\w+`/],
  ['sqlite', 2, /\btext(?:\s+NOT\s+NULL)?\s+PRIMARY\s+KEY\b/i],
  ['postgresql', 1, /\btext(?:\s+NOT\s+NULL)?\s+PRIMARY\s+KEY\b|"\w+"/i],
  ['sqlite', 4, /\bAUTOINCREMENT\b|\bWITHOUT\s+ROWID\b|^[ \t]*PRAGMA\b|\bsqlite_sequence\b|\bstrftime\s*\(/im],
  ['sqlite', 2, /\bdatetime\s*\(\s*'|\)\s*STRICT\s*;/i],
  ['mssql', 5, /^[ \t]*GO[ \t]*\r?$/im],
  [
    'mssql',
    4,
    /\bIDENTITY\s*\(\s*\d+\s*,|\b(?:NON)?CLUSTERED\b|\[dbo\]|\bdbo\.|\bsp_rename\b|\bGETDATE\s*\(|\bNEWID\s*\(/i,
  ],
  [
    'mssql',
    3,
    /\b(?:uniqueidentifier|datetime2|datetimeoffset|nvarchar\s*\(\s*max\s*\)|rowversion)\b|\bWITH\s+(?:NO)?CHECK\s+ADD\b/i,
  ],
  ['mssql', 1, /\bnvarchar\b|\[\w+\]|\bbit\b|\bSET\s+(?:ANSI_NULLS|QUOTED_IDENTIFIER|NOCOUNT)\b/i],
  ['sqlite', 1, /\[\w+\]/],
  ['oracle', 4, /\bN?VARCHAR2\b|\bPCTFREE\b|:NEW\.|\bBINARY_(?:FLOAT|DOUBLE)\b|\bNOCYCLE\b|\bSYSDATE\b|\.NEXTVAL\b/i],
  ['oracle', 3, /\bNUMBER\s*(?:\(\s*\d+|\s+(?:NOT|DEFAULT|PRIMARY|,))|\bSYSTIMESTAMP\b|\bWHENEVER\s+SQLERROR\b/i],
  ['oracle', 2, /^[ \t]*\/[ \t]*\r?$/m],
  ['cockroachdb', 4, /\bFAMILY\s+"?\w+"?\s*\(|\bunique_rowid\s*\(|\bINVERTED\s+INDEX\b/i],
  ['spanner', 5, /\bSTRING\s*\(\s*(?:MAX|\d+)\s*\)|\bINTERLEAVE\s+IN\s+PARENT\b/i],
  [
    'cassandra',
    5,
    /\bPRIMARY\s+KEY\s*\(\s*\([^)]*\)\s*,|\bCLUSTERING\s+ORDER\s+BY\b|\bCREATE\s+KEYSPACE\b|\bfrozen\s*</i,
  ],
];

const headers: readonly (readonly [Dialect, RegExp])[] = [
  ['mariadb', /^--\s*MariaDB dump|-MariaDB\b/m],
  ['mysql', /^--\s*MySQL dump|phpMyAdmin SQL Dump|Server Type\s*:\s*MySQL|MySQL Workbench/m],
  ['postgresql', /^--\s*PostgreSQL database dump|Server Type\s*:\s*PostgreSQL/m],
  ['mssql', /Server Type\s*:\s*SQL Server|\/\*{6} Object:/m],
  ['oracle', /Server Type\s*:\s*Oracle/m],
  ['sqlite', /Server Type\s*:\s*SQLite/m],
];

/** Dumps begin with structure or interleave it with rows; of more than this nothing new is learnt. In UTF-16 code units. */
const sampleLength = 120_000;

export function traitsOf(path: string, text: string): Traits {
  if (/\.cql$/i.test(path)) return { named: 'cassandra', found: [] };
  const sample = text.slice(0, sampleLength);
  const head = sample.slice(0, 3000);
  const plain = sample.replace(/\/\*(?!!)[\s\S]*?\*\/|--[^\n]*/g, ' ').replace(/'(?:[^'\\\n]|''|\\.){3,}'/g, "''");
  const found = evidence.flatMap(([, , pattern], place) => (pattern.test(plain) ? [place] : []));
  for (const [place, [, pattern]] of headers.entries()) if (pattern.test(head)) found.push(evidence.length + place);
  return { named: engineOfPath(path), found };
}

const headerPoints = 8;

/** Points per engine, most first. Several spellings of one kind count once, so that many scripts are judged like one. */
function scoresOf(traits: readonly Traits[]): readonly (readonly [string, number])[] {
  const scores = new Map<string, number>();
  for (const place of new Set(traits.flatMap(({ found }) => found))) {
    const [engine, points] = evidence[place] ?? [headers[place - evidence.length]?.[0] ?? neutral, headerPoints];
    scores.set(engine, (scores.get(engine) ?? 0) + points);
  }
  return [...scores].sort(([, a], [, b]) => b - a);
}

const families: Readonly<Record<string, string>> = {
  mariadb: 'mysql',
  cockroachdb: 'postgresql',
  yugabytedb: 'postgresql',
  redshift: 'postgresql',
  greenplum: 'postgresql',
};

/** Engines of one family read each other's scripts. */
export function familyOf(engine: string): string {
  return families[engine] ?? engine;
}

/** Points from which the script itself decides, whatever its path says. */
const certain = 4;

/** Of scripts that belong together. A folder called after an engine may hold anything; but H2, Db2 and their like write what several engines do. */
export function engineOf(traits: readonly Traits[]): Engine {
  const names = new Set(traits.flatMap(({ named }) => named ?? []));
  const [named = null] = names.size === 1 ? names : [];
  const [best, second] = scoresOf(traits);
  const sure = best && best[1] >= certain && best[1] >= 2 * (second?.[1] ?? 0) ? best[0] : null;
  const isContradicted = named !== null && sure !== null && known.has(named) && familyOf(named) !== familyOf(sure);
  return namedEngine(named !== null && !isContradicted ? named : sure);
}

/** What little there is to go by, where nothing else decides; null = nothing at all. */
export function likelyEngine(traits: readonly Traits[]): Engine {
  const [best, second] = scoresOf(traits);
  return namedEngine(best && best[1] >= 2 && best[1] > (second?.[1] ?? 0) ? best[0] : null);
}

function namedEngine(name: string | null): Engine {
  if (name === null) return { name: null, dialect: null };
  return { name, dialect: known.has(name) ? (name as Dialect) : (others[name] ?? neutral) };
}
