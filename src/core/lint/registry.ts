import type { Rule } from './rule.ts';
import { missingForeignKeyIndex } from './rules/missing-foreign-key-index.ts';
import { missingPrimaryKey } from './rules/missing-primary-key.ts';
import { queryInLoop } from './rules/query-in-loop.ts';
import { writeInLoop } from './rules/write-in-loop.ts';

/** All rules, sorted by id. A new rule is one file in `rules/` and one line here. */
export const rules: readonly Rule[] = [missingForeignKeyIndex, missingPrimaryKey, queryInLoop, writeInLoop];

/** Rule by its id or its code, whatever the case. */
export function findRule(idOrCode: string): Rule | undefined {
  const wanted = idOrCode.toLowerCase();
  return rules.find((rule) => rule.id === wanted || rule.code.toLowerCase() === wanted);
}
