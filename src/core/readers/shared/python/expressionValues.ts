/** Evaluates expressions; a part of the evaluator. */
import type { PyArgument, PyExpression } from './declarations.ts';
import type { Evaluator, EvaluatorParts } from './evaluate.ts';
import { callDictMethod, callStringMethod, operate, truthOf, written } from './operations.ts';
import { allOf, splitBy, substitute, underscore } from './patterns.ts';
import type { PyCall, PyClass, PyScope, PyValue } from './values.ts';
import {
  externalPath,
  isCall,
  isClass,
  isDict,
  isExternal,
  isFunction,
  isMember,
  isModule,
  isPlain,
  isSequence,
  rangeOf,
  sourceText,
} from './values.ts';

const deepest = 200;
/** Steps of all evaluation of one project that a hostile file can make us take. */
const mostSteps = 5_000_000;

/** Names and lists of columns are short. */
const mostRounds = 400;

const unknown = (text: string): PyValue => ({ is: 'unknown', text });

export function createExpressions(parts: EvaluatorParts): Pick<Evaluator, 'evaluate' | 'attribute'> {
  let depth = 0;
  let steps = 0;

  function evaluate(expression: PyExpression, scope: PyScope): PyValue {
    if (depth > deepest || ++steps > mostSteps) return unknown('…');
    depth++;
    try {
      return compute(expression, scope);
    } finally {
      depth--;
    }
  }

  function compute(expression: PyExpression, scope: PyScope): PyValue {
    switch (expression.kind) {
      case 'string':
      case 'number':
      case 'constant':
        return expression.value;
      case 'name':
        return parts.lookUp(expression.name, scope);
      case 'attribute':
        return attribute(evaluate(expression.object, scope), expression.name);
      case 'call':
        return evaluateCall(expression, scope);
      case 'subscript': {
        const object = evaluate(expression.object, scope);
        const index = expression.index.map((each) => evaluate(each, scope));
        return item(object, index);
      }
      case 'list':
      case 'tuple':
      case 'set':
        return { is: expression.kind, items: expression.items.flatMap((each) => spread(each, scope)) };
      case 'splat':
        return evaluate(expression.value, scope);
      case 'dict': {
        let open = false;
        const entries = expression.entries.flatMap(({ key, value }): (readonly [PyValue, PyValue])[] => {
          const evaluated = evaluate(value, scope);
          if (key !== null) return [[evaluate(key, scope), evaluated]];
          if (isDict(evaluated) && !evaluated.open) return [...evaluated.entries];
          open = true;
          return isDict(evaluated) ? [...evaluated.entries] : [];
        });
        return { is: 'dict', entries, open };
      }
      case 'format': {
        const parts = expression.parts.map((part) => (typeof part === 'string' ? part : evaluate(part, scope)));
        return parts.every((part) => isPlain(part) || (isMember(part) && typeof part.value === 'string'))
          ? parts.map(written).join('')
          : unknown(`f'${parts.map((part) => (typeof part === 'string' ? part : `{${sourceText(part)}}`)).join('')}'`);
      }
      case 'binary':
        return binary(expression.operator, expression.left, expression.right, scope);
      case 'unary': {
        const operand = evaluate(expression.operand, scope);
        if (expression.operator === 'not') {
          const truth = truthOf(operand);
          return truth === undefined ? unknown(`not ${sourceText(operand)}`) : !truth;
        }
        if (expression.operator === '-' && typeof operand === 'number') return -operand;
        if (expression.operator === '~') return { is: 'operation', operator: '~', left: operand, right: null };
        return unknown(`${expression.operator}${sourceText(operand)}`);
      }
      case 'conditional': {
        const truth = truthOf(evaluate(expression.condition, scope));
        return evaluate(truth === false ? expression.otherwise : expression.then, scope);
      }
      case 'lambda':
        return {
          is: 'function',
          name: 'lambda',
          parameters: expression.parameters,
          decorators: [],
          body: expression.body,
          scope,
          bound: null,
        };
      case 'comprehension':
        return comprehension(expression, scope);
      case 'other':
        return unknown(expression.text);
    }
  }

  function comprehension(
    { item, target, list, conditions, text }: Extract<PyExpression, { kind: 'comprehension' }>,
    scope: PyScope,
  ): PyValue {
    const given = evaluate(list, scope);
    const all = typeof given === 'string' ? Array.from(given) : isSequence(given) ? given.items : null;
    if (all === null || all.length > mostRounds) return unknown(text);
    const items: PyValue[] = [];
    for (const each of all) {
      const inner: PyScope = { file: scope.file, names: new Map([[target, each]]), class: null, outer: scope };
      const truths = conditions.map((condition) => truthOf(evaluate(condition, inner)));
      if (truths.includes(false)) continue;
      if (truths.includes(undefined)) return unknown(text);
      items.push(evaluate(item, inner));
    }
    return { is: 'list', items };
  }

  function spread(expression: PyExpression, scope: PyScope): readonly PyValue[] {
    const value = evaluate(expression, scope);
    return expression.kind === 'splat' && isSequence(value) ? value.items : [value];
  }

  function binary(operator: string, left: PyExpression, right: PyExpression, scope: PyScope): PyValue {
    const first = evaluate(left, scope);
    if (operator === 'and' || operator === 'or') {
      const truth = truthOf(first);
      if (truth !== undefined) return truth === (operator === 'or') ? first : evaluate(right, scope);
    }
    const second = evaluate(right, scope);
    return operate(operator, first, second) ?? { is: 'operation', operator, left: first, right: second };
  }

  function argumentsIn(list: readonly PyArgument[], scope: PyScope): Pick<PyCall, 'arguments' | 'keywords' | 'open'> {
    const args: PyValue[] = [];
    const keywords = new Map<string, PyValue>();
    let open = false;
    for (const { name, value, spread: stars } of list) {
      const evaluated = evaluate(value, scope);
      if (name !== null) keywords.set(name, evaluated);
      else if (stars === undefined) args.push(evaluated);
      else if (stars === '*' && isSequence(evaluated)) args.push(...evaluated.items);
      else if (stars === '**' && isDict(evaluated)) {
        open ||= evaluated.open;
        for (const [key, each] of evaluated.entries) if (typeof key === 'string') keywords.set(key, each);
      } else open = true;
    }
    return { arguments: args, keywords, open };
  }

  function evaluateCall(expression: Extract<PyExpression, { kind: 'call' }>, scope: PyScope): PyValue {
    const given = argumentsIn(expression.arguments, scope);
    const at = rangeOf(scope.file, expression.at);
    // A method of a known string or dictionary.
    if (expression.callee.kind === 'attribute') {
      const object = evaluate(expression.callee.object, scope);
      const method = expression.callee.name;
      const text = isMember(object) && typeof object.value === 'string' ? object.value : object;
      const result =
        typeof text === 'string'
          ? callStringMethod(text, method, given.arguments, given.keywords)
          : isDict(object)
            ? callDictMethod(object, method, given.arguments)
            : undefined;
      if (result !== undefined) return result;
      if (typeof text !== 'string' && !isDict(object)) return call({ callee: attribute(object, method), ...given, at });
      return unknown(`${sourceText(object)}.${method}(…)`);
    }
    return call({ callee: evaluate(expression.callee, scope), ...given, at });
  }

  function call(made: Omit<PyCall, 'is'>): PyValue {
    const { callee, arguments: args, keywords } = made;
    if (isFunction(callee)) {
      const result = parts.run(callee, args, keywords);
      if (result !== undefined) return result;
    }
    if (isExternal(callee)) {
      const result = callExternal(attribute, callee.path, args, keywords, made.open);
      if (result !== undefined) return result;
    }
    if (isCall(callee) && externalPath(callee.callee) === 'functools.partial') {
      const [inner, ...first] = callee.arguments;
      if (inner !== undefined)
        return call({
          callee: inner,
          arguments: [...first, ...args],
          keywords: new Map([...callee.keywords, ...keywords]),
          open: callee.open || made.open,
          at: made.at,
        });
    }
    return { is: 'call', ...made };
  }

  function attribute(object: PyValue, name: string): PyValue {
    if (isModule(object)) {
      const binding = parts.graph.memberOfModule(object, name);
      return binding ? parts.valueOfBinding(binding) : { is: 'external', path: `${object.module}.${name}` };
    }
    if (isExternal(object)) return { is: 'external', path: `${object.path}.${name}` };
    if (isClass(object)) return parts.attributeOfClass(object, name);
    if (isFunction(object) && name === '__name__') return object.name;
    if (isMember(object) && (name === 'value' || name === '_value_') && isPlain(object.value)) return object.value;
    if (isMember(object) && name === 'name' && isClass(object.object) && parts.isEnum(object.object))
      return object.name;
    if (isCall(object) && isClass(object.callee)) return attributeOfInstance(object.callee, object, name);
    return { is: 'member', object, name, value: null };
  }

  /** Constants of a class are seen through its instances; what `__init__` sets is not known. */
  function attributeOfInstance(cls: PyClass, object: PyValue, name: string): PyValue {
    const found = parts.member(cls, name);
    const value = found?.statement.kind === 'assign' ? parts.memberValue(found) : null;
    return value !== null && (isPlain(value) || isClass(value)) ? value : { is: 'member', object, name, value };
  }

  return { evaluate, attribute };
}

function item(object: PyValue, index: readonly PyValue[]): PyValue {
  const [key] = index;
  if (index.length === 1 && key !== undefined) {
    if (isDict(object)) {
      const found = object.entries.findLast(([name]) => name === key);
      if (found) return found[1];
    }
    if (isSequence(object) && typeof key === 'number') {
      const found = object.items.at(key);
      if (found !== undefined) return found;
    }
  }
  return { is: 'subscript', object, index };
}

function callExternal(
  attribute: Evaluator['attribute'],
  path: string,
  args: readonly PyValue[],
  keywords: ReadonlyMap<string, PyValue>,
  open: boolean,
): PyValue | undefined {
  const [first] = args;
  switch (path) {
    case 'builtins.str':
      return isPlain(first) ? written(first) : undefined;
    case 'builtins.list':
    case 'builtins.tuple':
    case 'builtins.set':
      if (first === undefined)
        return { is: path === 'builtins.set' ? 'set' : path === 'builtins.list' ? 'list' : 'tuple', items: [] };
      return isSequence(first)
        ? { is: path === 'builtins.set' ? 'set' : path === 'builtins.list' ? 'list' : 'tuple', items: first.items }
        : undefined;
    case 'builtins.dict':
      if (first !== undefined && !isDict(first)) return undefined;
      return { is: 'dict', entries: [...(first?.entries ?? []), ...keywords], open: open || first?.open === true };
    case 'builtins.len':
      return isSequence(first) ? first.items.length : typeof first === 'string' ? first.length : undefined;
    case 'builtins.getattr':
      return first !== undefined && typeof args[1] === 'string' ? attribute(first, args[1]) : undefined;
    case 'typing.cast':
    case 'typing_extensions.cast':
      return args[1];
    case 're.sub':
      return substitute(first, args[1], args[2]);
    case 're.split':
    case 're.findall':
      return path === 're.split' ? splitBy(first, args[1]) : allOf(first, args[1]);
    case 'inflection.underscore':
    case 'humps.decamelize':
    case 'stringcase.snakecase':
      return typeof first === 'string' ? underscore(first) : undefined;
    default:
      return undefined;
  }
}
