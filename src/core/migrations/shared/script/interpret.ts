/**
 * Follows a program as far as its text tells, without running any of it: constants, loops over lists, functions of its own, conditions on what is known. Bounded:
 * a program that goes on for too long is left where it is.
 */
import type { Expression, Pattern, Program, Statement } from '../../../readers/shared/typescript/program.ts';
import { callMethod, globals } from './builtins.ts';
import type { Invoke } from './builtins.ts';
import { binary, bounded, either, templateText, unary } from './operators.ts';
import type { Interpreter, Setting } from './interpreter.ts';
import {
  assignName,
  innerScope,
  isClosure,
  isHost,
  isList,
  isObject,
  isUnknown,
  listOf,
  lookUp,
  memberOf,
  objectOf,
  textOr,
  truth,
  unknown,
} from './values.ts';
import type { Obj, Scope, Value } from './values.ts';

const maxSteps = 400_000;
const maxRounds = 1000;
const maxDepth = 500;

type Signal = { readonly kind: 'return'; readonly value: Value } | { readonly kind: 'break' | 'continue' | 'throw' };

export function createInterpreter(setting: Setting): Interpreter {
  let steps = 0;
  let depth = 0;
  const isSpent = (): boolean => ++steps > maxSteps || depth > maxDepth;

  const invoke: Invoke = (callee, args, self) => {
    if (isHost(callee)) return callee.call?.(args, [1, 1, 1, 1], false) ?? unknown;
    if (!isClosure(callee) || isSpent()) return unknown;
    depth++;
    const scope = innerScope(callee.scope);
    if (self !== undefined && self !== null) scope.names.set('this', self);
    callee.value.parameters.forEach((parameter, index) => {
      if (parameter.is === 'rest') bind(parameter.target, listOf(args.slice(index)), scope, true);
      else bind(parameter, args[index], scope, true);
    });
    const signal = runAll(callee.value.body, scope);
    depth--;
    return signal?.kind === 'return' ? signal.value : undefined;
  };
  const surroundings: Scope = { names: new Map([...globals(invoke), ...setting.names]), outer: null };

  function run(program: Program): Value {
    const scope = innerScope(surroundings);
    const module = objectOf([['exports', objectOf([])]]);
    scope.names.set('module', module);
    scope.names.set('exports', module.entries.get('exports'));
    hoist(program, scope);
    runAll(program, scope);
    return module.entries.get('exports');
  }

  /** Functions may be called before they are declared. */
  function hoist(statements: readonly Statement[], scope: Scope): void {
    for (const statement of statements)
      if (statement.is === 'declare' && statement.target.is === 'name' && statement.value?.is === 'function')
        scope.names.set(statement.target.name, { is: 'closure', value: statement.value, scope });
  }

  function runAll(statements: readonly Statement[], scope: Scope): Signal | null {
    hoist(statements, scope);
    for (const statement of statements) {
      if (isSpent()) return null;
      const signal = runStatement(statement, scope);
      if (signal) return signal;
    }
    return null;
  }

  function runStatement(statement: Statement, scope: Scope): Signal | null {
    switch (statement.is) {
      case 'do':
        evaluate(statement.value, scope);
        return null;
      case 'declare':
        bind(statement.target, statement.value ? evaluate(statement.value, scope) : undefined, scope, true);
        return null;
      case 'return':
        return { kind: 'return', value: statement.value ? evaluate(statement.value, scope) : undefined };
      case 'throw':
      case 'break':
      case 'continue':
        return { kind: statement.is };
      case 'block':
        return runAll(statement.body, innerScope(scope));
      case 'if':
        return branch(truth(evaluate(statement.condition, scope)), statement, scope);
      case 'each':
        return runEach(statement, scope);
      case 'loop':
        return runLoop(statement, scope);
      case 'switch':
        return runSwitch(statement, scope);
      case 'try': {
        const signal = runAll(statement.body, innerScope(scope));
        const last = runAll(statement.after, innerScope(scope));
        return last ?? (signal?.kind === 'throw' ? null : signal);
      }
    }
  }

  function branch(
    holds: boolean | null,
    { then, otherwise, at }: Extract<Statement, { is: 'if' }>,
    scope: Scope,
  ): Signal | null {
    if (holds !== null) return runAll(holds ? then : otherwise, innerScope(scope));
    const both = (): void => {
      runAll(then, innerScope(scope));
      runAll(otherwise, innerScope(scope));
    };
    if (setting.assume === 'both') both();
    else if (setting.trial(both))
      setting.lost('whether this branch is taken is only known when it runs; it was left out', at);
    return null;
  }

  function runEach(statement: Extract<Statement, { is: 'each' }>, scope: Scope): Signal | null {
    const list = evaluate(statement.list, scope);
    const items = isList(list)
      ? statement.keys
        ? list.items.map((_, index) => String(index))
        : list.items
      : isObject(list) && statement.keys && !list.open
        ? [...list.entries.keys()]
        : null;
    if (items === null || items.length > maxRounds) {
      const once = (): void => {
        const inside = innerScope(scope);
        bind(statement.target, unknown, inside, true);
        runAll(statement.body, inside);
      };
      if (setting.trial(once)) setting.lost('the list of this loop cannot be told from the text', statement.at);
      return null;
    }
    for (const item of [...items]) {
      const inside = innerScope(scope);
      bind(statement.target, item, inside, true);
      const signal = runAll(statement.body, inside);
      if (signal?.kind === 'break') break;
      if (signal && signal.kind !== 'continue') return signal;
    }
    return null;
  }

  function runLoop(statement: Extract<Statement, { is: 'loop' }>, outer: Scope): Signal | null {
    const scope = innerScope(outer);
    runAll(statement.before, scope);
    for (let round = 0; ; round++) {
      const goesOn = statement.condition ? truth(evaluate(statement.condition, scope)) : null;
      if (goesOn === false) return null;
      if (goesOn === null || round > maxRounds) {
        if (setting.trial(() => void runAll(statement.body, innerScope(scope))))
          setting.lost('how often this loop runs cannot be told from the text', statement.at);
        return null;
      }
      const signal = runAll(statement.body, innerScope(scope));
      if (signal?.kind === 'break') return null;
      if (signal && signal.kind !== 'continue') return signal;
      if (isSpent()) return null;
      if (statement.after) evaluate(statement.after, scope);
    }
  }

  function runSwitch(statement: Extract<Statement, { is: 'switch' }>, outer: Scope): Signal | null {
    const scope = innerScope(outer);
    const value = evaluate(statement.value, scope);
    if (isUnknown(value)) {
      const all = (): void => statement.cases.forEach(({ body }) => void runAll(body, innerScope(scope)));
      if (setting.assume === 'both') all();
      else if (setting.trial(all)) setting.lost('which case is taken is only known when it runs', statement.at);
      return null;
    }
    const matching = statement.cases.findIndex(({ test }) => test !== null && evaluate(test, scope) === value);
    const from = matching === -1 ? statement.cases.findIndex(({ test }) => test === null) : matching;
    if (from === -1) return null;
    for (const { body } of statement.cases.slice(from)) {
      const signal = runAll(body, scope);
      if (signal) return signal.kind === 'break' ? null : signal;
    }
    return null;
  }

  /** @param declares a name is new here; else it is given where it was declared */
  function bind(pattern: Pattern, value: Value, scope: Scope, declares: boolean): void {
    switch (pattern.is) {
      case 'name':
        if (declares) scope.names.set(pattern.name, value);
        else assignName(scope, pattern.name, value);
        return;
      case 'default':
        bind(pattern.target, value === undefined ? evaluate(pattern.value, scope) : value, scope, declares);
        return;
      case 'object': {
        for (const [key, target] of pattern.entries) bind(target, memberOf(value, key), scope, declares);
        if (!pattern.rest) return;
        const taken = new Set(pattern.entries.map(([key]) => key));
        const rest = isObject(value)
          ? objectOf(
              [...value.entries].filter(([key]) => !taken.has(key)),
              value.open,
            )
          : unknown;
        bind(pattern.rest, rest, scope, declares);
        return;
      }
      case 'array':
        pattern.items.forEach((item, index) => {
          if (item?.is === 'rest')
            bind(item.target, isList(value) ? listOf(value.items.slice(index)) : unknown, scope, declares);
          else if (item) bind(item, isList(value) ? value.items[index] : unknown, scope, declares);
        });
        return;
      case 'place': {
        const object = evaluate(pattern.object, scope);
        const key = textOr(evaluate(pattern.key, scope));
        if (isObject(object) && key !== null) object.entries.set(key, value);
        else if (isObject(object)) object.open = true;
        else if (isList(object) && key !== null && /^\d{1,4}$/.test(key)) object.items[Number(key)] = value;
        return;
      }
      default:
        return;
    }
  }

  function evaluate(expression: Expression, scope: Scope): Value {
    if (isSpent()) return unknown;
    depth++;
    const value = bounded(evaluateOne(expression, scope));
    depth--;
    return value;
  }

  function evaluateOne(expression: Expression, scope: Scope): Value {
    switch (expression.is) {
      case 'literal':
        return expression.value;
      case 'name':
        return lookUp(scope, expression.name);
      case 'member':
        return memberOf(evaluate(expression.object, scope), expression.name);
      case 'index': {
        const key = textOr(evaluate(expression.key, scope));
        const object = evaluate(expression.object, scope);
        return key === null ? unknown : memberOf(object, key);
      }
      case 'call':
        return call(expression, scope);
      case 'template': {
        const parts = expression.parts.map((part) => evaluate(part, scope));
        const text = templateText(parts);
        if (expression.tag === null) return text;
        const tag = evaluate(expression.tag, scope);
        // A tag that the program does not declare lays out SQL and no more (`sql`, `dedent`).
        return isHost(tag) && tag.call ? tag.call([text], expression.at, false) : text;
      }
      case 'array':
        return listOf(
          expression.items.flatMap((item) => {
            if (item.is !== 'spread') return [evaluate(item, scope)];
            const inner = evaluate(item.value, scope);
            return isList(inner) ? inner.items : [unknown];
          }),
        );
      case 'object':
        return objectValue(expression.entries, scope);
      case 'function':
        return { is: 'closure', value: expression, scope };
      case 'binary':
        return logical(expression, scope);
      case 'unary':
        return unary(expression.operator, evaluate(expression.value, scope));
      case 'conditional': {
        const holds = truth(evaluate(expression.condition, scope));
        if (holds !== null) return evaluate(holds ? expression.then : expression.otherwise, scope);
        // `isPostgres ? await knex.raw(…) : null` acts in one of its branches.
        let given: Value = unknown;
        const both = (): void => {
          given = either(evaluate(expression.then, scope), evaluate(expression.otherwise, scope));
        };
        if (setting.assume === 'both') both();
        else setting.trial(both);
        return given;
      }
      case 'assign': {
        const value = evaluate(expression.value, scope);
        const before = expression.target.is === 'name' ? lookUp(scope, expression.target.name) : unknown;
        const given =
          expression.operator === '='
            ? value
            : /^(?:\|\||&&|\?\?)=$/.test(expression.operator)
              ? unknown
              : binary(expression.operator.slice(0, -1), before, value);
        bind(expression.target, given, scope, false);
        return given;
      }
      case 'sequence':
        return expression.items.map((item) => evaluate(item, scope)).at(-1);
      case 'spread':
        return evaluate(expression.value, scope);
      case 'import':
        return imported(expression.module, expression.name);
      case 'other':
        return unknown;
    }
  }

  function imported(module: string, name: string): Value {
    // Older programs take their promises from a package.
    const loaded = module === 'bluebird' ? lookUp(surroundings, 'Promise') : setting.load(module);
    if (name === '*') return loaded;
    if (isUnknown(loaded)) return unknown;
    // `import X from` gives what a module of the other kind exports as a whole.
    if (name === 'default' && !(isObject(loaded) && loaded.entries.has('default'))) return loaded;
    return memberOf(loaded, name);
  }

  function objectValue(entries: Extract<Expression, { is: 'object' }>['entries'], scope: Scope): Obj {
    const object = objectOf([]);
    for (const { key, value } of entries) {
      const given = evaluate(value, scope);
      if (key === null) {
        if (isObject(given)) for (const [name, each] of given.entries) object.entries.set(name, each);
        if (!isObject(given) || given.open) object.open ||= given !== undefined && given !== null && given !== false;
        continue;
      }
      const name = typeof key === 'string' ? key : textOr(evaluate(key, scope));
      if (name === null) object.open = true;
      else object.entries.set(name, given);
    }
    return object;
  }

  function logical(expression: Extract<Expression, { is: 'binary' }>, scope: Scope): Value {
    const left = evaluate(expression.left, scope);
    if (!/^(?:&&|\|\||\?\?)$/.test(expression.operator))
      return binary(expression.operator, left, evaluate(expression.right, scope));
    const holds = expression.operator === '??' ? (isUnknown(left) ? null : left != null) : truth(left);
    if (holds === null) {
      // `a && false`, `a || true`
      const right = truth(evaluate(expression.right, scope));
      return right !== null && right === (expression.operator === '||') ? right : unknown;
    }
    return holds === (expression.operator === '&&') ? evaluate(expression.right, scope) : left;
  }

  function call(expression: Extract<Expression, { is: 'call' }>, scope: Scope): Value {
    const { callee, at } = expression;
    const target = callee.is === 'member' ? evaluate(callee.object, scope) : null;
    const fn = callee.is === 'member' ? memberOf(target, callee.name) : evaluate(callee, scope);
    const args = expression.arguments.flatMap((argument) => {
      if (argument.is !== 'spread') return [evaluate(argument, scope)];
      const inner = evaluate(argument.value, scope);
      return isList(inner) ? inner.items : [unknown];
    });
    if (isHost(fn) && fn.call) return fn.call(args, at, expression.construct);
    if (isClosure(fn)) return invoke(fn, args, target);
    if (callee.is === 'member') {
      const own = callMethod(target, callee.name, args, invoke);
      if (own) return own.value;
      // Promises are followed as if they were kept at once.
      if (/^(?:then|finally|tap)$/.test(callee.name)) {
        const given = invoke(args[0], callee.name === 'finally' ? [] : [target]);
        return callee.name === 'then' ? given : target;
      }
      if (callee.name === 'catch') return target;
    }
    if (args.some((arg) => isHost(arg) && arg.acts)) {
      setting.lost('what is called here with the connection is not followed', at);
      return unknown;
    }
    // Callbacks of what is not known may act: `retry(() => knex.schema…)`.
    for (const arg of args)
      if (isClosure(arg)) {
        const once = (): void => void invoke(arg, [unknown, unknown]);
        if (setting.trial(once)) setting.lost('whether and how often this function is called is not known', at);
      }
    return unknown;
  }

  return { run, invoke };
}
