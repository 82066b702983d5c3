/** What the `datasource` block says about the connection. What comes from the environment is not stated. */
import type { DataSource } from '../../schema/code.ts';
import type { PrismaBlock, PrismaDocument } from '../../syntax/prisma/ast.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';
import { dialectOfUrl, urlWithPassword } from '../shared/connectionUrl.ts';
import { textSetting } from './declarations.ts';
import { dialectOfProvider } from './schemas.ts';

export function dataSourcesOf(document: PrismaDocument, lines: LineIndex): readonly DataSource[] {
  return document.blocks
    .filter(({ kind }) => kind === 'datasource')
    .slice(0, 1)
    .map((block) => dataSourceOf(block, lines));
}

function dataSourceOf(block: PrismaBlock, lines: LineIndex): DataSource {
  const url = textSetting(block.settings, 'url');
  const direct = textSetting(block.settings, 'directUrl');
  const option = (name: string): string | null =>
    new RegExp(`[?&;]${name}=([^&;#\\s]+)`, 'i').exec(url ?? '')?.[1] ?? null;
  const seconds = option('connect_timeout') ?? option('connectTimeout');
  const pool = option('connection_limit') ?? option('connectionLimit');
  return {
    dialect: dialectOfProvider(textSetting(block.settings, 'provider')) ?? dialectOfUrl(url),
    synchronize: null,
    migrationsRun: null,
    dropSchema: null,
    tls: tlsOf(option('sslmode') ?? option('sslaccept') ?? option('encrypt')),
    poolSize: pool !== null && /^\d+$/.test(pool) ? Number(pool) : null,
    timeoutMs: seconds !== null && /^\d+$/.test(seconds) ? Number(seconds) * 1000 : null,
    passwordInFile: urlWithPassword(url) || urlWithPassword(direct) || /;\s*password=[^;{}]+/i.test(url ?? ''),
    namingStrategy: null,
    entityPrefix: null,
    namespace: option('schema'),
    entities: [],
    migrations: [],
    at: lines.range(block.head.start, block.head.end),
  };
}

/** `sslmode` of PostgreSQL, `sslaccept` of MySQL, `encrypt` of SQL Server. */
function tlsOf(mode: string | null): boolean | null {
  if (mode === null) return null;
  return !/^(?:disable|allow|prefer|false|no)$/i.test(mode);
}
