/** The columns of a table. */
import type { Column, ColumnRole, Dialect } from '../../schema/model.ts';
import { isCall, isFunction, isUnknown } from '../shared/typescript/results.ts';
import { typeShape as shape } from '../shared/typeText.ts';
import type { TypeShape } from '../shared/typeText.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { Result } from '../shared/typescript/results.ts';
import { called, chainOf, entry, objectOf, textEntry } from './chains.ts';
import { customType, textsOf, typeOf } from './columnTypes.ts';
import { casedName } from './names.ts';
import type { ColumnShape, EnumShape, TableShape } from './model.ts';
import { defaultText, sqlOf } from './sql.ts';

/** In the order of the source; what is no column builder is left out. */
export function columnShapes(table: TableShape): readonly ColumnShape[] {
  return [...(table.columns?.entries ?? [])].flatMap(([key, result]) => {
    const chain = chainOf(result);
    if (!chain) return [];
    const at = table.columns?.positions.get(key) ?? table.at;
    return [{ key, name: statedName(chain.arguments) ?? casedName(key, table.casing), chain, at }];
  });
}

export function statedName([first]: readonly Result[]): string | null {
  return typeof first === 'string' && first !== '' ? first : null;
}

export interface ColumnContext {
  readonly table: TableShape;
  readonly evaluator: Evaluator;
  readonly enums: ReadonlyMap<Result, EnumShape>;
  /** Told of columns whose type nobody knows. */
  readonly onUnknown: (column: ColumnShape) => void;
}

export interface BuiltColumn {
  readonly column: Column;
  /** Values of a MySQL enum, which has no type of its own. */
  readonly values: readonly string[] | null;
  readonly primary: boolean;
  readonly shape: ColumnShape;
}

export function columnOf(given: ColumnShape, context: ColumnContext): BuiltColumn {
  const { table } = context;
  const { chain } = given;
  const { dialect } = table;
  const { type, declared, values } = typeOfColumn(given, context);
  const array = called(chain, 'array') !== null;
  const primary = called(chain, 'primaryKey') !== null;
  const serial = chain.maker.endsWith('serial') && chain.made === null;
  const identity = called(chain, 'generatedAlwaysAsIdentity', 'generatedByDefaultAsIdentity', 'identity') !== null;
  const initial = initialOf(given, type, array, dialect);
  const generated = serial
    ? ({ kind: 'increment', expression: null } as const)
    : identity
      ? ({ kind: 'identity', expression: null } as const)
      : generatedOf(given, type, primary, context);
  const nullable = !(called(chain, 'notNull') !== null || primary || serial || identity);
  return {
    column: {
      name: given.name,
      property: given.key,
      ...type,
      array,
      nullable,
      default: initial,
      generated,
      enum: declared ?? (values ? `${table.name}_${given.name}_enum` : null),
      collation: null,
      comment: null,
      role: roleOf(given, type, initial, nullable),
      classification: null,
      selected: true,
      insertable: generated?.kind !== 'stored' && generated?.kind !== 'virtual',
      updatable: generated?.kind !== 'stored' && generated?.kind !== 'virtual',
      transformer: null,
      at: given.at,
    },
    values,
    primary,
    shape: given,
  };
}

interface ColumnTypeOf {
  readonly type: TypeShape;
  readonly declared: string | null;
  readonly values: readonly string[] | null;
}

function typeOfColumn(given: ColumnShape, { table, evaluator, enums, onUnknown }: ColumnContext): ColumnTypeOf {
  const { chain } = given;
  const { dialect } = table;
  const none = { declared: null, values: null };
  if (chain.made !== null) {
    const declared = enums.get(chain.made);
    if (declared) {
      const name = declared.name;
      return { type: { ...shape(name, dialect), type: 'enum' }, declared: name, values: null };
    }
    const [definition] = isCall(chain.made) && chain.maker === 'customType' ? chain.made.arguments : [];
    const type =
      definition === undefined ? null : customType(definition, objectOf(chain.arguments), dialect, evaluator);
    if (type) return { type, ...none };
  } else if (/^(?:mysql|singlestore)Enum$/.test(chain.maker)) {
    const values = textsOf(typeof chain.arguments[0] === 'string' ? chain.arguments[1] : chain.arguments[0]);
    return { type: shape('enum', dialect), declared: null, values: values ?? [] };
  } else {
    const type = chain.module === null || chain.module.includes('drizzle') ? typeOf(chain, dialect) : null;
    if (type) return { type, ...none };
  }
  onUnknown(given);
  return { type: { type: 'unknown', rawType: chain.maker, length: null, precision: null, scale: null }, ...none };
}

function initialOf(given: ColumnShape, type: TypeShape, array: boolean, dialect: Dialect): string | null {
  const { chain } = given;
  if (called(chain, 'defaultNow') !== null) {
    if (dialect === 'sqlite') return "(cast((julianday('now') - 2440587.5)*86400000 as integer))";
    return dialect === 'mysql' ? '(now())' : 'now()';
  }
  if (called(chain, 'defaultRandom') !== null) return 'gen_random_uuid()';
  const value = called(chain, 'default')?.[0];
  if (value === undefined) return null;
  if (dialect === 'sqlite' && type.rawType === 'integer' && typeof value === 'boolean') return String(value);
  return defaultText(value, type.rawType, array);
}

function generatedOf(
  { chain }: ColumnShape,
  type: TypeShape,
  primary: boolean,
  { table: { dialect }, evaluator }: ColumnContext,
): Column['generated'] {
  const always = called(chain, 'generatedAlwaysAs');
  if (always) {
    const [given] = always;
    const text = sqlOf(isFunction(given) ? evaluator.call(given, []) : given);
    const mode = entry(always[1], 'mode') ?? (dialect === 'postgresql' ? 'stored' : 'virtual');
    return {
      kind: mode === 'stored' ? 'stored' : 'virtual',
      expression: text ?? (typeof given === 'string' ? given : null),
    };
  }
  if (called(chain, 'autoincrement') !== null) return { kind: 'increment', expression: null };
  if (dialect === 'sqlite' && primary && type.rawType === 'integer') {
    const auto = entry(called(chain, 'primaryKey')?.[0], 'autoIncrement') === true;
    return { kind: auto ? 'increment' : 'rowid', expression: null };
  }
  const byApplication = called(chain, '$defaultFn', '$default');
  if (byApplication) return { kind: 'application', expression: textOf(byApplication[0]) };
  return null;
}

/** What a function of the application gives: `createId()` of `() => createId()`. */
function textOf(result: Result): string | null {
  if (isFunction(result)) return result.value.text.replace(/^(?:async\s*)?\(\s*\)\s*=>\s*/, '').slice(0, 120);
  return isUnknown(result) ? result.text : null;
}

/** What updates itself says so; for creation and soft deletion these names are Drizzle's documentation's. */
function roleOf(
  { key, chain }: ColumnShape,
  type: TypeShape,
  initial: string | null,
  nullable: boolean,
): ColumnRole | null {
  const isTime =
    /^(?:date|datetime|datetime-tz)$/.test(type.type) ||
    textEntry(objectOf(chain.arguments), 'mode')?.includes('timestamp') === true;
  if (!isTime) return null;
  if (called(chain, '$onUpdate', '$onUpdateFn', 'onUpdateNow') !== null || /^updated_?(?:at|on)$/i.test(key))
    return 'updated-at';
  const given = initial !== null || called(chain, '$defaultFn', '$default') !== null;
  if (given && /^created_?(?:at|on|date)?$/i.test(key)) return 'created-at';
  return nullable && /^deleted_?(?:at|on|date)?$/i.test(key) ? 'deleted-at' : null;
}
