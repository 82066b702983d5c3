/**
 * Runs configuration code of C# as far as it can be known without its libraries: calls of builders reach the host objects that stand for
 * them, helper methods of the project are entered, names are computed. Bounded in steps and depth; never throws.
 */
import type { CallExpr, Expr, FunctionExpr, Stmt } from './ast.ts';
import { inferred, orderedArguments, typeArguments } from './arguments.ts';
import { binary } from './operators.ts';
import { findMethod } from './methods.ts';
import type { Found } from './methods.ts';
import type { Frame, Hooks, Runner } from './runner.ts';
import { derives, everyType, typeMember, typeMethod } from './reflection.ts';
import { isStatements, memberName } from './selectors.ts';
import type { MethodDeclaration } from './declarations.ts';
import { argumentsFor, fieldsOf, methodsOf } from './project.ts';
import type { ClassInfo, CsProject, TypeArguments } from './project.ts';
import { listMethod, staticMethod, stringMethod } from './strings.ts';
import { plainType, simpleName } from './types.ts';
import type { TypeRef } from './types.ts';
import { isKind, isList } from './values.ts';
import type { Closure, Instance, Value } from './values.ts';

const mostSteps = 400_000;
const deepestCall = 48;

interface Returned {
  value: Value;
}

/** Types of builders that helper methods are called with: extension methods are looked for on these. */
export function createRunner(project: CsProject, hooks: Hooks): Runner {
  let steps = 0;
  let depth = 0;
  const extensions = new Map<string, Found[]>();
  for (const owner of project.classes)
    for (const method of methodsOf(owner))
      if (method.extension && method.body !== null) {
        const known = extensions.get(method.name);
        if (known) known.push({ owner, method });
        else extensions.set(method.name, [{ owner, method }]);
      }

  const methodOf = (owner: ClassInfo, name: string, count: number, self: ClassInfo | null): Found | null =>
    findMethod(project, self ? [self, owner] : [owner], name, count);
  const typeIn = (type: TypeRef, frame: Frame): TypeRef => project.canonical(type, frame.owner, frame.args);

  function lookUp(name: string, frame: Frame): Value {
    for (let at: Frame | null = frame; at; at = at.parent) if (at.variables.has(name)) return at.variables.get(name);
    if (name === 'this' || name === 'base') return frame.self;
    if (isKind(frame.self, 'instance') && frame.self.fields.has(name)) return frame.self.fields.get(name);
    const constant = constantOf(name, frame.owner);
    if (constant !== undefined) return constant;
    const hooked = hooks.name?.(name, frame);
    return hooked ?? methodGroup(name, frame) ?? { is: 'named', name };
  }

  /** Constant or static field of a class, of the classes it extends and of those around it. */
  function constantOf(name: string, owner: ClassInfo): Value {
    const outer = owner.parts[0]?.outer ?? [];
    const around =
      outer.length > 0 ? project.byKey([owner.namespace, ...outer].filter((part) => part !== '').join('.')) : null;
    for (const { info } of [...project.chain(owner), ...(around ? project.chain(around) : [])]) {
      const field = fieldsOf(info).find((each) => each.static && each.name === name);
      if (field?.value && depth < deepestCall) {
        depth++;
        const value = evaluate(field.value, {
          variables: new Map(),
          parent: null,
          owner: info,
          args: new Map(),
          self: undefined,
        });
        depth--;
        return value;
      }
      const values = info.kind === 'enum' ? info.parts.flatMap((part) => part.values) : [];
      if (values.some((each) => each.name === name)) return { is: 'named', name: `${info.name}.${name}` };
    }
    return undefined;
  }

  function evaluate(expr: Expr, frame: Frame): Value {
    if (++steps > mostSteps) return undefined;
    switch (expr.k) {
      case 'lit':
        return expr.v;
      case 'name':
        return lookUp(expr.n, frame);
      case 'get':
        return member(evaluate(expr.on, frame), expr.n, frame);
      case 'call':
        return callValue(expr, frame);
      case 'fn':
        return closure(expr, frame);
      case 'new': {
        if (!expr.t) {
          const fields = new Map(expr.m.map(({ n, v }) => [n ?? memberName(v), evaluate(v, frame)] as const));
          return { is: 'instance', type: null, info: null, fields };
        }
        if (expr.m.some(({ n }) => n === null) && expr.m.length > 0) return expr.m.map(({ v }) => evaluate(v, frame));
        if (/^(?:List|HashSet|Collection)$/u.test(simpleName(expr.t))) {
          const [from] = expr.a;
          const copied = from ? evaluate(from, frame) : [];
          return isList(copied) ? copied : [];
        }
        const made = construct(typeIn(expr.t, frame), frame.owner);
        for (const { n, v } of expr.m) if (n !== null) made.fields.set(n, evaluate(v, frame));
        return made;
      }
      case 'typeof':
        return typeValue(typeIn(expr.t, frame), frame);
      case 'list':
        return expr.i.map((item) => evaluate(item, frame));
      case 'text': {
        let text = '';
        for (const part of expr.p) {
          const value = evaluate(part, frame);
          const shown = isKind(value, 'named') ? value.name.slice(value.name.lastIndexOf('.') + 1) : value;
          if (typeof shown !== 'string' && typeof shown !== 'number') return undefined;
          text += String(shown);
        }
        return text;
      }
      case 'bin':
        return binary(
          expr.o,
          () => evaluate(expr.l, frame),
          () => evaluate(expr.r, frame),
        );
      case 'not': {
        const value = evaluate(expr.e, frame);
        return typeof value === 'boolean' ? !value : undefined;
      }
      case 'index': {
        const on = evaluate(expr.on, frame);
        const at = evaluate(expr.i, frame);
        if (isList(on) && typeof at === 'number') return on[at];
        return typeof on === 'string' && typeof at === 'number' ? on[at] : undefined;
      }
      case 'if': {
        const condition = evaluate(expr.c, frame);
        return condition === undefined ? undefined : evaluate(condition === true ? expr.t : expr.f, frame);
      }
      case 'is': {
        const value = evaluate(expr.e, frame);
        return isKind(value, 'instance') && value.info ? derives(project, value.info, expr.t) : undefined;
      }
      case 'set': {
        const value = evaluate(expr.r, frame);
        if (expr.l.k === 'get') {
          const on = evaluate(expr.l.on, frame);
          if (isKind(on, 'host')) on.set?.(expr.l.n, value);
          else if (isKind(on, 'instance')) on.fields.set(expr.l.n, value);
        } else if (expr.l.k === 'name') assign(expr.l.n, value, frame);
        return value;
      }
      case 'other':
        return undefined;
    }
  }

  function typeValue(type: TypeRef, frame: Frame): Value {
    return { is: 'type', type, info: project.resolve(type, frame.owner) };
  }

  function assign(name: string, value: Value, frame: Frame): void {
    for (let at: Frame | null = frame; at; at = at.parent)
      if (at.variables.has(name)) {
        at.variables.set(name, value);
        return;
      }
    if (isKind(frame.self, 'instance')) frame.self.fields.set(name, value);
  }

  function closure(expr: FunctionExpr, frame: Frame): Closure {
    return {
      is: 'closure',
      expr,
      run: (args) => {
        if (depth >= deepestCall) return undefined;
        depth++;
        const variables = new Map(expr.p.map((name, at) => [name, args[at]] as const));
        const value = runBody(expr.b, { ...frame, variables, parent: frame });
        depth--;
        return value;
      },
    };
  }

  function runBody(body: Expr | readonly Stmt[], frame: Frame): Value {
    if (!isStatements(body)) return evaluate(body, frame);
    const returned: Returned = { value: undefined };
    run(body, frame, returned);
    return returned.value;
  }

  /** True where a `return` ended it. */
  function run(statements: readonly Stmt[], frame: Frame, returned: Returned): boolean {
    for (const statement of statements)
      if (statement.k === 'local') frame.variables.set(statement.n, closure(statement.f, frame));
    for (const statement of statements) {
      if (++steps > mostSteps) return true;
      switch (statement.k) {
        case 'do':
          evaluate(statement.e, frame);
          break;
        case 'let':
          frame.variables.set(statement.n, statement.e ? evaluate(statement.e, frame) : undefined);
          break;
        case 'each': {
          const list = evaluate(statement.over, frame);
          for (const value of isList(list) ? list : [undefined]) {
            const inner = { ...frame, variables: new Map([[statement.n, value]]), parent: frame };
            if (run(statement.b, inner, returned)) break;
          }
          break;
        }
        case 'cond': {
          const condition = evaluate(statement.c, frame);
          const inner = { ...frame, variables: new Map<string, Value>(), parent: frame };
          // What cannot be decided is taken to hold, unless it leaves the method.
          const leaves = condition === undefined && statement.t.every(({ k }) => k === 'return');
          if (leaves) break;
          if (run(condition === false || condition === null ? statement.f : statement.t, inner, returned)) return true;
          break;
        }
        case 'return':
          returned.value = statement.e ? evaluate(statement.e, frame) : undefined;
          return true;
        case 'local':
          break;
      }
    }
    return false;
  }

  function member(on: Value, name: string, frame: Frame): Value {
    if (isKind(on, 'host')) return on.get?.(name);
    if (isKind(on, 'instance')) return on.fields.has(name) ? on.fields.get(name) : undefined;
    if (typeof on === 'string') return name === 'Length' ? on.length : undefined;
    if (isList(on)) return name === 'Count' || name === 'Length' ? on.length : undefined;
    if (isKind(on, 'type')) return typeMember(on, name);
    if (isKind(on, 'named')) {
      if (/^(?:s|S)tring$/u.test(on.name) && name === 'Empty') return '';
      const info = project.resolve(plainType(on.name), frame.owner);
      const constant = info ? constantOf(name, info) : undefined;
      if (/^(?:DefinedTypes|ExportedTypes)$/u.test(name)) return everyType(project);
      return constant ?? { is: 'named', name: `${on.name}.${name}` };
    }
    return /^(?:DefinedTypes|ExportedTypes)$/u.test(name) ? everyType(project) : undefined;
  }

  function callValue(call: CallExpr, frame: Frame): Value {
    const on = call.on === null ? undefined : evaluate(call.on, frame);
    const hooked = hooks.call?.(call, frame, on);
    if (hooked) return hooked.value;
    const args = (): readonly Value[] => call.a.map((each) => evaluate(each, frame));
    const types = call.t.map((type) => typeIn(type, frame));
    if (call.on === null) {
      const local = lookUpLocal(call.n, frame);
      if (isKind(local, 'closure')) return local.run(args());
      const found = methodOf(
        frame.owner,
        call.n,
        call.a.length,
        isKind(frame.self, 'instance') ? frame.self.info : null,
      );
      if (found) return entered(found, call, args(), frame.self, types);
      const imported = extensionOf(call.n, call.a.length - 1);
      if (imported)
        return runMethod(imported.method, imported.owner, args(), undefined, typeArguments(imported.method, types));
      if (isKind(frame.self, 'host')) return frame.self.call?.(call.n, args(), call, types);
      hooks.unknown?.(call, frame);
      return undefined;
    }
    if (isKind(on, 'closure') && call.n === 'Invoke') return on.run(args());
    if (isKind(on, 'host')) {
      const extension = extensionOf(call.n, call.a.length);
      if (extension) {
        const given = [on, ...orderedArguments(call, extension.method, args(), 1)];
        return runMethod(
          extension.method,
          extension.owner,
          given,
          undefined,
          inferred(extension.method, types, given, hooks.typeOf),
        );
      }
      return on.call?.(call.n, args(), call, types);
    }
    if (isKind(on, 'instance') && on.info) {
      // `base.Configure(builder)` runs what the class itself inherits.
      const start =
        call.on.k === 'name' && call.on.n === 'base' ? (project.chain(frame.owner)[1]?.info ?? null) : on.info;
      const found = start ? methodOf(start, call.n, call.a.length, null) : null;
      if (found) return entered(found, call, args(), on, types);
    }
    if (isKind(on, 'named')) {
      const info = project.resolve(plainType(on.name), frame.owner);
      const found = info ? methodOf(info, call.n, call.a.length, null) : null;
      if (found) return entered(found, call, args(), undefined, types);
      if (/^Get(?:Exported)?Types$/u.test(call.n)) return everyType(project);
      if (/(?:^|\.)Activator$/u.test(on.name) && call.n === 'CreateInstance') {
        const [type] = args();
        return isKind(type, 'type')
          ? { is: 'instance', type: type.type, info: type.info, fields: new Map() }
          : undefined;
      }
      if (call.n === 'ToString') return on.name.slice(on.name.lastIndexOf('.') + 1);
      const given = args();
      const [extended] = given;
      // An extension method called by the name of its class.
      if (isKind(extended, 'host')) return extended.call?.(call.n, given.slice(1), call, types);
      return staticMethod(on.name, call.n, given);
    }
    if (typeof on === 'string') {
      const extension = extensionOf(call.n, call.a.length);
      const own = extension ? runMethod(extension.method, extension.owner, [on, ...args()], undefined) : undefined;
      return own ?? stringMethod(on, call.n, args());
    }
    if (typeof on === 'number' && call.n === 'ToString') return String(on);
    if (isList(on)) return listMethod(on, call.n, args());
    if (isKind(on, 'type'))
      return /^(?:GetTypeInfo|AsType)$/u.test(call.n) ? on : typeMethod(project, on.info, call.n, args());
    if (on === undefined && /^Get(?:Exported)?Types$/u.test(call.n)) return everyType(project);
    hooks.unknown?.(call, frame);
    return undefined;
  }

  function lookUpLocal(name: string, frame: Frame): Value {
    for (let at: Frame | null = frame; at; at = at.parent) if (at.variables.has(name)) return at.variables.get(name);
    return undefined;
  }

  /** A method that stands where a function is wanted: `builder.Entity<Order>(BuildOrder)`. */
  function methodGroup(name: string, { owner, self }: Frame): Closure | undefined {
    const found = methodOf(owner, name, 1, isKind(self, 'instance') ? self.info : null);
    if (!found?.method.body) return undefined;
    const expr: FunctionExpr = { k: 'fn', p: found.method.parameters, b: found.method.body };
    return { is: 'closure', expr, run: (args) => runMethod(found.method, found.owner, args, self) };
  }

  function extensionOf(name: string, count: number): Found | null {
    const found = extensions.get(name);
    return (
      found?.find(({ method }) => method.parameters.length === count + 1) ??
      found?.find(({ method }) => method.parameters.length > count) ??
      null
    );
  }

  function runMethod(
    method: MethodDeclaration,
    owner: ClassInfo,
    args: readonly Value[],
    self: Value,
    typeArgs?: TypeArguments,
  ): Value {
    if (method.body === null || depth >= deepestCall) return undefined;
    depth++;
    const chained =
      isKind(self, 'instance') && self.info && self.type
        ? project.chain(self.info, argumentsFor(self.info, self.type))
        : [];
    const inherited = chained.find(({ info }) => info === owner)?.args ?? new Map<string, TypeRef>();
    const value = runBody(method.body, {
      variables: new Map(method.parameters.map((name, at) => [name, args[at]] as const)),
      parent: null,
      owner,
      args: new Map([...inherited, ...(typeArgs ?? [])]),
      self,
    });
    depth--;
    return value;
  }

  function entered(
    found: Found,
    call: CallExpr,
    args: readonly Value[],
    self: Value,
    types: readonly TypeRef[],
  ): Value {
    const given = orderedArguments(call, found.method, args);
    return runMethod(found.method, found.owner, given, self, inferred(found.method, types, given, hooks.typeOf));
  }

  function construct(type: TypeRef, from: ClassInfo): Instance {
    return { is: 'instance', type, info: project.resolve(type, from), fields: new Map() };
  }

  return { evaluate, runMethod, typeIn, construct, project };
}
