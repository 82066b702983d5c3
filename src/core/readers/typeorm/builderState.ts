import type { Filter } from '../../schema/code.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';

/** A query builder while its calls are read. */
export interface Builder {
  readonly draft: Draft;
  /** Alias → path from the root entity ('' = itself, `Entity.` for an entity joined without a relation). */
  readonly aliases: Map<string, string>;
  /** Conditions of inner joins, which a later `where` does not replace. */
  readonly joinFilters: Filter[];
  readonly uses: Set<string>;
  readonly client: string | null;
  /** Where it was made. */
  readonly start: number;
  readonly end: number;
  readonly function: number | null;
  readonly variable: string | null;
  readonly subQuery: boolean;
  executed: boolean;
  /** Group of the conditions joined by OR that is being filled; 0 = none yet. */
  orGroup: number;
}

export function newBuilder(
  made: Omit<Builder, 'draft' | 'aliases' | 'joinFilters' | 'uses' | 'executed' | 'orGroup'>,
): Builder {
  const draft = newDraft(made.subQuery ? 'subQuery' : 'createQueryBuilder', 'select', 'unknown');
  return { ...made, draft, aliases: new Map(), joinFilters: [], uses: new Set(), executed: false, orGroup: 0 };
}
