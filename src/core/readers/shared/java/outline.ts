/** One walk over a Java file: functions, loops, calls and what they stand in, by offsets. */
import { TreeNode } from '../../../syntax/treeNode.ts';
import type { ParsedText } from '../../../syntax/syntax.ts';
import { callOf, elementOf, pathText } from './callShape.ts';
import { classKind } from './declarations.ts';
import { isStatement, loopAfter } from './loopAfter.ts';
import { elementsOf, shortened, statementLoop } from './loops.ts';

export interface JavaFunction {
  readonly name: string | null;
  readonly owner: string | null;
  readonly parameters: readonly { readonly name: string; readonly type: string | null }[];
  readonly parent: number | null;
  readonly exported: boolean;
  /** Names of its annotations; of methods alone. */
  readonly annotations: readonly string[];
  readonly returns: string | null;
  readonly start: number;
  readonly end: number;
}

export interface JavaLoop {
  readonly kind: string;
  readonly variables: readonly string[];
  readonly iterable: string | null;
  readonly bounded: boolean;
  readonly parent: number | null;
  readonly function: number | null;
  readonly concurrent: boolean;
  readonly start: number;
  readonly end: number;
}

/** `receiver.method(…)`, or a method reference (`repository::save`). */
export interface JavaCall {
  /** What stands before the method: a path of names, '' = none, null = something else. */
  readonly receiver: string | null;
  /** The same as written; null = none. */
  readonly object: TreeNode | null;
  readonly method: string;
  readonly node: TreeNode;
  readonly arguments: readonly TreeNode[];
  readonly function: number | null;
  readonly loop: number | null;
  /** Of a method reference that is called with each element of a loop: the name of the element. */
  readonly element?: string;
  /** Variable that takes the result, also after `.orElse(…)` and the like. */
  readonly result: string | null;
  readonly start: number;
  readonly end: number;
}

export interface JavaLocal {
  readonly name: string;
  readonly type: string;
  readonly function: number | null;
  readonly start: number;
  /** The value it is given at first. */
  readonly value: TreeNode | null;
}

/** A property read without a call (Kotlin): `order.customer`. */
export interface JavaRead {
  readonly path: string;
  readonly function: number | null;
  readonly loop: number | null;
  readonly start: number;
  readonly end: number;
}

export interface JavaOutline {
  readonly functions: readonly JavaFunction[];
  readonly loops: readonly JavaLoop[];
  readonly calls: readonly JavaCall[];
  readonly locals: readonly JavaLocal[];
  /** Those within loops; of Java none, whose properties are read by getters. */
  readonly reads: readonly JavaRead[];
}

const known = new WeakMap<ParsedText, JavaOutline>();

/** Several readers look at one file: it is walked once. */
export function javaOutline(parsed: ParsedText): JavaOutline {
  let outline = known.get(parsed);
  if (!outline) known.set(parsed, (outline = walk(parsed.tree, parsed.text)));
  return outline;
}

interface Scope {
  readonly id: number;
  readonly until: number;
}

/** Methods of streams and collections whose lambda runs per element (java.util.stream, java.lang.Iterable). */
const perElement = new Set([
  'forEach',
  'forEachOrdered',
  'map',
  'mapToInt',
  'mapToLong',
  'mapToDouble',
  'mapToObj',
  'mapMulti',
  'flatMap',
  'filter',
  'peek',
  'anyMatch',
  'allMatch',
  'noneMatch',
  'removeIf',
  'replaceAll',
  'takeWhile',
  'dropWhile',
]);
/** Of `Collectors`: their functions run once for each element of the stream that is collected. */
const collectors = new Set([
  'toMap',
  'toUnmodifiableMap',
  'toConcurrentMap',
  'groupingBy',
  'partitioningBy',
  'mapping',
  'flatMapping',
  'filtering',
]);

/** The stream whose `collect(…)` the collector is handed to, be it within others; null = none. */
function collectedBy(node: TreeNode, text: string): string | null {
  let { parent } = node;
  for (let depth = 0; parent && depth < 6; depth++, { parent } = parent) {
    if (parent.type === 'argument_list') continue;
    if (parent.type !== 'method_invocation') return null;
    const name = parent.childForFieldName('name');
    const object = parent.childForFieldName('object');
    if (name && text.slice(name.startIndex, name.endIndex) === 'collect')
      return object ? text.slice(object.startIndex, object.endIndex) : null;
  }
  return null;
}

/** The same names on something that holds one value at most. */
const single =
  /(?:^|\.)(?:Optional|Mono)\b|\b(?:find\w*By\w*|findFirst|findAny|findOne|ofNullable|max|min|reduce)\s*\([^()]*\)\s*$|[oO]pt(?:ional)?\w*$/u;

/** What only an optional is asked: `parse(text).map(…).orElseThrow()`. */
const askedOfOptional = /^(?:orElse(?:Get|Throw)?|ifPresent(?:OrElse)?|isPresent|or)$/u;

function isOfOptional(node: TreeNode, text: string): boolean {
  const { parent } = node;
  const name = parent?.type === 'method_invocation' ? parent.childForFieldName('name') : null;
  return (
    name !== null &&
    parent?.childForFieldName('object')?.index === node.index &&
    askedOfOptional.test(text.slice(name.startIndex, name.endIndex))
  );
}

function walk(root: TreeNode, text: string): JavaOutline {
  const { table } = root;
  const functions: JavaFunction[] = [];
  const loops: JavaLoop[] = [];
  const calls: JavaCall[] = [];
  const locals: JavaLocal[] = [];
  const functionScopes: Scope[] = [];
  /** Innermost last; -1 = in no loop any more. */
  const loopScopes: Scope[] = [];
  const loopAround = (): number | null => {
    const id = loopScopes.at(-1)?.id ?? -1;
    return id < 0 ? null : id;
  };
  const classScopes: { readonly name: string; readonly until: number }[] = [];
  /** Loops that begin at a node further on: a body, a lambda. */
  const pendingLoops = new Map<number, { loop: Omit<JavaLoop, 'parent' | 'function'>; until: number }[]>();
  const slice = (node: TreeNode): string => text.slice(node.startIndex, node.endIndex);

  for (let at = 0; at < table.size; at++) {
    while ((functionScopes.at(-1)?.until ?? Infinity) <= at) functionScopes.pop();
    while ((loopScopes.at(-1)?.until ?? Infinity) <= at) loopScopes.pop();
    while ((classScopes.at(-1)?.until ?? Infinity) <= at) classScopes.pop();
    if (table.named[at] !== 1) continue;
    const pending = pendingLoops.get(at);
    if (pending)
      for (const { loop, until } of pending) {
        loops.push({ ...loop, parent: loopAround(), function: functionScopes.at(-1)?.id ?? null });
        loopScopes.push({ id: loops.length - 1, until });
      }
    const node = new TreeNode(table, at);
    const { type } = node;
    const until = table.next[at] ?? table.size;
    const wait = (target: TreeNode, loop: Omit<JavaLoop, 'parent' | 'function'>): void => {
      const list = pendingLoops.get(target.index) ?? [];
      list.push({ loop, until: table.next[target.index] ?? until });
      pendingLoops.set(target.index, list);
    };
    if (classKind(type) !== null) {
      const name = node.childForFieldName('name');
      classScopes.push({ name: name ? slice(name) : '', until });
      continue;
    }
    switch (type) {
      case 'method_declaration':
      case 'constructor_declaration':
      case 'compact_constructor_declaration':
      case 'lambda_expression': {
        functions.push({
          ...headOf(node, text),
          owner: type === 'lambda_expression' ? null : (classScopes.at(-1)?.name ?? null),
          parent: functionScopes.at(-1)?.id ?? null,
        });
        functionScopes.push({ id: functions.length - 1, until });
        break;
      }
      case 'return_statement': {
        const value = node.firstNamedChild;
        const id = functionScopes.at(-1)?.id;
        const own = id === undefined ? undefined : functions[id];
        // A loop of the same function ends with it: what it asks for is asked once.
        const around = loopAround();
        let outer = around;
        for (let loop = loops[outer ?? -1]; loop && isStatement(loop) && loop.function === (id ?? null);)
          loop = loops[(outer = loop.parent) ?? -1];
        if (outer !== around) loopScopes.push({ id: outer ?? -1, until });
        if (own && id !== undefined && value?.type === 'identifier') functions[id] = { ...own, returns: slice(value) };
        break;
      }
      case 'block':
      case 'throw_statement': {
        const around = loopAround();
        const outer = around === null ? null : loopAfter(node, around, functionScopes.at(-1)?.id ?? null, loops, text);
        if (outer !== around) loopScopes.push({ id: outer ?? -1, until });
        break;
      }
      case 'enhanced_for_statement':
      case 'for_statement':
      case 'while_statement':
      case 'do_statement': {
        const body = node.childForFieldName('body');
        if (body) wait(body, statementLoop(node, text, locals));
        break;
      }
      case 'local_variable_declaration': {
        const typeNode = node.childForFieldName('type');
        for (const child of node.namedChildren) {
          const name = child.type === 'variable_declarator' ? child.childForFieldName('name') : null;
          if (!name || !typeNode) continue;
          locals.push({
            name: slice(name),
            type: slice(typeNode),
            function: functionScopes.at(-1)?.id ?? null,
            start: node.startIndex,
            value: child.childForFieldName('value'),
          });
        }
        break;
      }
      case 'method_invocation':
      case 'method_reference':
      case 'object_creation_expression':
      case 'explicit_constructor_invocation': {
        const call = callOf(node, text, classScopes.at(-1)?.name ?? '');
        if (!call) break;
        calls.push({
          ...call,
          ...(pending && type === 'method_reference' ? { element: elementOf(slice(node)) } : {}),
          node,
          function: functionScopes.at(-1)?.id ?? null,
          loop: loopAround(),
          result: resultOf(node, text),
          start: node.startIndex,
          end: node.endIndex,
        });
        if (type === 'method_invocation' && collectors.has(call.method)) {
          const source = collectedBy(node, text);
          for (const lambda of source === null
            ? []
            : call.arguments.filter((each) => each.type === 'lambda_expression'))
            wait(lambda, {
              kind: 'stream',
              variables: headOf(lambda, text).parameters.map(({ name }) => name),
              iterable: shortened(elementsOf(source ?? '')),
              bounded: false,
              concurrent: false,
              start: node.startIndex,
              end: node.endIndex,
            });
        }
        if (type === 'method_invocation' && perElement.has(call.method)) {
          const object = node.childForFieldName('object');
          const source = object ? slice(object) : '';
          const lambda = call.arguments.find(
            (each) => each.type === 'lambda_expression' || each.type === 'method_reference',
          );
          if (lambda && !single.test(source.trimEnd()) && !isOfOptional(node, text))
            wait(lambda, {
              kind: call.method === 'forEach' || call.method === 'filter' ? call.method : 'stream',
              variables:
                lambda.type === 'lambda_expression'
                  ? headOf(lambda, text).parameters.map(({ name }) => name)
                  : [elementOf(slice(lambda))],
              iterable: shortened(elementsOf(source)),
              bounded: /^(?:IntStream|LongStream|Arrays\s*\.\s*asList|Stream\s*\.\s*of|List\s*\.\s*of)\b/u.test(source),
              concurrent: /\.parallel(?:Stream)?\(\)/u.test(source),
              start: node.startIndex,
              end: node.endIndex,
            });
        }
        break;
      }
    }
  }
  return { functions, loops, calls, locals, reads: [] };
}

function headOf(node: TreeNode, text: string): Omit<JavaFunction, 'owner' | 'parent'> {
  const slice = (part: TreeNode): string => text.slice(part.startIndex, part.endIndex);
  const name = node.type === 'lambda_expression' ? null : node.childForFieldName('name');
  const list = node.childForFieldName('parameters');
  const modifiers = node.namedChildren.find(({ type }) => type === 'modifiers');
  const parameters =
    list === null
      ? []
      : list.type === 'identifier'
        ? [{ name: slice(list), type: null }]
        : list.namedChildren.flatMap((parameter) => {
            if (parameter.type === 'identifier') return [{ name: slice(parameter), type: null }];
            const own =
              parameter.childForFieldName('name') ??
              parameter.namedChildren.find(({ type }) => type === 'variable_declarator')?.firstNamedChild;
            const type =
              parameter.childForFieldName('type') ??
              parameter.namedChildren.find((child) => child.type.endsWith('type') || child.type === 'type_identifier');
            return own ? [{ name: slice(own), type: type ? slice(type) : null }] : [];
          });
  return {
    name: name ? slice(name) : null,
    parameters,
    exported: modifiers !== undefined && /\bpublic\b/u.test(slice(modifiers)),
    annotations: (modifiers?.namedChildren ?? []).flatMap((each) => {
      const annotation = each.childForFieldName('name');
      return annotation && each.type.endsWith('annotation') ? [slice(annotation).replace(/^.*\./u, '')] : [];
    }),
    returns: null,
    start: node.startIndex,
    end: node.endIndex,
  };
}

/** Calls that only unwrap what the call before them yields. */
const unwraps = new Set([
  'orElse',
  'orElseThrow',
  'orElseGet',
  'get',
  'getContent',
  'toList',
  'getBody',
  'block',
  'join',
  'await',
  'list',
  'stream',
]);

function resultOf(node: TreeNode, text: string): string | null {
  let current = node;
  for (let depth = 0; depth < 6; depth++) {
    const { parent } = current;
    if (!parent) return null;
    if (parent.type === 'variable_declarator') {
      const name = parent.childForFieldName('name');
      return name ? text.slice(name.startIndex, name.endIndex) : null;
    }
    if (parent.type === 'assignment_expression') {
      const left = parent.childForFieldName('left');
      return left ? pathText(text.slice(left.startIndex, left.endIndex)) : null;
    }
    if (parent.type === 'method_invocation') {
      const name = parent.childForFieldName('name');
      if (
        !name ||
        parent.childForFieldName('object')?.index !== current.index ||
        !unwraps.has(text.slice(name.startIndex, name.endIndex))
      )
        return null;
    } else if (parent.type !== 'parenthesized_expression' && parent.type !== 'cast_expression') return null;
    current = parent;
  }
  return null;
}
