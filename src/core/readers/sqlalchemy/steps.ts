/** Chains of calls as expressions: `session.query(User).filter(…).all()` is a root and its steps. */
import type { PyArgument, PyExpression } from '../shared/python/declarations.ts';
import { dottedName } from '../shared/python/readModule.ts';

export interface Step {
  readonly name: string;
  /** Null = an attribute that is not called. */
  readonly args: readonly PyArgument[] | null;
}

export interface Steps {
  /** Name that it starts with; '' for anything else. */
  readonly root: string;
  /** The root itself is called: `select(User)`. */
  readonly rootArgs: readonly PyArgument[] | null;
  readonly steps: readonly Step[];
}

const longest = 120;

export function stepsOf(expression: PyExpression): Steps {
  const steps: Step[] = [];
  let at = expression;
  for (let count = 0; count < longest; count++) {
    if (at.kind === 'call' && at.callee.kind === 'attribute') {
      steps.unshift({ name: at.callee.name, args: at.arguments });
      at = at.callee.object;
    } else if (at.kind === 'attribute') {
      steps.unshift({ name: at.name, args: null });
      at = at.object;
    } else if (at.kind === 'subscript') {
      steps.unshift({ name: '[]', args: null });
      at = at.object;
    } else if (at.kind === 'call') return { root: dottedName(at.callee), rootArgs: at.arguments, steps };
    else break;
  }
  return { root: dottedName(at), rootArgs: null, steps };
}

export function named(args: readonly PyArgument[], name: string): PyArgument | undefined {
  return args.find((each) => each.name === name);
}
