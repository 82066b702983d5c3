/** Code facts of one file of Java or Kotlin, before any mapper has looked at it: `queries` and `dataSources` are empty. */
import type { Call, FileFacts, ImportFact } from '../../../schema/code.ts';
import type { ClassFact, FieldFact } from '../../../schema/classFacts.ts';
import type { SourceFile } from '../../reader.ts';
import { emptyFacts } from '../emptyFacts.ts';
import { accessesOf } from './accesses.ts';
import { readEndpoints, readTransactions, rollsBackOnAll } from './endpoints.ts';
import type { JavaClass, JavaFile } from './model.ts';
import type { JavaCall, JavaOutline } from './outline.ts';
import { simpleName, typeText } from './typeText.ts';
import { isKotlin, jvmOutline, textsOf } from '../kotlin/jvm.ts';

/** Steps that Flyway and Liquibase run once, wherever they lie. */
function isMigration({ extends: base, implements: interfaces }: JavaClass): boolean {
  return [...(base ? [base] : []), ...interfaces].some(({ name }) =>
    /^(?:BaseJavaMigration|JavaMigration|CustomTaskChange|CustomSqlChange|SpringJdbcMigration|JdbcMigration)$/u.test(
      simpleName(name),
    ),
  );
}

export function readJavaFacts(file: SourceFile, java: JavaFile): FileFacts {
  const outline = jvmOutline(file.parsed());
  const { lines } = file;
  const { path } = textsOf(file);
  const own = namesOfClasses(java, isKotlin(file.path) ? outline : null);
  const thrown = throwsOf(java, outline, file);
  return {
    ...emptyFacts(file.path),
    ...(java.classes.some(isMigration) ? { purpose: 'migration' as const } : {}),
    functions: outline.functions.map(({ start, end, annotations, parameters, ...each }, id) => ({
      ...each,
      ...(thrown.has(id) ? { throws: thrown.get(id) ?? [] } : {}),
      parameters: parameters.map(({ name }) => name),
      parameterTypes: parameters.map(({ type }) => type),
      async: false,
      decorators: annotations,
      at: lines.range(start, end),
    })),
    loops: outline.loops.map(({ start, end, ...each }) => ({ ...each, at: lines.range(start, end) })),
    calls: outline.calls.flatMap((call): Call[] => {
      const callee = calleeOf(call, outline, own) ?? calleeOfGetter(call, own, file);
      if (callee === null) return [];
      return [
        {
          callee,
          arguments: call.element === undefined ? call.arguments.map(path) : [call.element],
          awaited: true,
          result: call.result,
          function: call.function,
          loop: call.loop,
          at: lines.range(call.start, call.end),
        },
      ];
    }),
    accesses: accessesOf(outline, java, file),
    transactions: readTransactions(java, outline, file),
    endpoints: readEndpoints(java, outline, lines),
    imports: java.imports.flatMap(({ name, static: isStatic, wildcard, alias }): ImportFact[] =>
      wildcard || isStatic ? [] : [{ local: alias ?? simpleName(name), imported: simpleName(name), module: name }],
    ),
    fields: java.classes.flatMap((declaration) =>
      declaration.fields
        .filter(({ static: isStatic }) => !isStatic)
        .map((field): FieldFact => ({
          owner: simpleName(declaration.name),
          name: field.name,
          type: typeText(field.type),
        })),
    ),
    classes: java.classes
      .filter(({ facade }) => facade !== true)
      .map((declaration): ClassFact => ({
        name: simpleName(declaration.name),
        extends: declaration.extends ? typeText(declaration.extends) : null,
        implements: declaration.implements.map(typeText),
        decorators: declaration.annotations.map(({ name }) => name),
        exported: true,
        ...(rollsBackOnAll(declaration) ? { rollsBackOnAll: true as const } : {}),
        at: declaration.at,
      })),
  };
}

/** Exceptions that methods are declared to throw, by the place of the method in the outline. */
function throwsOf(
  { classes }: JavaFile,
  { functions }: JavaOutline,
  { lines }: SourceFile,
): ReadonlyMap<number, readonly string[]> {
  return new Map(
    classes.flatMap(({ name, methods }) =>
      methods.flatMap(({ throws, at }): [number, readonly string[]][] => {
        if (!throws) return [];
        const offset = lines.offset(at.line, at.column);
        const id = functions.findIndex(
          ({ owner, start, end }) => owner === simpleName(name) && start <= offset && offset < end,
        );
        return id === -1 ? [] : [[id, throws]];
      }),
    ),
  );
}

interface Names {
  readonly fields: ReadonlySet<string>;
  /** Methods that are called by their bare names, with what they are called by their class (`Pages.each`). */
  readonly statics: ReadonlyMap<string, string>;
}

/** @param kotlin of a file of Kotlin, whose functions may stand outside of classes */
function namesOfClasses({ classes, imports }: JavaFile, kotlin: JavaOutline | null): Names {
  const imported = imports.filter((each) => !each.wildcard && (each.static || kotlin !== null));
  const own = kotlin?.functions.filter(({ owner, parent }) => owner === null && parent === null) ?? [];
  return {
    fields: new Set(classes.flatMap(({ fields }) => fields.map(({ name }) => name))),
    statics: new Map([
      ...imported.map(({ name, alias }): [string, string] => {
        const local = alias ?? simpleName(name);
        return [local, kotlin === null ? name.split('.').slice(-2).join('.') : local];
      }),
      ...own.flatMap(({ name }): [string, string][] => (name === null ? [] : [[name, name]])),
    ]),
  };
}

/**
 * The callee with the `this` that Java leaves out: `this.orders.load` for a field, `this.load` for a method of the class. Null where what
 * stands before the method is no path.
 */
export function calleeOf(
  { receiver, method, function: around, start }: JavaCall,
  outline: JavaOutline,
  names: Names,
): string | null {
  if (receiver === null) return null;
  if (receiver === '') return names.statics.get(method) ?? `this.${method}`;
  const path = receiver.replace(/^super\b/u, 'this');
  const [first = ''] = path.split('.');
  const isField =
    first !== 'this' &&
    /^[\p{Ll}_$]/u.test(first) &&
    !isVariable(first, around, start, outline) &&
    (names.fields.has(first) || !path.includes('.'));
  return `${isField ? 'this.' : ''}${path}.${method}`;
}

/** `getOrders().load(…)`, where the class has a field `orders`: what a getter of its own gives is that field. */
function calleeOfGetter({ object, method }: JavaCall, { fields }: Names, { text }: SourceFile): string | null {
  if (object?.type !== 'method_invocation') return null;
  const [, first = '', rest = ''] =
    /^(?:this\.)?get(\p{Lu})([\p{L}\p{N}]*)\(\)$/u.exec(text.slice(object.startIndex, object.endIndex)) ?? [];
  const field = first.toLowerCase() + rest;
  return first !== '' && fields.has(field) ? `this.${field}.${method}` : null;
}

/** A parameter or local variable of the functions around. */
export function isVariable(name: string, around: number | null, offset: number, outline: JavaOutline): boolean {
  return typeOfVariable(name, around, offset, outline) !== undefined;
}

/** Undefined = there is no such variable; null = its type is not stated. */
export function typeOfVariable(
  name: string,
  around: number | null,
  offset: number,
  { functions, locals }: JavaOutline,
): string | null | undefined {
  const within = new Set<number>();
  for (let at = around; at !== null; at = functions[at]?.parent ?? null) within.add(at);
  const local = locals.findLast(
    (each) => each.name === name && each.start <= offset && (each.function === null || within.has(each.function)),
  );
  if (local) return local.type;
  for (const at of within) {
    const parameter = functions[at]?.parameters.find((each) => each.name === name);
    if (parameter) return parameter.type;
  }
  return undefined;
}
