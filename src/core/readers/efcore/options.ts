/** `Use…` calls on options of contexts, found in the text: what engine, what names, what loading. */
import { isLocal } from '../shared/connectionUrl.ts';
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';
import type { ContextOptions } from './mappings.ts';

const providers: Readonly<Record<string, Dialect>> = {
  UseSqlServer: 'mssql',
  UseAzureSql: 'mssql',
  UseNpgsql: 'postgresql',
  UsePostgreSQL: 'postgresql',
  UseMySql: 'mysql',
  UseMySQL: 'mysql',
  UseSqlite: 'sqlite',
  UseOracle: 'oracle',
  UseCosmos: 'mongodb',
  UseMongoDB: 'mongodb',
  AddNpgsqlDbContext: 'postgresql',
  AddSqlServerDbContext: 'mssql',
  AddMySqlDbContext: 'mysql',
  AddOracleDatabaseDbContext: 'oracle',
  EnrichNpgsqlDbContext: 'postgresql',
  AddSqlServer: 'mssql',
  AddNpgsql: 'postgresql',
  AddSqlite: 'sqlite',
};

const call =
  /\b(UseSqlServer|UseAzureSql|UseNpgsql|UsePostgreSQL|UseMySql|UseMySQL|UseSqlite|UseOracle|UseCosmos|UseMongoDB|AddNpgsqlDbContext|AddSqlServerDbContext|AddMySqlDbContext|AddOracleDatabaseDbContext|EnrichNpgsqlDbContext|AddSqlServer|AddNpgsql|AddSqlite)\s*(?:<\s*([\w.]+)\s*>)?\s*\(/gu;

const makers = /\b(Npgsql|SqlServer|MySql|Oracle)(?:ModelBuilder|PropertyBuilder|EntityTypeBuilder)Extensions\b/u;
const ofMaker: Readonly<Record<string, Dialect>> = {
  Npgsql: 'postgresql',
  SqlServer: 'mssql',
  MySql: 'mysql',
  Oracle: 'oracle',
};

export interface FoundOptions {
  readonly options: readonly ContextOptions[];
  readonly dataSources: readonly DataSource[];
}

export function optionsIn(text: string, lines: LineIndex): FoundOptions {
  const options: ContextOptions[] = [];
  const dataSources: DataSource[] = [];
  const snakeCase = /\.UseSnakeCaseNamingConvention\s*\(/u.test(text);
  const lazyLoading = /\.UseLazyLoadingProxies\s*\(/u.test(text);
  const migrates = /\.Migrate(?:Async)?\s*\(/u.test(text);
  for (const match of text.matchAll(call)) {
    const method = match[1] ?? '';
    // Background jobs and health checks have methods of the same names.
    if (/\.(?:AddHangfire|AddHealthChecks)\b[^;]*$/u.test(text.slice(Math.max(0, match.index - 200), match.index)))
      continue;
    const dialect = providers[method] ?? null;
    const before = text.slice(Math.max(0, match.index - 400), match.index);
    const registered = [...before.matchAll(/\bAddDbContext(?:Pool|Factory)?\s*<\s*([\w.]+)/gu)].at(-1)?.[1];
    const owner = /\boverride\s+void\s+OnConfiguring\b/u.test(text.slice(0, match.index))
      ? [...text.slice(0, match.index).matchAll(/\bclass\s+(\w+)/gu)].at(-1)?.[1]
      : undefined;
    options.push({ context: match[2] ?? registered ?? owner ?? null, dialect, snakeCase, lazyLoading });
    const end = closing(text, match.index + match[0].length - 1);
    const args = text.slice(match.index, end);
    const connection = connectionFacts(args);
    dataSources.push({
      ...emptySource,
      dialect,
      migrationsRun: migrates ? true : null,
      passwordInFile: connection.passwordInFile,
      ...(connection.local ? { local: true as const } : {}),
      tls: connection.tls,
      poolSize: connection.pool,
      timeoutMs: timeoutOf(args),
      namingStrategy: snakeCase ? 'SnakeCaseNamingConvention' : null,
      at: lines.range(match.index, match.index + method.length),
    });
  }
  dataSources.push(...madeAtStart(text, lines));
  // A snapshot names the engine that it was written for, by how it has keys made.
  const made = /\bclass\s+\w+\s*:\s*ModelSnapshot\b/u.test(text) ? makers.exec(text)?.[1] : undefined;
  if (made !== undefined) options.push({ context: null, dialect: ofMaker[made] ?? null, snakeCase, lazyLoading });
  if (options.length === 0 && (snakeCase || lazyLoading))
    options.push({ context: null, dialect: null, snakeCase, lazyLoading });
  return { options, dataSources };
}

/** `context.Database.EnsureCreated()`, as far as it runs anywhere but on the machine of a developer. */
function madeAtStart(text: string, lines: LineIndex): readonly DataSource[] {
  return [...text.matchAll(/\.\s*Ensure(Created|Deleted)(?:Async)?\s*\(\s*\)/gu)].flatMap((match) => {
    const before = text.slice(Math.max(0, match.index - 500), match.index);
    // `// …EnsureCreated() throws` tells of it.
    if (/\/\/[^\n]*$/u.test(before) || isForSome(text, match.index)) return [];
    const drops = match[1] === 'Deleted';
    if (!runsAtStart(text, match.index, drops)) return [];
    // What has just been dropped is made anew, past nothing.
    if (!drops && /\.\s*EnsureDeleted(?:Async)?\s*\(\s*\)\s*;\s*(?:await\s+)?[\w.!?]*$/u.test(before)) return [];
    return [
      {
        ...emptySource,
        ...(drops ? { dropSchema: true } : { synchronize: true, onlyCreates: true as const }),
        timeoutMs: usualTimeout,
        at: lines.range(match.index, match.index + match[0].length),
      },
    ];
  });
}

/** Blocks around an offset that are looked at, and how far back their beginnings may lie. */
const blocksLookedAt = 6;
const longestBlock = 4000;

/** Within `if (env.IsDevelopment() && …) { … }`: on the machine of a developer, or for an engine that has no other way. */
function isForSome(text: string, offset: number): boolean {
  const least = Math.max(0, offset - longestBlock);
  let depth = 0;
  let found = 0;
  for (let at = offset - 1; at >= least && found < blocksLookedAt; at--) {
    if (text[at] === '}') depth++;
    if (text[at] !== '{' || depth-- > 0) continue;
    depth = 0;
    found++;
    const header = /\bif\s*\(([^;{}]*)\)\s*$/u.exec(text.slice(Math.max(0, at - 300), at))?.[1] ?? '';
    if (someOnly.test(header)) return true;
  }
  return someOnly.test(/\bif\s*\(([^;{}]*)\)[^;{}]*$/u.exec(text.slice(Math.max(0, offset - 300), offset))?.[1] ?? '');
}

const someOnly =
  /(?<!!\s?[\w.]{0,60})\b(?:Is(?:Development|Sqlite|InMemory)\s*\(\s*\)|IsEnvironment\s*\(\s*"(?:Dev|Test|Local)\w*"\s*\))/u;

/**
 * In statements of the program itself, a method that the host calls once, one that is handed the application or the services, or where a
 * context or window is made. A helper that empties the database when it is asked to runs at no start.
 *
 * @param surely not by its name alone: who calls it may ask for the environment first
 */
function runsAtStart(text: string, offset: number, surely: boolean): boolean {
  const before = text.slice(0, offset);
  const header = [...before.matchAll(methodHeader)].at(-1);
  if (!header) return true;
  const [, name = '', parameters = ''] = header;
  return (
    /^(?:Main|Configure\w*|OnConfiguring|OnStartup|OnLaunched|OnInitialized\w*|OnFrameworkInitializationCompleted|OnModelCreating|StartAsync|ExecuteAsync|Create(?:MauiApp|App|Host)\w*)$/u.test(
      name,
    ) ||
    (!surely && /^(?:Initiali[sz]e\w*|Use\w+|Add[A-Z]\w+|EnsureDatabase\w*|Seed\w*)$/u.test(name)) ||
    /\b(?:I?WebHost|I?Host|(?:I|Web)Application(?:Builder)?|IServiceProvider|IServiceCollection|IServiceScope|WebApplication)\b/u.test(
      parameters,
    ) ||
    new RegExp(`\\bclass\\s+${name}\\b`, 'u').test(before)
  );
}

/** `public async Task RefreshDb(…) {`, `public Startup(…) {` and local functions. */
const methodHeader =
  /^[ \t]*(?:(?:public|private|protected|internal|static|async|override|virtual|sealed|partial|new)\s+)*(?:(?!return\b|await\b|new\b|throw\b|else\b|using\b)[\w.<>[\],?]+\s+)?(?!if\b|for\b|foreach\b|while\b|switch\b|using\b|lock\b|catch\b|fixed\b)([A-Z]\w*)(?:<[^<>()]*>)?\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*(?::\s*(?:base|this)\s*\([^)]*\)\s*)?(?:where\s[^{]*)?(?:\{|=>)/gmu;

/** Npgsql, Microsoft.Data.SqlClient and MySqlConnector give up after as much by themselves. */
const usualTimeout = 30_000;

/** A time-out of zero is none. */
function timeoutOf(text: string): number | null {
  const stated = /\b(?:Default\s?)?Command\s?Timeout\s*[(=]\s*(\d+)/iu.exec(text)?.[1];
  if (stated === undefined) return usualTimeout;
  return Number(stated) === 0 ? null : Number(stated) * 1000;
}

/** Connection strings of an appsettings.json. */
export function settingsSources(text: string, lines: LineIndex): readonly DataSource[] {
  const section = /"ConnectionStrings?"\s*:\s*\{([^{}]*)\}/u.exec(text);
  if (!section) return [];
  const start = section.index + section[0].length - 1 - (section[1] ?? '').length;
  return Array.from((section[1] ?? '').matchAll(/"[^"\n]+"\s*:\s*"((?:[^"\\\n]|\\.)*)"/gu)).flatMap(
    (match): DataSource[] => {
      const connection = match[1] ?? '';
      if (!connection.includes('=')) return [];
      const { pool, ...facts } = connectionFacts(connection);
      const at = start + match.index;
      return [
        {
          ...emptySource,
          ...facts,
          poolSize: pool,
          timeoutMs: timeoutOf(connection),
          at: lines.range(at, at + match[0].length),
        },
      ];
    },
  );
}

export const emptySource: Omit<DataSource, 'at'> = {
  dialect: null,
  synchronize: null,
  migrationsRun: null,
  dropSchema: null,
  tls: null,
  poolSize: null,
  timeoutMs: null,
  passwordInFile: false,
  namingStrategy: null,
  entityPrefix: null,
  namespace: null,
  entities: [],
  migrations: [],
};

/** Of a connection string: `Server=…;Password=…;Encrypt=true`. The password itself is not kept. */
export function connectionFacts(
  text: string,
): Pick<DataSource, 'passwordInFile' | 'tls' | 'local'> & { readonly pool: number | null } {
  const password = /\b(?:Password|Pwd)\s*=\s*(?!["';{$<%]|\*+|\s*$)[^;"'\s]+/iu.test(text);
  const tls =
    /\b(?:Encrypt\s*=\s*(?:True|Mandatory|Strict)|SSL ?Mode\s*=\s*(?:Require|VerifyCA|VerifyFull|Required|Prefer))/iu.test(
      text,
    )
      ? true
      : /\b(?:Encrypt\s*=\s*(?:False|Optional)|SSL ?Mode\s*=\s*(?:Disable|Disabled|None))/iu.test(text)
        ? false
        : null;
  const pool = /\bMax(?:imum)?\s?Pool\s?Size\s*=\s*(\d+)/iu.exec(text)?.[1];
  return {
    passwordInFile: password,
    ...(isLocal(text) ? { local: true as const } : {}),
    tls,
    pool: pool === undefined ? null : Number(pool),
  };
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < Math.min(text.length, open + 4000); at++) {
    const char = text[at];
    if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at + 1;
  }
  return Math.min(text.length, open + 400);
}
