/** `DATABASES` of a settings module. What comes from the environment is not stated; its default is. */
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceFile } from '../reader.ts';
import { dialectOfUrl, isLocal, urlWithPassword } from '../shared/connectionUrl.ts';
import type { PyModule } from '../shared/python/declarations.ts';
import { createEvaluator } from '../shared/python/evaluate.ts';
import { createModuleGraph } from '../shared/python/moduleGraph.ts';
import type { PyCall, PyDict, PyValue } from '../shared/python/values.ts';
import { entryOf, isCall, isDict, rangeOf, sourceText } from '../shared/python/values.ts';

const engines: readonly (readonly [RegExp, Dialect])[] = [
  [/postg|timescale|psqlextra|citus|redshift/i, 'postgresql'],
  [/cockroach/i, 'cockroachdb'],
  [/mariadb/i, 'mariadb'],
  [/mysql/i, 'mysql'],
  [/sqlite|spatialite/i, 'sqlite'],
  [/mssql|sql_server|pyodbc/i, 'mssql'],
  [/oracle/i, 'oracle'],
  [/mongodb|djongo/i, 'mongodb'],
  [/spanner/i, 'spanner'],
];

/** The default connection first. */
export function readDataSources(file: SourceFile, module: PyModule): readonly DataSource[] {
  const statement = module.statements.findLast((each) => each.kind === 'assign' && each.target === 'DATABASES');
  if (statement?.kind !== 'assign' || !statement.value) return [];
  const evaluator = createEvaluator(createModuleGraph([{ file: file.path, module }], () => []));
  const value = evaluator.evaluate(statement.value, evaluator.fileScope(file.path));
  if (!isDict(value)) return [];
  const whole = rangeOf(file.path, statement.at);
  const { entries } = value;
  const isDefault = ([key]: (typeof entries)[number]) => key === 'default';
  return [...entries.filter(isDefault), ...entries.filter((entry) => !isDefault(entry))].flatMap(
    ([key, each]) => sourceOf(each, typeof key === 'string' ? keyAt(file, key, whole) : whole) ?? [],
  );
}

const longestSetting = 20_000;

/** Where the connection of that name stands in the setting. */
function keyAt({ text, lines }: SourceFile, key: string, whole: DataSource['at']): DataSource['at'] {
  const start = lines.offset(whole.line, whole.column);
  // The statement's own range ends with its first line.
  const setting = text.slice(start, start + longestSetting);
  const found = [`"${key}"`, `'${key}'`].map((name) => setting.indexOf(name)).find((at) => at !== -1);
  return found === undefined ? whole : lines.range(start + found, start + found + key.length + 2);
}

function sourceOf(value: PyValue, at: DataSource['at']): DataSource | null {
  const base = {
    synchronize: null,
    migrationsRun: null,
    dropSchema: null,
    namingStrategy: null,
    entityPrefix: null,
    namespace: null,
    entities: [],
    migrations: [],
    at,
  };
  if (isCall(value)) {
    const url = defaultUrl(value);
    const tls = value.keywords.get('ssl_require');
    return {
      ...base,
      dialect: dialectOfUrl(url) ?? engineOf(url ?? ''),
      tls: typeof tls === 'boolean' ? tls : null,
      poolSize: null,
      timeoutMs: null,
      passwordInFile: urlWithPassword(url),
      ...(isLocal(url) ? { local: true as const } : {}),
    };
  }
  if (!isDict(value)) return null;
  const text = (key: string): string | null => {
    const found = entryOf(value, key);
    return typeof found === 'string' ? found : found !== undefined && isCall(found) ? defaultUrl(found) : null;
  };
  const options = entryOf(value, 'OPTIONS');
  const password = entryOf(value, 'PASSWORD');
  const dialect = engineOf(text('ENGINE') ?? '');
  return {
    ...base,
    dialect,
    tls: isDict(options) ? tlsOf(options) : null,
    poolSize: isDict(options) ? poolOf(options) : null,
    timeoutMs: isDict(options) ? timeoutOf(options) : null,
    ...(isLocal(text('HOST')) ? { local: true as const } : {}),
    passwordInFile: typeof password === 'string' && password !== '' && !/^[$<{%]/.test(password),
  };
}

/** `dj_database_url.config(default="…")`, `env.db("DATABASE_URL", default="…")`, `os.environ.get("X", "…")`. */
function defaultUrl(call: PyCall): string | null {
  const named = call.keywords.get('default');
  if (typeof named === 'string') return named;
  const name = sourceText(call.callee);
  const [first, second] = call.arguments;
  if (name.endsWith('parse') && typeof first === 'string') return first;
  return typeof second === 'string' ? second : null;
}

function engineOf(text: string): Dialect | null {
  return engines.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function tlsOf(options: PyDict): boolean | null {
  const mode = entryOf(options, 'sslmode');
  if (typeof mode === 'string') return !/^(?:disable|allow|prefer)$/.test(mode);
  return entryOf(options, 'ssl') !== undefined || entryOf(options, 'ssl_ca') !== undefined ? true : null;
}

function poolOf(options: PyDict): number | null {
  const pool = entryOf(options, 'pool');
  const size = isDict(pool) ? entryOf(pool, 'max_size') : undefined;
  return typeof size === 'number' ? size : null;
}

/** For connecting, in seconds, or of PostgreSQL's `options=-c statement_timeout=…`, in milliseconds. */
function timeoutOf(options: PyDict): number | null {
  const words = entryOf(options, 'options');
  const statement = typeof words === 'string' ? /statement_timeout=(\d+)/.exec(words)?.[1] : undefined;
  if (statement !== undefined) return Number(statement);
  for (const name of ['connect_timeout', 'read_timeout', 'timeout']) {
    const seconds = entryOf(options, name);
    if (typeof seconds === 'number') return seconds * 1000;
  }
  return null;
}
