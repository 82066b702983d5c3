/** What expressions of a followed program give. Objects can be changed, as in the program itself. */
import type { FunctionExpression, Spot } from '../../../readers/shared/typescript/program.ts';

export type Plain = string | number | boolean | null | undefined;

export type Value = Plain | List | Obj | Closure | Host | Unknown;

export interface List {
  readonly is: 'list';
  readonly items: Value[];
}

export interface Obj {
  readonly is: 'object';
  readonly entries: Map<string, Value>;
  /** Something that cannot be told was spread into it. */
  open: boolean;
}

export interface Closure {
  readonly is: 'closure';
  readonly value: FunctionExpression;
  readonly scope: Scope;
}

/** Something of a library whose calls are understood. */
export interface Host {
  readonly is: 'host';
  /** What it stands for: `queryInterface`, `DataTypes.STRING`. */
  readonly name: string;
  /** Whoever is handed it can change the schema by it. */
  readonly acts: boolean;
  get?(name: string): Value;
  call?(args: readonly Value[], at: Spot, construct: boolean): Value;
  /** What a library attaches to it for its own use. */
  readonly data?: unknown;
}

/** Something that cannot be told without running the code. */
export interface Unknown {
  readonly is: 'unknown';
  /** Of a text: what it starts with. */
  readonly head?: string;
  /** Of a text that is put together of parts: the whole, with `hole` in place of each that is not known. */
  readonly sketch?: string;
}

/** A character that no text has. */
export const hole = '\uFFFC';

export const unknown: Unknown = Object.freeze({ is: 'unknown' });

export interface Scope {
  readonly names: Map<string, Value>;
  readonly outer: Scope | null;
}

export function innerScope(outer: Scope | null): Scope {
  return { names: new Map(), outer };
}

export function lookUp(scope: Scope, name: string): Value {
  for (let at: Scope | null = scope; at; at = at.outer) if (at.names.has(name)) return at.names.get(name);
  return unknown;
}

/** Sets a name where it is declared; where nobody declared it, here. */
export function assignName(scope: Scope, name: string, value: Value): void {
  for (let at: Scope | null = scope; at; at = at.outer)
    if (at.names.has(name)) {
      at.names.set(name, value);
      return;
    }
  scope.names.set(name, value);
}

export function listOf(items: readonly Value[]): List {
  return { is: 'list', items: [...items] };
}

export function objectOf(entries: Iterable<readonly [string, Value]>, open = false): Obj {
  return { is: 'object', entries: new Map(entries), open };
}

export function hostOf(name: string, given: Omit<Host, 'is' | 'name' | 'acts'> & { readonly acts?: boolean }): Host {
  return { is: 'host', name, acts: false, ...given };
}

function kindOf(value: Value): string | null {
  return typeof value === 'object' && value !== null ? value.is : null;
}

export function isList(value: Value): value is List {
  return kindOf(value) === 'list';
}

export function isObject(value: Value): value is Obj {
  return kindOf(value) === 'object';
}

export function isClosure(value: Value): value is Closure {
  return kindOf(value) === 'closure';
}

export function isHost(value: Value): value is Host {
  return kindOf(value) === 'host';
}

export function isUnknown(value: Value): value is Unknown {
  return kindOf(value) === 'unknown';
}

/** Null = that cannot be told. */
export function truth(value: Value): boolean | null {
  if (isUnknown(value)) return null;
  return typeof value === 'object' && value !== null ? true : Boolean(value);
}

export function isText(value: Value): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

export function textOr(value: Value): string | null {
  return isText(value) ? String(value) : null;
}

/** A member of an object by its name; undefined where it certainly is not there. */
export function memberOf(value: Value, name: string): Value {
  if (isObject(value)) return value.entries.has(name) ? value.entries.get(name) : value.open ? unknown : undefined;
  if (isHost(value)) return value.get ? value.get(name) : unknown;
  if (isList(value)) {
    if (name === 'length') return value.items.length;
    return /^\d+$/.test(name) ? value.items[Number(name)] : unknown;
  }
  if (typeof value === 'string') {
    if (name === 'length') return value.length;
    return /^\d+$/.test(name) ? value[Number(name)] : unknown;
  }
  return unknown;
}

/** The texts of a list, or of one text; null where one cannot be told. */
export function textsOf(value: Value): readonly string[] | null {
  const items = isList(value) ? value.items : [value];
  const texts = items.map(textOr);
  return texts.every((text) => text !== null) ? texts : null;
}
