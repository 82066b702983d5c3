/** How Tortoise is told of its database: a URL, or an engine with credentials, in `TORTOISE_ORM`, `init` and `register_tortoise`. */
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';
import { dialectOfUrl, urlWithPassword } from '../shared/connectionUrl.ts';

const settings =
  /\bTORTOISE_ORM\b\s*(?::[^=\n]+)?=|\bTortoise\.init\(|\bregister_tortoise\(|\bRegisterTortoise\(|\bTortoise\.generate_schemas\(/;
const url = /["']((?:postgres(?:ql)?|asyncpg|psycopg|mysql|sqlite|mssql|oracle):\/\/[^"'\n]*)["']/;
const engine = /["']tortoise\.backends\.(\w+)(?:\.\w+)*["']/;

const engines: Readonly<Record<string, Dialect>> = {
  asyncpg: 'postgresql',
  psycopg: 'postgresql',
  mysql: 'mysql',
  sqlite: 'sqlite',
  mssql: 'mssql',
  oracle: 'oracle',
};

function engineOf(name: string): Dialect | null {
  return Object.hasOwn(engines, name) ? (engines[name] ?? null) : null;
}

/** A file states one database as a rule; of several the first counts. */
export function readDataSources(text: string, lines: LineIndex): readonly DataSource[] {
  const found = settings.exec(text);
  if (!found) return [];
  const address = url.exec(text)?.[1] ?? null;
  const named = engine.exec(text)?.[1] ?? '';
  const scheme = /^(\w+):/.exec(address ?? '')?.[1] ?? '';
  const dialect = dialectOfUrl(address) ?? engineOf(scheme) ?? engineOf(named);
  const size = /\bmaxsize["']?\s*[:=]\s*(\d+)/.exec(text)?.[1];
  return [
    {
      dialect,
      // It makes the tables that are missing, and leaves the others as they are.
      ...(/\bgenerate_schemas\s*=\s*True\b|\.generate_schemas\(/.test(text)
        ? { synchronize: true, onlyCreates: true as const }
        : { synchronize: null }),
      migrationsRun: null,
      dropSchema: /\b_create_db\s*=\s*True\b/.test(text) ? true : null,
      tls: /["']?ssl["']?\s*[:=]\s*(?:True|["'](?:require|verify))/.test(text) ? true : null,
      poolSize: size === undefined ? null : Number(size),
      timeoutMs: null,
      passwordInFile: urlWithPassword(address) || /["']password["']\s*:\s*["'][^"'$<{\n]+["']/.test(text),
      namingStrategy: null,
      entityPrefix: null,
      namespace: null,
      entities: [],
      migrations: [],
      at: lines.range(found.index, found.index + found[0].length),
    },
  ];
}
