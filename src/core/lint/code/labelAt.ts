import type { FileFacts } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import { labelOf } from './calls.ts';

/** `OrdersCache.remember`: the innermost named function around a place; null at the top level. */
export function labelAt(file: FileFacts, at: SourceRange): string | null {
  const within = file.functions.findLastIndex(
    ({ at: around }) => around.line <= at.line && at.endLine <= around.endLine,
  );
  return within === -1 ? null : labelOf(file, within);
}
