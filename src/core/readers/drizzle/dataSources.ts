/** What `drizzle.config` and `drizzle(…)` say about the connection. What comes from the environment is not stated. */
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceFile } from '../reader.ts';
import { dialectOfUrl, urlWithPassword } from '../shared/connectionUrl.ts';
import type { Casing } from './model.ts';

const dialects: Readonly<Record<string, Dialect>> = {
  postgresql: 'postgresql',
  pg: 'postgresql',
  mysql: 'mysql',
  mysql2: 'mysql',
  singlestore: 'mysql',
  sqlite: 'sqlite',
  turso: 'sqlite',
  'better-sqlite': 'sqlite',
  libsql: 'sqlite',
  cockroach: 'cockroachdb',
  cockroachdb: 'cockroachdb',
  mssql: 'mssql',
};

/** By the package that `drizzle` is imported from. */
const drivers: readonly (readonly [RegExp, Dialect])[] = [
  [
    /^(?:node-postgres|postgres-js|pglite|neon|neon-http|neon-serverless|vercel-postgres|aws-data-api\/pg|pg-proxy|xata-http|bun-sql)$/,
    'postgresql',
  ],
  [/^(?:mysql2|planetscale-serverless|tidb-serverless|mysql-proxy|singlestore|singlestore-proxy)$/, 'mysql'],
  [
    /^(?:better-sqlite3|libsql(?:\/.*)?|d1|bun-sqlite|expo-sqlite|op-sqlite|sql-js|sqlite-proxy|durable-sqlite|node-sqlite)$/,
    'sqlite',
  ],
  [/^node-mssql$/, 'mssql'],
];

export function casingIn(text: string): Casing | null {
  const stated = /\bcasing\s*:\s*(['"])(snake_case|camelCase)\1/.exec(text)?.[2];
  return stated === 'snake_case' || stated === 'camelCase' ? stated : null;
}

const config = /\bdefineConfig\s*\(|\bsatisfies\s+Config\b|:\s*Config\s*=|export\s+default\s*\{/;
const opening = /(?<![\w$.])drizzle\s*(?:<[^()]*>)?\s*\(/;

export function readDataSources(file: SourceFile): readonly DataSource[] {
  const { path, text } = file;
  const isConfig =
    /(?:^|\/)drizzle(?:[.-][\w-]+)*\.config\.[cm]?[jt]s$|(?:^|\/)[\w.-]*drizzle[\w.-]*config[\w.-]*\.[cm]?[jt]s$/i.test(
      path,
    ) && config.test(text);
  if (isConfig) return [configured(file)];
  const imported = /from\s*(['"])drizzle-orm\/([\w/-]+)\1/g;
  const match = opening.exec(text);
  if (!match) return [];
  const dialect =
    [...text.matchAll(imported)].flatMap(
      ([, , module = '']) => drivers.find(([name]) => name.test(module))?.[1] ?? [],
    )[0] ?? null;
  if (dialect === null) return [];
  const at = file.lines.range(match.index, match.index + 'drizzle'.length);
  const urls = [...text.matchAll(/(['"`])((?:postgres(?:ql)?|mysql|libsql):\/\/[^'"`\s]+)\1/g)].map(
    ([, , url = '']) => url,
  );
  return [{ ...plain, dialect, passwordInFile: urls.some((url) => urlWithPassword(url)), at }];
}

const plain: Omit<DataSource, 'at'> = {
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

function configured({ text, lines }: SourceFile): DataSource {
  const value = (key: string): string | null =>
    new RegExp(`(?:^|[{,\\s])${key}\\s*:\\s*(['"\`])([^'"\`\\n$]*)\\1`).exec(text)?.[2] ?? null;
  const list = (key: string): readonly string[] => {
    const one = value(key);
    if (one !== null) return [one];
    const several = new RegExp(`(?:^|[{,\\s])${key}\\s*:\\s*\\[([^\\]]*)\\]`).exec(text)?.[1] ?? '';
    return [...several.matchAll(/(['"`])([^'"`\n]+)\1/g)].map(([, , each = '']) => each);
  };
  const url = value('url') ?? value('connectionString');
  const ssl = /\bssl\s*:\s*(true|false|(['"])(?:require|allow|prefer|verify-full)\2|\{)/.exec(text)?.[1];
  const start = Math.max(0, text.search(config));
  const out = value('out');
  return {
    ...plain,
    dialect: dialects[value('dialect') ?? value('driver') ?? ''] ?? dialectOfUrl(url),
    tls: ssl === undefined ? null : !/false|allow|prefer/.test(ssl),
    passwordInFile: urlWithPassword(url) || (value('password') ?? '') !== '',
    entities: list('schema'),
    migrations: out === null ? [] : [out],
    at: lines.range(start, start + (config.exec(text)?.[0].length ?? 0)),
  };
}
