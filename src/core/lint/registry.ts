import type { Rule } from './rule.ts';
import { lazyRelationInLoop } from './rules/lazy-relation-in-loop.ts';
import { missingForeignKeyIndex } from './rules/missing-foreign-key-index.ts';
import { missingPrimaryKey } from './rules/missing-primary-key.ts';
import { multipleCollectionLoads } from './rules/multiple-collection-loads.ts';
import { outsideOfTransaction } from './rules/outside-of-transaction.ts';
import { passwordInSource } from './rules/password-in-source.ts';
import { queryInLoop } from './rules/query-in-loop.ts';
import { schemaAutoSync } from './rules/schema-auto-sync.ts';
import { sqlInjection } from './rules/sql-injection.ts';
import { unfilteredWrite } from './rules/unfiltered-write.ts';
import { unorderedPagination } from './rules/unordered-pagination.ts';
import { writeInLoop } from './rules/write-in-loop.ts';

/** All rules, sorted by id. A new rule is one file in `rules/` and one line here. */
export const rules: readonly Rule[] = [
  lazyRelationInLoop,
  missingForeignKeyIndex,
  missingPrimaryKey,
  multipleCollectionLoads,
  outsideOfTransaction,
  passwordInSource,
  queryInLoop,
  schemaAutoSync,
  sqlInjection,
  unfilteredWrite,
  unorderedPagination,
  writeInLoop,
];

/** Rule by its id or its code, whatever the case. */
export function findRule(idOrCode: string): Rule | undefined {
  const wanted = idOrCode.toLowerCase();
  return rules.find((rule) => rule.id === wanted || rule.code.toLowerCase() === wanted);
}
