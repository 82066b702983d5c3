/**
 * What a file of JavaScript or TypeScript does when it is run, as JSON: statements and expressions with the bodies of their functions. For files that are
 * programs rather than declarations (migrations); `core/migrations/shared/script` follows them. Types and comments are left out, `await` as well.
 */

/** First line and column, last line and column; all count from 1. */
export type Spot = readonly [line: number, column: number, endLine: number, endColumn: number];

export type Expression =
  | { readonly is: 'literal'; readonly value: string | number | boolean | null }
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'member'; readonly object: Expression; readonly name: string }
  | { readonly is: 'index'; readonly object: Expression; readonly key: Expression }
  | CallExpression
  /** `tag` null = none. The texts between the parts are literals. */
  | {
      readonly is: 'template';
      readonly tag: Expression | null;
      readonly parts: readonly Expression[];
      readonly at: Spot;
    }
  | { readonly is: 'array'; readonly items: readonly Expression[] }
  | { readonly is: 'object'; readonly entries: readonly Entry[] }
  | { readonly is: 'spread'; readonly value: Expression }
  | FunctionExpression
  | { readonly is: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'unary'; readonly operator: string; readonly value: Expression }
  | {
      readonly is: 'conditional';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | { readonly is: 'assign'; readonly operator: string; readonly target: Pattern; readonly value: Expression }
  | { readonly is: 'sequence'; readonly items: readonly Expression[] }
  /** What a module exports by a name, `default`, or `*` for all of it. */
  | { readonly is: 'import'; readonly module: string; readonly name: string }
  /** Anything else, its first characters. */
  | { readonly is: 'other'; readonly text: string };

export interface CallExpression {
  readonly is: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Expression[];
  readonly construct: boolean;
  readonly at: Spot;
}

export interface Entry {
  /** Null = the value is spread into the object. */
  readonly key: string | Expression | null;
  readonly value: Expression;
}

export interface FunctionExpression {
  readonly is: 'function';
  readonly parameters: readonly Pattern[];
  readonly body: readonly Statement[];
}

/** What is given a value. */
export type Pattern =
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'object'; readonly entries: readonly (readonly [string, Pattern])[]; readonly rest: Pattern | null }
  | { readonly is: 'array'; readonly items: readonly (Pattern | null)[] }
  | { readonly is: 'rest'; readonly target: Pattern }
  | { readonly is: 'default'; readonly target: Pattern; readonly value: Expression }
  /** `exports.up = …`, `columns[name] = …` */
  | { readonly is: 'place'; readonly object: Expression; readonly key: Expression }
  | { readonly is: 'nothing' };

export type Statement =
  | { readonly is: 'do'; readonly value: Expression }
  | { readonly is: 'declare'; readonly target: Pattern; readonly value: Expression | null }
  | { readonly is: 'return'; readonly value: Expression | null }
  | { readonly is: 'throw' }
  | { readonly is: 'block'; readonly body: readonly Statement[] }
  | {
      readonly is: 'if';
      readonly condition: Expression;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
      readonly at: Spot;
    }
  /** `for (const a of list)`; `keys` = `for (const a in object)`. */
  | {
      readonly is: 'each';
      readonly target: Pattern;
      readonly keys: boolean;
      readonly list: Expression;
      readonly body: readonly Statement[];
      readonly at: Spot;
    }
  | {
      readonly is: 'loop';
      readonly before: readonly Statement[];
      readonly condition: Expression | null;
      readonly after: Expression | null;
      readonly body: readonly Statement[];
      readonly at: Spot;
    }
  | {
      readonly is: 'switch';
      readonly value: Expression;
      /** `test` null = default. */
      readonly cases: readonly { readonly test: Expression | null; readonly body: readonly Statement[] }[];
      readonly at: Spot;
    }
  | { readonly is: 'try'; readonly body: readonly Statement[]; readonly after: readonly Statement[] }
  | { readonly is: 'break' }
  | { readonly is: 'continue' };

/** Names that are exported are members of `exports`, however the source says so. */
export type Program = readonly Statement[];

/** Key of the name of a class among its members, which no member can have. */
export const className = '%class';

/** Evidence and messages need no more of what is not followed. */
export const maxOtherText = 80;
