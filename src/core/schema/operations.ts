import type { Query } from './code.ts';

/** It changes rows. Raw statements of unknown content count as reading. */
export function isWrite({ operation }: Pick<Query, 'operation'>): boolean {
  return operation === 'insert' || operation === 'update' || operation === 'upsert' || operation === 'delete';
}
