/** `knexfile.js`: the engine and where the migrations lie, for each environment. */
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceFile } from '../reader.ts';

export function isKnexfile(path: string): boolean {
  return /(?:^|\/)knexfile(?:\.[\w-]+)?\.[cm]?[jt]s$/i.test(path);
}

const dialects: Readonly<Record<string, Dialect>> = {
  pg: 'postgresql',
  'pg-native': 'postgresql',
  postgres: 'postgresql',
  postgresql: 'postgresql',
  redshift: 'postgresql',
  pgnative: 'postgresql',
  cockroachdb: 'cockroachdb',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mariadb',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  'better-sqlite3': 'sqlite',
  mssql: 'mssql',
  tedious: 'mssql',
  oracledb: 'oracle',
};

/** One for each `client`, and the folders that the settings behind it name. */
export function readKnexfile({ text, lines }: SourceFile): readonly DataSource[] {
  const found = [...text.matchAll(/\bclient\s*:\s*(['"`])([\w-]+)\1/g)];
  const folders = directories(text);
  return found.map((match): DataSource => {
    const start = match.index;
    return {
      ...{ dialect: dialects[match[2] ?? ''] ?? null, synchronize: null, migrationsRun: null, dropSchema: null },
      ...{ tls: null, poolSize: null, timeoutMs: null, passwordInFile: false, namingStrategy: null },
      ...{ entityPrefix: null, namespace: null, entities: [], migrations: folders },
      at: lines.range(start, start + match[0].length),
    };
  });
}

/** `migrations: { directory: './db/migrations' }`, of one folder or several, put together by `path.join` or not. */
function directories(text: string): readonly string[] {
  const folders = new Set<string>();
  for (const { index } of text.matchAll(/\bmigrations\s*:\s*\{/g)) {
    const inside = text.slice(index, index + 600);
    const stated = /\bdirectory\s*:\s*(\[[^\]]*\]|(?:path\s*\.\s*)?(?:join|resolve)\s*\([^)]*\)|(['"`])[^'"`]*\2)/.exec(
      inside,
    )?.[1];
    if (stated === undefined) continue;
    const texts = [...stated.matchAll(/(['"`])([^'"`$]*)\1/g)].map((each) => each[2] ?? '');
    if (/^(?:path|join|resolve)/.test(stated)) folders.add(texts.join('/'));
    else for (const each of texts) folders.add(each);
  }
  return [...folders].filter((folder) => folder !== '');
}
