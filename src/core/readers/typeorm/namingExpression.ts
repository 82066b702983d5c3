/** Evaluates the body of a naming strategy's method: string operations over its parameters, `super` and `this`. */
import type { FunctionValue, Value } from '../shared/typescript/declarations.ts';
import { camelCase, snakeCase, titleCase } from './naming.ts';

export type NameValue = string | number | boolean | null | undefined | readonly string[];

export interface StrategyMethods {
  /** `super.method(…)` */
  base(method: string, values: readonly NameValue[]): string | null;
  /** `this.method(…)` */
  own(method: string, values: readonly NameValue[]): string | null;
}

class NotPlain extends Error {}

/** Undefined where the body is not plain. */
export function evaluateName(
  body: FunctionValue,
  values: readonly NameValue[],
  methods: StrategyMethods,
): NameValue | undefined {
  const names = new Map<string, NameValue>(body.parameters.map((name, index) => [name, values[index]]));
  try {
    for (const [name, value] of body.locals) names.set(name, evaluate(value, names, methods));
    return body.returns ? evaluate(body.returns, names, methods) : undefined;
  } catch (error) {
    if (error instanceof NotPlain || error instanceof RangeError) return undefined;
    throw error;
  }
}

function evaluate(value: Value, names: ReadonlyMap<string, NameValue>, methods: StrategyMethods): NameValue {
  const inner = (each: Value): NameValue => evaluate(each, names, methods);
  switch (value.is) {
    case 'literal':
      return value.value;
    case 'name': {
      if (value.name === 'undefined') return undefined;
      if (names.has(value.name)) return names.get(value.name);
      const dot = value.name.lastIndexOf('.');
      const owner = names.get(value.name.slice(0, dot));
      if (dot > 0 && value.name.endsWith('.length') && owner !== null && typeof owner === 'object') return owner.length;
      if (dot > 0 && value.name.endsWith('.length') && typeof owner === 'string') return owner.length;
      throw new NotPlain();
    }
    case 'template':
      return value.parts.map((part) => String(inner(part))).join('');
    case 'array':
      return value.items.flatMap((item) => {
        const each = inner(item.is === 'spread' ? item.value : item);
        return Array.isArray(each) ? (each as readonly string[]) : [String(each)];
      });
    case 'conditional':
      return inner(value.condition) ? inner(value.then) : inner(value.otherwise);
    case 'unary':
      if (value.operator === '!') return !inner(value.value);
      throw new NotPlain();
    case 'binary':
      return binary(value.operator, inner(value.left), () => inner(value.right));
    case 'index': {
      const [object, key] = [inner(value.object), inner(value.key)];
      if (key === 'length' && (typeof object === 'string' || Array.isArray(object))) return object.length;
      if (typeof object === 'string' && typeof key === 'number') return object[key];
      throw new NotPlain();
    }
    case 'call':
      return call(value, names, methods);
    default:
      throw new NotPlain();
  }
}

function binary(operator: string, left: NameValue, right: () => NameValue): NameValue {
  switch (operator) {
    case '+':
      return typeof left === 'number' ? left + Number(right()) : String(left) + String(right());
    case '||':
      if (left) return left;
      return right();
    case '??':
      return left ?? right();
    case '&&':
      return left ? right() : left;
    case '===':
    case '==':
      return left === right();
    case '!==':
    case '!=':
      return left !== right();
    case '>':
      return Number(left) > Number(right());
    case '<':
      return Number(left) < Number(right());
    default:
      throw new NotPlain();
  }
}

const caseFunctions: Readonly<Record<string, (text: string) => string>> = { camelCase, snakeCase, titleCase };

function call(
  value: Value & { is: 'call' },
  names: ReadonlyMap<string, NameValue>,
  methods: StrategyMethods,
): NameValue {
  const { callee } = value;
  const parameters = (): readonly NameValue[] => value.arguments.map((each) => evaluate(each, names, methods));
  if (callee.is === 'name') {
    const dot = callee.name.lastIndexOf('.');
    const method = callee.name.slice(dot + 1);
    const owner = callee.name.slice(0, Math.max(dot, 0));
    if (owner === 'super' || owner === 'this') {
      const result = owner === 'super' ? methods.base(method, parameters()) : methods.own(method, parameters());
      if (result === null) throw new NotPlain();
      return result;
    }
    const known = Object.hasOwn(caseFunctions, method) && !names.has(owner) ? caseFunctions[method] : undefined;
    if (known) return known(String(parameters()[0]));
    if (method === 'String' && owner === '') return String(parameters()[0]);
    if (names.has(owner)) return textMethod(names.get(owner), method, value.arguments, parameters);
  }
  if (callee.is === 'index' && callee.key.is === 'literal')
    return textMethod(evaluate(callee.object, names, methods), String(callee.key.value), value.arguments, parameters);
  throw new NotPlain();
}

function textMethod(
  owner: NameValue,
  method: string,
  raw: readonly Value[],
  parameters: () => readonly NameValue[],
): NameValue {
  if (Array.isArray(owner)) {
    const list = owner as readonly string[];
    if (method === 'join') return list.join(raw.length > 0 ? String(parameters()[0]) : ',');
    if (method === 'concat')
      return [...list, ...parameters().flatMap((each) => (Array.isArray(each) ? (each as string[]) : [String(each)]))];
    if (method === 'map' && raw[0]?.is === 'name' && Object.hasOwn(caseFunctions, raw[0].name))
      return list.map((each) => caseFunctions[(raw[0] as { name: string }).name]?.(each) ?? each);
    throw new NotPlain();
  }
  if (typeof owner !== 'string') throw new NotPlain();
  switch (method) {
    case 'toLowerCase':
    case 'toUpperCase':
    case 'trim':
    case 'toString':
      return owner[method]();
    case 'concat':
      return owner + parameters().map(String).join('');
    case 'slice':
    case 'substring':
    case 'charAt': {
      const [start, end] = parameters();
      if (method === 'charAt') return owner.charAt(Number(start));
      return owner[method](Number(start), end === undefined ? undefined : Number(end));
    }
    case 'endsWith':
    case 'startsWith':
    case 'includes':
      return owner[method](String(parameters()[0]));
    case 'split':
      return owner.split(String(parameters()[0]));
    case 'replace':
    case 'replaceAll':
      return replaceIn(owner, method, raw);
    default:
      throw new NotPlain();
  }
}

/** Of patterns only those that cannot run away: no groups, no repetition but a final one. */
function replaceIn(text: string, method: 'replace' | 'replaceAll', raw: readonly Value[]): string {
  const [pattern, replacement] = raw;
  if (replacement?.is !== 'literal' || typeof replacement.value !== 'string') throw new NotPlain();
  const by = replacement.value;
  if (pattern?.is === 'literal') return text[method](String(pattern.value), by);
  const source = pattern?.is === 'text' ? /^\/((?:[^/\\]|\\.)+)\/([gimsu]*)$/.exec(pattern.text) : null;
  const [, body = '', flags = ''] = source ?? [];
  if (!source || !/^\^?(?:\w|\\.|\[[^\]]*\]|[-_. ])+\+?\$?$/.test(body)) throw new NotPlain();
  return text.replace(new RegExp(body, flags), by);
}
