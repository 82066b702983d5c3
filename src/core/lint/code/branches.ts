/** Whether code of a function runs when a call has handed it certain things: `load(id, user)` need not look the user up. */
import type { Call } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { FunctionRef } from './calls.ts';
import { covers } from './within.ts';

/**
 * False where a branch around the code waits for something that the call hands over, or for something that it does not hand over, and
 * where the code only replaces what is missing. Whoever cannot tell takes it to run.
 */
export function runsFor(call: Call, { file, id }: FunctionRef, code: SourceRange): boolean {
  const body = file.functions[id]?.at;
  return !(file.branches ?? []).some((branch) => {
    if (!covers(branch.at, code)) return false;
    if (branch.parameter === null) return body !== undefined && covers(body, branch.at);
    return branch.function === id && isHanded(call, branch.parameter, branch.member) === !branch.present;
  });
}

/** A call inside of the function, with what is known of the objects that the function was called with and hands on. */
export function handedOn(inner: Call, call: Call, { file, id }: FunctionRef): Call {
  const known = call.members;
  const parameters = file.functions[id]?.parameters;
  if (!known || !parameters) return inner;
  const members = inner.arguments.map((argument, index) => {
    const own = inner.members?.[index] ?? null;
    const from = argument === null ? -1 : parameters.indexOf(argument);
    return own ?? (from === -1 ? null : (known[from] ?? null));
  });
  return members.some((each) => each !== null) ? { ...inner, members } : inner;
}

/** Null = not known. */
function isHanded(call: Call, parameter: number, member: string): boolean | null {
  // `ids.map(this.load)` names no arguments, and hands over the element.
  if (call.arguments.length === 0) return null;
  const argument = call.arguments[parameter];
  if (argument === undefined || argument === 'undefined' || argument === 'null') return false;
  return member === '' ? true : (call.members?.[parameter]?.includes(member) ?? null);
}
