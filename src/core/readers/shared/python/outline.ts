/** The bones of a Python file, found in one walk of its tree: functions, classes, loops, calls, transactions, and what stands in which. */
import type { ParsedText } from '../../../syntax/syntax.ts';
import { TreeNode } from '../../../syntax/treeNode.ts';
import type { GrammarNames } from '../../../syntax/treeNode.ts';
import { parameterName, partsOf } from './expressions.ts';
import { comprehensionLoops, statementLoop } from './loops.ts';
import type { LoopShape } from './loops.ts';

export interface PyDecoratorSpan {
  /** Dotted, as written: `router.get`. */
  readonly name: string;
  /** Null where it is not called. */
  readonly arguments: TreeNode | null;
  readonly start: number;
  readonly end: number;
}

export interface PyFunctionSpan {
  readonly node: TreeNode;
  /** Null for a lambda. */
  readonly name: string | null;
  readonly class: number | null;
  readonly parent: number | null;
  readonly async: boolean;
  /** Without `self` and `cls`. */
  readonly parameters: readonly {
    readonly name: string;
    readonly type: TreeNode | null;
    readonly default: TreeNode | null;
  }[];
  readonly decorators: readonly PyDecoratorSpan[];
  /** Plain name it returns last. */
  returns: string | null;
}

export interface PyClassSpan {
  readonly node: TreeNode;
  readonly name: string;
  readonly bases: readonly string[];
  readonly decorators: readonly PyDecoratorSpan[];
}

export interface PyLoopSpan extends LoopShape {
  readonly parent: number | null;
  readonly function: number | null;
  /** Its rounds run at the same time: `asyncio.gather(*[f(x) for x in rows])`. */
  readonly concurrent: boolean;
}

export interface PyCallSpan {
  readonly node: TreeNode;
  readonly callee: TreeNode;
  readonly function: number | null;
  readonly loop: number | null;
}

/** A `with` statement. */
export interface PyWithSpan {
  readonly node: TreeNode;
  readonly value: TreeNode;
  readonly alias: string | null;
  readonly function: number | null;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

export interface PyOutline {
  readonly text: string;
  readonly root: TreeNode;
  readonly functions: readonly PyFunctionSpan[];
  readonly classes: readonly PyClassSpan[];
  readonly loops: readonly PyLoopSpan[];
  readonly calls: readonly PyCallSpan[];
  readonly withs: readonly PyWithSpan[];
  /** `import` statements at any depth. */
  readonly imports: readonly TreeNode[];
  /** Function whose body holds a node; null = top level. */
  functionOf(node: TreeNode): number | null;
  /** Innermost loop that executes it each round. */
  loopOf(node: TreeNode): number | null;
  /** Class whose body holds it, however deep. */
  classOf(node: TreeNode): number | null;
}

type Kind =
  'function' | 'class' | 'loop' | 'comprehension' | 'call' | 'with' | 'import' | 'return' | 'block' | 'choice';

const kindOfType: ReadonlyMap<string, Kind> = new Map([
  ['function_definition', 'function'],
  ['lambda', 'function'],
  ['class_definition', 'class'],
  ['for_statement', 'loop'],
  ['while_statement', 'loop'],
  ['list_comprehension', 'comprehension'],
  ['set_comprehension', 'comprehension'],
  ['dictionary_comprehension', 'comprehension'],
  ['generator_expression', 'comprehension'],
  ['call', 'call'],
  ['with_statement', 'with'],
  ['import_statement', 'import'],
  ['import_from_statement', 'import'],
  ['return_statement', 'return'],
  ['raise_statement', 'return'],
  ['block', 'block'],
  ['if_statement', 'choice'],
  ['elif_clause', 'choice'],
]);

const kindsOfGrammars = new WeakMap<GrammarNames, readonly (Kind | null)[]>();

function kindsOf(names: GrammarNames): readonly (Kind | null)[] {
  let kinds = kindsOfGrammars.get(names);
  if (!kinds) kindsOfGrammars.set(names, (kinds = Array.from(names.types, (type) => kindOfType.get(type) ?? null)));
  return kinds;
}

const outlines = new WeakMap<ParsedText, PyOutline>();

/** The outline of a parsed file, built on first use. */
export function pythonOutline(parsed: ParsedText): PyOutline {
  let outline = outlines.get(parsed);
  if (!outline) outlines.set(parsed, (outline = build(parsed)));
  return outline;
}

function build(parsed: ParsedText): PyOutline {
  const { text, tree: root } = parsed;
  const { table } = root;
  const functions: PyFunctionSpan[] = [];
  const classes: PyClassSpan[] = [];
  const loops: PyLoopSpan[] = [];
  const calls: PyCallSpan[] = [];
  const withs: PyWithSpan[] = [];
  const imports: TreeNode[] = [];
  // Of each node, one more than the id, so that 0 is none; a node has what its parent has unless it is told otherwise.
  const inFunction = new Int32Array(table.size);
  const inLoop = new Int32Array(table.size);
  const inClass = new Int32Array(table.size);
  const functionFrom = new Map<number, number>();
  const loopFrom = new Map<number, number>();
  const classFrom = new Map<number, number>();
  const idAt = (ids: Int32Array, index: number): number | null =>
    (ids[index] ?? 0) - 1 >= 0 ? (ids[index] ?? 0) - 1 : null;

  const addFunction = (node: TreeNode, index: number): void => {
    const body = node.childForFieldName('body');
    const id = functions.length;
    const parent = idAt(inFunction, index);
    const owner = idAt(inClass, index);
    const ownsIt = owner !== null && isDirectlyIn(node, classes[owner]?.node);
    const parameters = node.childForFieldName('parameters');
    functions.push({
      node,
      name: textOf(node.childForFieldName('name'), text),
      class: ownsIt ? owner : null,
      parent,
      async: text.startsWith('async', node.startIndex),
      parameters: parameters ? readParameters(parameters, text, ownsIt) : [],
      decorators: decoratorsOf(node, text),
      returns: null,
    });
    if (!body) return;
    functionFrom.set(body.index, id + 1);
    // What a function does is done when it is called, not in each round of the loop that it is made in; a lambda is mostly called there.
    if (node.type === 'function_definition') loopFrom.set(body.index, 0);
  };

  const addLoop = (shape: LoopShape, index: number, node: TreeNode, parent: number | null): number => {
    loops.push({ ...shape, parent, function: idAt(inFunction, index), concurrent: isGathered(node, text) });
    return loops.length - 1;
  };

  const kinds = kindsOf(table.names);
  for (let index = 0; index < table.size; index++) {
    const parent = table.parent[index] ?? -1;
    if (parent >= 0) {
      inFunction[index] = functionFrom.get(index) ?? inFunction[parent] ?? 0;
      inLoop[index] = loopFrom.get(index) ?? inLoop[parent] ?? 0;
      inClass[index] = classFrom.get(index) ?? inClass[parent] ?? 0;
    }
    const kind = kinds[table.type[index] ?? 0];
    if (!kind || table.named[index] === 0) continue;
    const node = new TreeNode(table, index);
    switch (kind) {
      case 'function':
        addFunction(node, index);
        break;
      case 'class': {
        const body = node.childForFieldName('body');
        const superclasses = node.childForFieldName('superclasses');
        classes.push({
          node,
          name: textOf(node.childForFieldName('name'), text) ?? '',
          bases: superclasses
            ? partsOf(superclasses)
                .filter(({ type }) => type !== 'keyword_argument')
                .map((base) => text.slice(base.startIndex, base.endIndex).replace(/\s+/g, ' ').slice(0, 200))
            : [],
          decorators: decoratorsOf(node, text),
        });
        if (body) classFrom.set(body.index, classes.length);
        break;
      }
      case 'loop': {
        const id = addLoop(statementLoop(node, text), index, node, idAt(inLoop, index));
        const body = node.childForFieldName('body');
        if (body) loopFrom.set(body.index, id + 1);
        break;
      }
      case 'comprehension': {
        let around = idAt(inLoop, index);
        for (const { shape, executes } of comprehensionLoops(node, text)) {
          around = addLoop(shape, index, node, around);
          for (const each of executes) loopFrom.set(each.index, around + 1);
        }
        break;
      }
      case 'call': {
        const callee = node.childForFieldName('function');
        if (callee) calls.push({ node, callee, function: idAt(inFunction, index), loop: idAt(inLoop, index) });
        break;
      }
      case 'with': {
        const body = node.childForFieldName('body');
        if (body) withs.push(...withItems(node, text, idAt(inFunction, index), body));
        break;
      }
      case 'import':
        imports.push(node);
        break;
      case 'choice': {
        const loop = loops[idAt(inLoop, index) ?? -1];
        const body = node.childForFieldName('consequence');
        if (body && loop && isOfOneElement(node, loop, text)) loopFrom.set(body.index, (loop.parent ?? -1) + 1);
        break;
      }
      case 'block': {
        const around = idAt(inLoop, index);
        const outer = around === null ? null : loopAfterBlock(node, loops, around, idAt(inFunction, index), text);
        // Its statements come next: what the block itself stands in is asked of it no more.
        if (outer !== around) inLoop[index] = (outer ?? -1) + 1;
        break;
      }
      case 'return': {
        const owner = functions[idAt(inFunction, index) ?? -1];
        const value = node.firstNamedChild;
        const around = idAt(inLoop, index);
        const outer = loopAfterReturn(loops, around, idAt(inFunction, index));
        if (node.type === 'raise_statement') {
          if (value && outer !== around && !isCaught(node)) loopFrom.set(value.index, (outer ?? -1) + 1);
          break;
        }
        if (value && outer !== around) loopFrom.set(value.index, (outer ?? -1) + 1);
        const plain = value?.type === 'await' ? value.firstNamedChild : value;
        if (owner && plain?.type === 'identifier') owner.returns = text.slice(plain.startIndex, plain.endIndex);
        break;
      }
    }
  }
  return {
    text,
    root,
    functions,
    classes,
    loops,
    calls,
    withs,
    imports,
    functionOf: ({ index }) => idAt(inFunction, index),
    loopOf: ({ index }) => idAt(inLoop, index),
    classOf: ({ index }) => idAt(inClass, index),
  };
}

/** `elif name == "title":` holds for one of the names that are gone through. */
function isOfOneElement(node: TreeNode, { variables, kind }: PyLoopSpan, text: string): boolean {
  const condition = textOf(node.childForFieldName('condition'), text) ?? '';
  const [, name = ''] = /^\(?\s*(\w+)\s*==\s*["']/.exec(condition) ?? [];
  return kind !== 'comprehension' && variables[0] === name;
}

/** The loop in whose rounds a block is executed: one that ends with `return`, `raise` or `break` is the last that a loop does. */
function loopAfterBlock(
  block: TreeNode,
  loops: readonly PyLoopSpan[],
  around: number,
  owner: number | null,
  text: string,
): number | null {
  const last = block.namedChildren.findLast(({ type }) => type !== 'comment')?.type;
  const ends = last === 'return_statement' || last === 'break_statement' || last === 'raise_statement';
  // What fails within a `try` goes on with the next round.
  if (!ends || block.parent?.type === 'try_statement' || (last === 'raise_statement' && isCaught(block))) return around;
  if (/\bcontinue\b/.test(text.slice(block.startIndex, block.endIndex))) return around;
  const loop = loops[around];
  if (last !== 'break_statement') return loopAfterReturn(loops, around, owner);
  return loop && loop.kind !== 'comprehension' && loop.function === owner ? loop.parent : around;
}

/** A `try` within the innermost loop around takes what is raised here. */
function isCaught(node: TreeNode): boolean {
  for (let at: TreeNode | null = node; at; at = at.parent) {
    if (at.type === 'for_statement' || at.type === 'while_statement' || at.type === 'function_definition') return false;
    if (at.type === 'block' && at.parent?.type === 'try_statement') return true;
  }
  return false;
}

/** The loop in whose rounds a `return` is executed: those of its own function end with it. */
function loopAfterReturn(loops: readonly PyLoopSpan[], around: number | null, owner: number | null): number | null {
  let outer = around;
  for (let at = loops[outer ?? -1]; at && at.kind !== 'comprehension' && at.function === owner; at = loops[outer ?? -1])
    outer = at.parent;
  return outer;
}

export function textOf(node: TreeNode | null, text: string): string | null {
  return node ? text.slice(node.startIndex, node.endIndex) : null;
}

function isDirectlyIn(node: TreeNode, owner: TreeNode | undefined): boolean {
  if (!owner || node.type === 'lambda') return false;
  for (let at = node.parent; at; at = at.parent) {
    if (at.index === owner.index) return true;
    if (at.type === 'function_definition') return false;
  }
  return false;
}

function decoratorsOf(node: TreeNode, text: string): readonly PyDecoratorSpan[] {
  const { parent } = node;
  if (parent?.type !== 'decorated_definition') return [];
  return partsOf(parent).flatMap((decorator): PyDecoratorSpan[] => {
    if (decorator.type !== 'decorator') return [];
    const [inner] = partsOf(decorator);
    if (!inner) return [];
    const callee = inner.type === 'call' ? inner.childForFieldName('function') : inner;
    const name = (textOf(callee, text) ?? '').replace(/\s+/g, '').slice(0, 120);
    const args = inner.type === 'call' ? inner.childForFieldName('arguments') : null;
    return [{ name, arguments: args, start: decorator.startIndex, end: decorator.endIndex }];
  });
}

function readParameters(list: TreeNode, text: string, ofMethod: boolean): PyFunctionSpan['parameters'] {
  const parameters = partsOf(list).flatMap((node) => {
    const name = parameterName(node);
    if (!name || name.type.endsWith('_splat_pattern')) return [];
    return [
      {
        name: textOf(name, text) ?? '',
        type: node.childForFieldName('type'),
        default: node.childForFieldName('value'),
      },
    ];
  });
  const [first, ...rest] = parameters;
  return ofMethod && first && /^(?:self|cls|klass|mcs|_)$/.test(first.name) ? rest : parameters;
}

function withItems(node: TreeNode, text: string, owner: number | null, body: TreeNode): readonly PyWithSpan[] {
  const clause = partsOf(node).find(({ type }) => type === 'with_clause');
  return (clause ? partsOf(clause) : []).flatMap((item): PyWithSpan[] => {
    const value = item.childForFieldName('value');
    if (!value) return [];
    const inner = value.type === 'as_pattern' ? value.firstNamedChild : value;
    const alias = value.type === 'as_pattern' ? textOf(value.childForFieldName('alias'), text) : null;
    return inner
      ? [{ node, value: inner, alias, function: owner, bodyStart: body.startIndex, bodyEnd: body.endIndex }]
      : [];
  });
}

/** `asyncio.gather(*[…])`, `gather(*(… for …))`, `asyncio.wait([…])`. */
function isGathered(node: TreeNode, text: string): boolean {
  let at = node.parent;
  for (let up = 0; at && up < 3; up++, at = at.parent)
    if (at.type === 'call') {
      const callee = textOf(at.childForFieldName('function'), text) ?? '';
      return /(?:^|\.)(?:gather|wait|as_completed)$/.test(callee);
    }
  return false;
}
