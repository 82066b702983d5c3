/** Ranges that simple check constraints put on one column: `"rating" BETWEEN 1 AND 5`, `"quantity" > 0`. */
import type { Check } from '../../schema/model.ts';

export interface Range {
  readonly min: number | null;
  readonly max: number | null;
}

/** Only whole conditions of one column joined by AND are understood; of any other nothing is taken. Strict bounds hold for integers. */
export function checkedRange(checks: readonly Check[], column: string): Range {
  let min: number | null = null;
  let max: number | null = null;
  for (const { expression } of checks)
    for (const [operator, value] of boundsOf(expression, column)) {
      if (operator === '>=' || operator === '>') min = Math.max(min ?? -Infinity, operator === '>' ? value + 1 : value);
      else max = Math.min(max ?? Infinity, operator === '<' ? value - 1 : value);
    }
  return { min, max };
}

function boundsOf(expression: string, column: string): (readonly [string, number])[] {
  const plain = expression
    .replaceAll(/["`[\]]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (/\b(?:OR|NOT|CASE)\b|\(/i.test(plain)) return [];
  const between = new RegExp(`^${column} BETWEEN (-?\\d+) AND (-?\\d+)$`, 'i').exec(plain);
  if (between) return [['>=', Number(between[1])] as const, ['<=', Number(between[2])] as const];
  const parts = plain.split(/ AND /i).map((part) => /^(\w+) ?(>=|<=|>|<) ?(-?\d+)$/.exec(part.trim()));
  return parts.flatMap((part) =>
    part?.[1]?.toLowerCase() === column.toLowerCase() ? [[part[2] ?? '', Number(part[3])] as const] : [],
  );
}
