/** What stands inside of what, and before what. */
import type { FileFacts, Loop } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';

/** Whether the function `inner` is `outer` or stands somewhere inside it; both are indexes of the file's functions. */
export function isWithin(file: FileFacts, inner: number | null, outer: number): boolean {
  for (let at = inner; at !== null; at = file.functions[at]?.parent ?? null) if (at === outer) return true;
  return false;
}

/** Whether the loop of the index is the given one or stands somewhere inside it. */
export function isInLoop(file: FileFacts, id: number | null, loop: Loop): boolean {
  for (let at = id; at !== null; at = file.loops[at]?.parent ?? null) if (file.loops[at] === loop) return true;
  return false;
}

/** Whether the range holds all of the other; both are of one file. */
export function covers(outer: SourceRange, inner: SourceRange): boolean {
  return (
    !isBefore(inner, outer) &&
    (inner.endLine < outer.endLine || (inner.endLine === outer.endLine && inner.endColumn <= outer.endColumn))
  );
}

/** Whether the range begins before the other; both are of one file. */
export function isBefore(a: SourceRange, b: SourceRange): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** Whether at most one of the two runs: they stand in branches that exclude each other. */
export function areAlternatives({ alternatives }: FileFacts, a: SourceRange, b: SourceRange): boolean {
  return (alternatives ?? []).some((arms) => {
    const armOf = (at: SourceRange): number => arms.findIndex((arm) => covers(arm, at));
    const [first, second] = [armOf(a), armOf(b)];
    return first !== -1 && second !== -1 && first !== second;
  });
}
