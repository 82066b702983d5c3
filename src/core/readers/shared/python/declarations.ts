/** What a Python file declares, as it is kept in a fragment: JSON-safe, with positions, nothing evaluated. */

/** Line, column, end line, end column; as `SourceRange`, whose file is the module's. */
export type PySpan = readonly [number, number, number, number];

export type PyExpression =
  /** Text of a string literal, adjacent literals joined; of bytes too. */
  | { readonly kind: 'string'; readonly value: string }
  /** A number that is none of JavaScript's own precision is kept as text in an `other`. */
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly object: PyExpression; readonly name: string }
  | {
      readonly kind: 'call';
      readonly callee: PyExpression;
      readonly arguments: readonly PyArgument[];
      readonly at: PySpan;
    }
  /** `Optional[int]`, `rows[0]`; a slice is an `other`. */
  | { readonly kind: 'subscript'; readonly object: PyExpression; readonly index: readonly PyExpression[] }
  | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly PyExpression[] }
  | { readonly kind: 'splat'; readonly value: PyExpression }
  /** Entries without a key are `**spread`. */
  | {
      readonly kind: 'dict';
      readonly entries: readonly { readonly key: PyExpression | null; readonly value: PyExpression }[];
    }
  /** f-string: its texts and expressions in order. */
  | { readonly kind: 'format'; readonly parts: readonly (string | PyExpression)[] }
  /** Operators as written: `+`, `|`, `and`, `==`, `is not`, … */
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: PyExpression;
      readonly right: PyExpression;
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: PyExpression }
  | {
      readonly kind: 'conditional';
      readonly condition: PyExpression;
      readonly then: PyExpression;
      readonly otherwise: PyExpression;
    }
  | { readonly kind: 'lambda'; readonly parameters: readonly PyParameter[]; readonly body: PyExpression }
  /** `[each.lower() for each in parts if each]`, generators too; of one `for` whose target is a name. */
  | {
      readonly kind: 'comprehension';
      readonly item: PyExpression;
      readonly target: string;
      readonly list: PyExpression;
      readonly conditions: readonly PyExpression[];
      /** Its source, at most 120 characters. */
      readonly text: string;
    }
  /** Anything else: its source, at most 120 characters. */
  | { readonly kind: 'other'; readonly text: string };

export interface PyArgument {
  /** Of a keyword argument. */
  readonly name: string | null;
  readonly value: PyExpression;
  /** `*args`, `**options`. */
  readonly spread?: '*' | '**';
  readonly at: PySpan;
}

export interface PyParameter {
  readonly name: string;
  readonly annotation: PyExpression | null;
  readonly default: PyExpression | null;
  readonly spread?: '*' | '**';
}

/**
 * Statements that bind a name, or call something. Those of `if`, `try` and `with` stand among those around them; what stands in an
 * `else` or `except` is marked as `fallback`: it binds only what nothing else does.
 */
export type PyStatement = PyAssignment | PyClassDeclaration | PyFunctionDeclaration | PyCallStatement | PyReturn | PyIf;

export interface PyAssignment {
  readonly kind: 'assign';
  /** Name, or dotted path: `User.orders`. */
  readonly target: string;
  /** Strings in it are read as the types they name. */
  readonly annotation: PyExpression | null;
  readonly value: PyExpression | null;
  /** `+=` and the like. */
  readonly operator?: string;
  readonly fallback?: true;
  /** Of target and annotation. */
  readonly at: PySpan;
}

export interface PyClassDeclaration {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly PyExpression[];
  /** `table=True`, `metaclass=…` */
  readonly keywords: readonly PyArgument[];
  readonly decorators: readonly PyExpression[];
  readonly body: readonly PyStatement[];
  readonly doc: string | null;
  readonly fallback?: true;
  /** `class User`. */
  readonly at: PySpan;
}

export interface PyFunctionDeclaration {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly PyParameter[];
  readonly returns: PyExpression | null;
  readonly decorators: readonly PyExpression[];
  readonly async: boolean;
  /** Null where it was not kept: bodies of application code are no declarations. */
  readonly body: readonly PyStatement[] | null;
  readonly fallback?: true;
  /** `def name`. */
  readonly at: PySpan;
}

export interface PyCallStatement {
  readonly kind: 'call';
  readonly value: PyExpression;
  readonly at: PySpan;
}

/** In bodies of functions alone. */
export interface PyReturn {
  readonly kind: 'return';
  readonly value: PyExpression | null;
}

/** In bodies of functions alone; elsewhere both branches stand among the statements around. */
export interface PyIf {
  readonly kind: 'if';
  readonly condition: PyExpression;
  readonly body: readonly PyStatement[];
  readonly otherwise: readonly PyStatement[];
}

export interface PyImport {
  /** Name it binds; `*` = all that the module has; '' = none: `import a.b` binds `a`, and stands here with `a.b` as well. */
  readonly local: string;
  /** As written, leading dots included: `.models`, `sqlalchemy.orm`. */
  readonly module: string;
  /** Name taken from the module; null = the module itself. */
  readonly name: string | null;
  readonly fallback?: true;
}

export interface PyModule {
  readonly imports: readonly PyImport[];
  readonly statements: readonly PyStatement[];
}

export const emptyModule: PyModule = { imports: [], statements: [] };

/** Modules that imports may lead to: of `from app import models` both `app` and `app.models`. */
export function modulesOfImports(imports: readonly PyImport[]): readonly string[] {
  const modules = new Set<string>();
  for (const { module, name } of imports) {
    modules.add(module);
    if (name !== null && name !== '*') modules.add(submodule(module, name));
  }
  return [...modules];
}

export function submodule(module: string, name: string): string {
  return module.endsWith('.') ? module + name : `${module}.${name}`;
}
