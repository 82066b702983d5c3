/** Loops of functions that go through rows which their callers give them: `new Overview(orders)`, `toAnswers(orders)`. */
import type { Call, FileFacts, Loop } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { CodeContext } from '../rule.ts';
import { labelOf, resolveCall } from './calls.ts';
import { isWithin } from './within.ts';
import type { FunctionRef } from './calls.ts';
import { pathIterated, rowsHeld } from './rows.ts';
import type { Rows } from './rows.ts';

export interface GivenLoop {
  /** File of the loop, and its index there. */
  readonly place: FileFacts;
  readonly id: number;
  readonly loop: Loop;
  readonly rows: Rows;
  /** The call that gives the rows. */
  readonly at: SourceRange;
  /** Calls from there to the loop, as sentences. */
  readonly chain: readonly { readonly message: string; readonly at: SourceRange }[];
}

/** Calls followed from where the rows are read. */
const mostCalls = 2;

export function loopsGiven(file: FileFacts, context: CodeContext): readonly GivenLoop[] {
  const results = new Set([...file.queries, ...file.calls].flatMap(({ result }) => result ?? []));
  return file.calls.flatMap((call): GivenLoop[] => {
    if (call.loop !== null) return [];
    const found: GivenLoop[] = [];
    for (const [index, name] of call.arguments.entries()) {
      if (name === null || !results.has(name)) continue;
      const to = resolveCall(file, call, context);
      const parameter = to?.file.functions[to.id]?.parameters[index];
      if (!to || parameter === undefined) continue;
      const rows = rowsHeld(file, name, call, context);
      if (rows?.table && rows.query?.rows === 'many')
        found.push(...loopsOver(to, parameter, rows, call, file, context));
    }
    return found;
  });
}

function loopsOver(
  to: FunctionRef,
  parameter: string,
  rows: Rows,
  from: Call,
  file: FileFacts,
  context: CodeContext,
): readonly GivenLoop[] {
  const said = (call: Call, called: FunctionRef) => ({
    message: `${call.callee} gives them to ${labelOf(called.file, called.id) ?? call.callee}.`,
    at: call.at,
  });
  const found: GivenLoop[] = [];
  let level = [{ to, parameter, chain: [said(from, to)] }];
  for (let depth = 0; depth < mostCalls; depth++) {
    const next: typeof level = [];
    for (const step of level) {
      const { file: place, id: owner } = step.to;
      for (const [id, loop] of place.loops.entries())
        if (isWithin(place, loop.function, owner) && pathIterated(loop)?.join('.') === step.parameter)
          found.push({ place, id, loop, rows, at: from.at, chain: step.chain });
      for (const call of place.calls) {
        const index = isWithin(place, call.function, owner) ? call.arguments.indexOf(step.parameter) : -1;
        const called = index === -1 || call.loop !== null ? null : resolveCall(place, call, context);
        const name = called?.file.functions[called.id]?.parameters[index];
        if (called && name !== undefined)
          next.push({ to: called, parameter: name, chain: [...step.chain, said(call, called)] });
      }
    }
    level = next;
  }
  return found.filter(({ place }) => place.purpose === file.purpose);
}
