/** What expressions of Python evaluate to, as far as it can be known without running anything. */
import type { SourceRange } from '../../../schema/source.ts';
import type { PyClassDeclaration, PyExpression, PyParameter, PySpan, PyStatement } from './declarations.ts';

export type PyValue =
  | string
  | number
  | boolean
  | null
  | PySequence
  | PyDict
  | PyClass
  | PyFunction
  | PyModuleValue
  | PyExternal
  | PyCall
  | PyMember
  | PySubscript
  | PyOperation
  | PyUnknown;

export interface PySequence {
  readonly is: 'list' | 'tuple' | 'set';
  readonly items: readonly PyValue[];
}

export interface PyDict {
  readonly is: 'dict';
  readonly entries: readonly (readonly [PyValue, PyValue])[];
  /** Something was spread into it that is not known. */
  readonly open: boolean;
}

/** A class of the workspace; the same object wherever it is named. */
export interface PyClass {
  readonly is: 'class';
  readonly name: string;
  /** `Order.Meta` of a nested class. */
  readonly qualifiedName: string;
  readonly file: string;
  readonly declaration: PyClassDeclaration;
  readonly scope: PyScope;
}

export interface PyFunction {
  readonly is: 'function';
  readonly name: string;
  readonly parameters: readonly PyParameter[];
  readonly decorators: readonly PyExpression[];
  /** Null = not kept. */
  readonly body: readonly PyStatement[] | PyExpression | null;
  readonly scope: PyScope;
  /** Class that a method is called on. */
  readonly bound: PyClass | null;
}

/** A module of the workspace. */
export interface PyModuleValue {
  readonly is: 'module';
  /** Null = a folder without `__init__.py`. */
  readonly file: string | null;
  /** As imported, and from where, so that its submodules can be found. */
  readonly module: string;
  readonly from: string;
}

/** Something outside of the workspace, by its dotted path as imported: `sqlalchemy.orm.relationship`, `builtins.str`. */
export interface PyExternal {
  readonly is: 'external';
  readonly path: string;
}

/** A call of something that is not executed here: of something external, a class, or a function whose body was not kept. */
export interface PyCall {
  readonly is: 'call';
  readonly callee: PyValue;
  readonly arguments: readonly PyValue[];
  readonly keywords: ReadonlyMap<string, PyValue>;
  /** Arguments were spread into it that are not known. */
  readonly open: boolean;
  readonly at: SourceRange;
}

/** An attribute of something: a column of a class, `db.Model`, `Status.ACTIVE`. */
export interface PyMember {
  readonly is: 'member';
  readonly object: PyValue;
  readonly name: string;
  /** Of a class of the workspace: what the attribute was assigned; else null. */
  readonly value: PyValue;
}

export interface PySubscript {
  readonly is: 'subscript';
  readonly object: PyValue;
  readonly index: readonly PyValue[];
}

/** `int | None`, `Order.id == Item.order_id`, `~x` (whose `right` is null), and what else is not computed here. */
export interface PyOperation {
  readonly is: 'operation';
  readonly operator: string;
  readonly left: PyValue;
  readonly right: PyValue;
}

/** Its source, at most 120 characters. */
export interface PyUnknown {
  readonly is: 'unknown';
  readonly text: string;
}

/** Where names are looked up: locals, the body of a class, the functions around, then the file. */
export interface PyScope {
  readonly file: string;
  readonly names: ReadonlyMap<string, PyValue> | null;
  /** The class whose body it is. */
  readonly class: PyClass | null;
  readonly outer: PyScope | null;
}

type Is<Kind extends string> = Extract<PyValue, { readonly is: Kind }>;

function isKind<Kind extends string>(kind: Kind): (value: PyValue | undefined) => value is Is<Kind> {
  return (value): value is Is<Kind> => typeof value === 'object' && value !== null && (value.is as string) === kind;
}

export const isClass = isKind('class');
export const isCall = isKind('call');
export const isDict = isKind('dict');
export const isFunction = isKind('function');
export const isMember = isKind('member');
export const isModule = isKind('module');
export const isExternal = isKind('external');
export const isSubscript = isKind('subscript');
export const isOperation = isKind('operation');
export const isUnknown = isKind('unknown');

export function isSequence(value: PyValue | undefined): value is PySequence {
  return (
    typeof value === 'object' && value !== null && (value.is === 'list' || value.is === 'tuple' || value.is === 'set')
  );
}

export function isPlain(value: PyValue | undefined): value is string | number | boolean | null {
  return value !== undefined && (value === null || typeof value !== 'object');
}

export function textOf(value: PyValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** Value of a key of a dictionary, by text. */
export function entryOf(dict: PyDict, key: string): PyValue | undefined {
  return dict.entries.findLast(([name]) => name === key)?.[1];
}

/** An argument by its place or its keyword. */
export function argumentOf(call: PyCall, index: number | null, keyword: string): PyValue | undefined {
  return call.keywords.get(keyword) ?? (index === null ? undefined : call.arguments[index]);
}

/**
 * What something is called outside of the workspace: `sqlalchemy.orm.relationship`, `flask_sqlalchemy.SQLAlchemy().Column`;
 * null where it is none of that.
 */
export function externalPath(value: PyValue | undefined): string | null {
  if (isExternal(value)) return value.path;
  if (isSubscript(value)) return externalPath(value.object);
  if (isCall(value)) {
    const callee = externalPath(value.callee);
    return callee === null ? null : `${callee}()`;
  }
  if (!isMember(value) || isClass(value.object)) return null;
  const object = externalPath(value.object);
  return object === null ? null : `${object}.${value.name}`;
}

export function rangeOf(file: string, [line, column, endLine, endColumn]: PySpan): SourceRange {
  return { file, line, column, endLine, endColumn };
}

/** As the source would say it, for messages and evidence; at most 120 characters. */
export function sourceText(value: PyValue, depth = 0): string {
  const text = write(value, depth);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function write(value: PyValue, depth: number): string {
  if (depth > 6) return '…';
  const inner = (each: PyValue): string => write(each, depth + 1);
  if (value === null) return 'None';
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  switch (value.is) {
    case 'list':
      return `[${value.items.map(inner).join(', ')}]`;
    case 'tuple':
      return `(${value.items.map(inner).join(', ')})`;
    case 'set':
      return `{${value.items.map(inner).join(', ')}}`;
    case 'dict':
      return `{${value.entries.map(([key, each]) => `${inner(key)}: ${inner(each)}`).join(', ')}}`;
    case 'class':
    case 'function':
      return value.name;
    case 'module':
      return value.module;
    case 'external':
      return value.path.slice(value.path.lastIndexOf('.') + 1);
    case 'call':
      return `${inner(value.callee)}(${[
        ...value.arguments.map(inner),
        ...[...value.keywords].map(([key, each]) => `${key}=${inner(each)}`),
      ].join(', ')})`;
    case 'member':
      return `${inner(value.object)}.${value.name}`;
    case 'subscript':
      return `${inner(value.object)}[${value.index.map(inner).join(', ')}]`;
    case 'operation':
      if (value.operator === '~') return `~${inner(value.left)}`;
      return `${inner(value.left)} ${value.operator} ${inner(value.right)}`;
    case 'unknown':
      return value.text;
  }
}
