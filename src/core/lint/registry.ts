import type { Rule } from './rule.ts';
import { blockingIndexBuild } from './rules/blocking-index-build.ts';
import { blockingUniqueConstraint } from './rules/blocking-unique-constraint.ts';
import { cacheKeyWithoutExpiry } from './rules/cache-key-without-expiry.ts';
import { codeEnforcedUniqueness } from './rules/code-enforced-uniqueness.ts';
import { concurrentIndexInTransaction } from './rules/concurrent-index-in-transaction.ts';
import { costlyAssociation } from './rules/costly-association.ts';
import { derivableColumn } from './rules/derivable-column.ts';
import { destructiveMigration } from './rules/destructive-migration.ts';
import { dynamicMapping } from './rules/dynamic-mapping.ts';
import { eagerCollection } from './rules/eager-collection.ts';
import { filterInMemory } from './rules/filter-in-memory.ts';
import { fullStoreScan } from './rules/full-store-scan.ts';
import { ignoredInlineReference } from './rules/ignored-inline-reference.ts';
import { instructionsContradictManifest } from './rules/instructions-contradict-manifest.ts';
import { irreversibleMigration } from './rules/irreversible-migration.ts';
import { lazyRelationInLoop } from './rules/lazy-relation-in-loop.ts';
import { lossyColumnType } from './rules/lossy-column-type.ts';
import { mismatchedKeyType } from './rules/mismatched-key-type.ts';
import { missingAuditColumns } from './rules/missing-audit-columns.ts';
import { missingAuditTrail } from './rules/missing-audit-trail.ts';
import { missingForeignKeyIndex } from './rules/missing-foreign-key-index.ts';
import { missingLockTimeout } from './rules/missing-lock-timeout.ts';
import { missingPartitionKey } from './rules/missing-partition-key.ts';
import { missingPrimaryKey } from './rules/missing-primary-key.ts';
import { missingRollbackRule } from './rules/missing-rollback-rule.ts';
import { missingTenantKey } from './rules/missing-tenant-key.ts';
import { missingTimeout } from './rules/missing-timeout.ts';
import { multipleCollectionLoads } from './rules/multiple-collection-loads.ts';
import { narrowPrimaryKey } from './rules/narrow-primary-key.ts';
import { nullableUniqueColumn } from './rules/nullable-unique-column.ts';
import { numberedColumns } from './rules/numbered-columns.ts';
import { outsideOfTransaction } from './rules/outside-of-transaction.ts';
import { oversizedPool } from './rules/oversized-pool.ts';
import { paginatedCollectionJoin } from './rules/paginated-collection-join.ts';
import { passwordInSource } from './rules/password-in-source.ts';
import { plaintextPassword } from './rules/plaintext-password.ts';
import { queryInLoop } from './rules/query-in-loop.ts';
import { rangeBeforeEquality } from './rules/range-before-equality.ts';
import { redundantIndex } from './rules/redundant-index.ts';
import { remoteCallInTransaction } from './rules/remote-call-in-transaction.ts';
import { renamingMigration } from './rules/renaming-migration.ts';
import { repeatedQuery } from './rules/repeated-query.ts';
import { rewritingMigration } from './rules/rewriting-migration.ts';
import { schemaAutoSync } from './rules/schema-auto-sync.ts';
import { selfInvokedTransaction } from './rules/self-invoked-transaction.ts';
import { softDeleteUnique } from './rules/soft-delete-unique.ts';
import { sqlInjection } from './rules/sql-injection.ts';
import { staleInstructionsCopy } from './rules/stale-instructions-copy.ts';
import { unboundedArray } from './rules/unbounded-array.ts';
import { unboundedList } from './rules/unbounded-list.ts';
import { unboundedTag } from './rules/unbounded-tag.ts';
import { unencryptedConnection } from './rules/unencrypted-connection.ts';
import { unenforcedRelation } from './rules/unenforced-relation.ts';
import { unfilledRequiredColumn } from './rules/unfilled-required-column.ts';
import { unfilteredWrite } from './rules/unfiltered-write.ts';
import { unindexedFilter } from './rules/unindexed-filter.ts';
import { unorderedPagination } from './rules/unordered-pagination.ts';
import { unpartitionedTimeSeries } from './rules/unpartitioned-time-series.ts';
import { unprotectedSensitiveColumn } from './rules/unprotected-sensitive-column.ts';
import { unsearchableFilter } from './rules/unsearchable-filter.ts';
import { validatingConstraint } from './rules/validating-constraint.ts';
import { wastefulSql } from './rules/wasteful-sql.ts';
import { wideIndex } from './rules/wide-index.ts';
import { writeInLoop } from './rules/write-in-loop.ts';

/** All rules, sorted by id. A new rule is one file in `rules/` and one line here. */
export const rules: readonly Rule[] = [
  blockingIndexBuild,
  blockingUniqueConstraint,
  cacheKeyWithoutExpiry,
  codeEnforcedUniqueness,
  concurrentIndexInTransaction,
  costlyAssociation,
  derivableColumn,
  destructiveMigration,
  dynamicMapping,
  eagerCollection,
  filterInMemory,
  fullStoreScan,
  ignoredInlineReference,
  instructionsContradictManifest,
  irreversibleMigration,
  lazyRelationInLoop,
  lossyColumnType,
  mismatchedKeyType,
  missingAuditColumns,
  missingAuditTrail,
  missingForeignKeyIndex,
  missingLockTimeout,
  missingPartitionKey,
  missingPrimaryKey,
  missingRollbackRule,
  missingTenantKey,
  missingTimeout,
  multipleCollectionLoads,
  narrowPrimaryKey,
  nullableUniqueColumn,
  numberedColumns,
  outsideOfTransaction,
  oversizedPool,
  paginatedCollectionJoin,
  passwordInSource,
  plaintextPassword,
  queryInLoop,
  rangeBeforeEquality,
  redundantIndex,
  remoteCallInTransaction,
  renamingMigration,
  repeatedQuery,
  rewritingMigration,
  schemaAutoSync,
  selfInvokedTransaction,
  softDeleteUnique,
  sqlInjection,
  staleInstructionsCopy,
  unboundedArray,
  unboundedList,
  unboundedTag,
  unencryptedConnection,
  unenforcedRelation,
  unfilledRequiredColumn,
  unfilteredWrite,
  unindexedFilter,
  unorderedPagination,
  unpartitionedTimeSeries,
  unprotectedSensitiveColumn,
  unsearchableFilter,
  validatingConstraint,
  wastefulSql,
  wideIndex,
  writeInLoop,
];

/** Rule by its id or its code, whatever the case. */
export function findRule(idOrCode: string): Rule | undefined {
  const wanted = idOrCode.toLowerCase();
  return rules.find((rule) => rule.id === wanted || rule.code.toLowerCase() === wanted);
}
