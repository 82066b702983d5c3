/** Whether code of a function runs when a call has handed it certain things: `load(id, user)` need not look the user up. */
import type { Branch, Call } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { FunctionRef } from './calls.ts';
import { covers } from './within.ts';

/**
 * False where a branch around the code waits for something that the call hands over, or for something that it does not hand over, and
 * where the code only replaces what is missing. Whoever cannot tell takes it to run.
 */
export function runsFor(call: Call, { file, id }: FunctionRef, code: SourceRange): boolean {
  const called = file.functions[id];
  const body = called?.at;
  return !(file.branches ?? []).some((branch) => {
    if (!covers(branch.at, code)) return false;
    if (branch.parameter === null) return body !== undefined && covers(body, branch.at);
    if (branch.function !== id || branch.types !== undefined) return false;
    const handed = /\.(?:py|cs)$/u.test(file.file)
      ? isHandedByName(call, called?.parameters[branch.parameter] ?? '', branch)
      : isHanded(call, branch.parameter, branch.member);
    return handed === !branch.present;
  });
}

/** In Python and C#, where arguments have names and parameters defaults. Null = not known. */
function isHandedByName(
  { arguments: given, named }: Call,
  name: string,
  { parameter, truth, byDefault }: Branch,
): boolean | null {
  const each = named ?? given.map(() => ({ name: null, value: null }));
  const byPlace = parameter === null ? undefined : each[parameter];
  const found = each.find((one) => one.name === name) ?? (byPlace?.name === null ? byPlace : undefined);
  if (!found) return each.some((one) => one.name === '*') ? null : byDefault === true;
  return found.value ?? (truth === true ? null : true);
}

/** Whether the code may run for an object of the class, which the function is given as that parameter. */
export function runsForType(
  { file, id }: FunctionRef,
  parameter: number,
  kinds: readonly string[],
  code: SourceRange,
): boolean {
  return !(file.branches ?? []).some(
    ({ function: own, parameter: looked, types, present, at }) =>
      types !== undefined &&
      own === id &&
      looked === parameter &&
      covers(at, code) &&
      types.some((type) => kinds.includes(type)) !== present,
  );
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
