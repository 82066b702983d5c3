/** Runs what `upgrade` says as far as the text tells it: loops over known lists, conditions that are known, functions of the same file. */
import type { Evaluator } from '../../readers/shared/python/evaluate.ts';
import { dottedName } from '../../readers/shared/python/readModule.ts';
import type { PyExpression } from '../../readers/shared/python/declarations.ts';
import type { PyCall, PyScope, PyValue } from '../../readers/shared/python/values.ts';
import { externalPath, isCall, isSequence, rangeOf } from '../../readers/shared/python/values.ts';
import type { ScriptFunction, ScriptStatement } from '../../readers/sqlalchemy/revisions.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { RevisionFile } from './graph.ts';

export interface Hooks {
  /** A call that stands by itself, or whose result is kept. */
  call(call: PyCall, place: Place): void;
  /** Undefined = not known before it runs. */
  truth(condition: PyExpression, evaluate: (expression: PyExpression) => PyValue): boolean | undefined;
  report(message: string, at: SourceRange): void;
}

export interface Place {
  /** Within `autocommit_block()`. */
  readonly autocommit: boolean;
}

/** A loop over more than this is not unrolled; and what all loops of a revision may do. */
const mostRounds = 500;
const mostSteps = 20_000;
const deepest = 12;

export function runUpgrade({ file, code }: RevisionFile, evaluator: Evaluator, hooks: Hooks): void {
  const helpers = new Map(code.helpers.map((helper) => [helper.name, helper]));
  let steps = 0;

  function run(
    statements: readonly ScriptStatement[],
    scope: PyScope,
    names: Map<string, PyValue>,
    place: Place,
    depth: number,
  ): boolean {
    for (const statement of statements) if (one(statement, scope, names, place, depth)) return true;
    return false;
  }

  /** True = it returns. */
  function one(
    statement: ScriptStatement,
    scope: PyScope,
    names: Map<string, PyValue>,
    place: Place,
    depth: number,
  ): boolean {
    if (++steps > mostSteps || depth > deepest) return true;
    const value = (expression: PyExpression): PyValue => evaluator.evaluate(expression, scope);
    switch (statement.kind) {
      case 'call':
        perform(statement.value, scope, place, depth);
        return false;
      case 'assign': {
        const given = perform(statement.value, scope, place, depth);
        const [first = ''] = statement.targets;
        if (statement.targets.length === 1) names.set(first, given);
        else bind(statement.targets, given, names);
        return false;
      }
      case 'with': {
        let inside = place;
        for (const { value: item, alias } of statement.items) {
          const given = value(item);
          if (alias !== null) names.set(alias, given);
          if (isCall(given) && externalPath(given.callee)?.endsWith('.autocommit_block') === true)
            inside = { autocommit: true };
        }
        return run(statement.body, scope, names, inside, depth);
      }
      case 'for': {
        const list = value(statement.list);
        if (!isSequence(list) || list.items.length > mostRounds) {
          if (touches(statement.body))
            hooks.report('the list of this loop cannot be told from the text', rangeOf(file, statement.at));
          return false;
        }
        for (const item of list.items) {
          if (statement.targets.length === 1) names.set(statement.targets[0] ?? '', item);
          else bind(statement.targets, item, names);
          if (run(statement.body, scope, names, place, depth)) return true;
        }
        return false;
      }
      case 'if': {
        const holds = hooks.truth(statement.condition, value);
        if (holds === true) return run(statement.body, scope, names, place, depth);
        if (holds === false) return run(statement.otherwise, scope, names, place, depth);
        // A way out that is only known at run time is taken as not taken.
        if (touches(statement.body) || touches(statement.otherwise))
          hooks.report(
            'whether this branch is taken is only known when it runs; it was left out',
            rangeOf(file, statement.at),
          );
        return false;
      }
      case 'while':
        if (statement.touches) hooks.report('a loop that counts is not followed', rangeOf(file, statement.at));
        return false;
      case 'return':
        return true;
    }
  }

  function perform(expression: PyExpression, scope: PyScope, place: Place, depth: number): PyValue {
    if (expression.kind === 'call') {
      const helper = helpers.get(dottedName(expression.callee));
      if (helper && expression.callee.kind === 'name') {
        runHelper(helper, expression, scope, place, depth);
        return { is: 'unknown', text: helper.name };
      }
    }
    const value = evaluator.evaluate(expression, scope);
    if (isCall(value)) hooks.call(value, place);
    return value;
  }

  function runHelper(
    { parameters, body }: ScriptFunction,
    call: Extract<PyExpression, { kind: 'call' }>,
    scope: PyScope,
    place: Place,
    depth: number,
  ): void {
    const names = new Map<string, PyValue>();
    const fileScope = evaluator.fileScope(file);
    const given = call.arguments.map(({ name, value }) => ({ name, value: evaluator.evaluate(value, scope) }));
    const positional = given.filter(({ name }) => name === null);
    for (const [at, parameter] of parameters.entries()) {
      const value =
        given.find(({ name }) => name === parameter.name)?.value ??
        positional[at]?.value ??
        (parameter.default ? evaluator.evaluate(parameter.default, fileScope) : null);
      names.set(parameter.name, value ?? (parameter.default ? null : { is: 'unknown', text: parameter.name }));
    }
    run(body, { file, names, class: null, outer: fileScope }, names, place, depth + 1);
  }

  const names = new Map<string, PyValue>();
  const scope: PyScope = { file, names, class: null, outer: evaluator.fileScope(file) };
  run(code.upgrade, scope, names, { autocommit: false }, 0);
}

function bind(targets: readonly string[], value: PyValue, names: Map<string, PyValue>): void {
  for (const [at, target] of targets.entries())
    names.set(target, (isSequence(value) ? value.items[at] : undefined) ?? { is: 'unknown', text: target });
}

function touches(statements: readonly ScriptStatement[]): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case 'call':
      case 'assign':
        return isTouching(statement.value);
      case 'with':
      case 'for':
        return touches(statement.body);
      case 'if':
        return touches(statement.body) || touches(statement.otherwise);
      case 'while':
        return statement.touches;
      case 'return':
        return false;
    }
  });
}

const rows = /^\s*(?:insert|update|delete|select|with|merge)\b/i;

/** It may change the schema: rows are changed by expressions, and by SQL that says so. */
function isTouching(expression: PyExpression): boolean {
  if (expression.kind !== 'call') return false;
  const name = dottedName(expression.callee);
  if (/\.(?:execute|exec_driver_sql)$/.test(name)) return isStructure(expression.arguments[0]?.value);
  return /^(?:op|batch\w*|\w*_op)\.(?!get_|f$|bulk_insert$)|\.(?:create_all|drop_all|create|drop)$/.test(name);
}

function isStructure(value: PyExpression | undefined): boolean {
  if (value?.kind === 'string') return !rows.test(value.value);
  if (value?.kind === 'format') return !(typeof value.parts[0] === 'string' && rows.test(value.parts[0]));
  return value?.kind === 'call' && dottedName(value.callee).endsWith('text') && isStructure(value.arguments[0]?.value);
}
