import type { Call, Loop } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { elementMethods, referenceName } from './loopShape.ts';
import type { CallSpan, Outline } from './outline.ts';
import { assignmentBefore, skipQuoted } from './scan.ts';

/**
 * Methods of built-in objects: no function of the project stands behind them, so following them leads nowhere. `has`, `add`, `get`
 * and `set` are kept: they tell that a loop remembers what it has looked up.
 */
const builtIn = new Set(
  (
    'push pop shift unshift splice slice concat join includes indexOf lastIndexOf at sort reverse keys values entries fill flat ' +
    'toString valueOf toFixed toISOString toLowerCase toUpperCase trim trimStart trimEnd split replace replaceAll match matchAll ' +
    'startsWith endsWith padStart padEnd charAt charCodeAt substring substr localeCompare test exec getTime toJSON hasOwnProperty ' +
    'then catch finally next bind call apply isArray from of assign freeze stringify parse all allSettled race resolve reject ' +
    'log warn error info debug verbose trace emit on once off setTimeout clearTimeout setInterval require expect toBe toEqual ' +
    'max min round floor ceil abs random isNaN parseInt parseFloat String Number Boolean Symbol BigInt Date Array super it describe ' +
    'beforeEach afterEach beforeAll afterAll'
  ).split(' '),
);

const plainCallee = /^[\w$.#]+$/;
const argument = /^(?:this\.)?[A-Za-z_$][\w$]*(?:[!?]?\.[A-Za-z_$][\w$]*)*!?$/;

/** Steps of a query are no calls to follow, neither is the making of an error. */
const ownQuery = /\bcreateQueryBuilder\(\)|\bgetRepository$|^new\w*(?:Error|Exception)$/;

/** `redis.keys()` asks a server, whatever arrays and objects have of the same name. */
function isStore(callee: string): boolean {
  return /(?:redis|valkey)\w*\s*\.\s*keys$/i.test(callee);
}

/** Callee with type arguments, `?.`, `!` and line breaks taken out, arguments of earlier calls of the chain left out. */
export function cleanCallee(callee: string): string {
  if (plainCallee.test(callee)) return callee;
  let cleaned = '';
  let depth = 0;
  for (let at = 0; at < callee.length; at++) {
    const char = callee[at] ?? '';
    const comment = char === '/' ? skipQuoted(callee, at, callee.length) : at;
    if (comment > at) at = comment - 1;
    else if (char === '(' || char === '[' || char === '{' || char === '<') {
      if (depth++ === 0 && char !== '<') cleaned += char;
    } else if (char === ')' || char === ']' || char === '}' || (char === '>' && callee[at - 1] !== '=')) {
      if (--depth === 0 && char !== '>') cleaned += char;
    } else if (depth === 0) cleaned += char;
  }
  return cleaned.replace(/^await\s+/, '').replace(/[\s!?]+/g, '');
}

/** Calls that may lead to code of the project, in the order of the source. */
export function readCalls(outline: Outline, lines: LineIndex): Call[] {
  const calls: Call[] = [];
  const loops = new Map(outline.loops.map(({ start, end }, id) => [`${start}:${end}`, id]));
  for (const span of outline.calls) {
    const skipped = span.function === null && span.loop === null;
    if (skipped || span.method === '' || (builtIn.has(span.method) && !isStore(span.callee))) continue;
    if (elementMethods.has(span.method)) {
      const name = referenceName(outline.text, span.argsStart, span.end);
      const loop = loops.get(`${span.start}:${span.end}`);
      if (name !== null && loop !== undefined) calls.push(...referenceCall(span, name, loop, lines));
      if (loop !== undefined) continue;
    }
    const callee = cleanCallee(span.callee);
    if (callee.length > 160 || ownQuery.test(callee)) continue;
    const assignment = assignmentBefore(outline.text, span.start);
    calls.push({
      callee: span.constructs ? callee.replace(/^new/, 'new ') : callee,
      ...argumentsOf(outline.text, span),
      awaited: assignment.awaited || span.concurrent || span.callee.startsWith('await '),
      result: assignment.target,
      function: span.function,
      loop: span.loop,
      at: lines.range(span.start, span.end),
    });
  }
  return calls;
}

/** `ids.map(this.load)`: the function named is called once per element. */
function referenceCall(span: CallSpan, name: string, loop: number, lines: LineIndex): Call[] {
  if (builtIn.has(name)) return [];
  const at = lines.range(span.start, span.end);
  return [{ callee: name, arguments: [], awaited: span.concurrent, result: null, function: span.function, loop, at }];
}

/** Names and paths longer than this are none. */
const longestPath = 200;

function argumentsOf(text: string, { node }: CallSpan): Pick<Call, 'arguments' | 'members'> {
  const list = node.childForFieldName('arguments');
  if (list?.type !== 'arguments') return { arguments: [] };
  const given = list.namedChildren.filter(({ type }) => type !== 'comment');
  const members = given.map((each) => membersOf(each, text));
  return {
    arguments: given.map(({ startIndex, endIndex }) => {
      const source = endIndex - startIndex <= longestPath ? text.slice(startIndex, endIndex) : '';
      return argument.test(source) ? source.replace(/[!?]/g, '') : null;
    }),
    ...(members.some((each) => each !== null) ? { members } : {}),
  };
}

/** Members that an object states with a value; of `Command.create({ … })` and `new Command({ … })` those of what it is made of. */
function membersOf(node: TreeNode, text: string, depth = 0): readonly string[] | null {
  if (depth < 2 && (node.type === 'call_expression' || node.type === 'new_expression')) {
    const [only, ...others] = node.childForFieldName('arguments')?.namedChildren ?? [];
    return only && others.length === 0 ? membersOf(only, text, depth + 1) : null;
  }
  if (node.type !== 'object') return null;
  const found: string[] = [];
  for (const each of node.namedChildren) {
    if (each.type === 'shorthand_property_identifier') found.push(text.slice(each.startIndex, each.endIndex));
    else if (each.type === 'spread_element') return null;
    else if (each.type === 'pair') {
      const [key, value] = [each.childForFieldName('key'), each.childForFieldName('value')];
      if (key && value && !/^(?:undefined|null|false)$/.test(text.slice(value.startIndex, value.endIndex)))
        found.push(text.slice(key.startIndex, key.endIndex).replace(/['"]/g, ''));
    }
  }
  return found;
}

/** Loops that stand in the source, and those that call a function by name for each element. */
export function readLoops(outline: Outline, lines: LineIndex): Loop[] {
  return outline.loops.map(
    ({ kind, variables, iterable, bounded, concurrent, parent, function: owner, start, end }) => ({
      kind,
      variables,
      iterable,
      bounded,
      concurrent,
      parent,
      function: owner,
      at: lines.range(start, end),
    }),
  );
}
