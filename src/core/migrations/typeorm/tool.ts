/** TypeORM: what `up` is given, as far as it acts on the schema. */
import { className } from '../../readers/shared/typescript/program.ts';
import type { Spot } from '../../readers/shared/typescript/program.ts';
import type { Dialect, Table } from '../../schema/model.ts';
import { directoryOf } from '../../readers/shared/paths.ts';
import { emptySchema } from '../shared/replay.ts';
import { findTable } from '../shared/replayState.ts';
import { rootOf } from '../shared/script/order.ts';
import type { Named, Ordered } from '../shared/script/order.ts';
import { askCatalogue } from '../shared/script/askCatalogue.ts';
import { followSql } from '../shared/script/followSql.ts';
import type { Recorder } from '../shared/script/recorder.ts';
import type { MigrationTool, WayUp } from '../shared/script/replayPrograms.ts';
import {
  hostOf,
  isClosure,
  isList,
  isObject,
  isUnknown,
  listOf,
  memberOf,
  objectOf,
  textOr,
  unknown,
} from '../shared/script/values.ts';
import type { Host, Value } from '../shared/script/values.ts';
import { readApiCall } from './api.ts';
import { unknown as unread } from './plain.ts';
import type { Plain } from './plain.ts';

export const typeormTool: MigrationTool = {
  surround: (recorder) => ({
    arguments: [queryRunnerOf(recorder)],
    module: (name) => (/^typeorm(?:$|\/)/.test(name) ? library : undefined),
  }),
  // All that are pending run in one transaction unless the data source says otherwise.
  inTransaction: () => true,
  ups: (exports) => waysUp(exports).map(({ way }) => way),
};

/** `new Table({ … })` is what it is given. */
const library: Host = hostOf('typeorm', {
  get: (name) => hostOf(`typeorm.${name}`, { call: ([given]) => given ?? unknown }),
});

/** Milliseconds since 1970 at the end of its name, by which TypeORM sorts; null = it does not run it. */
export function timeOf(name: string): number | null {
  const digits = /\d{13}$/.exec(name)?.[0];
  return digits === undefined ? null : Number(digits);
}

function waysUp(exports: Value): readonly { readonly time: number; readonly way: WayUp }[] {
  const all = isObject(exports) ? [exports, ...exports.entries.values()] : [exports];
  const found = new Map<Value, { readonly time: number; readonly way: WayUp }>();
  for (const each of all) {
    if (!isObject(each)) continue;
    const up = memberOf(each, 'up');
    const time = timeOf(textOr(memberOf(each, 'name')) ?? textOr(memberOf(each, className)) ?? '');
    if (isClosure(up) && time !== null) found.set(each, { time, way: { up, self: each } });
  }
  return [...found.values()].sort((a, b) => a.time - b.time);
}

function queryRunnerOf(recorder: Recorder): Host {
  const method = (name: string, call: NonNullable<Host['call']>): Host => hostOf(`queryRunner.${name}`, { call });
  const query = ([sql, parameters]: readonly Value[], at: Spot): Value => {
    followSql(sql, at, recorder);
    return typeof sql === 'string' ? askCatalogue(sql, parameters, recorder) : unknown;
  };
  const engine = objectOf([['type', engineNames[recorder.dialect] ?? recorder.dialect]], true);
  const connection = hostOf('connection', {
    get: (name) =>
      name === 'options'
        ? engine
        : name === 'driver'
          ? objectOf([['options', engine]], true)
          : name === 'query'
            ? method(name, query)
            : unknown,
  });
  return hostOf('queryRunner', {
    acts: true,
    get(name) {
      switch (name) {
        case 'query':
          return method(name, query);
        case 'connection':
        case 'dataSource':
          return connection;
        // What hangs on the manager handles rows, but for its `query`.
        case 'manager':
          return hostOf('manager', {
            get: (own) =>
              own === 'query'
                ? method(own, query)
                : own === 'connection' || own === 'dataSource'
                  ? connection
                  : method(own, () => unknown),
          });
        case 'getTable':
          return method(name, ([table]) => lookedUp(table, recorder));
        case 'hasTable':
        case 'hasColumn':
          return method(name, (args) => isThere(args, recorder));
        default:
          return method(name, (args, at) => {
            const read = readApiCall(name, args.map(plainOf), recorder.schema() ?? emptySchema, recorder.dialect);
            if (typeof read === 'string') recorder.problem(`${name} was left out: ${read}`, at);
            else if (read) recorder.apply(read, at);
            return unknown;
          });
      }
    },
  });
}

/** As data sources name them. */
const engineNames: Readonly<Partial<Record<Dialect, string>>> = { postgresql: 'postgres' };

function tableNamed(value: Value, recorder: Recorder): Table | null | undefined {
  const schema = recorder.schema();
  const path = textOr(isObject(value) ? memberOf(value, 'name') : value);
  if (!schema || path === null) return null;
  const parts = path.split('.');
  return findTable(schema, { name: parts.at(-1) ?? path, namespace: parts.at(-2) ?? null });
}

function isThere(args: readonly Value[], recorder: Recorder): Value {
  const table = tableNamed(args[0], recorder);
  if (table === null) return unknown;
  if (args.length < 2) return table !== undefined;
  const column = textOr(isObject(args[1]) ? memberOf(args[1], 'name') : args[1]);
  return column === null ? unknown : table?.columns.some(({ name }) => name === column) === true;
}

/** `Table` of TypeORM, as far as migrations look into it. */
function lookedUp(value: Value, recorder: Recorder): Value {
  const table = tableNamed(value, recorder);
  if (table === null) return unknown;
  if (table === undefined) return undefined;
  const texts = (names: readonly string[]): Value => listOf(names);
  const columns = table.columns.map((column) =>
    objectOf(
      [
        ['name', column.name],
        ['type', column.rawType],
        ['isNullable', column.nullable],
        ['default', column.default],
      ],
      true,
    ),
  );
  const key = ({ name, columns: own }: { readonly name: string | null; readonly columns: readonly string[] }) =>
    [
      ['name', name],
      ['columnNames', texts(own)],
    ] as const;
  return objectOf(
    [
      ['name', table.namespace === null ? table.name : `${table.namespace}.${table.name}`],
      ['columns', listOf(columns)],
      [
        'foreignKeys',
        listOf(
          table.foreignKeys.map((each) =>
            objectOf([
              ...key(each),
              ['referencedTableName', each.references.table],
              ['referencedColumnNames', texts(each.references.columns)],
            ]),
          ),
        ),
      ],
      ['uniques', listOf(table.uniques.map((each) => objectOf(key(each))))],
      ['indices', listOf(table.indexes.map((each) => objectOf([...key(each), ['isUnique', each.unique]])))],
      [
        'checks',
        listOf(
          table.checks.map(({ name, expression }) =>
            objectOf([
              ['name', name],
              ['expression', expression],
            ]),
          ),
        ),
      ],
      [
        'findColumnByName',
        hostOf('table.findColumnByName', {
          call: ([name]) => (isUnknown(name) ? unknown : columns.find((column) => memberOf(column, 'name') === name)),
        }),
      ],
    ],
    true,
  );
}

/** What a call is handed, as the reader of calls takes it. */
function plainOf(value: Value): Plain {
  if (isList(value)) return value.items.map(plainOf);
  if (isObject(value)) return Object.fromEntries([...value.entries].map(([key, each]) => [key, plainOf(each)]));
  return typeof value === 'object' && value !== null ? unread : value;
}

const engineFolder =
  /^(?:(postgres(?:ql|db)?|pg)|(mysql(?:db)?|mariadb)|(sqlite(?:3|db)?)|(mssql|sqlserver)|(oracle(?:db)?))$/i;
const engines = ['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle'] as const;

/** Engine that a folder of the path is named after. */
function engineOfPath(file: string): Dialect | null {
  for (const folder of directoryOf(file).split('/').toReversed()) {
    const match = engineFolder.exec(folder);
    const engine = match && engines.find((_, at) => match[at + 1] !== undefined);
    if (engine) return engine;
  }
  return null;
}

/** All of a project are run as one, whatever their folders (a data source names several); of folders for several engines those of the project's count. */
export function arrange<File extends Named>(files: readonly File[], dialect: Dialect): readonly Ordered<File>[] {
  const own: Dialect = dialect === 'mariadb' ? 'mysql' : dialect === 'cockroachdb' ? 'postgresql' : dialect;
  const hasOwn = files.some(({ file }) => engineOfPath(file) === own);
  const wanted = new Set<Dialect | null>([null, own]);
  const kept = files.filter(({ file }) => !hasOwn || wanted.has(engineOfPath(file)));
  const [first] = kept;
  return first ? [{ folder: rootOf(first.file), files: kept }] : [];
}
