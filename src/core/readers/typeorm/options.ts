/** Evaluated option objects → the values TypeORM would see in them. */
import { isList, isObject, isUnknown, ownKeys } from '../shared/typescript/results.ts';
import type { ObjectResult, Result } from '../shared/typescript/results.ts';
import type { ColumnOptions, JoinColumnOptions } from './model.ts';

export type Options = ObjectResult | null;

export function objectOf(value: Result): Options {
  return isObject(value) ? value : null;
}

export function valueOf(options: Options, key: string): Result {
  return options?.entries.get(key);
}

/** Null where it is absent, empty, or no text that is known. */
export function textOf(options: Options, key: string): string | null {
  const value = valueOf(options, key);
  return typeof value === 'string' && value !== '' ? value : null;
}

export function flagOf(options: Options, key: string): boolean {
  return valueOf(options, key) === true;
}

export function textsOf(value: Result): readonly string[] {
  return isList(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Engine type as text, or the name of a constructor (`String`). */
export function typeOf(value: Result): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'object' && value !== null && 'is' in value && value.is === 'builtin') return value.name;
  return null;
}

/** Options that could not be evaluated though the column depends on them: `type`, `name`… with their source. */
export function unreadOptions(options: Options, keys: readonly string[]): readonly string[] {
  if (!options) return [];
  const unread = keys.filter((key) => isUnreadable(options.entries.get(key)));
  return options.missing === null ? unread : [...unread, `...${options.missing}`];
}

export function isUnreadable(value: Result): boolean {
  if (isUnknown(value)) return true;
  return (
    typeof value === 'object' && value !== null && 'is' in value && (value.is === 'call' || value.is === 'external')
  );
}

export function columnOptions(options: Options, type: string | null): ColumnOptions {
  const scale = valueOf(options, 'scale');
  const nullable = valueOf(options, 'nullable');
  const length = valueOf(options, 'length');
  return {
    name: textOf(options, 'name'),
    type: type ?? typeOf(valueOf(options, 'type')),
    length: (typeof length === 'number' || typeof length === 'string') && length ? String(length) : null,
    nullable: typeof nullable === 'boolean' ? nullable : undefined,
    primary: flagOf(options, 'primary'),
    default: valueOf(options, 'default'),
    precision: precisionOf(valueOf(options, 'precision')),
    scale: typeof scale === 'number' ? scale : null,
    unsigned: flagOf(options, 'unsigned'),
    array: flagOf(options, 'array'),
    enum: enumValues(valueOf(options, 'enum')),
    enumName: textOf(options, 'enumName'),
    comment: textOf(options, 'comment'),
    collation: textOf(options, 'collation'),
    select: valueOf(options, 'select') !== false,
    insert: valueOf(options, 'insert') !== false,
    update: valueOf(options, 'update') !== false,
    asExpression: textOf(options, 'asExpression'),
    generatedType: textOf(options, 'generatedType') === 'STORED' ? 'STORED' : 'VIRTUAL',
    transformer: transformerText(valueOf(options, 'transformer')),
    primaryKeyConstraintName: textOf(options, 'primaryKeyConstraintName'),
    foreignKeyConstraintName: textOf(options, 'foreignKeyConstraintName'),
    generatedIdentity: valueOf(options, 'generatedIdentity') !== undefined,
  };
}

function precisionOf(value: Result): number | null | undefined {
  return typeof value === 'number' || value === null ? value : undefined;
}

/** Of an object, the values of its non-numeric keys: a numeric enum has its names as values too. Null = none given or unread. */
export function enumValues(value: Result): readonly string[] | null {
  const values = isObject(value)
    ? ownKeys(value)
        .filter((key) => Number.isNaN(+key))
        .map((key) => value.entries.get(key))
    : isList(value)
      ? value
      : null;
  if (!values) return null;
  return values.filter((each) => typeof each === 'string' || typeof each === 'number').map(String);
}

function transformerText(value: Result): string | null {
  if (value === undefined || value === null || typeof value !== 'object') return null;
  if (isList(value)) return value.map(transformerText).join(', ');
  switch (value.is) {
    case 'call':
    case 'method':
    case 'unknown':
      return value.text;
    case 'class':
    case 'external':
    case 'builtin':
    case 'member':
      return value.name;
    case 'template':
      return null;
    case 'function':
      return value.value.text;
    case 'object': {
      const [to, from] = [value.entries.get('to'), value.entries.get('from')];
      return `{ to: ${transformerText(to) ?? '…'}, from: ${transformerText(from) ?? '…'} }`;
    }
  }
}

export function joinColumnOptions(value: Result): JoinColumnOptions {
  const options = objectOf(value);
  return {
    name: textOf(options, 'name'),
    referencedColumnName: textOf(options, 'referencedColumnName'),
    foreignKeyConstraintName: textOf(options, 'foreignKeyConstraintName'),
  };
}

/** `joinColumn`, or the list `joinColumns`; null where neither is given. */
export function joinColumnList(options: Options, one: string, many: string): readonly JoinColumnOptions[] | null {
  const single = valueOf(options, one);
  if (single !== undefined) return [joinColumnOptions(single)];
  const list = valueOf(options, many);
  return isList(list) ? list.map(joinColumnOptions) : null;
}

export function cascadesOf(value: Result): readonly string[] {
  if (value === true) return ['insert', 'update', 'remove', 'soft-remove', 'recover'];
  return textsOf(value);
}
