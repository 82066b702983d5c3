/** Which function of the project a call means, and which queries run when it is called. */
import type { Call, FileFacts, FunctionFact, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import { isWrite } from '../../schema/operations.ts';
import type { CodeContext } from '../rule.ts';
import { handedOn, runsFor } from './branches.ts';
import { implementationOf, implementedMethod } from './implementations.ts';
import { simpleName } from './overloads.ts';
import { isPutOff } from './putOff.ts';
import { isWithin } from './within.ts';

/** A function of the project: the file it stands in and its index there. */
export interface FunctionRef {
  readonly file: FileFacts;
  readonly id: number;
}

/** The function or method around it that has a name of its own: callbacks belong to what they stand in. */
export function namedFunction(
  file: FileFacts,
  id: number | null,
): { readonly id: number; readonly fact: FunctionFact } | null {
  for (let at = id; at !== null; at = file.functions[at]?.parent ?? null) {
    const fact = file.functions[at];
    if (fact?.name != null) return { id: at, fact };
  }
  return null;
}

/** Class whose method the function stands in; null outside of classes. */
export function classAround(file: FileFacts, id: number | null): string | null {
  for (let at = id; at !== null; at = file.functions[at]?.parent ?? null) {
    const owner = file.functions[at]?.owner;
    if (owner != null) return owner;
  }
  return null;
}

/** `OrdersService.ofCustomer`, `loadOrder`; null at the top level of the file. */
export function labelOf(file: FileFacts, id: number | null): string | null {
  const found = namedFunction(file, id);
  if (!found) return null;
  return found.fact.owner === null ? found.fact.name : `${found.fact.owner}.${found.fact.name}`;
}

/** Null where it means nothing of the project, or several things. */
export function resolveCall(file: FileFacts, call: Call, context: CodeContext): FunctionRef | null {
  const found = resolvePath(file, call, call.callee.replace(/[?!]\./gu, '.').split('.'), context);
  if (!found) return null;
  const from = namedFunction(file, call.function);
  const types = call.arguments.map((name) => (name === null ? null : typeOfName(file, call, name, context)));
  return implementationOf(found, { types, from: from && { file, id: from.id } }, context);
}

/** Of a parameter or a field, as written. */
function typeOfName(file: FileFacts, call: Call, name: string, context: CodeContext): string | null {
  if (!/^(?:this\.)?\w+$/u.test(name)) return null;
  const own = name.startsWith('this.') ? null : typeOfParameter(file, call, name);
  const around = own === null ? classAround(file, call.function) : null;
  return own ?? (around === null ? null : typeOfField(around, name.replace(/^this\./u, ''), file, context));
}

/** Languages in which members are reached by their bare names. What the facts of Java say has `this` already. */
const bareMembers = '.cs';

function resolvePath(file: FileFacts, call: Call, path: readonly string[], context: CodeContext): FunctionRef | null {
  if (file.file.endsWith(bareMembers) && path[0] !== 'this' && path.length <= 2) {
    const member = resolvePath(file, call, ['this', ...path], context);
    if (member) return member;
  }
  const [first = '', second = '', third] = path;
  if (path.length === 1) return resolveFunction(file, call, first, context);
  const around = classAround(file, call.function);
  if (first === 'this' && path.length === 2) return around === null ? null : methodOf(around, second, file, context);
  if (first === 'this' && path.length === 3 && third !== undefined) {
    const type = around === null ? null : typeOfField(around, second, file, context);
    return type === null ? null : methodOf(type, third, file, context);
  }
  if (path.length === 2) {
    const type =
      file.fields.find(({ owner, name }) => owner === '' && name === first)?.type ?? typeOfParameter(file, call, first);
    if (type !== null) return methodOf(simpleName(type), second, file, context);
    // A static method: `Orders.load()`.
    if (/^[A-Z]/u.test(first)) return methodOf(first, second, file, context);
    return file.file.endsWith('.py') ? functionOfModule(file, first, second, context) : null;
  }
  return null;
}

function resolveFunction(file: FileFacts, call: Call, name: string, context: CodeContext): FunctionRef | null {
  const here = visibleFunction(file, call.function, name);
  if (here !== null) return { file, id: here };
  const imported = file.imports.find(({ local }) => local === name);
  if (!imported || imported.imported === '*' || imported.imported === 'default') return null;
  const other = context.functionFile(imported.imported);
  if (other && !mayDeclare(other, file, imported.module)) return null;
  const id = other?.functions.findIndex(
    ({ name: known, owner, exported }) => known === imported.imported && owner === null && exported,
  );
  return other && id !== undefined && id >= 0 ? { file: other, id } : null;
}

/**
 * Whether the file lies in the package of Python that the name is imported from, which may pass on what its own modules declare.
 * `from html import escape` means no `escape` of the project's.
 */
function mayDeclare(declaring: FileFacts, importing: FileFacts, module: string): boolean {
  if (!importing.file.endsWith('.py')) return true;
  const [, dots = '', names = ''] = /^(\.*)(.*)$/u.exec(module) ?? [];
  const path = declaring.file.replace(/\.py$/u, '').split('/');
  if (dots === '') return path.includes(names.split('.')[0] ?? '');
  const around = importing.file.split('/').slice(0, -dots.length);
  return around.every((folder, at) => folder === path[at]);
}

/** The function of the name that the innermost of the blocks around declares: many functions have a helper `visit` of their own. */
function visibleFunction(file: FileFacts, from: number | null, name: string): number | null {
  const named = plainFunctions(file).get(name) ?? [];
  for (let around = from; named.length > 0; around = file.functions[around]?.parent ?? null) {
    const id = named.find((each) => file.functions[each]?.parent === around);
    if (id !== undefined) return id;
    if (around === null) return null;
  }
  return null;
}

const plain = new WeakMap<FileFacts, ReadonlyMap<string, readonly number[]>>();

/** Functions outside of classes by name: libraries of thousands of functions are looked through once. */
function plainFunctions(file: FileFacts): ReadonlyMap<string, readonly number[]> {
  let known = plain.get(file);
  if (!known) {
    const found = new Map<string, number[]>();
    for (const [id, { name, owner }] of file.functions.entries()) {
      if (name === null || owner !== null) continue;
      const same = found.get(name);
      if (same) same.push(id);
      else found.set(name, [id]);
    }
    plain.set(file, (known = found));
  }
  return known;
}

/** `pricing.total_of(order)` of Python, where `pricing` is a module of the project that the file imports. */
function functionOfModule(file: FileFacts, local: string, name: string, context: CodeContext): FunctionRef | null {
  const imported = file.imports.find((each) => each.local === local);
  const other = imported && context.functionFile(name);
  if (!imported || !other) return null;
  const [, dots = '', module = ''] = /^(\.*)(.*)$/u.exec(imported.module) ?? [];
  const steps = [...module.split('.'), imported.imported === '*' ? '' : imported.imported].filter(
    (step) => step !== '',
  );
  const path = other.file.replace(/(?:\/__init__)?\.py$/u, '');
  const around = file.file.split('/').slice(0, -Math.max(1, dots.length));
  const here = [...around, ...steps].join('/');
  // A module of one name that lies elsewhere is rather one of Python's own.
  if (path !== here && (dots !== '' || steps.length < 2 || !`/${path}`.endsWith(`/${steps.join('/')}`))) return null;
  const id = other.functions.findIndex((fact) => fact.name === name && fact.owner === null && fact.parent === null);
  return id >= 0 ? { file: other, id } : null;
}

/** Base classes followed at most: a cycle in half-typed code must end. */
const mostBases = 20;

/** A method that objects of a class have, stated in it or in what it builds on. */
export function methodOf(type: string, name: string, near: FileFacts, context: CodeContext): FunctionRef | null {
  for (const each of kindsOf(type, near, context)) {
    const file = fileOfClass(each, near, context);
    const id = file?.functions.findIndex((fact) => fact.owner === each && fact.name === name) ?? -1;
    if (file && id >= 0) return { file, id };
  }
  return implementedMethod(type, name, context);
}

/** A method that the model of a table states: of several classes of its name that of the table's own file. */
export function methodOfModel(
  table: Table | null,
  method: string,
  near: FileFacts,
  context: CodeContext,
): FunctionRef | null {
  if (table?.entity == null) return null;
  return methodOf(table.entity, method, context.classFile(table.entity, table.at.file) ?? near, context);
}

/** The class, then what it builds on, nearest first, by simple names. */
export function* kindsOf(type: string, near: FileFacts, context: CodeContext): Generator<string, void, undefined> {
  const wanted = [type];
  for (let at = 0; at < wanted.length && at <= mostBases; at++) {
    const each = wanted[at] ?? '';
    yield each;
    const cls = fileOfClass(each, near, context)?.classes.find((known) => known.name === each);
    // A class of Python builds on several; elsewhere what an interface declares leads to who implements it.
    const bases = [cls?.extends ?? null, ...(cls?.implements ?? [])];
    for (const base of bases) if (base !== null && !wanted.includes(simpleName(base))) wanted.push(simpleName(base));
  }
}

function fileOfClass(name: string, near: FileFacts, context: CodeContext): FileFacts | undefined {
  return near.classes.some((each) => each.name === name) ? near : context.classFile(name);
}

function typeOfField(owner: string, name: string, near: FileFacts, context: CodeContext): string | null {
  let wanted: string | null = owner;
  for (let depth = 0; wanted !== null && depth < mostBases; depth++) {
    const file = fileOfClass(wanted, near, context);
    if (!file) return null;
    const type = file.fields.find((field) => field.owner === wanted && field.name === name)?.type;
    if (type !== undefined) return simpleName(type);
    const base: string | null = file.classes.find((each) => each.name === wanted)?.extends ?? null;
    wanted = base === null ? null : simpleName(base);
  }
  return null;
}

function typeOfParameter(file: FileFacts, call: Call, name: string): string | null {
  for (let at = call.function; at !== null; at = file.functions[at]?.parent ?? null) {
    const fact = file.functions[at];
    const index = fact?.parameters.indexOf(name) ?? -1;
    if (fact && index >= 0) return fact.parameterTypes[index] ?? null;
  }
  return null;
}

/** It changes rows: what it reads of them on the way is not what it costs. */
export function writesRows({ file, id }: FunctionRef): boolean {
  return (
    file.queries.some((query) => isWrite(query) && isWithin(file, query.function, id)) ||
    file.calls.some(({ callee, function: owner }) => writing.test(callee) && isWithin(file, owner, id))
  );
}

const writing = /\.a?(?:save|delete|commit|flush|full_clean|delete_instance)$/u;

/** Says of a call what it means, where its name does not. */
export function callMessage(callee: string, { file, id }: FunctionRef): string {
  const label = labelOf(file, id) ?? callee;
  return label === callee ? `${callee} is called.` : `${callee} calls ${label}.`;
}

/** A query that runs when a function is called, and the calls that lead to it. */
export interface Reached {
  readonly query: Query;
  readonly file: FileFacts;
  /** Calls on the way, from the outermost. */
  readonly chain: readonly { readonly call: Call; readonly file: FileFacts; readonly to: FunctionRef }[];
}

/** Calls followed from a loop: what lies deeper is seldom still about the element. */
const mostCalls = 3;

/** Queries that run whenever the call is executed (not those put off), nearest first; each function is entered once. `called` is what it means, where the caller knows better. */
export function queriesReached(
  file: FileFacts,
  call: Call,
  context: CodeContext,
  called: FunctionRef | null = null,
): readonly Reached[] {
  const entered = new Set<string>();
  const reached: Reached[] = [];
  let level: { readonly file: FileFacts; readonly call: Call; readonly chain: Reached['chain'] }[] = [
    { file, call, chain: [] },
  ];
  for (let depth = 0; depth < mostCalls && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const step of level) {
      const to = (depth === 0 ? called : null) ?? resolveCall(step.file, step.call, context);
      if (!to || entered.has(`${to.file.file}\0${to.id}`)) continue;
      entered.add(`${to.file.file}\0${to.id}`);
      const chain = [...step.chain, { call: step.call, file: step.file, to }];
      const runs = (owner: number | null, at: Call['at']): boolean =>
        isWithin(to.file, owner, to.id) && runsFor(step.call, to, at);
      for (const query of to.file.queries)
        if (runs(query.function, query.at) && !isPutOff(to.file, query)) reached.push({ query, file: to.file, chain });
      for (const inner of to.file.calls)
        if (runs(inner.function, inner.at) && !isPutOff(to.file, inner))
          next.push({ file: to.file, call: handedOn(inner, step.call, to), chain });
    }
    level = next;
  }
  return reached;
}

/** It takes something, and all that it takes is known. */
export function isPlain({ arguments: given }: Call): boolean {
  return given.length > 0 && given.every((argument) => argument !== null);
}

/**
 * What calls of a file ask for by methods that are nothing but a query (`orders.findByNumber(number)` of Spring Data), as if it stood
 * where it is called. @param calls those that matter
 */
export function queriesCalled(
  file: FileFacts,
  context: CodeContext,
  calls: readonly Call[] = file.calls,
): readonly Query[] {
  return calls.flatMap((call) => {
    const to = resolveCall(file, call, context);
    if (!to) return [];
    const [query, ...others] = to.file.queries.filter((each) => isWithin(to.file, each.function, to.id));
    if (!query || others.length > 0 || to.file.calls.some((inner) => isWithin(to.file, inner.function, to.id)))
      return [];
    const uses = call.arguments.filter((argument) => argument !== null);
    return [{ ...query, at: call.at, function: call.function, loop: call.loop, result: call.result, uses }];
  });
}
