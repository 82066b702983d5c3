/**
 * Evaluates the declarations of a project's Python files: literals, names across files, calls with their arguments, short functions.
 * Nothing of the project is executed; what cannot be known is an `unknown` with its source.
 */
import type { PyClassDeclaration, PyExpression, PyFunctionDeclaration, PyStatement } from './declarations.ts';
import type { Lineage } from './classes.ts';
import { createClassMembers } from './classMembers.ts';
import { createExpressions } from './expressionValues.ts';
import { createRunner } from './runFunction.ts';
import type { ModuleGraph, PyBinding } from './moduleGraph.ts';
import type { PyClass, PyFunction, PyScope, PyValue } from './values.ts';

/** A statement of a class, and the value it binds. */
export interface PyClassMember {
  readonly name: string;
  readonly statement: PyStatement;
  /** Class it stands in; another than asked for where it is inherited. */
  readonly owner: PyClass;
  /** File of the statement: an assignment may stand outside of the class. */
  readonly file: string;
}

export interface Evaluator {
  readonly graph: ModuleGraph;
  /** Value of a name of a file; undefined = it binds none. */
  global(file: string, name: string): PyValue | undefined;
  evaluate(expression: PyExpression, scope: PyScope): PyValue;
  /** Classes that stand in a file, nested ones after the one they stand in. */
  classesOf(file: string): readonly PyClass[];
  lineage(cls: PyClass): Lineage;
  /** As written, evaluated; without what only types (`Generic[T]` stays `Generic`). */
  basesOf(cls: PyClass): readonly PyValue[];
  /** What stands in the class itself, in order, each name once: the last statement counts. */
  membersOf(cls: PyClass): readonly PyClassMember[];
  /** Also of the classes it inherits from. */
  member(cls: PyClass, name: string): PyClassMember | undefined;
  /** Value of a member; of a property, what it returns for `cls`. */
  memberValue(member: PyClassMember, cls?: PyClass): PyValue;
  attribute(object: PyValue, name: string): PyValue;
  /** Runs a short function; undefined where its body was not kept. */
  run(fn: PyFunction, args: readonly PyValue[], keywords?: ReadonlyMap<string, PyValue>): PyValue | undefined;
  /** Scope of the statements of a file. */
  fileScope(file: string): PyScope;
  /** Scope of the statements of a class. */
  classScope(cls: PyClass): PyScope;
}

/** What the parts of an evaluator use of each other. */
export interface EvaluatorParts extends Evaluator {
  /** A name as a statement of the scope sees it. */
  lookUp(name: string, scope: PyScope): PyValue;
  valueOfStatement(statement: PyStatement, scope: PyScope, owner: PyClass | null): PyValue;
  valueOfBinding(binding: PyBinding): PyValue;
  classOf(declaration: PyClassDeclaration, scope: PyScope, owner: PyClass | null): PyClass;
  functionOf(declaration: PyFunctionDeclaration, scope: PyScope, bound: PyClass | null): PyFunction;
  /** Enumeration of the standard library or Django. */
  isEnum(cls: PyClass): boolean;
  attributeOfClass(cls: PyClass, name: string): PyValue;
}

const builtins = new Set(
  'str int float bool bytes bytearray list dict set frozenset tuple type object property super complex Exception ValueError len range map filter zip sorted staticmethod classmethod getattr isinstance issubclass'.split(
    ' ',
  ),
);

export function createEvaluator(graph: ModuleGraph): Evaluator {
  const classes = new Map<PyClassDeclaration, PyClass>();
  const globals = new Map<string, PyValue>();
  const values = new Map<PyStatement, PyValue>();
  const fileScopes = new Map<string, PyScope>();
  const classScopes = new Map<PyClass, PyScope>();
  const busy = new Set<PyStatement>();

  function fileScope(file: string): PyScope {
    let scope = fileScopes.get(file);
    if (!scope) fileScopes.set(file, (scope = { file, names: null, class: null, outer: null }));
    return scope;
  }

  function classScope(cls: PyClass): PyScope {
    let scope = classScopes.get(cls);
    if (!scope) classScopes.set(cls, (scope = { file: cls.file, names: null, class: cls, outer: cls.scope }));
    return scope;
  }

  function classOf(declaration: PyClassDeclaration, scope: PyScope, owner: PyClass | null): PyClass {
    const known = scope.names === null ? classes.get(declaration) : undefined;
    if (known) return known;
    const { name } = declaration;
    const qualifiedName = owner ? `${owner.qualifiedName}.${name}` : name;
    const cls: PyClass = { is: 'class', name, qualifiedName, file: scope.file, declaration, scope };
    if (scope.names === null) classes.set(declaration, cls);
    return cls;
  }

  function functionOf(declaration: PyFunctionDeclaration, scope: PyScope, bound: PyClass | null): PyFunction {
    const { name, parameters, decorators, body } = declaration;
    return { is: 'function', name, parameters, decorators, body, scope, bound };
  }

  /** Guards against names that rest on themselves. */
  function evaluateOnce(statement: PyStatement, value: PyExpression, scope: PyScope): PyValue {
    if (busy.has(statement)) return { is: 'unknown', text: '…' };
    busy.add(statement);
    try {
      return parts.evaluate(value, scope);
    } finally {
      busy.delete(statement);
    }
  }

  function valueOfStatement(statement: PyStatement, scope: PyScope, owner: PyClass | null): PyValue {
    if (statement.kind === 'class') return classOf(statement, scope, owner);
    if (statement.kind === 'function') return functionOf(statement, scope, null);
    if (statement.kind !== 'assign' || statement.value === null) return { is: 'unknown', text: '' };
    const { value } = statement;
    let known = values.get(statement);
    if (known === undefined) {
      known = evaluateOnce(statement, value, scope);
      values.set(statement, known);
    }
    return known;
  }

  function valueOfBinding(binding: PyBinding): PyValue {
    if (binding.is === 'statement') return valueOfStatement(binding.statement, fileScope(binding.file), null);
    return binding;
  }

  function global(file: string, name: string): PyValue | undefined {
    const key = `${file}\0${name}`;
    const known = globals.get(key);
    if (known !== undefined) return known;
    const binding = graph.binding(file, name);
    if (!binding) return undefined;
    const value = valueOfBinding(binding);
    if (busy.size === 0) globals.set(key, value);
    return value;
  }

  function lookUp(name: string, scope: PyScope): PyValue {
    for (let at: PyScope | null = scope; at; at = at.outer) {
      const local = at.names?.get(name);
      if (local !== undefined) return local;
      // Functions in a class do not see its names; only its own statements do.
      const own = at === scope && at.class ? parts.membersOf(at.class).find((each) => each.name === name) : undefined;
      // `name = name` takes the outer one.
      if (own?.file === scope.file && !busy.has(own.statement) && !isOnlyTyped(own.statement))
        return valueOfStatement(own.statement, classScope(own.owner), own.owner);
    }
    const found = global(scope.file, name);
    if (found !== undefined) return found;
    return builtins.has(name) ? { is: 'external', path: `builtins.${name}` } : { is: 'unknown', text: name };
  }

  function classesOf(file: string): readonly PyClass[] {
    const found: PyClass[] = [];
    const add = (statements: readonly PyStatement[], scope: PyScope, owner: PyClass | null): void => {
      for (const statement of statements) {
        if (statement.kind !== 'class') continue;
        const cls = classOf(statement, scope, owner);
        found.push(cls);
        add(statement.body, classScope(cls), cls);
      }
    };
    add(graph.files.get(file)?.statements ?? [], fileScope(file), null);
    return found;
  }

  // The parts call each other, so each is given the whole.
  const parts = {
    graph,
    global,
    classesOf,
    fileScope,
    classScope,
    lookUp,
    valueOfStatement,
    valueOfBinding,
    classOf,
    functionOf,
  } as EvaluatorParts;
  return Object.assign(parts, createClassMembers(parts), createRunner(parts), createExpressions(parts));
}

/** `name: str` binds nothing. */
function isOnlyTyped(statement: PyStatement): boolean {
  return statement.kind === 'assign' && statement.value === null;
}
