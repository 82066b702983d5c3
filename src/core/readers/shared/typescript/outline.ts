/**
 * The bones of a file, found in one walk of its tree: calls, functions, loops, classes, decorators, imports.
 * Everything nests by offsets; texts are slices of the known source.
 */
import type { ParsedText } from '../../../syntax/syntax.ts';
import { TreeNode } from '../../../syntax/treeNode.ts';
import type { GrammarNames } from '../../../syntax/treeNode.ts';
import { callbackLoop, referenceLoop, statementLoop } from './loopShape.ts';
import { arrowName, functionHead } from './functionHead.ts';
import { closing, lastBefore, wordEndingAt } from './scan.ts';
import type { Parameter } from './parameters.ts';
import { repeatingLoop } from './rounds.ts';

export interface CallSpan {
  readonly node: TreeNode;
  readonly start: number;
  readonly end: number;
  /** Offset of `(`, or of the back-quote of a tagged template. */
  readonly argsStart: number;
  /** Callee as written; not cleaned. */
  readonly callee: string;
  /** Last name of the callee. */
  readonly method: string;
  readonly constructs: boolean;
  /** It is the receiver, or a part of the receiver, of a further call: `a.b()` in `a.b().c()`. */
  readonly chained: boolean;
  readonly concurrent: boolean;
  readonly function: number | null;
  readonly loop: number | null;
}

export interface DecoratorSpan {
  readonly name: string;
  /** Text between the brackets; null where it is not called. */
  readonly args: string | null;
  readonly start: number;
  readonly end: number;
}

export interface FunctionSpan {
  readonly start: number;
  readonly end: number;
  readonly name: string | null;
  readonly class: number | null;
  readonly method: boolean;
  readonly parameters: readonly Parameter[];
  readonly returnType: string | null;
  readonly async: boolean;
  readonly parent: number | null;
  readonly exported: boolean;
  readonly decorators: readonly DecoratorSpan[];
  /** Plain identifier it returns last. */
  returns: string | null;
}

export interface LoopSpan {
  readonly kind: string;
  readonly variables: readonly string[];
  readonly iterable: string | null;
  readonly bounded: boolean;
  readonly concurrent: boolean;
  readonly parent: number | null;
  readonly function: number | null;
  readonly start: number;
  readonly end: number;
  /** What is executed once per element. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

export interface ClassSpan {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
  readonly extends: string | null;
  readonly implements: readonly string[];
  readonly exported: boolean;
  readonly decorators: DecoratorSpan[];
}

export interface FieldSpan {
  readonly class: number | null;
  readonly start: number;
  readonly end: number;
  readonly decorators: DecoratorSpan[];
}

export interface Outline {
  readonly text: string;
  readonly root: TreeNode;
  readonly calls: readonly CallSpan[];
  readonly functions: readonly FunctionSpan[];
  readonly loops: readonly LoopSpan[];
  readonly classes: readonly ClassSpan[];
  readonly fields: readonly FieldSpan[];
  /** Source of each import statement. */
  readonly imports: readonly string[];
}

type Kind = 'call' | 'new' | 'function' | 'loop' | 'class' | 'field' | 'decorator' | 'import' | 'return';

const kindOfType: ReadonlyMap<string, Kind> = new Map([
  ['call_expression', 'call'],
  ['new_expression', 'new'],
  ['function_declaration', 'function'],
  ['generator_function_declaration', 'function'],
  ['function_expression', 'function'],
  ['generator_function', 'function'],
  ['arrow_function', 'function'],
  ['method_definition', 'function'],
  ['for_statement', 'loop'],
  ['for_in_statement', 'loop'],
  ['while_statement', 'loop'],
  ['do_statement', 'loop'],
  ['class_declaration', 'class'],
  ['abstract_class_declaration', 'class'],
  ['class', 'class'],
  ['public_field_definition', 'field'],
  ['field_definition', 'field'],
  ['decorator', 'decorator'],
  ['import_statement', 'import'],
  ['return_statement', 'return'],
]);

const kindsOfGrammars = new WeakMap<GrammarNames, readonly (Kind | null)[]>();

/** By type id, so that nodes of no interest are passed over without a look at their type's name. */
function kindsOf(names: GrammarNames): readonly (Kind | null)[] {
  let kinds = kindsOfGrammars.get(names);
  // Ids without a name are those of nodes that no tree shows; the list has holes there.
  if (!kinds) kindsOfGrammars.set(names, (kinds = Array.from(names.types, (type) => kindOfType.get(type) ?? null)));
  return kinds;
}

const outlines = new WeakMap<ParsedText, Outline>();

/** The outline of a parsed file, built on first use. */
export function outlineOf(parsed: ParsedText): Outline {
  let outline = outlines.get(parsed);
  if (!outline) outlines.set(parsed, (outline = buildOutline(parsed)));
  return outline;
}

interface Scope {
  readonly kind: 'call' | 'function' | 'loop' | 'class' | 'field';
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

function buildOutline(parsed: ParsedText): Outline {
  const { text, tree: root } = parsed;
  const calls: CallSpan[] = [];
  const functions: FunctionSpan[] = [];
  const loops: LoopSpan[] = [];
  const classes: ClassSpan[] = [];
  const fields: FieldSpan[] = [];
  const imports: string[] = [];
  const stack: Scope[] = [];
  let pending: DecoratorSpan[] = [];

  /** Id of the innermost scope of a kind around an offset. Loop headers lie outside their scope, which is the body. */
  const innermost = (kind: Scope['kind'], offset: number): number | null => {
    for (let at = stack.length - 1; at >= 0; at--) {
      const scope = stack[at];
      if (scope?.kind === kind && scope.start <= offset && offset < scope.end) return scope.id;
    }
    return null;
  };

  const addLoop = (loop: Omit<LoopSpan, 'parent' | 'function'>): void => {
    loops.push({ ...loop, parent: innermost('loop', loop.start), function: innermost('function', loop.start) });
    stack.push({ kind: 'loop', id: loops.length - 1, start: loop.bodyStart, end: loop.bodyEnd });
  };

  const addCall = (node: TreeNode, start: number, end: number, constructs: boolean): void => {
    const argsStart = node.childForFieldName('arguments')?.startIndex ?? end;
    const callee = text.slice(start, argsStart);
    const top = stack.at(-1);
    const outer = top?.kind === 'call' ? calls[top.id] : undefined;
    const chained = outer !== undefined && end <= outer.argsStart;
    let concurrent = false;
    for (let at = stack.length - 1; at >= 0 && !concurrent; at--) {
      const scope = stack[at];
      if (scope?.kind === 'function') break;
      const around = scope?.kind === 'call' ? calls[scope.id] : undefined;
      concurrent =
        around !== undefined &&
        /^Promise\.(?:all|allSettled|race|any)$/.test(around.callee) &&
        start > around.argsStart;
    }
    calls.push({
      node,
      start,
      end,
      argsStart,
      callee,
      method: methodName(callee),
      constructs,
      chained,
      concurrent,
      function: innermost('function', start),
      loop: innermost('loop', start),
    });
    stack.push({ kind: 'call', id: calls.length - 1, start, end });
    const call = calls.at(-1);
    const loop = call ? referenceLoop(text, call) : null;
    if (loop) addLoop(loop);
  };

  const addFunction = (type: string, start: number, end: number): void => {
    const owner = innermost('class', start);
    const parent = innermost('function', start);
    const head = functionHead(text, type, start, end);
    const top = stack.at(-1);
    const field = top?.kind === 'field' ? fields[top.id] : undefined;
    const method = type === 'method_definition';
    // A callback is executed once per element of what its array method is called on.
    const outer = top?.kind === 'call' ? calls[top.id] : undefined;
    const loop = outer && !method ? callbackLoop(text, outer, start, end, head) : null;
    if (loop) addLoop(loop);
    const inClass =
      owner !== null && (parent === null || (functions[parent]?.start ?? 0) < (classes[owner]?.start ?? 0));
    const decorators = method ? pending : (field?.decorators ?? []);
    if (method) pending = [];
    functions.push({
      start,
      end,
      name: head.name ?? arrowName(text, start),
      class: inClass ? owner : null,
      method: method && inClass,
      parameters: head.parameters,
      returnType: head.returnType,
      async: head.async,
      parent,
      exported: inClass
        ? (classes[owner]?.exported ?? false) && !head.hidden && (method || field !== undefined)
        : exportedAt(text, start),
      decorators,
      returns: head.returns,
    });
    stack.push({ kind: 'function', id: functions.length - 1, start, end });
  };

  const addClass = (node: TreeNode, start: number, end: number): void => {
    const bodyStart = node.childForFieldName('body')?.startIndex ?? end;
    classes.push({
      ...classHead(text, start, bodyStart),
      start,
      end,
      bodyStart,
      exported: exportedAt(text, start),
      decorators: pending,
    });
    pending = [];
    stack.push({ kind: 'class', id: classes.length - 1, start, end });
  };

  const addDecorator = (start: number, end: number): void => {
    const decorator = readDecorator(text, start, end);
    const top = stack.at(-1);
    const owner = top?.kind === 'class' ? classes[top.id] : undefined;
    if (owner && start < owner.bodyStart) owner.decorators.push(decorator);
    else if (top?.kind === 'field') fields[top.id]?.decorators.push(decorator);
    // Decorators of parameters are read with the parameters.
    else if (top?.kind !== 'function' || functions[top.id]?.method !== true) pending.push(decorator);
    // Calls in its arguments are none of the code's own: keep them off the stack by their end.
  };

  const addReturn = (start: number, end: number): void => {
    const returned = /^return\s+(?:await\s+)?([\w$]+)\s*;?$/.exec(text.slice(start, Math.min(end, start + 120)))?.[1];
    const id = innermost('function', start);
    const owner = id === null ? undefined : functions[id];
    if (owner && returned !== undefined && !/^(?:null|undefined|true|false|this|\d+)$/.test(returned))
      owner.returns = returned;
  };

  const { table } = root;
  const kinds = kindsOf(table.names);
  for (let index = 0; index < table.size; index++) {
    const kind = kinds[table.type[index] ?? 0];
    // The key word `class` is a token with the type of the expression.
    if (!kind || table.named[index] === 0) continue;
    const start = table.start[index] ?? 0;
    const end = table.end[index] ?? 0;
    for (let top = stack.at(-1); top && top.end <= start; top = stack.at(-1)) stack.pop();
    const node = new TreeNode(table, index);
    switch (kind) {
      case 'call':
      case 'new':
        addCall(node, start, end, kind === 'new');
        break;
      case 'function':
        addFunction(node.type, start, end);
        break;
      case 'class':
        addClass(node, start, end);
        break;
      case 'decorator':
        addDecorator(start, end);
        break;
      case 'loop': {
        const body = node.childForFieldName('body');
        if (body) addLoop(statementLoop(text, node.type, start, end, body.startIndex, body.endIndex));
        break;
      }
      case 'import':
        imports.push(text.slice(start, end));
        break;
      case 'return':
        addReturn(start, end);
        break;
      case 'field':
        fields.push({ class: innermost('class', start), start, end, decorators: [] });
        stack.push({ kind: 'field', id: fields.length - 1, start, end });
        break;
    }
  }
  const inRounds = calls.map((call) =>
    call.loop === null ? call : { ...call, loop: repeatingLoop({ loops, root }, call.loop, call.start) },
  );
  return { text, root, calls: inRounds, functions, loops, classes, fields, imports };
}

function methodName(callee: string): string {
  let last = lastBefore(callee, callee.length);
  if (callee[last] === '>') {
    // `find<Order>(`: type arguments hold no brackets that matter here.
    let depth = 0;
    for (; last >= 0; last--) {
      if (callee[last] === '>' && callee[last - 1] !== '=') depth++;
      else if (callee[last] === '<' && --depth === 0) break;
    }
    last = lastBefore(callee, last);
  }
  while (callee[last] === '!' || callee[last] === '.' || callee[last] === '?') last = lastBefore(callee, last);
  return wordEndingAt(callee, last);
}

const exportWord =
  /(?:^|[\s;}])export\s+(?:default\s+)?(?:abstract\s+|declare\s+)?(?:(?:const|let|var)\s+[\w$]+\s*(?::[^=;]*)?=\s*)?$/;

function exportedAt(text: string, start: number): boolean {
  const last = lastBefore(text, start);
  if (last < 5) return false;
  const word = wordEndingAt(text, last);
  if (word === 'export') return true;
  if (word !== 'default' && word !== 'abstract' && text[last] !== '=') return false;
  return exportWord.test(text.slice(Math.max(0, start - 200), start));
}

function classHead(text: string, start: number, bodyStart: number): Pick<ClassSpan, 'name' | 'extends' | 'implements'> {
  let head = text.slice(start, bodyStart);
  const at = /(?:^|[\s)])class\b/.exec(head);
  head = at ? head.slice(at.index + at[0].length) : head;
  const name =
    /^\s+(?!extends\b|implements\b)([\w$]+)/.exec(head)?.[1] ??
    /([\w$]+)\s*=\s*$/.exec(text.slice(Math.max(0, start - 80), start))?.[1] ??
    '';
  const extended = /\bextends\s+([\s\S]+?)(?:\s+implements\s|$)/.exec(head)?.[1]?.trim().replace(/\s+/g, ' ');
  const implemented = /\simplements\s+([\s\S]+)$/.exec(head)?.[1] ?? '';
  return {
    name,
    extends: extended === undefined || extended === '' ? null : extended.slice(0, 200),
    implements: implemented === '' ? [] : implemented.split(/,(?![^<]*>)/).map((part) => part.trim()),
  };
}

function readDecorator(text: string, start: number, end: number): DecoratorSpan {
  const source = text.slice(start, end);
  const head = /^@\s*([\w$.]+)/.exec(source);
  const open = source.indexOf('(', head?.[0].length ?? 1);
  const name = head?.[1] ?? '';
  const args = open === -1 ? null : source.slice(open + 1, closing(source, open, source.length)).trim();
  return { name: name.slice(name.lastIndexOf('.') + 1), args, start, end };
}

/** Function around an offset, for things that the outline holds no node of. */
export function functionAt({ functions }: Outline, offset: number): number | null {
  // They are in the order in which they start. Bundled files have thousands.
  let low = 0;
  let high = functions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((functions[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  let found: number | null = low === 0 ? null : low - 1;
  while (found !== null && (functions[found]?.end ?? 0) <= offset) found = functions[found]?.parent ?? null;
  return found;
}
