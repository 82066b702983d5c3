/** sequelize-cli and Umzug: what `up` is given, as far as it acts on the schema. */
import type { Spot } from '../../readers/shared/typescript/program.ts';
import type { Dialect, Table } from '../../schema/model.ts';
import { findTable } from '../shared/replayState.ts';
import type { MigrationTool, Surroundings } from '../shared/script/replayPrograms.ts';
import type { Recorder } from '../shared/script/recorder.ts';
import { hostOf, isObject, listOf, memberOf, objectOf, unknown } from '../shared/script/values.ts';
import type { Host, Value } from '../shared/script/values.ts';
import { tableOf } from './attributes.ts';
import { libraryMember, resultOf } from './library.ts';
import { followSql } from '../shared/script/followSql.ts';
import { readCall } from './queryInterface.ts';

export const sequelizeTool: MigrationTool = {
  surround: (recorder, invoke): Surroundings => {
    const library = libraryMember('Sequelize');
    const queryInterface = queryInterfaceOf(recorder, library, invoke);
    return {
      arguments: [queryInterface, library],
      module: (name) =>
        /^(?:sequelize|@sequelize\/core|sequelize-typescript)(?:$|\/)/.test(name) ? library : undefined,
    };
  },
  // sequelize-cli runs migrations as they are; who wants a transaction opens it.
  inTransaction: () => false,
};

type Invoke = (callee: Value, args: readonly Value[]) => Value;

const rows = /^(?:bulkInsert|bulkUpdate|bulkDelete|insert|update|delete|upsert|increment|decrement|rawSelect|select)$/;
const harmless =
  /^(?:createSchema|createDatabase|dropDatabase|showAll|databaseVersion|quote|escape|createFunction|dropFunction|renameFunction|createTrigger|dropTrigger|renameTrigger|startTransaction|commitTransaction|rollbackTransaction|setIsolationLevel|deferConstraints|getForeignKey|assertTableHasColumn|dropAllEnums|dropAllSchemas)/;

function queryInterfaceOf(recorder: Recorder, library: Host, invoke: Invoke): Host {
  const self: Host = hostOf('queryInterface', {
    acts: true,
    get(name) {
      switch (name) {
        // Umzug hands over `{ name, path, context }`, whose context is whatever the project says: mostly this.
        case 'context':
        case 'queryInterface':
          return self;
        case 'Sequelize':
        case 'DataTypes':
          return library;
        case 'sequelize':
          return sequelize;
        case 'name':
        case 'path':
        case 'queryGenerator':
        case 'QueryGenerator':
          return unknown;
        default:
          return hostOf(`queryInterface.${name}`, { call: (args, at) => runCall(name, args, at, recorder) });
      }
    },
  });
  const sequelize = connectionOf(recorder, library, self, invoke);
  return self;
}

function runCall(method: string, args: readonly Value[], at: Spot, recorder: Recorder): Value {
  const looked = lookUp(method, args, recorder);
  if (looked !== undefined) return looked;
  if (rows.test(method)) {
    recorder.write(tableOf(resultOf(args[0]))?.name ?? null, at);
    return unknown;
  }
  if (harmless.test(method)) return unknown;
  const results = args.map((arg) => resultOf(arg));
  const read = readCall(method, results, recorder.schema(), recorder.dialect);
  if (typeof read === 'string') recorder.problem(`${method} was left out: ${read}`, at);
  else recorder.apply(read, at, isObject(args.at(-1)) && memberOf(args.at(-1), 'concurrently') === true);
  return unknown;
}

/** Undefined = it is no question to the schema. */
function lookUp(method: string, args: readonly Value[], recorder: Recorder): Value | undefined {
  if (!/^(?:describeTable|tableExists|showAllTables|showIndex|showConstraint)$/.test(method)) return undefined;
  const schema = recorder.schema();
  if (!schema) return unknown;
  if (method === 'showAllTables') return listOf(schema.tables.map(({ name }) => name));
  const name = tableOf(resultOf(args[0]));
  const table = name ? findTable(schema, name) : undefined;
  if (method === 'tableExists') return name ? table !== undefined : unknown;
  if (!table) return unknown;
  if (method === 'describeTable')
    return objectOf(table.columns.map((column) => [column.name, described(column, table)]));
  if (method === 'showIndex')
    return listOf(
      [...table.indexes, ...table.uniques].map(({ name: own, columns }) =>
        objectOf([
          ['name', own],
          ['fields', listOf(columns.map((attribute) => objectOf([['attribute', attribute]])))],
        ]),
      ),
    );
  const constraints = [...table.uniques, ...table.foreignKeys, ...table.checks];
  return listOf(constraints.map(({ name: own }) => objectOf([['constraintName', own]])));
}

function described(column: Table['columns'][number], table: Table): Value {
  return objectOf([
    ['type', column.rawType.toUpperCase()],
    ['allowNull', column.nullable],
    ['defaultValue', column.default],
    ['primaryKey', table.primaryKey.includes(column.name)],
    ['autoIncrement', column.generated !== null],
    ['comment', column.comment],
  ]);
}

const dialectNames: Readonly<Partial<Record<Dialect, string>>> = { postgresql: 'postgres' };

function connectionOf(recorder: Recorder, library: Host, queryInterface: Host, invoke: Invoke): Host {
  const dialect = dialectNames[recorder.dialect] ?? recorder.dialect;
  const method = (name: string, call: NonNullable<Host['call']>): Host => hostOf(`sequelize.${name}`, { call });
  return hostOf('sequelize', {
    acts: true,
    get(name) {
      switch (name) {
        case 'query':
          return method(name, ([sql], at) => runSql(sql, at, recorder));
        case 'transaction':
          return method(name, (args) => {
            recorder.inTransaction(true);
            const work = args.find((arg) => typeof arg === 'object' && arg !== null && arg.is === 'closure');
            return work === undefined ? transactionOf() : invoke(work, [transactionOf()]);
          });
        case 'getDialect':
          return method(name, () => dialect);
        case 'options':
        case 'dialect':
          return objectOf(
            [
              ['dialect', dialect],
              ['name', dialect],
            ],
            true,
          );
        case 'getQueryInterface':
          return method(name, () => queryInterface);
        case 'queryInterface':
          return queryInterface;
        case 'config':
        case 'models':
          return unknown;
        default:
          return library.get?.(name) ?? unknown;
      }
    },
  });
}

function transactionOf(): Host {
  return hostOf('transaction', { get: (name) => hostOf(`transaction.${name}`, { call: () => undefined }) });
}

function runSql(given: Value, at: Spot, recorder: Recorder): Value {
  followSql(isObject(given) ? memberOf(given, 'query') : given, at, recorder);
  return unknown;
}
