/** What a loop iterates over and whether its number of rounds depends on data. */
import type { FunctionHead } from './functionHead.ts';
import type { CallSpan, LoopSpan } from './outline.ts';
import { closing, isSpace, lastBefore, namesIn, splitTopLevel } from './scan.ts';

type Shape = Omit<LoopSpan, 'parent' | 'function'>;

/** Array methods (and the same in lodash, iterator helpers) that call their argument once per element. */
export const elementMethods: ReadonlySet<string> = new Set([
  'map',
  'forEach',
  'filter',
  'reduce',
  'reduceRight',
  'flatMap',
  'some',
  'every',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'mapSeries',
  'each',
  'eachSeries',
  'mapLimit',
  'pMap',
  'pEach',
  'pMapSeries',
  'asyncForEach',
  'asyncMap',
]);

/** Functions that take what they iterate as their first argument: `_.map(rows, f)`, `pMap(rows, f)`, `async.eachLimit(rows, 5, f)`. */
const iterateFirstArgument =
  /^(?:_|lodash|async|Promise|Bluebird|Array)\.\w+$|^p(?:Map|Each|MapSeries)$|^async(?:ForEach|Map|Each)$/;
/** What runs functions one after the other, or at the same time, goes through nothing. */
const flow =
  /^async\.(?:series|parallel\w*|waterfall|auto\w*|race|tryEach|retry\w*|queue|cargo\w*|priorityQueue|whilst|doWhilst|until|doUntil|forever|compose|seq|applyEach\w*|times\w*)$|^(?:Promise|Bluebird)\.(?:all\w*|race|any|try|join|using)$/;
/** A plain name `pages` may be rows as well: what it holds, linking tells. */
const batches = /\b(?:chunk\w*|batch\w*|paginat\w*)\s*(?:\(|$)|\b(?:pages?|slices?)\s*\(/i;
const repeats =
  /\b(?:retr(?:y|ies)|attempts?|tries|poll\w*|sleep|delay|backoff|hasMore|hasNext\w*|nextPage|nextCursor|cursor|skip|offset|page)\b/i;
const constantName = /^(?:[\w$]+\.)*[A-Z][A-Z0-9_]*$/;

/** The loop that a callback is the body of, if it is handed to an array method; null for any other callback. */
export function callbackLoop(
  text: string,
  call: CallSpan,
  start: number,
  end: number,
  head: FunctionHead,
): Shape | null {
  const kind = call.method;
  if (!elementMethods.has(kind) && !iterateFirstArgument.test(call.callee)) {
    const from = kind === 'from' && call.callee === 'Array.from';
    if (!from) return null;
  }
  const callee = call.callee.trim();
  // `pipe(map(f))` transforms a stream; only a method is called on what it iterates.
  if (!iterateFirstArgument.test(callee) && callee === kind) return null;
  const first = start <= skipSpace(text, call.argsStart + 1);
  const static_ = iterateFirstArgument.test(callee);
  if (static_ === first) return null;
  if (static_ && (text[lastBefore(text, start)] !== ',' || flow.test(callee))) return null;
  const given = static_ ? splitTopLevel(text.slice(call.argsStart + 1, start)) : [];
  // A function in a list (`run([first, second])`) is one of its elements.
  if (static_ && given.at(-1)?.trim().endsWith(',') === true) return null;
  const source = static_ ? (given[0] ?? '') : callee.slice(0, callee.lastIndexOf(kind)).replace(/[\s.?!]+$/, '');
  const iterable = source.replace(/^await\s+/, '').trim();
  if (!static_ && isResult(text, iterable, call)) return null;
  const element = kind.startsWith('reduce') ? head.parameters[1] : head.parameters[0];
  return {
    kind: callee === 'Array.from' ? 'map' : kind,
    variables: element ? element.name.split(',') : [],
    iterable: iterable.slice(0, 120),
    bounded: isConstant(iterable) || batches.test(iterable),
    // Nothing waits for a callback of an array method: all of them run at the same time. (`mapSeries` and `reduce` wait.)
    concurrent: head.async ? !/Series$|^reduce/.test(kind) : call.concurrent,
    start: call.start,
    end: call.end,
    bodyStart: start,
    bodyEnd: end,
  };
}

/** `save(row).map(toDto).andThen(…)`: one value or an error, as neverthrow, fp-ts and the like have it, not a list. */
function isResult(text: string, iterable: string, { end }: CallSpan): boolean {
  return (
    /\b(?:okAsync|errAsync|fromPromise|fromThrowable|ResultAsync|TaskEither)\b|\.(?:andThen|asyncAndThen|mapErr|orElse)\(/.test(
      iterable,
    ) ||
    /^\s*\.(?:andThen|asyncAndThen|andTee|orElse|orTee|mapErr|unwrapOr|isOk|isErr)\b/.test(text.slice(end, end + 60))
  );
}

const reference = /^(?:this\.)?[A-Za-z_$][\w$]*(?:[!?]?\.[A-Za-z_$][\w$]*)*$/;

/** The function named as the only argument: `load` in `ids.map(load)`. */
export function referenceName(text: string, argsStart: number, end: number): string | null {
  if (end - argsStart > 82) return null;
  const name = text.slice(argsStart + 1, end - 1).trim();
  return reference.test(name) ? name : null;
}

/** The loop of `ids.map(this.load)`. Methods that repositories have too (`find`) are left out: their argument may be a value. */
export function referenceLoop(text: string, call: CallSpan): Shape | null {
  if (call.method !== 'map' && call.method !== 'forEach' && call.method !== 'flatMap') return null;
  const callee = call.callee.trim();
  if (callee === call.method || iterateFirstArgument.test(callee)) return null;
  const name = referenceName(text, call.argsStart, call.end);
  if (name === null || /^(?:Boolean|String|Number|BigInt|Symbol)$/.test(name)) return null;
  const iterable = callee.slice(0, callee.lastIndexOf(call.method)).replace(/[\s.?!]+$/, '');
  return {
    kind: call.method,
    variables: [],
    iterable: iterable.slice(0, 120),
    bounded: isConstant(iterable) || batches.test(iterable),
    concurrent: call.concurrent,
    start: call.start,
    end: call.end,
    bodyStart: call.argsStart + 1,
    bodyEnd: call.end - 1,
  };
}

/** `for`, `for…of`, `for…in`, `while` and `do`. */
export function statementLoop(
  text: string,
  type: string,
  start: number,
  end: number,
  bodyStart: number,
  bodyEnd: number,
): Shape {
  const span = { start, end, bodyStart, bodyEnd, concurrent: false };
  const body = (): string => text.slice(bodyStart, Math.min(bodyEnd, bodyStart + 4000));
  if (type === 'do_statement') {
    const condition = text.slice(bodyEnd, end);
    return { ...span, kind: 'do', variables: [], iterable: null, bounded: repeats.test(condition) || pages(body()) };
  }
  const open = text.indexOf('(', start);
  const header = text.slice(open + 1, Math.max(open + 1, closing(text, open, bodyStart)));
  if (type === 'while_statement') {
    const bounded = repeats.test(header) || /^\s*true\s*$/.test(header) || pages(body());
    return { ...span, kind: 'while', variables: [], iterable: null, bounded };
  }
  if (type === 'for_in_statement') {
    const match = /^\s*(?:(?:const|let|var|await using|using)\s+)?([\s\S]+?)\s+(of|in)\s+([\s\S]+)$/.exec(header);
    const iterable = match?.[3]?.trim().replace(/^await\s+/, '') ?? '';
    const awaits = /^for\s+await\b/.test(text.slice(start, start + 12));
    return {
      ...span,
      kind: awaits ? 'for-await' : match?.[2] === 'in' ? 'for-in' : 'for-of',
      variables: namesIn(match?.[1] ?? ''),
      iterable: iterable.slice(0, 120),
      bounded: isConstant(iterable) || batches.test(iterable),
    };
  }
  return { ...span, kind: 'for', ...countedLoop(header, body()) };
}

function countedLoop(header: string, body: string): Pick<Shape, 'variables' | 'iterable' | 'bounded'> {
  const [initial = '', condition = '', step = ''] = splitTopLevel(
    header.replace(/[<>]=?/g, (sign) => (sign.startsWith('<') ? '\u2264' : '\u2265')),
    ';',
  );
  const counter = /(?:let|var|const)?\s*([\w$]+)\s*=/.exec(initial)?.[1] ?? null;
  const measured =
    /([\w$.]+?)[?!]?\.(?:length|size)\b/.exec(condition)?.[1] ??
    /([\w$.]+?)[?!]?\.(?:length|size)\b/.exec(initial)?.[1];
  const limit = /[\u2264\u2265]\s*([\w$.]+)\s*$/.exec(condition.trim())?.[1] ?? '';
  const variables = counter === null ? [] : [counter];
  if (counter !== null && measured !== undefined) {
    // `const order = orders[i]`: the element has a name of its own.
    const element = new RegExp(
      `(?:const|let|var)\\s+([\\w$]+|\\{[^}]*\\})[^=;]*=\\s*${escape(measured)}[!?.]*\\[\\s*${escape(counter)}\\s*\\]`,
    ).exec(body)?.[1];
    variables.push(...(element === undefined ? [`${measured}[${counter}]`] : namesIn(element)));
  }
  const strides = /\+=\s*(?!1\s*$)\S/.test(step);
  const fixed = measured === undefined && (/^\d+$/.test(limit) || constantName.test(limit));
  const repeated = measured === undefined && repeats.test(header);
  return {
    variables,
    iterable: measured ?? null,
    bounded: fixed || strides || repeated || (header.trim() === ';;' && pages(body)),
  };
}

function escape(name: string): string {
  return name.replace(/[$.]/g, '\\$&');
}

/** The body asks for the next page, or waits and tries again. */
function pages(body: string): boolean {
  return /\b(?:skip|offset|page|cursor|attempts?|retries)\w*\s*(?:\+=|\+\+|=[^=>])|\b(?:sleep|delay|setTimeout)\s*\(/.test(
    body,
  );
}

function isConstant(iterable: string): boolean {
  if (constantName.test(iterable)) return true;
  const list = /^\[([\s\S]*)\]$/.exec(iterable)?.[1];
  if (list !== undefined) return !list.includes('...');
  return (
    /^Object\.(?:keys|values|entries)\(\s*[A-Z][\w$]*\s*\)$/.test(iterable) ||
    /^(?:new\s+)?Array\(\s*\d+\s*\)/.test(iterable)
  );
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (isSpace(text.charCodeAt(next))) next++;
  return next;
}
