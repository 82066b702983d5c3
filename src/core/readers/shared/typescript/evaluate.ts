/** Evaluates the plain part of TypeScript expressions over the module graph. No project code is run: what is not plain is `unknown`. */
import type { SourceRange } from '../../../schema/source.ts';
import type { ClassDeclaration, EnumDeclaration, Value } from './declarations.ts';
import { requiredInPlace } from './moduleGraph.ts';
import type { Declared, ModuleGraph } from './moduleGraph.ts';
import {
  isCall,
  isUnknown,
  isObject,
  isFunction,
  isClass,
  isList,
  isMember,
  isMethod,
  ownKeys,
  isPlain,
} from './results.ts';
import type { Result, ObjectResult, FunctionResult, ClassNode, Scope } from './results.ts';
import { isBound, isOutside, outsideMember } from './outside.ts';

export interface Evaluator {
  evaluate(value: Value, scope: Scope): Result;
  classOf(file: string, declaration: ClassDeclaration): ClassNode;
  /** The object an enum is at run time, numeric members also by value. */
  enumOf(declaration: EnumDeclaration, file: string): ObjectResult;
  call(target: FunctionResult, parameters: readonly Result[]): Result;
  graph: ModuleGraph;
}

const builtins = new Set([
  'String',
  'Number',
  'Boolean',
  'Date',
  'Buffer',
  'Uint8Array',
  'Array',
  'Object',
  'BigInt',
  'Map',
  'Set',
  'Symbol',
]);
/** Constants refer to constants, not endlessly; guards against `const a = b, b = a` and recursive functions. */
const maxDepth = 50;

export interface EvaluatorOptions {
  /**
   * Members of what lies outside the workspace keep their whole path: `DataTypes.INTEGER(11).UNSIGNED` is a call of
   * `DataTypes.INTEGER.UNSIGNED` with 11. Otherwise only the last name is left.
   */
  readonly paths?: boolean;
  /** Follow members and calls of what comes from outside the workspace: schemas that are built by chains of calls. */
  readonly chains?: boolean;
}

export function createEvaluator(graph: ModuleGraph, options: EvaluatorOptions = {}): Evaluator {
  const chains = options.chains === true;
  const classes = new Map<ClassDeclaration, ClassNode>();
  const enums = new Map<EnumDeclaration, ObjectResult>();
  const constants = new Map<Value, Result>();
  let depth = 0;

  function evaluate(value: Value, scope: Scope): Result {
    if (depth >= maxDepth) return { is: 'unknown', text: '' };
    depth++;
    try {
      return evaluateHere(value, scope);
    } finally {
      depth--;
    }
  }

  function evaluateHere(value: Value, scope: Scope): Result {
    switch (value.is) {
      case 'literal':
        return value.value;
      case 'name':
        return byName(value.name, scope);
      case 'object':
        return evaluateObject(value, scope);
      case 'array':
        return evaluateArray(value.items, scope);
      case 'function':
        return { is: 'function', value, scope };
      case 'class':
        return makeClass(value.class, scope);
      case 'template': {
        const parts = value.parts.map((part) => evaluate(part, scope));
        if (parts.every((part) => typeof part === 'string' || typeof part === 'number')) return parts.join('');
        return chains ? { is: 'template', parts } : { is: 'unknown', text: 'template' };
      }
      case 'unary': {
        const operand = evaluate(value.value, scope);
        if (value.operator === '-' && typeof operand === 'number') return -operand;
        if (value.operator === '+' && typeof operand === 'number') return operand;
        if (value.operator === '!' && isPlain(operand)) return !operand;
        if (value.operator === 'void') return undefined;
        return { is: 'unknown', text: value.operator };
      }
      case 'binary':
        return binary(value.operator, evaluate(value.left, scope), () => evaluate(value.right, scope));
      case 'conditional': {
        const condition = evaluate(value.condition, scope);
        if (!isPlain(condition)) return { is: 'unknown', text: 'a ? b : c' };
        return evaluate(condition ? value.then : value.otherwise, scope);
      }
      case 'index': {
        const key = evaluate(value.key, scope);
        const given = requiredInPlace(graph, scope.file, value.object, key);
        if (given) return ofDeclared(given);
        const object = evaluate(value.object, scope);
        return typeof key === 'string' || typeof key === 'number'
          ? member(object, String(key), scope)
          : { is: 'unknown', text: '[…]' };
      }
      case 'call':
        return evaluateCall(value, scope);
      case 'spread':
        return evaluate(value.value, scope);
      case 'text':
        return { is: 'unknown', text: value.text };
    }
  }

  function member(object: Result, key: string, scope: Scope): Result {
    if (isClass(object)) graph.consulted.read(scope.file, object.file);
    if (chains && isOutside(object)) return outsideMember(object, key);
    // `config?.length` where nothing was given.
    if (chains && object === undefined) return undefined;
    const found = memberOf(object, key);
    return options.paths === true && isUnknown(found) ? (foreignMember(object, key) ?? found) : found;
  }

  function byName(name: string, scope: Scope): Result {
    const parts = name.split('.');
    // A parameter hides what the file imports by the same name.
    const bound = parts.length > 1 && isBound(parts[0] ?? '', scope);
    const whole = bound ? missing : plainName(name, scope);
    if (whole !== missing) return whole;
    for (let count = bound ? 1 : parts.length - 1; count > 0; count--) {
      const head = plainName(parts.slice(0, count).join('.'), scope);
      if (head === missing) continue;
      return parts.slice(count).reduce<Result>((object, key) => member(object, key, scope), head);
    }
    return { is: 'unknown', text: name };
  }

  function plainName(name: string, scope: Scope): Result | typeof missing {
    if (name === 'undefined') return undefined;
    for (let here: Scope | null = scope; here; here = here.outer) {
      if (here.names?.has(name)) return here.names.get(name);
    }
    const declared = graph.lookup(scope.file, name, 'value');
    if (declared) return ofDeclared(declared);
    return builtins.has(name) ? { is: 'builtin', name } : missing;
  }

  function ofDeclared(declared: Declared): Result {
    switch (declared.is) {
      case 'class':
        return classOf(declared.file, declared.declaration);
      case 'enum':
        return enumOf(declared.declaration, declared.file);
      case 'value': {
        if (constants.has(declared.value)) return constants.get(declared.value);
        const result = evaluate(declared.value, { file: declared.file, names: null, outer: null });
        // A result cut off by the depth limit belongs to the way that led there, not to the constant.
        if (depth < maxDepth - 10) constants.set(declared.value, result);
        return result;
      }
      case 'external':
        return { is: 'external', module: declared.module, name: declared.name };
      default:
        return { is: 'unknown', text: declared.is };
    }
  }

  function enumOf(declaration: EnumDeclaration, file: string): ObjectResult {
    const known = enums.get(declaration);
    if (known) return known;
    const entries = new Map<string, Result>();
    const result: ObjectResult = { is: 'object', entries, positions: new Map(), missing: null };
    enums.set(declaration, result);
    let next: Result = 0;
    for (const [name, initial] of declaration.members) {
      const value: Result = initial ? evaluate(initial, { file, names: entries, outer: null }) : next;
      entries.set(name, value);
      // As `tsc` emits them, numeric members can be looked up by value too.
      if (typeof value === 'number') entries.set(String(value), name);
      next = typeof value === 'number' ? value + 1 : { is: 'unknown', text: name };
    }
    return result;
  }

  function evaluateObject(value: Value & { is: 'object' }, scope: Scope): Result {
    const entries = new Map<string, Result>();
    const positions = new Map<string, SourceRange>();
    let unread: string | null = null;
    for (const entry of value.entries) {
      if (entry.key === null) {
        const spread = evaluate(entry.value, scope);
        if (isObject(spread)) {
          for (const [key, each] of spread.entries) entries.set(key, each);
          for (const [key, at] of spread.positions) positions.set(key, at);
          unread ??= spread.missing;
        } else if (!isPlain(spread)) unread ??= isUnknown(spread) ? spread.text : 'spread';
        continue;
      }
      const key = typeof entry.key === 'string' ? entry.key : evaluate(entry.key, scope);
      if (typeof key !== 'string' && typeof key !== 'number') {
        unread ??= '[…]';
        continue;
      }
      entries.set(String(key), evaluate(entry.value, scope));
      if (entry.at) positions.set(String(key), entry.at);
    }
    return { is: 'object', entries, positions, missing: unread };
  }

  function evaluateArray(items: readonly Value[], scope: Scope): Result {
    const results: Result[] = [];
    for (const item of items) {
      const result = evaluate(item, scope);
      if (item.is !== 'spread') results.push(result);
      else if (isList(result)) results.push(...result);
      else return { is: 'unknown', text: '[...]' };
    }
    return results;
  }

  function evaluateCall(value: Value & { is: 'call' }, scope: Scope): Result {
    const callee = value.callee.is === 'name' ? value.callee.name : '';
    const parameters = value.arguments.map((each) => evaluate(each, scope));
    const [first] = parameters;
    switch (callee) {
      case 'Object.values':
        return isObject(first) && first.missing === null
          ? ownKeys(first).map((key) => first.entries.get(key))
          : { is: 'unknown', text: value.text };
      case 'Object.keys':
        return isObject(first) && first.missing === null ? ownKeys(first) : { is: 'unknown', text: value.text };
      case 'Object.freeze':
      case 'forwardRef':
        return callee === 'forwardRef' && isFunction(first) ? call(first, []) : first;
      case 'Object.assign':
        return assign(parameters, value.text);
      case 'String':
      case 'Number':
        return typeof first === 'string' || typeof first === 'number'
          ? (callee === 'String' ? String : Number)(first)
          : { is: 'unknown', text: value.text };
    }
    const target = evaluate(value.callee, scope);
    if (chains && isMember(target))
      return { is: 'method', object: target.object, name: target.name, arguments: parameters, text: value.text };
    if (chains && (isCall(target) || isMethod(target)))
      return { is: 'method', object: target, name: '', arguments: parameters, text: value.text };
    if (isFunction(target) && !value.construct) {
      const result = call(target, parameters);
      if (!isUnknown(result) || value.callee.is !== 'name') return result;
      return { is: 'call', module: null, name: callee, arguments: parameters, text: value.text };
    }
    if (isClass(target))
      return { is: 'call', module: null, name: target.name, arguments: parameters, text: value.text };
    if (typeof target === 'object' && target !== null && 'is' in target && target.is === 'external')
      return { is: 'call', module: target.module, name: target.name, arguments: parameters, text: value.text };
    if (options.paths === true && isCall(target)) return { ...target, arguments: parameters, text: value.text };
    if (options.paths === true && isUnknown(target) && plainPath.test(target.text))
      return { is: 'call', module: null, name: target.text, arguments: parameters, text: value.text };
    if (callee !== '' && isUnknown(target))
      return { is: 'call', module: null, name: callee, arguments: parameters, text: value.text };
    return { is: 'unknown', text: value.text };
  }

  function call(target: FunctionResult, parameters: readonly Result[]): Result {
    const names = new Map<string, Result>();
    target.value.parameters.forEach((name, index) => {
      if (name !== '') names.set(name, parameters[index]);
    });
    const scope: Scope = { file: target.scope.file, names, outer: target.scope };
    for (const [name, value] of target.value.locals) names.set(name, evaluate(value, scope));
    const result: Result = target.value.returns ? evaluate(target.value.returns, scope) : undefined;
    return target.value.simple || isClass(result) ? result : { is: 'unknown', text: target.value.text };
  }

  function classOf(file: string, declaration: ClassDeclaration): ClassNode {
    const known = classes.get(declaration);
    if (known) return known;
    return makeClass(declaration, { file, names: null, outer: null });
  }

  function makeClass(declaration: ClassDeclaration, scope: Scope): ClassNode {
    const node: { -readonly [K in keyof ClassNode]: ClassNode[K] } = {
      is: 'class',
      name: declaration.name,
      file: scope.file,
      declaration,
      scope,
      base: null,
      foreignBase: null,
    };
    if (scope.names === null) classes.set(declaration, node);
    if (!declaration.extends) return node;
    const base = evaluate(declaration.extends, scope);
    if (isClass(base)) {
      // A class that extends itself by way of others is a typing state, not a hierarchy.
      for (let above: ClassNode | null = base; above; above = above.base) if (above === node) return node;
      node.base = base;
      graph.consulted.read(scope.file, base.file);
    } else {
      node.foreignBase = foreignName(base, declaration.extends);
    }
    return node;
  }

  return { evaluate, classOf, enumOf, call, graph };
}

const missing = Symbol('missing');

function foreignName(base: Result, value: Value): ClassNode['foreignBase'] {
  if (typeof base === 'object' && base !== null && 'is' in base && (base.is === 'external' || base.is === 'call'))
    return { module: base.module, name: base.name };
  return { module: null, name: value.is === 'name' ? value.name : value.is === 'call' ? value.text : 'expression' };
}

function memberOf(object: Result, key: string): Result {
  // `new EntitySchema({ … }).options` is what it was given.
  if (isCall(object) && key === 'options') return object.arguments[0];
  if (isObject(object)) {
    if (object.entries.has(key) || object.missing === null) return object.entries.get(key);
    return { is: 'unknown', text: key };
  }
  if (isList(object) && /^\d+$/.test(key)) return object[Number(key)];
  if (isClass(object)) {
    if (key === 'name') return object.name;
    const member = object.declaration.members.find((each) => each.static && each.name === key);
    return member?.value?.is === 'literal' ? member.value.value : { is: 'unknown', text: `${object.name}.${key}` };
  }
  return { is: 'unknown', text: key };
}

const plainPath = /^[\w$]+(?:\.[\w$]+)*$/;

function foreignMember(object: Result, key: string): Result | null {
  if (typeof object !== 'object' || object === null || !('is' in object)) return null;
  if (object.is === 'external') return { ...object, name: `${object.name}.${key}` };
  if (object.is === 'call') return { ...object, name: `${object.name}.${key}`, on: object };
  if (object.is === 'unknown' && plainPath.test(object.text)) return { is: 'unknown', text: `${object.text}.${key}` };
  return null;
}

function binary(operator: string, left: Result, right: () => Result): Result {
  if ((operator === '??' || operator === '||') && isPlain(left)) {
    const given = operator === '??' ? left !== null && left !== undefined : Boolean(left);
    return given ? left : right();
  }
  if (operator === '&&' && isPlain(left)) return left ? right() : left;
  const other = right();
  if (isPlain(left) && isPlain(other)) {
    if (operator === '===' || operator === '==') return left === other;
    if (operator === '!==' || operator === '!=') return left !== other;
  }
  if (operator === '+' && (typeof left === 'string' || typeof other === 'string')) {
    if (isPlain(left) && isPlain(other)) return `${String(left)}${String(other)}`;
  }
  if (typeof left === 'number' && typeof other === 'number') {
    switch (operator) {
      case '+':
        return left + other;
      case '-':
        return left - other;
      case '*':
        return left * other;
      case '/':
        return left / other;
      case '**':
        return left ** other;
      case '<<':
        return left << other;
      case '|':
        return left | other;
    }
  }
  return { is: 'unknown', text: operator };
}

function assign(parameters: readonly Result[], text: string): Result {
  const entries = new Map<string, Result>();
  let unread: string | null = null;
  for (const each of parameters) {
    if (isObject(each)) {
      for (const [key, value] of each.entries) entries.set(key, value);
      unread ??= each.missing;
    } else if (!isPlain(each)) unread ??= text;
  }
  return { is: 'object', entries, positions: new Map(), missing: unread };
}
