/** `ormconfig.json`: one object or a list of them. */
import type { DataSource } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { dialectOfUrl, urlWithPassword } from '../shared/connectionUrl.ts';
import { dialectOfType } from './connectionText.ts';

type Values = Readonly<Record<string, unknown>>;

export function readJsonDataSources(file: SourceFile): DataSource[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(file.text.replace(/^\uFEFF/, ''));
  } catch {
    // Half-typed: the reader that owns the file reports syntax, settings are read once it parses.
    return [];
  }
  const at = file.lines.range(0, file.text.length);
  return (Array.isArray(parsed) ? parsed : [parsed]).filter(isObject).map((options) => readOptions(options, at));
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readOptions(options: Values, at: DataSource['at']): DataSource {
  const string = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const bool = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  const list = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  const extra = isObject(options.extra) ? options.extra : {};
  const type = string(options.type) ?? '';
  const url = string(options.url);
  const ssl = options.ssl ?? extra.ssl;
  const password = string(options.password) ?? '';
  return {
    dialect: (Object.hasOwn(dialectOfType, type) ? dialectOfType[type] : undefined) ?? dialectOfUrl(url),
    synchronize: bool(options.synchronize),
    migrationsRun: bool(options.migrationsRun),
    dropSchema: bool(options.dropSchema),
    tls: isObject(ssl) ? true : bool(ssl),
    poolSize: number(options.poolSize ?? extra.max ?? extra.connectionLimit),
    timeoutMs: number(extra.statement_timeout ?? options.connectTimeoutMS ?? options.connectTimeout),
    passwordInFile: password !== '' || urlWithPassword(url),
    namingStrategy: string(options.namingStrategy),
    entityPrefix: string(options.entityPrefix),
    namespace: string(options.schema),
    entities: list(options.entities),
    migrations: list(options.migrations),
    at,
  };
}
