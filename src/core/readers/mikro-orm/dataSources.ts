/** What MikroORM's configuration says about the connection. What comes from the environment is not stated. */
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceFile } from '../reader.ts';
import { dialectOfUrl, isLocal, urlWithPassword } from '../shared/connectionUrl.ts';

const dialects: Readonly<Record<string, Dialect>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mariadb',
  sqlite: 'sqlite',
  'better-sqlite': 'sqlite',
  libsql: 'sqlite',
  mongodb: 'mongodb',
  mongo: 'mongodb',
  mssql: 'mssql',
  oracledb: 'oracle',
};

const configuration =
  /\b(?:MikroORM\.init(?:Sync)?|new\s+MikroORM|MikroOrmModule\.forRoot(?:Async)?|defineConfig|defineMikroORMConfig)\s*(?:<[^()]*>)?\s*\(|:\s*(?:Partial<)?(?:Options|MikroOrmModule(?:Sync)?Options|MikroORMOptions|Configuration)\b(?:<[^=;{]*>)?>?\s*=\s*\{|\bsatisfies\s+(?:Options|MikroORMOptions)\b/;

export function usesTsMorph(text: string): boolean {
  return /metadataProvider\s*:\s*TsMorphMetadataProvider/.test(text);
}

export function readDataSources(file: SourceFile): readonly DataSource[] {
  const { text, path } = file;
  if (!/mikro-orm|MikroO/i.test(text)) return [];
  const starts = [...text.matchAll(new RegExp(configuration.source, 'g'))];
  // Of several, each that states something is about what follows it.
  const stated = starts.filter(({ 0: head, index }) =>
    /^\s*\{/.test(text.slice(index + head.length - (head.endsWith('{') ? 1 : 0))),
  );
  if (stated.length > 1)
    return stated.map((found, at) => sourceOf(file, found, text.slice(found.index, stated[at + 1]?.index)));
  const found =
    starts[0] ?? (/mikro-?orm\.config\.[cm]?[jt]s$/i.test(path) ? /export\s+default|module\.exports/.exec(text) : null);
  return found ? [sourceOf(file, found, text)] : [];
}

/** `await orm.schema.updateSchema()` as a statement of its own: nothing beside it says when. */
const schemaChange =
  /^(?:\s*)(?:await\s+)?[\w.]*\borm\.(?:schema|getSchemaGenerator\(\))\.(updateSchema|createSchema|dropSchema|refreshDatabase|refresh|update|create|drop)\(/m;

/** @param text of the file as far as it is about this connection */
function sourceOf({ text: whole, lines }: SourceFile, found: RegExpExecArray, text: string): DataSource {
  const value = (key: string): string | null =>
    new RegExp(`(?:^|[{,\\s])${key}\\s*:\\s*(['"\`])([^'"\`\\n$]*)\\1`).exec(text)?.[2] ?? null;
  const flag = (key: string): boolean | null => {
    const stated = new RegExp(`(?:^|[{,\\s])${key}\\s*:\\s*(true|false)\\b`).exec(text)?.[1];
    return stated === undefined ? null : stated === 'true';
  };
  const imported = [...whole.matchAll(/from\s*['"]@mikro-orm\/([\w-]+)['"]/g)].flatMap(
    ([, name = '']) => dialects[name] ?? [],
  );
  const driver = /driver\s*:\s*(\w+?)Driver\b/.exec(text)?.[1]?.toLowerCase() ?? null;
  const byDriver =
    driver === null
      ? undefined
      : dialects[driver.replace('bettersqlite', 'better-sqlite').replace('postgresql', 'postgresql')];
  const url = value('clientUrl') ?? value('url');
  const pool = /\bpool\s*:\s*\{[^}]*\bmax\s*:\s*(\d+)/.exec(text)?.[1];
  const list = (key: string): readonly string[] => {
    const several = new RegExp(`(?:^|[{,\\s])${key}\\s*:\\s*\\[([^\\]]*)\\]`).exec(text)?.[1] ?? '';
    return several.split(',').flatMap((each) => {
      const name = each.trim().replace(/^['"`]|['"`]$/g, '');
      return /^[\w./*@-]+$/.test(name) ? [name] : [];
    });
  };
  const password = value('password');
  const timeout =
    /\b(?:connectionTimeoutMillis|acquire(?:Connection)?Timeout(?:Millis)?|connectTimeout|statement_timeout|query_timeout)\s*:\s*([\d_]+)/.exec(
      text,
    )?.[1];
  // A script that somebody starts by hand serves nobody.
  const changed = /\.listen\(|\bNestFactory\b|\bserve\(/.test(whole) ? (schemaChange.exec(whole)?.[1] ?? null) : null;
  return {
    dialect: dialects[value('type') ?? ''] ?? byDriver ?? imported[0] ?? dialectOfUrl(url),
    synchronize: changed === null ? null : true,
    migrationsRun: null,
    dropSchema: changed !== null && /^(?:drop|refresh)/.test(changed) ? true : null,
    tls: flag('ssl'),
    poolSize: pool === undefined ? null : Number(pool),
    timeoutMs: timeout === undefined ? null : Number(timeout.replaceAll('_', '')),
    passwordInFile: (password !== null && password !== '') || urlWithPassword(url),
    namingStrategy: /namingStrategy\s*:\s*(?:new\s+)?([\w.]+)/.exec(text)?.[1] ?? null,
    entityPrefix: null,
    namespace: value('schema'),
    entities: list('entities'),
    migrations: [/migrations\s*:\s*\{[^}]*\bpath\s*:\s*(['"`])([^'"`]+)\1/.exec(text)?.[2] ?? []].flat(),
    ...(isLocal(value('host')) || isLocal(url) ? { local: true as const } : {}),
    at: lines.range(found.index, found.index + found[0].length),
  };
}
