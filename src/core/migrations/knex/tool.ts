/** Knex: what `up` is given, as far as it acts on the schema. */
import type { Spot } from '../../readers/shared/typescript/program.ts';
import type { Dialect } from '../../schema/model.ts';
import { quoteIdentifier } from '../../dialects/quoting.ts';
import { findTable } from '../shared/replayState.ts';
import { followSql } from '../shared/script/followSql.ts';
import type { MigrationTool } from '../shared/script/replayPrograms.ts';
import type { Recorder } from '../shared/script/recorder.ts';
import { hostOf, isClosure, isList, isText, memberOf, objectOf, textOr, unknown } from '../shared/script/values.ts';
import type { Host, Value } from '../shared/script/values.ts';
import { textLiteral } from '../shared/sqlText.ts';
import { alterOperations, createOperations, nameOf } from './operations.ts';
import { draftTable, rawOf, rawText } from './tableBuilder.ts';

type Invoke = (callee: Value, args: readonly Value[]) => Value;

export const knexTool: MigrationTool = {
  surround: (recorder, invoke) => ({ arguments: [connectionOf(recorder, invoke)], module: () => undefined }),
  // Each migration runs in a transaction unless it says otherwise.
  inTransaction: (exports) => memberOf(memberOf(exports, 'config'), 'transaction') !== false,
};

const clients: Readonly<Partial<Record<Dialect, string>>> = {
  postgresql: 'pg',
  cockroachdb: 'cockroachdb',
  mysql: 'mysql2',
  mariadb: 'mysql2',
  sqlite: 'sqlite3',
  mssql: 'mssql',
  oracle: 'oracledb',
};

const promises = /^(?:then|catch|finally|length)$/;
const writes = /^(?:insert|update|del|delete|truncate|upsert|increment|decrement|batchInsert)$/;

function connectionOf(recorder: Recorder, invoke: Invoke): Host {
  const client = clients[recorder.dialect] ?? recorder.dialect;
  const method = (name: string, call: NonNullable<Host['call']>): Host => hostOf(`knex.${name}`, { call });
  const self: Host = hostOf('knex', {
    acts: true,
    call: ([table]) => queryOf(textOr(table), recorder),
    get(name) {
      switch (name) {
        case 'schema':
          return schemaOf(recorder, invoke, null);
        case 'raw':
          return method(name, (args, at) => raw(args, at, recorder));
        case 'fn':
          return objectOf([
            ['now', method('now', () => rawOf('CURRENT_TIMESTAMP'))],
            ['uuid', method('uuid', () => rawOf(recorder.dialect === 'postgresql' ? 'gen_random_uuid()' : '(UUID())'))],
          ]);
        case 'transaction':
          return method(name, ([work]) => {
            recorder.inTransaction(true);
            return isClosure(work) ? invoke(work, [self]) : self;
          });
        case 'client':
          return objectOf(
            [
              ['config', objectOf([['client', client]], true)],
              ['driverName', client],
              ['dialect', recorder.dialect === 'sqlite' ? 'sqlite3' : recorder.dialect],
            ],
            true,
          );
        case 'batchInsert':
          return method(name, ([table], at) => {
            recorder.write(textOr(table), at);
            return unknown;
          });
        case 'ref':
          return method(name, ([column]) => rawOf(quoteIdentifier(textOr(column) ?? '…', recorder.dialect)));
        default:
          if (name.startsWith('where')) return method(name, (args) => rawOf(condition(name, args, recorder.dialect)));
          if (/^(?:commit|rollback|destroy|isTransaction|then|catch|finally)$/.test(name)) return unknown;
          return method(name, ([table]) => queryOf(textOr(table), recorder));
      }
    },
  });
  return self;
}

/** Predicates of partial indexes: `knex.whereNull('deleted_at')`. */
function condition(method: string, [first, second, third]: readonly Value[], dialect: Dialect): string {
  const column = quoteIdentifier(textOr(first) ?? '…', dialect);
  const literal = (value: Value): string =>
    typeof value === 'string' ? textLiteral(value) : isText(value) || typeof value === 'boolean' ? String(value) : '…';
  switch (method) {
    case 'whereNull':
      return `${column} is null`;
    case 'whereNotNull':
      return `${column} is not null`;
    case 'whereRaw':
      return textOr(first) ?? '…';
    case 'whereIn':
      return `${column} in (${isList(second) ? second.items.map(literal).join(', ') : '…'})`;
    default:
      return third === undefined
        ? `${column} = ${literal(second)}`
        : `${column} ${textOr(second) ?? '='} ${literal(third)}`;
  }
}

function queryOf(table: string | null, recorder: Recorder): Host {
  const self: Host = hostOf('query', {
    get: (name) =>
      promises.test(name)
        ? unknown
        : hostOf(`query.${name}`, {
            call(args, at) {
              const target = name === 'into' || name === 'from' || name === 'table' ? textOr(args[0]) : table;
              if (writes.test(name)) recorder.write(target, at);
              return target === table ? self : queryOf(target, recorder);
            },
          }),
  });
  return self;
}

function raw([sql, bindings]: readonly Value[], at: Spot, recorder: Recorder): Value {
  const text = typeof sql === 'string' ? bound(sql, bindings, recorder.dialect) : sql;
  followSql(text, at, recorder);
  return rawOf(typeof text === 'string' ? text : '…');
}

/** `??` stands for names and `?` for values. */
function bound(sql: string, bindings: Value, dialect: Dialect): string {
  if (bindings === undefined) return sql;
  const values = isList(bindings) ? [...bindings.items] : isText(bindings) ? [bindings] : null;
  if (!values)
    return sql.replace(/:(\w+):/g, (_, name: string) =>
      quoteIdentifier(textOr(memberOf(bindings, name)) ?? name, dialect),
    );
  return sql.replace(/\\\?|\?\??/g, (mark) => {
    if (mark === '\\?') return '?';
    const value = values.shift();
    const inner = rawText(value);
    if (inner !== null) return inner;
    if (mark === '??')
      return (
        textOr(value)
          ?.split('.')
          .map((part) => quoteIdentifier(part, dialect))
          .join('.') ?? '…'
      );
    return typeof value === 'string'
      ? textLiteral(value)
      : isText(value) || typeof value === 'boolean'
        ? String(value)
        : 'NULL';
  });
}

/** Calls are run as they stand: a chain of the builder is awaited or returned as a whole. */
function schemaOf(recorder: Recorder, invoke: Invoke, namespace: string | null): Host {
  const self: Host = hostOf('schema', {
    acts: true,
    get(name) {
      if (promises.test(name)) return unknown;
      if (name === 'schema') return self;
      return hostOf(`schema.${name}`, {
        call(args, at) {
          if (name === 'withSchema') {
            const stated = textOr(args[0]);
            return schemaOf(recorder, invoke, stated === 'public' || stated === 'dbo' ? null : stated);
          }
          if (name === 'hasTable' || name === 'hasColumn') return isThere(args, recorder, namespace);
          runSchemaCall(name, args, at, { recorder, invoke, namespace });
          return self;
        },
      });
    },
  });
  return self;
}

function isThere([table, column]: readonly Value[], recorder: Recorder, namespace: string | null): Value {
  const name = textOr(table);
  const schema = recorder.schema();
  if (!schema || name === null) return unknown;
  const found = findTable(schema, nameOf(name, namespace));
  if (column === undefined) return found !== undefined;
  const wanted = textOr(column);
  return wanted === null ? unknown : found?.columns.some((each) => each.name === wanted) === true;
}

interface Call {
  readonly recorder: Recorder;
  readonly invoke: Invoke;
  readonly namespace: string | null;
}

const harmless =
  /^(?:createSchema|createExtension|dropExtension|refresh|queryContext|debug|on|once|generateDdl|toSQL|toString|toQuery|renameView|alterView)/;

function runSchemaCall(method: string, args: readonly Value[], at: Spot, { recorder, invoke, namespace }: Call): void {
  if (harmless.test(method)) return;
  const [first, second] = args;
  if (method === 'raw') {
    raw(args, at, recorder);
    return;
  }
  const written = textOr(first);
  if (written === null) {
    recorder.problem(`${method} was left out: its table cannot be told from the text`, at);
    return;
  }
  const table = nameOf(written, namespace);
  const context = { table, dialect: recorder.dialect };
  switch (method) {
    case 'createTable':
    case 'createTableIfNotExists':
    case 'createTableLike': {
      const draft = draftTable();
      const like = method === 'createTableLike' ? textOr(second) : null;
      invoke(args.find(isClosure), [draft.host]);
      const given = {
        ifNotExists: method === 'createTableIfNotExists',
        like: like === null ? null : nameOf(like, namespace),
      };
      recorder.apply(createOperations(draft.entries, context, given), at);
      return;
    }
    case 'alterTable':
    case 'table': {
      const draft = draftTable();
      invoke(second, [draft.host]);
      // Columns come first, as the compiler has it.
      const sorted = draft.entries.toSorted((a, b) => Number(a.is !== 'column') - Number(b.is !== 'column'));
      for (const entry of sorted) {
        const read = alterOperations(entry, context);
        const place =
          entry.is === 'column' ? entry.column.at : entry.is === 'foreign' ? entry.foreign.at : entry.call.at;
        if (typeof read === 'string') recorder.problem(read, place);
        else recorder.apply(read, place);
      }
      return;
    }
    case 'dropTable':
    case 'dropTableIfExists':
      recorder.apply([{ kind: 'dropTable', tables: [table], ifExists: method !== 'dropTable' }], at);
      return;
    case 'renameTable': {
      const to = textOr(second);
      if (to !== null) recorder.apply([{ kind: 'renameTable', table, to: nameOf(to, namespace) }], at);
      return;
    }
    case 'dropSchema':
    case 'dropSchemaIfExists':
      recorder.apply([{ kind: 'dropSchema', schema: written }], at);
      return;
    case 'createView':
    case 'createViewOrReplace':
    case 'createMaterializedView':
      createView(second, at, { table, recorder, invoke, materialized: method === 'createMaterializedView' });
      return;
    case 'dropView':
    case 'dropViewIfExists':
    case 'dropMaterializedView':
    case 'dropMaterializedViewIfExists':
      recorder.apply([{ kind: 'dropView', views: [table] }], at);
      return;
    default:
      recorder.problem(`${method} was left out: it is not a call that changes a schema, as far as is known`, at);
  }
}

interface ViewCall extends Omit<Call, 'namespace'> {
  readonly table: { readonly name: string; readonly namespace: string | null };
  readonly materialized: boolean;
}

function createView(callback: Value, at: Spot, { table, recorder, invoke, materialized }: ViewCall): void {
  let columns: readonly string[] = [];
  let query = '';
  const view: Host = hostOf('view', {
    get: (name) =>
      hostOf(`view.${name}`, {
        call([given]) {
          if (name === 'columns' && isList(given)) columns = given.items.flatMap((item) => textOr(item) ?? []);
          if (name === 'as') query = rawText(given) ?? '';
          return view;
        },
      }),
  });
  invoke(callback, [view]);
  recorder.apply([{ kind: 'createView', table, materialized, columns, query }], at);
}
