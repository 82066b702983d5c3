/** Which of several methods of one name a call means, by what it is given. */
import type { FunctionRef } from './calls.ts';
import { isWithin } from './within.ts';

/** What a call hands over, and where it stands. */
export interface Given {
  /** Types of the arguments by their simple names; null = not known. */
  readonly types: readonly (string | null)[];
  /** The function that calls. */
  readonly from: FunctionRef | null;
}

/** Languages in which methods of one name differ by their parameters. */
const overloading = /\.(?:cs|java|kt)$/u;

/** Null where several may be meant, and not all of them ask the database. @param found any method of the name, in the class that is meant */
export function overloadFor({ file, id }: FunctionRef, { types, from }: Given): FunctionRef | null {
  const found = file.functions[id];
  if (found?.owner == null) return { file, id };
  const named = file.functions.flatMap(({ owner, name }, each) =>
    owner === found.owner && name === found.name ? [each] : [],
  );
  if (named.length === 1) return { file, id };
  const taking = named.filter((each) => file.functions[each]?.parameters.length === types.length);
  if (!overloading.test(file.file)) return { file, id: taking.includes(id) ? id : (taking[0] ?? id) };
  // What is left out may have a default. A method that calls one of its own name hands on to another.
  const longer = named.filter((each) => (file.functions[each]?.parameters.length ?? 0) > types.length);
  const candidates = (taking.length > 0 ? taking : longer).filter((each) => from?.file !== file || from.id !== each);
  const fitting = candidates.filter((each) => fits(file.functions[each]?.parameterTypes ?? [], types));
  const [first] = fitting;
  return first !== undefined && (fitting.length === 1 || fitting.every((each) => asks({ file, id: each })))
    ? { file, id: first }
    : null;
}

/** A query stands in it. */
export function asks({ file, id }: FunctionRef): boolean {
  return file.queries.some((query) => isWithin(file, query.function, id));
}

/** Whether none of the types contradicts; what is a class may be one of its bases, unless the other is no class at all. */
function fits(parameters: readonly (string | null)[], given: readonly (string | null)[]): boolean {
  return given.every((type, at) => {
    const wanted = parameters[at] ?? null;
    if (type === null || wanted === null) return true;
    const [a, b] = [plain(wanted), plain(type)];
    return a === b || (!isValue(a) && !isValue(b));
  });
}

function plain(type: string): string {
  return /\[\s*\]\??$/u.test(type) ? type.replace(/\?$/u, '') : simpleName(type.replace(/\?$/u, '')).toLowerCase();
}

/** `Dao` of `shop.Dao<Order>`. */
export function simpleName(type: string): string {
  return /(\w+)\s*(?:<.*)?$/su.exec(type.trim())?.[1] ?? type;
}

/** No class of the project extends it. */
function isValue(type: string): boolean {
  return /^(?:string|int|integer|int32|int64|long|short|byte|bool|boolean|char|double|float|decimal|guid|uuid|datetime|datetimeoffset|localdate|localdatetime|instant)$|\]$/u.test(
    type,
  );
}
