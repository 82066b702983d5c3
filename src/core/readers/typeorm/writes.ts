import { objectParts } from '../shared/typescript/syn.ts';
import type { Syn } from '../shared/typescript/syn.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';

/** Columns that an object literal (or the first of a list) sets; what a variable of another shape sets is not known. */
export function addWrites(node: Syn | undefined, draft: Draft, scope: Scope): void {
  if (!node) return;
  const stated = scope.literal(node);
  // `new Order({ … })`, where the constructor takes the values.
  const value = stated.type === 'new_expression' ? (stated.kids.at(-1)?.kids[0] ?? stated) : stated;
  const object = value.type === 'array' ? (value.kids[0] ? scope.literal(value.kids[0]) : undefined) : value;
  if (object?.type !== 'object') return;
  for (const { key, keyNode } of objectParts(object, scope.text).properties)
    if (!draft.writes.some(({ path }) => path === key))
      draft.writes.push({ path: key, at: scope.lines.range(keyNode.start, keyNode.end) });
}
