/** `DATABASES` of a settings module. What comes from the environment is not stated; its default is. */
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import { dialectOfUrl, urlWithPassword } from '../shared/connectionUrl.ts';
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

export function readDataSources(file: string, module: PyModule): readonly DataSource[] {
  const statement = module.statements.findLast((each) => each.kind === 'assign' && each.target === 'DATABASES');
  if (statement?.kind !== 'assign' || !statement.value) return [];
  const evaluator = createEvaluator(createModuleGraph([{ file, module }], () => []));
  const value = evaluator.evaluate(statement.value, evaluator.fileScope(file));
  if (!isDict(value)) return [];
  const at = rangeOf(file, statement.at);
  const named = entryOf(value, 'default');
  const sources = named === undefined ? value.entries.slice(0, 1).map(([, each]) => each) : [named];
  return sources.flatMap((each) => sourceOf(each, at) ?? []);
}

function sourceOf(value: PyValue, at: DataSource['at']): DataSource | null {
  const base = {
    synchronize: null,
    migrationsRun: null,
    dropSchema: null,
    timeoutMs: null,
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
      passwordInFile: urlWithPassword(url),
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
