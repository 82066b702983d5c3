/** Which results are tables, views and enums, whoever made them: Drizzle's own makers, creators with a prefix, schemas of a database. */
import type { Dialect } from '../../schema/model.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { isCall, isFunction, isMethod, isObject } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import { textsOf } from './columnTypes.ts';
import type { EnumShape, TableShape } from './model.ts';

interface Maker {
  readonly dialect: Dialect;
  readonly kind: TableShape['kind'];
  readonly module: string;
}

const cores: readonly (readonly [string, Dialect, string])[] = [
  ['pg', 'postgresql', 'drizzle-orm/pg-core'],
  ['mysql', 'mysql', 'drizzle-orm/mysql-core'],
  ['sqlite', 'sqlite', 'drizzle-orm/sqlite-core'],
  ['singlestore', 'mysql', 'drizzle-orm/singlestore-core'],
  ['cockroach', 'cockroachdb', 'drizzle-orm/cockroach-core'],
  ['mssql', 'mssql', 'drizzle-orm/mssql-core'],
];

const makers: ReadonlyMap<string, Maker> = new Map(
  cores.flatMap(([prefix, dialect, module]): [string, Maker][] => [
    [`${prefix}Table`, { dialect, module, kind: 'table' }],
    [`${prefix}View`, { dialect, module, kind: 'view' }],
    [`${prefix}MaterializedView`, { dialect, module, kind: 'materialized-view' }],
    [`${prefix}Schema`, { dialect, module, kind: 'table' }],
    [`${prefix}TableCreator`, { dialect, module, kind: 'table' }],
    [`${prefix}Enum`, { dialect, module, kind: 'table' }],
  ]),
);
makersAlias('sqliteView', 'view');

/** `view` is how SQLite's core exports it as well. */
function makersAlias(of: string, name: string): void {
  const maker = makers.get(of);
  if (maker) (makers as Map<string, Maker>).set(name, maker);
}

function isDrizzle(module: string | null): boolean {
  return module === null || module.includes('drizzle-orm');
}

function makerOf(result: Result): { readonly maker: Maker; readonly name: string } | null {
  if (!isCall(result) || !isDrizzle(result.module)) return null;
  // `view` is a name that others have too.
  const maker = result.name === 'view' && result.module === null ? undefined : makers.get(result.name);
  return maker ? { maker, name: result.name } : null;
}

type Made = Omit<TableShape, 'result' | 'constant' | 'file' | 'at' | 'casing'>;

/** Null where it is no table and no view. */
export function tableOf(result: Result, evaluator: Evaluator): Made | null {
  if (isMethod(result)) return ofMethod(result, evaluator);
  const made = makerOf(result);
  if (!made || !isCall(result) || !/(?:Table|View|^view)$/.test(made.name)) return null;
  return build(made.maker, made.maker.kind, result.arguments, null, evaluator, (name) => name);
}

function ofMethod(result: Extract<Result, { readonly is: 'method' }>, evaluator: Evaluator): Made | null {
  const { object, name } = result;
  if (name === '') {
    // `createTable('users', …)` of a `pgTableCreator((name) => `app_${name}`)`
    const creator = makerOf(object);
    if (!creator || !isCall(object) || !creator.name.endsWith('TableCreator')) return null;
    const [naming] = object.arguments;
    const nameOf = (plain: string): string => {
      const given = isFunction(naming) ? evaluator.call(naming, [plain]) : plain;
      return typeof given === 'string' ? given : plain;
    };
    return build(creator.maker, 'table', result.arguments, null, evaluator, nameOf);
  }
  const schema = makerOf(object);
  if (schema?.name.endsWith('Schema') && isCall(object)) {
    const [namespace] = object.arguments;
    const kinds: Readonly<Record<string, TableShape['kind']>> = {
      table: 'table',
      view: 'view',
      materializedView: 'materialized-view',
    };
    const kind = kinds[name];
    if (!kind) return null;
    return build(
      schema.maker,
      kind,
      result.arguments,
      typeof namespace === 'string' ? namespace : null,
      evaluator,
      (plain) => plain,
    );
  }
  // `pgTable.withRLS(…)`
  if (
    name === 'withRLS' &&
    typeof object === 'object' &&
    object !== null &&
    'is' in object &&
    object.is === 'external'
  ) {
    const maker = makers.get(object.name);
    return maker ? build(maker, 'table', result.arguments, null, evaluator, (plain) => plain) : null;
  }
  const inner = tableOf(object, evaluator);
  if (!inner) return null;
  if (name === 'existing') return { ...inner, managed: false };
  return name === 'as' && inner.kind !== 'table' ? { ...inner, query: result.arguments[0] } : inner;
}

function build(
  maker: Maker,
  kind: TableShape['kind'],
  args: readonly Result[],
  namespace: string | null,
  evaluator: Evaluator,
  nameOf: (plain: string) => string,
): Made | null {
  const [name, columns, extras] = args;
  if (typeof name !== 'string') return null;
  const builders: Result = { is: 'external', module: maker.module, name: '*' };
  const given = isFunction(columns) ? evaluator.call(columns, [builders]) : columns;
  return {
    dialect: maker.dialect,
    kind,
    name: nameOf(name),
    namespace: maker.dialect === 'postgresql' && namespace === 'public' ? null : namespace,
    columns: isObject(given) ? given : null,
    extras,
    managed: true,
    query: undefined,
  };
}

/** Null where it is no enum type of the database. */
export function enumOf(result: Result): Pick<EnumShape, 'name' | 'namespace' | 'values'> | null {
  const inSchema = isMethod(result) && result.name === 'enum' ? makerOf(result.object) : null;
  const plain = makerOf(result);
  let namespace: string | null = null;
  if (isMethod(result) && inSchema?.name === 'pgSchema' && isCall(result.object)) {
    const [schema] = result.object.arguments;
    namespace = typeof schema === 'string' && schema !== 'public' ? schema : null;
  } else if (plain?.name !== 'pgEnum') return null;
  const [name, values] = isCall(result) || isMethod(result) ? result.arguments : [];
  if (typeof name !== 'string') return null;
  return { name, namespace, values: textsOf(values) ?? [] };
}
