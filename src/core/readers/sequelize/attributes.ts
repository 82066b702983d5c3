/** Attributes of a model, as `init` and `define` are given them. */
import type { SourceRange } from '../../schema/source.ts';
import { isClass, isFunction, isList, isObject } from '../shared/typescript/results.ts';
import type { ObjectResult, Result } from '../shared/typescript/results.ts';
import { dataTypeOf, enumValues } from './dataTypes.ts';
import type { Attribute, Options, Reference, Report } from './model.ts';
import { flagOf, noOptions, optionsOf, sourceOf, textOf } from './values.ts';

/** Name and schema of the table that `references.model` means where it is a model. */
export type TableOfModel = (value: Result) => { readonly table: string; readonly schema: string | null } | null;

/** Not stated, so that an association may fill it in. */
export function anAttribute(name: string, at: SourceRange, given: Partial<Attribute> = {}): Attribute {
  return {
    name,
    field: undefined,
    type: null,
    allowNull: undefined,
    primaryKey: false,
    autoIncrement: false,
    identity: false,
    defaultValue: undefined,
    unique: undefined,
    references: undefined,
    onDelete: undefined,
    onUpdate: undefined,
    comment: null,
    index: undefined,
    transformer: null,
    generated: false,
    at,
    ...given,
  };
}

export interface AttributeContext {
  readonly model: string;
  readonly tableOf: TableOfModel;
  readonly report: Report;
}

/** `fallback` is where an attribute stands whose place is not known. */
export function readAttributes(given: ObjectResult, fallback: SourceRange, context: AttributeContext): Attribute[] {
  if (given.missing !== null)
    context.report({
      code: 'unresolved-option',
      message: `Some attributes of ${context.model} come from ${given.missing}, which cannot be read without running the code. Its columns are missing here.`,
      severity: 'information',
      at: fallback,
    });
  return [...given.entries].flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    return [readAttribute(name, value, given.positions.get(name) ?? fallback, context)];
  });
}

export function readAttribute(name: string, value: Result, at: SourceRange, context: AttributeContext): Attribute {
  const options = isAttributeOptions(value) ? optionsOf(value) : noOptions;
  const stated = options === noOptions ? value : options.get('type');
  let type = dataTypeOf(stated);
  const values = options.get('values');
  if (type?.key === 'ENUM' && values !== undefined) type = { ...type, values: enumValues([values]) };
  if (!type)
    context.report({
      code: 'unresolved-option',
      message: `The type of ${context.model}.${name} cannot be read without running the code. State it as DataTypes.…, or as a constant.`,
      severity: 'information',
      at,
    });
  const { references, onDelete, onUpdate } = referenceOf(options, context.tableOf);
  return anAttribute(name, at, {
    field: textOf(options.get('field')) ?? textOf(options.get('columnName')) ?? undefined,
    type,
    allowNull: flagOf(options.get('allowNull')),
    primaryKey: options.get('primaryKey') === true,
    autoIncrement: options.get('autoIncrement') === true,
    identity: options.get('autoIncrementIdentity') === true,
    defaultValue: options.get('defaultValue'),
    unique: uniqueOf(options.get('unique')),
    references,
    onDelete: onDelete ?? textOf(options.get('onDelete')) ?? undefined,
    onUpdate: onUpdate ?? textOf(options.get('onUpdate')) ?? undefined,
    comment: textOf(options.get('comment')),
    index: options.get('index'),
    transformer:
      [options.get('get'), options.get('set')]
        .filter((each) => each !== undefined)
        .map((each) => sourceOf(each) ?? '…')
        .join(' ') || null,
  });
}

/** An object of options, not a type: types are calls and names. */
function isAttributeOptions(value: Result): boolean {
  return isObject(value);
}

/** `true`, a name, `{ name, msg }`; an object without a name gets the one of `true` and yet makes a constraint of its own. */
export function uniqueOf(value: Result): string | boolean | undefined {
  if (isObject(value)) return textOf(value.entries.get('name')) ?? '';
  return typeof value === 'string' ? value : typeof value === 'boolean' ? value : undefined;
}

/** `references: { model, key }`, `references: 'table'` with `referencesKey`, and of version 7 `references: { table, key, onDelete }`. */
export function referenceOf(
  options: Options,
  tableOf: TableOfModel,
): {
  readonly references: Reference | undefined;
  readonly onDelete: string | undefined;
  readonly onUpdate: string | undefined;
} {
  const stated = options.get('references');
  const parts = optionsOf(stated);
  const whole = parts === noOptions ? stated : (parts.get('model') ?? parts.get('table') ?? stated);
  const table = tableNameOf(whole, tableOf);
  return {
    references: table
      ? {
          ...table,
          key: textOf(parts.get('key')) ?? textOf(options.get('referencesKey')) ?? undefined,
          deferrable: deferrableOf(parts.get('deferrable')),
        }
      : undefined,
    onDelete: textOf(parts.get('onDelete')) ?? undefined,
    onUpdate: textOf(parts.get('onUpdate')) ?? undefined,
  };
}

function tableNameOf(value: Result, tableOf: TableOfModel): { table: string; schema: string | null } | null {
  if (typeof value === 'string' && value !== '') return { table: value, schema: null };
  if (isObject(value)) {
    const name = textOf(value.entries.get('tableName'));
    return name === null ? null : { table: name, schema: textOf(value.entries.get('schema')) };
  }
  if (isClass(value) || isFunction(value) || (typeof value === 'object' && value !== null && !isList(value)))
    return tableOf(value);
  return null;
}

/** `Deferrable.INITIALLY_DEFERRED` and `new Deferrable.INITIALLY_DEFERRED()`. */
function deferrableOf(value: Result): string | null {
  if (typeof value !== 'object' || value === null || isList(value) || !('is' in value)) return null;
  const name = value.is === 'unknown' ? value.text : value.is === 'external' || value.is === 'call' ? value.name : '';
  const key = /(INITIALLY_DEFERRED|INITIALLY_IMMEDIATE|NOT)$/.exec(name)?.[1];
  return key === 'INITIALLY_DEFERRED'
    ? 'INITIALLY DEFERRED'
    : key === 'INITIALLY_IMMEDIATE'
      ? 'INITIALLY IMMEDIATE'
      : null;
}
