/** Code facts of one Java file, before any mapper has looked at it: `queries` and `dataSources` are empty. */
import type { Access, Call, ClassFact, FieldFact, FileFacts, ImportFact } from '../../../schema/code.ts';
import type { SourceFile } from '../../reader.ts';
import { emptyFacts } from '../emptyFacts.ts';
import { readEndpoints, readTransactions, rollsBackOnAll } from './endpoints.ts';
import type { JavaFile } from './model.ts';
import { javaOutline, pathText } from './outline.ts';
import type { JavaCall, JavaOutline } from './outline.ts';
import { simpleName, typeText } from './typeText.ts';

export function readJavaFacts(file: SourceFile, java: JavaFile): FileFacts {
  const outline = javaOutline(file.parsed());
  const { lines, text } = file;
  const own = namesOfClasses(java);
  const thrown = throwsOf(java, outline, file);
  return {
    ...emptyFacts(file.path),
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
      const callee = calleeOf(call, outline, own);
      if (callee === null) return [];
      return [
        {
          callee,
          arguments: call.arguments.map((each) => pathText(text.slice(each.startIndex, each.endIndex))),
          awaited: true,
          result: call.result,
          function: call.function,
          loop: call.loop,
          at: lines.range(call.start, call.end),
        },
      ];
    }),
    accesses: accessesOf(outline, file),
    transactions: readTransactions(java, outline, file),
    endpoints: readEndpoints(java, outline, lines),
    imports: java.imports.flatMap(({ name, static: isStatic, wildcard }): ImportFact[] =>
      wildcard || isStatic ? [] : [{ local: simpleName(name), imported: simpleName(name), module: name }],
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
    classes: java.classes.map((declaration): ClassFact => ({
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
  readonly statics: ReadonlySet<string>;
}

function namesOfClasses({ classes, imports }: JavaFile): Names {
  return {
    fields: new Set(classes.flatMap(({ fields }) => fields.map(({ name }) => name))),
    statics: new Set(imports.filter((each) => each.static && !each.wildcard).map(({ name }) => simpleName(name))),
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
  if (receiver === '') return names.statics.has(method) ? method : `this.${method}`;
  const path = receiver.replace(/^super\b/u, 'this');
  const [first = ''] = path.split('.');
  const isField =
    first !== 'this' &&
    /^[\p{Ll}_$]/u.test(first) &&
    !isVariable(first, around, start, outline) &&
    (names.fields.has(first) || !path.includes('.'));
  return `${isField ? 'this.' : ''}${path}.${method}`;
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

const getter = /^(?:get|is)(\p{Lu}[\p{L}\p{N}_$]*)$/u;

/** Getters called on a variable within a loop: `order.getCustomer()` reads `order.customer`. */
function accessesOf({ calls, loops }: JavaOutline, { lines }: SourceFile): Access[] {
  return calls.flatMap((call): Access[] => {
    if (call.loop === null || call.receiver === null || call.receiver === '' || call.receiver.includes('.')) return [];
    const property = getter.exec(call.method)?.[1];
    if (property === undefined || call.arguments.length > 0) return [];
    let isElement = false;
    for (let id: number | null = call.loop; id !== null; id = loops[id]?.parent ?? null)
      if (loops[id]?.variables.includes(call.receiver)) isElement = true;
    if (!isElement) return [];
    const name = /^\p{Lu}{2}/u.test(property) ? property : property.charAt(0).toLowerCase() + property.slice(1);
    return [
      {
        path: `${call.receiver}.${name}`,
        awaited: true,
        function: call.function,
        loop: call.loop,
        at: lines.range(call.start, call.end),
      },
    ];
  });
}
