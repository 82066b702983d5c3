/** Callbacks that a function of the project calls for each of some rows: `eachPage(orders::findAll, order -> …)`. */
import type { Call, FileFacts, FunctionFact, Loop } from '../../schema/code.ts';
import { groupBy } from '../../schema/groupBy.ts';
import type { CodeContext } from '../rule.ts';
import { resolveCall } from './calls.ts';
import type { FunctionRef } from './calls.ts';
import { keepRows, pathIterated, rowsAsked, rowsHeld } from './rows.ts';
import type { Rows } from './rows.ts';
import { covers, isBefore, isInLoop, isWithin } from './within.ts';

/** The file with such callbacks as bodies of loops; itself where there are none, or where nothing says that they are given rows. */
export function withCallbackLoops(file: FileFacts, context: CodeContext): FileFacts {
  let result = file;
  for (const { id, call } of lastCallbacks(file)) {
    const to = resolveCall(file, call, context);
    const index = call.arguments.length - 1;
    const parameter = to?.file.functions[to.id]?.parameters[index];
    const rows = to && parameter !== undefined ? rowsFor(to, parameter, { file, call, id }, context) : null;
    if (rows) result = withLoop(result, id, call, rows);
  }
  return result;
}

interface Callback {
  readonly id: number;
  readonly call: Call;
}

/** Callbacks that stand last among the arguments of a call, and in which something is called. */
function lastCallbacks(file: FileFacts): readonly Callback[] {
  const taking = groupBy(
    file.calls.filter(
      ({ arguments: given, function: own }) => own !== null && given.length > 0 && given.at(-1) === null,
    ),
    ({ function: own }) => own,
  );
  if (taking.size === 0) return [];
  const nested = groupBy(file.functions, ({ parent }) => parent);
  const calling = new Set(file.calls.map((call) => call.function));
  // A method that goes through rows itself is a loop already.
  const loops = new Set(file.loops.map(({ at }) => `${at.line} ${at.column}`));
  return file.functions.flatMap(({ name, parent, at, parameters }, id): Callback[] => {
    if (name !== null || parent === null || parameters.length === 0 || !calling.has(id)) return [];
    const call = taking.get(parent)?.findLast((each) => covers(each.at, at));
    const isLast =
      call !== undefined &&
      !loops.has(`${call.at.line} ${call.at.column}`) &&
      !(nested.get(parent) ?? []).some((each) => isBefore(at, each.at) && covers(call.at, each.at));
    return isLast ? [{ id, call }] : [];
  });
}

/** Rows for each of which the function calls what it is given as that parameter. */
function rowsFor(
  to: FunctionRef,
  parameter: string,
  from: { readonly file: FileFacts; readonly call: Call; readonly id: number },
  context: CodeContext,
): Rows | null {
  const { file: place, id } = to;
  for (const call of place.calls) {
    if (!isWithin(place, call.function, id)) continue;
    const [, through] = /^([\w.$]+)\.(?:forEach|ForEach|map)$/u.exec(call.callee) ?? [];
    if (through !== undefined && call.arguments.length === 1 && call.arguments[0] === parameter)
      return rowsNamed(through.replace(/^this\./u, ''), call, to, from, context);
    const loop =
      call.callee.replace(/\.(?:accept|apply|call|invoke|Invoke)$/u, '') === parameter
        ? place.loops.find(
            (each) =>
              isInLoop(place, call.loop, each) && call.arguments.some((given) => each.variables.includes(given ?? '')),
          )
        : undefined;
    if (loop) return rowsNamed(pathIterated(loop)?.join('.') ?? null, loop, to, from, context);
  }
  return null;
}

/** What the name means in the function: rows that it is given, reads itself, or has another callback read. */
function rowsNamed(
  name: string | null,
  where: Pick<Loop, 'function' | 'at'>,
  { file: place, id }: FunctionRef,
  { file, call, id: callback }: { readonly file: FileFacts; readonly call: Call; readonly id: number },
  context: CodeContext,
): Rows | null {
  if (name === null) return null;
  const given = place.functions[id]?.parameters ?? [];
  const argument = call.arguments[given.indexOf(name)];
  if (argument != null) return many(rowsHeld(file, argument, call, context));
  const asked = place.calls.find(
    ({ result, callee, function: own }) =>
      result === name && isWithin(place, own, id) && given.includes(callee.replace(/\.\w+$/u, '')),
  );
  if (!asked) return many(rowsHeld(place, name, where, context));
  const body = file.functions[callback]?.at;
  const [first] = file.calls.filter(
    (each) => each !== call && covers(call.at, each.at) && body !== undefined && isBefore(each.at, body),
  );
  return first ? many(rowsAsked(file, first, context)) : null;
}

function many(rows: Rows | null): Rows | null {
  return rows?.query?.rows === 'many' ? rows : null;
}

function withLoop(file: FileFacts, id: number, call: Call, rows: Rows): FileFacts {
  const fact: FunctionFact | undefined = file.functions[id];
  const loop: Loop = {
    kind: 'callback',
    variables: fact?.parameters ?? [],
    iterable: null,
    bounded: false,
    concurrent: false,
    parent: call.loop,
    function: call.function,
    at: call.at,
  };
  keepRows(loop, rows);
  const added = file.loops.length;
  const inside = <T extends { readonly function: number | null; readonly loop: number | null }>(
    all: readonly T[],
  ): readonly T[] =>
    all.map((each) => (each.loop === call.loop && isWithin(file, each.function, id) ? { ...each, loop: added } : each));
  return {
    ...file,
    queries: inside(file.queries),
    calls: inside(file.calls),
    accesses: inside(file.accesses),
    loops: [
      ...file.loops.map((each) =>
        each.parent === call.loop && isWithin(file, each.function, id) ? { ...each, parent: added } : each,
      ),
      loop,
    ],
  };
}
