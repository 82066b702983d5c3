/** Runs short functions: those that compute a name or make a column. A part of the evaluator. */
import type { PyExpression, PyStatement } from './declarations.ts';
import type { EvaluatorParts } from './evaluate.ts';
import { operate, truthOf } from './operations.ts';
import { dottedName } from './readModule.ts';
import type { PyFunction, PyScope, PyValue } from './values.ts';

const deepest = 16;

const unknown = (text: string): PyValue => ({ is: 'unknown', text });
const noKeywords: ReadonlyMap<string, PyValue> = new Map();

export function createRunner(parts: EvaluatorParts): Pick<EvaluatorParts, 'run'> {
  let depth = 0;

  function run(
    fn: PyFunction,
    args: readonly PyValue[],
    keywords: ReadonlyMap<string, PyValue> = noKeywords,
  ): PyValue | undefined {
    if (fn.body === null || depth > deepest) return undefined;
    const isStatic = fn.decorators.some((each) => dottedName(each) === 'staticmethod');
    const given = fn.bound && !isStatic ? [fn.bound, ...args] : args;
    const names = new Map<string, PyValue>();
    const positional = fn.parameters.filter(({ spread: stars }) => stars === undefined);
    const own = new Set(positional.map(({ name }) => name));
    for (const parameter of fn.parameters) {
      if (parameter.spread === '*') names.set(parameter.name, { is: 'tuple', items: given.slice(positional.length) });
      else if (parameter.spread === '**')
        names.set(parameter.name, { is: 'dict', entries: [...keywords].filter(([key]) => !own.has(key)), open: false });
      else {
        const index = positional.indexOf(parameter);
        const value =
          keywords.get(parameter.name) ??
          given[index] ??
          (parameter.default && parts.evaluate(parameter.default, fn.scope));
        names.set(
          parameter.name,
          value ??
            (keywords.has(parameter.name) || given[index] === null || parameter.default
              ? null
              : unknown(parameter.name)),
        );
      }
    }
    const scope: PyScope = {
      file: fn.scope.file,
      names,
      class: null,
      outer: fn.scope.class ? fn.scope.outer : fn.scope,
    };
    depth++;
    try {
      if (!Array.isArray(fn.body)) return parts.evaluate(fn.body as PyExpression, scope);
      return execute(fn.body as readonly PyStatement[], scope, names) ?? undefined;
    } finally {
      depth--;
    }
  }

  /** Result of the first `return` that is reached; undefined = none is. */
  function execute(
    statements: readonly PyStatement[],
    scope: PyScope,
    names: Map<string, PyValue>,
  ): PyValue | undefined {
    for (const statement of statements) {
      if (statement.kind === 'return') return statement.value ? parts.evaluate(statement.value, scope) : null;
      if (statement.kind === 'if') {
        const truth = truthOf(parts.evaluate(statement.condition, scope));
        const result = execute(truth === true ? statement.body : statement.otherwise, scope, names);
        if (result !== undefined) return result;
      } else if (statement.kind === 'assign' && statement.value !== null && !statement.target.includes('.')) {
        const value = parts.evaluate(statement.value, scope);
        const before = names.get(statement.target);
        const operator = statement.operator?.replace(/=$/, '');
        names.set(
          statement.target,
          operator === undefined
            ? value
            : before === undefined
              ? unknown(statement.target)
              : (operate(operator, before, value) ?? unknown(statement.target)),
        );
      } else if (statement.kind === 'class') names.set(statement.name, parts.classOf(statement, scope, null));
      else if (statement.kind === 'function') names.set(statement.name, parts.functionOf(statement, scope, null));
    }
    return undefined;
  }

  return { run };
}
