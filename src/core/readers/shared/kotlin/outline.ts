/** One walk over a Kotlin file: functions, loops, calls and what they stand in, in the shape that Java's have. */
import { TreeNode } from '../../../syntax/treeNode.ts';
import type { JavaCall, JavaFunction, JavaLocal, JavaLoop, JavaOutline, JavaRead } from '../java/outline.ts';
import { typeText } from '../java/typeText.ts';
import { isKotlinClass, nameOfFunction } from './declarations.ts';
import { callOf, kotlinPath, lambdaParameters, resultOf } from './expressions.ts';
import { forLoop, lambdaLoop } from './loops.ts';
import { inferredType, isType, plainName, typeOf } from './types.ts';
import type { TypeSource } from './types.ts';

interface Scope {
  readonly id: number;
  readonly until: number;
}

type PendingLoop = Omit<JavaLoop, 'parent' | 'function'>;

export function kotlinOutline(root: TreeNode, text: string): JavaOutline {
  const { table } = root;
  const functions: JavaFunction[] = [];
  const loops: JavaLoop[] = [];
  const calls: JavaCall[] = [];
  const locals: JavaLocal[] = [];
  const reads: JavaRead[] = [];
  const functionScopes: Scope[] = [];
  const loopScopes: Scope[] = [];
  const classScopes: { readonly name: string; readonly until: number }[] = [];
  /** Loops that begin at a node further on: a body, a lambda. */
  const pendingLoops = new Map<number, { readonly loop: PendingLoop; readonly until: number }[]>();
  /** Calls that are told of by the call around them. */
  const told = new Set<number>();
  const source: TypeSource = { text, aliased: () => null };
  const slice = (node: TreeNode): string => text.slice(node.startIndex, node.endIndex);
  const around = (): { function: number | null; loop: number | null } => ({
    function: functionScopes.at(-1)?.id ?? null,
    loop: loopScopes.at(-1)?.id ?? null,
  });

  for (let at = 0; at < table.size; at++) {
    while ((functionScopes.at(-1)?.until ?? Infinity) <= at) functionScopes.pop();
    while ((loopScopes.at(-1)?.until ?? Infinity) <= at) loopScopes.pop();
    while ((classScopes.at(-1)?.until ?? Infinity) <= at) classScopes.pop();
    if (table.named[at] !== 1) continue;
    for (const { loop, until } of pendingLoops.get(at) ?? []) {
      loops.push({ ...loop, parent: loopScopes.at(-1)?.id ?? null, function: functionScopes.at(-1)?.id ?? null });
      loopScopes.push({ id: loops.length - 1, until });
    }
    const node = new TreeNode(table, at);
    const { type } = node;
    const until = table.next[at] ?? table.size;
    const wait = (target: TreeNode, loop: PendingLoop): void => {
      const list = pendingLoops.get(target.index) ?? [];
      list.push({ loop, until: table.next[target.index] ?? until });
      pendingLoops.set(target.index, list);
    };
    if (isKotlinClass(type)) {
      const name = node.childForFieldName('name');
      // What a companion object declares is reached by the class around.
      const own = type === 'companion_object' || !name ? (classScopes.at(-1)?.name ?? '') : plainName(slice(name));
      classScopes.push({ name: own, until });
      continue;
    }
    switch (type) {
      case 'function_declaration':
      case 'secondary_constructor':
      case 'anonymous_function':
      case 'lambda_literal': {
        const isNamed = type === 'function_declaration' || type === 'secondary_constructor';
        functions.push({
          ...headOf(node, source),
          owner: isNamed ? (classScopes.at(-1)?.name ?? null) : null,
          parent: functionScopes.at(-1)?.id ?? null,
        });
        functionScopes.push({ id: functions.length - 1, until });
        break;
      }
      case 'return_expression': {
        const value = node.lastNamedChild;
        const id = functionScopes.findLast((scope) => functions[scope.id]?.name !== null)?.id;
        const own = id === undefined ? undefined : functions[id];
        if (own && id !== undefined && value?.type === 'identifier') functions[id] = { ...own, returns: slice(value) };
        break;
      }
      case 'for_statement': {
        const found = forLoop(node, text);
        if (found) wait(found.body, found.loop);
        break;
      }
      case 'while_statement':
      case 'do_while_statement': {
        const body = node.namedChildren.find((child) => child.type === 'block');
        if (body)
          wait(body, {
            kind: type === 'while_statement' ? 'while' : 'do-while',
            variables: [],
            iterable: null,
            bounded: false,
            concurrent: false,
            start: node.startIndex,
            end: node.endIndex,
          });
        break;
      }
      case 'property_declaration': {
        const local = functionScopes.length > 0 ? localOf(node, source) : null;
        if (local) locals.push({ ...local, function: around().function });
        break;
      }
      case 'navigation_expression':
      case 'callable_reference':
      case 'call_expression': {
        if (told.has(at)) break;
        const call = callOf(node, text);
        if (!call) {
          const read = type === 'navigation_expression' && loopScopes.length > 0 ? readOf(node, text) : null;
          if (read !== null) reads.push({ path: read, ...around(), start: node.startIndex, end: node.endIndex });
          break;
        }
        if (type === 'call_expression') {
          const [callee] = node.namedChildren;
          // The parts of this call that look like calls or reads of their own.
          if (callee) told.add(callee.index);
          if (callee?.type === 'call_expression' && callee.firstNamedChild) told.add(callee.firstNamedChild.index);
        }
        calls.push({
          ...call,
          node,
          ...around(),
          result: resultOf(node, text),
          start: node.startIndex,
          end: node.endIndex,
        });
        const found = lambdaLoop(node, call, text);
        if (found) wait(found.body, found.loop);
        break;
      }
    }
  }
  return { functions, loops, calls, locals, reads };
}

/** `order.customer`: a property of a variable, which may have to be loaded. */
function readOf(node: TreeNode, text: string): string | null {
  const { parent } = node;
  if (node.firstNamedChild?.type !== 'identifier') return null;
  if (parent?.type === 'assignment' && parent.childForFieldName('left')?.index === node.index) return null;
  const path = kotlinPath(text.slice(node.startIndex, node.endIndex));
  return path !== null && /^[\p{Ll}_]\w*\.[\p{Ll}_]\w*$/u.test(path) ? path : null;
}

function localOf(node: TreeNode, source: TypeSource): Omit<JavaLocal, 'function'> | null {
  const children = node.namedChildren;
  const variable = children.find(({ type }) => type === 'variable_declaration');
  const name = variable?.namedChildren.find(({ type }) => type === 'identifier');
  if (!variable || !name) return null;
  const stated = variable.namedChildren.find(isType);
  const value = children.find(({ startIndex }) => startIndex >= variable.endIndex) ?? null;
  const type = stated ? typeOf(stated, source) : value ? inferredType(value, source) : null;
  return {
    name: plainName(source.text.slice(name.startIndex, name.endIndex)),
    type: type === null || type.name === '?' ? 'var' : typeText(type),
    start: node.startIndex,
    value,
  };
}

function headOf(node: TreeNode, source: TypeSource): Omit<JavaFunction, 'owner' | 'parent'> {
  const { text } = source;
  const slice = (part: TreeNode): string => text.slice(part.startIndex, part.endIndex);
  const children = node.namedChildren;
  const name = node.type === 'function_declaration' ? nameOfFunction(node) : null;
  const modifiers = children.find(({ type }) => type === 'modifiers');
  const list = children.find(({ type }) => type === 'function_value_parameters');
  const parameters =
    node.type === 'lambda_literal'
      ? lambdaParameters(node, text).map((each) => ({ name: each, type: null }))
      : (list?.namedChildren ?? []).flatMap((parameter) => {
          if (parameter.type !== 'parameter') return [];
          const own = parameter.namedChildren.find(({ type }) => type === 'identifier');
          const type = parameter.namedChildren.find(isType);
          return own ? [{ name: plainName(slice(own)), type: type ? typeText(typeOf(type, source)) : null }] : [];
        });
  const written = modifiers?.namedChildren ?? [];
  return {
    name: name ? plainName(slice(name)) : null,
    parameters,
    exported:
      node.type === 'function_declaration' &&
      !written.some((each) => each.type === 'visibility_modifier' && /^(?:private|protected)$/u.test(slice(each))),
    annotations: written.flatMap((each) => {
      if (each.type !== 'annotation') return [];
      const match = /^@(?:\w+:)?([\w.]+)/u.exec(slice(each));
      return match?.[1] === undefined ? [] : [match[1].replace(/^.*\./u, '')];
    }),
    returns: null,
    start: node.startIndex,
    end: node.endIndex,
  };
}
