/** What a loop of Python goes through, and whether its number of rounds depends on data. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { partsOf } from './expressions.ts';

export interface LoopShape {
  /** `for-in`, `for-await`, `for` (over a counter), `while`, `comprehension`. */
  readonly kind: string;
  readonly variables: readonly string[];
  readonly iterable: string | null;
  readonly bounded: boolean;
  readonly start: number;
  readonly end: number;
}

const batches = /\b(?:chunk\w*|batch\w*|paginat\w*|pages?|slices?)\s*(?:\(|$)/i;
const repeats =
  /\b(?:retr(?:y|ies)|attempts?|tries|poll\w*|sleep|backoff|has_?more|has_?next\w*|next_?page|cursor|skip|offset|page)\b/i;
const constantName = /^(?:\w+\.)*[A-Z][A-Z0-9_]*(?:\.(?:items|keys|values)\(\))?$/;
const pages = /\b(?:skip|offset|page|cursor|attempts?|retries)\w*\s*(?:\+=|=[^=])|\bsleep\s*\(/;

export function statementLoop(node: TreeNode, text: string): LoopShape {
  const { startIndex: start, endIndex: end } = node;
  if (node.type === 'while_statement') {
    const condition = node.childForFieldName('condition');
    const header = condition ? text.slice(condition.startIndex, condition.endIndex) : '';
    const body = text.slice(condition?.endIndex ?? start, Math.min(end, start + 4000));
    return {
      kind: 'while',
      variables: [],
      iterable: null,
      bounded: repeats.test(header) || /^(?:True|1)$/.test(header) || pages.test(body),
      start,
      end,
    };
  }
  const { variables, iterable, counted } = headOf(node, text);
  const awaits = text.startsWith('async', start);
  return {
    kind: awaits ? 'for-await' : counted ? 'for' : 'for-in',
    variables,
    iterable,
    bounded: isBounded(iterable),
    start,
    end,
  };
}

export interface ComprehensionLoop {
  readonly shape: LoopShape;
  /** Parts that run once per element. */
  readonly executes: readonly TreeNode[];
}

/** One loop per `for`, the outermost first. */
export function comprehensionLoops(node: TreeNode, text: string): readonly ComprehensionLoop[] {
  const parts = partsOf(node);
  const body = node.childForFieldName('body');
  const loops: { shape: LoopShape; readonly executes: TreeNode[] }[] = [];
  for (const part of parts) {
    if (part.type === 'for_in_clause') {
      // What a later `for` goes through is asked for once per element of the one before.
      loops.at(-1)?.executes.push(part);
      const { variables, iterable } = headOf(part, text);
      const { startIndex: start, endIndex: end } = node;
      loops.push({
        shape: { kind: 'comprehension', variables, iterable, bounded: isBounded(iterable), start, end },
        executes: [],
      });
    } else if (part.type === 'if_clause') {
      const last = loops.at(-1);
      last?.executes.push(part);
      // A plain attribute of the element decides: no more than a database could ask for.
      if (last && isAttribute(text.slice(part.startIndex, part.endIndex), last.shape.variables))
        last.shape = { ...last.shape, kind: 'filter' };
    }
  }
  if (body) loops.at(-1)?.executes.push(body);
  return loops;
}

/** `if order.paid`, `if not order.paid`, `if order.state == 'open'` */
function isAttribute(clause: string, [name = '', ...others]: readonly string[]): boolean {
  const condition = clause.replace(/^if\s+(?:not\s+)?/u, '');
  return (
    others.length === 0 && condition.startsWith(`${name}.`) && !/[()[\]]|\b(?:and|or|in|if|for)\b/u.test(condition)
  );
}

/** What yields what it is given, some of it with a bar that shows how far it is. */
const goesThrough =
  /^(?:enumerate|list|sorted|reversed|set|tuple|iter|(?:\w+\.)*(?:tqdm|track|(?:\w+_)?progress(?:_?bar)?|\w*iter_wrapper|progress_wrapper))$/;

/** Names of `for a, (b, c) in enumerate(rows)`; `enumerate`, `list`, `sorted` and the like go through what they are given. */
function headOf(
  node: TreeNode,
  text: string,
): { readonly variables: readonly string[]; readonly iterable: string | null; readonly counted: boolean } {
  const left = node.childForFieldName('left');
  let right = node.childForFieldName('right');
  let variables = left ? namesIn(left, text) : [];
  for (let depth = 0; right && depth < 4; depth++) {
    if (right.type === 'await' || right.type === 'parenthesized_expression') {
      right = right.firstNamedChild;
      continue;
    }
    if (right.type !== 'call') break;
    const callee = right.childForFieldName('function');
    const name = callee ? text.slice(callee.startIndex, callee.endIndex) : '';
    const args = right.childForFieldName('arguments');
    const first = args?.type === 'argument_list' ? partsOf(args)[0] : undefined;
    if (!first || !goesThrough.test(name)) break;
    if (name === 'enumerate') variables = variables.slice(1);
    right = first;
  }
  const iterable = right
    ? text.slice(right.startIndex, Math.min(right.endIndex, right.startIndex + 120)).replace(/\s+/g, ' ')
    : null;
  return { variables, iterable, counted: iterable !== null && /^x?range\(/.test(iterable) };
}

function namesIn(node: TreeNode, text: string): readonly string[] {
  if (node.type === 'identifier') return [text.slice(node.startIndex, node.endIndex)];
  return partsOf(node).flatMap((part) => namesIn(part, text));
}

function isBounded(iterable: string | null): boolean {
  if (iterable === null) return false;
  if (constantName.test(iterable) || batches.test(iterable)) return true;
  if (/^x?range\(\s*(?:\d+|[A-Z][A-Z0-9_]*)(?:\s*,\s*(?:\d+|[A-Z][A-Z0-9_]*))*\s*\)$/.test(iterable)) return true;
  if (/^x?range\([^,]+,[^,]+,[^,]+\)$/.test(iterable)) return true;
  const list = /^[[({]([\s\S]*)[\])}]$/.exec(iterable)?.[1];
  return list !== undefined && isBalanced(list) && !/\bfor\b|\*|:/.test(list);
}

/** No bracket closes what was opened in front of it: `(await rows()).all(` is no list. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth < 0) return false;
  }
  return depth === 0;
}
