/** Order by code unit: the same on every machine, whatever its locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** By file, line, column; what stands nowhere comes first. */
export function byPlace(a: Place | null, b: Place | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return byCodeUnit(a.file, b.file) || a.line - b.line || a.column - b.column;
}
