/** How Peewee reaches its database: `PostgresqlDatabase("shop", password="…")`, `connect("postgresql://…")`. */
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';
import { dialectOfUrl, urlWithPassword } from '../shared/connectionUrl.ts';

const made =
  /\b(?:\w*?)(Postgresql|Psycopg3|MySQL|MariaDB|Sqlite|SqlCipher|Cockroach|APSW|CSqlite)(?:Ext|Connector|Queue|\w)*Database\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)|(?<![.\w])connect\(\s*["'](\w+(?:\+\w+)?:\/\/[^"'\n]*)["']/g;

const engines: Readonly<Record<string, Dialect>> = {
  Postgresql: 'postgresql',
  Psycopg3: 'postgresql',
  MySQL: 'mysql',
  MariaDB: 'mariadb',
  Sqlite: 'sqlite',
  SqlCipher: 'sqlite',
  APSW: 'sqlite',
  CSqlite: 'sqlite',
  Cockroach: 'cockroachdb',
};

export function readDataSources(text: string, lines: LineIndex): readonly DataSource[] {
  if (!/\b(?:peewee|playhouse)/.test(text)) return [];
  return [...text.matchAll(made)].slice(0, 4).map((match) => {
    const [whole, engine = '', args = '', url = null] = match;
    const size = /\bmax_connections\s*=\s*(\d+)/.exec(args)?.[1];
    return {
      dialect: Object.hasOwn(engines, engine) ? (engines[engine] ?? null) : dialectOfUrl(url),
      synchronize: text.includes('.create_tables(') ? true : null,
      // Tables that are there stay as they are (`create_tables(models, safe=True)`).
      ...(text.includes('.create_tables(') ? { onlyCreates: true as const } : {}),
      migrationsRun: null,
      dropSchema: null,
      tls: /\bsslmode\s*=\s*["'](?:require|verify)/.test(args) ? true : null,
      poolSize: size === undefined ? null : Number(size),
      timeoutMs: null,
      passwordInFile: urlWithPassword(url) || /\bpassword\s*=\s*["'][^"'$<{\n]+["']/.test(args),
      namingStrategy: null,
      entityPrefix: null,
      namespace: null,
      entities: [],
      migrations: [],
      at: lines.range(match.index, match.index + whole.length),
    };
  });
}
