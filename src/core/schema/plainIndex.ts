import type { Index } from './model.ts';
import type { SourceRange } from './source.ts';

/** An index on whole columns in the engine's default way, declared unless said otherwise. */
export function plainIndex(columns: readonly string[], at: SourceRange, given: Partial<Index> = {}): Index {
  return {
    name: null,
    columns,
    orders: [],
    include: [],
    unique: false,
    method: null,
    where: null,
    expression: null,
    origin: 'declared',
    at,
    ...given,
  };
}
