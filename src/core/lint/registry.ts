import type { Rule } from './rule.ts';
import { eagerCollection } from './rules/eager-collection.ts';
import { lazyRelationInLoop } from './rules/lazy-relation-in-loop.ts';
import { lossyColumnType } from './rules/lossy-column-type.ts';
import { missingForeignKeyIndex } from './rules/missing-foreign-key-index.ts';
import { missingPrimaryKey } from './rules/missing-primary-key.ts';
import { multipleCollectionLoads } from './rules/multiple-collection-loads.ts';
import { narrowPrimaryKey } from './rules/narrow-primary-key.ts';
import { nullableUniqueColumn } from './rules/nullable-unique-column.ts';
import { outsideOfTransaction } from './rules/outside-of-transaction.ts';
import { passwordInSource } from './rules/password-in-source.ts';
import { plaintextPassword } from './rules/plaintext-password.ts';
import { queryInLoop } from './rules/query-in-loop.ts';
import { redundantIndex } from './rules/redundant-index.ts';
import { schemaAutoSync } from './rules/schema-auto-sync.ts';
import { softDeleteUnique } from './rules/soft-delete-unique.ts';
import { sqlInjection } from './rules/sql-injection.ts';
import { unboundedList } from './rules/unbounded-list.ts';
import { unfilteredWrite } from './rules/unfiltered-write.ts';
import { unindexedFilter } from './rules/unindexed-filter.ts';
import { unorderedPagination } from './rules/unordered-pagination.ts';
import { unprotectedSensitiveColumn } from './rules/unprotected-sensitive-column.ts';
import { unsearchableFilter } from './rules/unsearchable-filter.ts';
import { writeInLoop } from './rules/write-in-loop.ts';

/** All rules, sorted by id. A new rule is one file in `rules/` and one line here. */
export const rules: readonly Rule[] = [
  eagerCollection,
  lazyRelationInLoop,
  lossyColumnType,
  missingForeignKeyIndex,
  missingPrimaryKey,
  multipleCollectionLoads,
  narrowPrimaryKey,
  nullableUniqueColumn,
  outsideOfTransaction,
  passwordInSource,
  plaintextPassword,
  queryInLoop,
  redundantIndex,
  schemaAutoSync,
  softDeleteUnique,
  sqlInjection,
  unboundedList,
  unfilteredWrite,
  unindexedFilter,
  unorderedPagination,
  unprotectedSensitiveColumn,
  unsearchableFilter,
  writeInLoop,
];

/** Rule by its id or its code, whatever the case. */
export function findRule(idOrCode: string): Rule | undefined {
  const wanted = idOrCode.toLowerCase();
  return rules.find((rule) => rule.id === wanted || rule.code.toLowerCase() === wanted);
}
