/** The bones of a C# file, found in one walk of its tree: functions, loops, calls, classes. Everything nests by offsets. */
import type { ParsedText } from '../../../syntax/syntax.ts';
import { TreeNode } from '../../../syntax/treeNode.ts';

export interface CsFunction {
  readonly node: TreeNode;
  readonly start: number;
  readonly end: number;
  readonly name: string | null;
  readonly class: number | null;
  readonly lambda: boolean;
  readonly parent: number | null;
}

export interface CsLoop {
  readonly node: TreeNode;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly variables: readonly string[];
  readonly iterable: string | null;
  readonly bounded: boolean;
  readonly concurrent: boolean;
  readonly parent: number | null;
  readonly function: number | null;
}

export interface CsCall {
  readonly node: TreeNode;
  readonly start: number;
  readonly end: number;
  readonly argsStart: number;
  readonly method: string;
  /** It is (part of) the receiver of a further call. */
  readonly chained: boolean;
  readonly function: number | null;
  readonly loop: number | null;
}

export interface CsClass {
  readonly node: TreeNode;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface CsOutline {
  readonly text: string;
  readonly root: TreeNode;
  readonly functions: readonly CsFunction[];
  readonly loops: readonly CsLoop[];
  readonly calls: readonly CsCall[];
  readonly classes: readonly CsClass[];
  /** What is given back from within a loop, which ends with it, and the loop that goes on. */
  readonly returns: readonly { readonly start: number; readonly end: number; readonly loop: number | null }[];
}

const kinds: Readonly<Record<string, 'function' | 'loop' | 'call' | 'class' | 'return'>> = {
  method_declaration: 'function',
  constructor_declaration: 'function',
  local_function_statement: 'function',
  lambda_expression: 'function',
  anonymous_method_expression: 'function',
  foreach_statement: 'loop',
  for_statement: 'loop',
  while_statement: 'loop',
  do_statement: 'loop',
  return_statement: 'return',
  invocation_expression: 'call',
  class_declaration: 'class',
  record_declaration: 'class',
  struct_declaration: 'class',
  interface_declaration: 'class',
};

const outlines = new WeakMap<ParsedText, CsOutline>();

export function csOutlineOf(parsed: ParsedText): CsOutline {
  let outline = outlines.get(parsed);
  if (!outline) outlines.set(parsed, (outline = build(parsed)));
  return outline;
}

interface Scope {
  readonly kind: 'function' | 'loop' | 'call' | 'class';
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** Methods that run a lambda once per element of a list in memory. */
const elementMethods: Readonly<Record<string, string>> = {
  ForEach: 'forEach',
  Select: 'map',
  SelectMany: 'flatMap',
  ConvertAll: 'map',
  ForEachAsync: 'forEach',
  Where: 'filter',
  First: 'filter',
  FirstOrDefault: 'filter',
  Single: 'filter',
  SingleOrDefault: 'filter',
};

function build(parsed: ParsedText): CsOutline {
  const { text, tree: root } = parsed;
  const functions: CsFunction[] = [];
  const loops: CsLoop[] = [];
  const calls: CsCall[] = [];
  const classes: CsClass[] = [];
  const returns: CsOutline['returns'][number][] = [];
  const stack: Scope[] = [];
  const innermost = (kind: Scope['kind'], offset: number): number | null => {
    for (let at = stack.length - 1; at >= 0; at--) {
      const scope = stack[at];
      if (scope?.kind === kind && scope.start <= offset && offset < scope.end) return scope.id < 0 ? null : scope.id;
    }
    return null;
  };
  const addLoop = (loop: Omit<CsLoop, 'parent' | 'function'>): void => {
    loops.push({ ...loop, parent: innermost('loop', loop.start), function: innermost('function', loop.start) });
    stack.push({ kind: 'loop', id: loops.length - 1, start: loop.bodyStart, end: loop.bodyEnd });
  };
  const { table } = root;
  for (let index = 0; index < table.size; index++) {
    const kind = table.named[index] === 1 ? kinds[table.names.types[table.type[index] ?? 0] ?? ''] : undefined;
    if (!kind) continue;
    const start = table.start[index] ?? 0;
    const end = table.end[index] ?? 0;
    for (let top = stack.at(-1); top && top.end <= start; top = stack.at(-1)) stack.pop();
    const node = new TreeNode(table, index);
    if (kind === 'class') {
      const name = node.childForFieldName('name');
      classes.push({ node, name: name ? text.slice(name.startIndex, name.endIndex) : '', start, end });
      stack.push({ kind, id: classes.length - 1, start, end });
    } else if (kind === 'call') {
      const args = node.childForFieldName('arguments');
      const top = stack.at(-1);
      const outer = top?.kind === 'call' ? calls[top.id] : undefined;
      calls.push({
        node,
        start,
        end,
        argsStart: args?.startIndex ?? end,
        method: methodOf(node, text),
        chained: outer !== undefined && end <= outer.argsStart,
        function: innermost('function', start),
        loop: innermost('loop', start),
      });
      stack.push({ kind, id: calls.length - 1, start, end });
    } else if (kind === 'return') {
      const around = innermost('loop', start);
      const owner = innermost('function', start);
      let outer = around;
      for (let loop = loops[outer ?? -1]; loop && isStatement(loop) && loop.function === owner;)
        loop = loops[(outer = loop.parent) ?? -1];
      if (outer !== around) {
        stack.push({ kind: 'loop', id: outer ?? -1, start, end });
        returns.push({ start, end, loop: outer });
      }
    } else if (kind === 'loop') {
      const body = node.childForFieldName('body');
      if (body) addLoop(statementLoop(node, body, text));
    } else {
      const lambda = node.type === 'lambda_expression' || node.type === 'anonymous_method_expression';
      if (lambda) {
        const call = enclosingCall(stack, calls);
        const loop = call ? lambdaLoop(node, call, calls, stack, text) : null;
        if (loop) addLoop(loop);
      }
      const name = lambda ? null : node.childForFieldName('name');
      functions.push({
        node,
        start,
        end,
        name:
          node.type === 'constructor_declaration' ? '.ctor' : name ? text.slice(name.startIndex, name.endIndex) : null,
        class: lambda ? null : innermost('class', start),
        lambda,
        parent: innermost('function', start),
      });
      stack.push({ kind, id: functions.length - 1, start, end });
    }
  }
  return { text, root, functions, loops, calls, classes, returns };
}

/** Loops that are statements, and not callbacks that a collection goes through. */
function isStatement({ node }: CsLoop): boolean {
  return node.type.endsWith('_statement');
}

/** `Where` of `db.Posts.Where(…)`, `Set` of `Set<Post>()`. */
function methodOf(call: TreeNode, text: string): string {
  let callee = call.childForFieldName('function');
  for (let steps = 0; callee && steps < 6; steps++) {
    if (callee.type === 'identifier') return text.slice(callee.startIndex, callee.endIndex);
    if (callee.type === 'generic_name') callee = callee.firstNamedChild;
    else if (callee.type === 'conditional_access_expression') callee = callee.lastNamedChild;
    else callee = callee.childForFieldName('name') ?? null;
  }
  return '';
}

function enclosingCall(stack: readonly Scope[], calls: readonly CsCall[]): CsCall | undefined {
  const top = stack.at(-1);
  return top?.kind === 'call' ? calls[top.id] : undefined;
}

/** `for (var i = 0; i < orders.Count; i++)`: every element of a list, one after the other. */
const indexed =
  /\bfor\s*\(\s*(?:var|int|long)\s+(\w+)\s*=\s*0\s*;\s*\1\s*<\s*([A-Za-z_][\w.]*?)\.(?:Count|Length)(?:\(\))?\s*;\s*(?:\1\s*\+\+|\+\+\s*\1|\1\s*\+=\s*1)\s*\)/u;

function statementLoop(node: TreeNode, body: TreeNode, text: string): Omit<CsLoop, 'parent' | 'function'> {
  const head = text.slice(node.startIndex, body.startIndex);
  const common = {
    node,
    start: node.startIndex,
    end: node.endIndex,
    bodyStart: body.startIndex,
    bodyEnd: body.endIndex,
    concurrent: false,
  };
  if (node.type === 'foreach_statement') {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    const written = left ? text.slice(left.startIndex, left.endIndex) : '';
    const iterable = right ? text.slice(right.startIndex, right.endIndex) : '';
    // Messages that come one at a time, for as long as there are any.
    const waiting = /\.(?:ReadAllAsync|GetConsumingEnumerable)\s*\([^()]*\)(?:\.\w+\([^()]*\))*$/u.test(iterable);
    const literal =
      right !== null &&
      /^(?:new\s*(?:\w+\s*)?\[|\[|Enum\.GetValues|Enumerable\.Range\s*\(\s*\d+\s*,\s*\d+\s*\))/u.test(iterable);
    return {
      ...common,
      kind: 'for-of',
      variables: (written.match(/[A-Za-z_]\w*/gu) ?? []).filter((name) => name !== 'var'),
      iterable: iterable.slice(0, 120),
      bounded: literal || waiting,
    };
  }
  if (node.type === 'for_statement') {
    const byIndex = indexed.exec(head);
    if (byIndex) {
      const [, index = '', list = ''] = byIndex;
      const taken = new RegExp(
        `([A-Za-z_]\\w*)\\s*=\\s*${list.replace(/\./gu, '\\.')}\\s*\\[\\s*${index}\\s*\\]\\s*;`,
        'u',
      );
      const element = taken.exec(text.slice(body.startIndex, Math.min(body.endIndex, body.startIndex + 2000)))?.[1];
      const variables = element === undefined ? [index] : [element, index];
      return { ...common, kind: 'for-of', variables, iterable: list.slice(0, 120), bounded: false };
    }
    const variable = /\bfor\s*\(\s*(?:var|int|long)\s+(\w+)/u.exec(head)?.[1];
    return {
      ...common,
      kind: 'for',
      variables: variable === undefined ? [] : [variable],
      iterable: null,
      bounded: /[<>]=?\s*\d+\s*;/u.test(head) || /retr|attempt/iu.test(head),
    };
  }
  const bounded =
    /while\s*\(\s*(?:true|!\s*\w*(?:[tT]oken|ct)\w*\.IsCancellationRequested)\s*\)|retr|attempt|IsCancellationRequested/iu.test(
      head,
    );
  return { ...common, kind: 'while', variables: [], iterable: null, bounded };
}

/** A lambda handed to `ForEach`, or to `Select` of what is a list in memory and no query. */
function lambdaLoop(
  node: TreeNode,
  call: CsCall,
  calls: readonly CsCall[],
  stack: readonly Scope[],
  text: string,
): Omit<CsLoop, 'parent' | 'function'> | null {
  const kind = elementMethods[call.method];
  if (kind === undefined || node.startIndex < call.argsStart) return null;
  const receiver = text.slice(call.start, call.argsStart).replace(/\.\s*\w+(?:<[^<>]*>)?\s*$/u, '');
  const parallel = /^Parallel$/u.test(receiver.trim());
  if (call.method.startsWith('Select') && !inMemory(receiver, call, text, node)) return null;
  // A condition on a query becomes part of it.
  if (kind === 'filter' && !materialized.test(receiver.trim())) return null;
  const body = node.childForFieldName('body');
  if (!body) return null;
  const parameters = node.childForFieldName('parameters');
  const names = parameters
    ? (text.slice(parameters.startIndex, parameters.endIndex).match(/[A-Za-z_]\w*(?=\s*[,)]|$)/gu) ?? [])
    : [];
  const around = stack.findLast(({ kind: each, id }) => each === 'call' && calls[id] !== call);
  const outer = around ? calls[around.id] : undefined;
  const iterable = parallel ? text.slice(call.argsStart + 1, node.startIndex).split(',')[0] : receiver;
  return {
    node,
    kind,
    start: call.start,
    end: call.end,
    bodyStart: body.startIndex,
    bodyEnd: body.endIndex,
    variables: names.slice(0, 1),
    iterable: (iterable ?? '').trim().slice(0, 120),
    bounded: false,
    concurrent: parallel || (outer !== undefined && /^(?:WhenAll|WhenAny)$/u.test(outer.method)),
  };
}

/** What LINQ has made a list of, and what Dapper answers to SQL. */
const materialized =
  /\.(?:ToList|ToListAsync|ToArray|ToArrayAsync|AsEnumerable|ToHashSet)\s*(?:<[^<>]*>)?\s*\([^()]*\)\s*\)?$|\.Query(?:Async|Unbuffered)?\s*<[^()]*>\s*\(\s*(?:[$@]*"|\w*[sS]ql\b)[^;]*\)$/u;

function inMemory(receiver: string, call: CsCall, text: string, lambda: TreeNode): boolean {
  const trimmed = receiver.trim();
  if (materialized.test(trimmed)) return true;
  if (/^async\b/u.test(text.slice(lambda.startIndex, lambda.startIndex + 6))) return true;
  const name = /^([A-Za-z_]\w*)$/u.exec(trimmed)?.[1];
  if (name === undefined) return false;
  // Its declaration says what it is: the last one before the call.
  const before = text.slice(Math.max(0, call.start - 6000), call.start);
  const declared = [
    ...before.matchAll(
      new RegExp(
        `\\b(?:(List|IList|ICollection|IEnumerable|IReadOnlyList|IReadOnlyCollection|HashSet)<[^;=]*>\\s+|(\\w+)\\[\\]\\s+)${name}\\b|\\b${name}\\s*=\\s*([^;]*);`,
        'gu',
      ),
    ),
  ].at(-1);
  if (!declared) return false;
  return declared[1] !== undefined || declared[2] !== undefined || materialized.test((declared[3] ?? '').trim());
}

/** Functions and loops around an offset. */
export function csFunctionAt({ functions }: CsOutline, offset: number): number | null {
  let found: number | null = null;
  for (const [id, each] of functions.entries()) {
    if (each.start > offset) break;
    if (offset < each.end) found = id;
  }
  return found;
}

export function csLoopAt({ loops, returns }: CsOutline, offset: number): number | null {
  let found: number | null = null;
  let after = -1;
  for (const { start, end, loop } of returns)
    if (start <= offset && offset < end) {
      found = loop;
      after = start;
    }
  for (const [id, each] of loops.entries()) {
    if (each.start > offset) break;
    if (each.bodyStart > after && each.bodyStart <= offset && offset < each.bodyEnd) found = id;
  }
  return found;
}
