/**
 * What one TypeScript file declares, as far as a mapping can depend on it: classes with their decorators, constants, enums,
 * type aliases, and how names get in and out. File-local and JSON-safe; `moduleGraph.ts` follows names across files.
 */
import type { SourceRange } from '../../../schema/source.ts';

/** An expression, read but not evaluated. */
export type Value =
  | { readonly is: 'literal'; readonly value: string | number | boolean | null }
  /** Identifier, or a dotted path: `Status.Active`. */
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'object'; readonly entries: readonly ObjectEntry[] }
  | { readonly is: 'array'; readonly items: readonly Value[] }
  | { readonly is: 'spread'; readonly value: Value }
  | FunctionValue
  | {
      readonly is: 'call';
      readonly callee: Value;
      readonly arguments: readonly Value[];
      readonly construct: boolean;
      readonly text: string;
    }
  | { readonly is: 'template'; readonly parts: readonly Value[] }
  | { readonly is: 'binary'; readonly operator: string; readonly left: Value; readonly right: Value }
  | { readonly is: 'unary'; readonly operator: string; readonly value: Value }
  | { readonly is: 'index'; readonly object: Value; readonly key: Value }
  | { readonly is: 'conditional'; readonly condition: Value; readonly then: Value; readonly otherwise: Value }
  | { readonly is: 'class'; readonly class: ClassDeclaration }
  /** Anything else, cut to `maxText` characters. */
  | { readonly is: 'text'; readonly text: string };

export interface ObjectEntry {
  /** Null = the value is spread into the object. */
  readonly key: string | Value | null;
  readonly value: Value;
  /** The key, where positions were asked for. */
  readonly at?: SourceRange;
}

export interface FunctionValue {
  readonly is: 'function';
  /** Plain names; a destructured parameter is ''. */
  readonly parameters: readonly string[];
  /** What the last `return` at the top of the body, or the arrow's expression, gives. */
  readonly returns: Value | null;
  /** Classes and constants declared in the body, which `returns` may name. */
  readonly locals: readonly (readonly [string, Value])[];
  /** Calls of a call's result made as statements: `Column(options)(target, property)` in a hand-written decorator. */
  readonly applies: readonly Value[];
  /** The body is constants and one return, so that `returns` is what a call gives. */
  readonly simple: boolean;
  readonly text: string;
}

/** A type, as far as decorator metadata and enums need it. */
export type TypeShape =
  /** `string`, `number`, `boolean`, `bigint`, `symbol`, `object`, `any`, `unknown`, `never`, `void`, `undefined`, `null`. */
  | { readonly is: 'keyword'; readonly name: string }
  | { readonly is: 'reference'; readonly name: string; readonly arguments: readonly TypeShape[] }
  | { readonly is: 'union' | 'intersection'; readonly types: readonly TypeShape[] }
  | { readonly is: 'array'; readonly element: TypeShape | null }
  /** `(typeof Statuses)[…]`, `keyof typeof Statuses` with `keys`. */
  | { readonly is: 'typeof'; readonly name: string; readonly keys: boolean }
  | { readonly is: 'function' }
  /** Type literals, mapped, conditional and other indexed types: an object at run time as far as anyone can tell. */
  | { readonly is: 'object' };

export interface Decorator {
  /** As written: `Column`, `orm.Column`. */
  readonly name: string;
  /** Null where it is not called: `@Sealed`. */
  readonly arguments: readonly Value[] | null;
  readonly at: SourceRange;
}

export interface Member {
  readonly name: string;
  readonly kind: 'property' | 'method' | 'accessor';
  readonly static: boolean;
  readonly type: TypeShape | null;
  /** `?` or `| null` or `| undefined`. */
  readonly optional: boolean;
  readonly decorators: readonly Decorator[];
  /** Initial value of a property, where it is plain (`readonly prefix = 'app_'`). */
  readonly value: Value | null;
  /** What a method returns, where it is kept (naming strategies). */
  readonly body: FunctionValue | null;
  readonly at: SourceRange;
}

export interface ClassDeclaration {
  /** '' for an anonymous class. */
  readonly name: string;
  readonly abstract: boolean;
  readonly extends: Value | null;
  readonly decorators: readonly Decorator[];
  /** Members with decorators, static ones, and of naming strategies also plain methods and properties. */
  readonly members: readonly Member[];
  readonly at: SourceRange;
}

export interface EnumDeclaration {
  readonly name: string;
  /** Null = implicit: one more than the member before. */
  readonly members: readonly (readonly [string, Value | null])[];
  readonly at: SourceRange;
}

export interface ImportDeclaration {
  readonly local: string;
  /** `default`, `*`, or the exported name. */
  readonly imported: string;
  readonly module: string;
}

export interface ExportDeclaration {
  /** Name outside; `*` = all of the module's names. */
  readonly exported: string;
  /** Name inside this file or, with `module`, inside that module; `*` = the module's namespace. */
  readonly local: string;
  readonly module: string | null;
}

export interface TypeDeclaration {
  readonly name: string;
  /** Null for an interface. */
  readonly type: TypeShape | null;
}

export interface Declarations {
  readonly classes: readonly ClassDeclaration[];
  readonly values: readonly (readonly [string, Value])[];
  readonly enums: readonly EnumDeclaration[];
  readonly types: readonly TypeDeclaration[];
  readonly imports: readonly ImportDeclaration[];
  /** Only those that rename or re-export: what is declared here is exported by its own name as well. */
  readonly exports: readonly ExportDeclaration[];
}

/** Evidence and messages need no more of an expression. */
export const maxText = 200;
