/** What a model has done with each row that is written by itself, and no statement for many rows does. */
import type { FileFacts, Query } from '../../schema/code.ts';
import type { CodeContext } from '../rule.ts';
import { kindsOf } from './calls.ts';

/** Files are deleted, messages sent, other rows counted: `@AfterDestroy static async deleteFile(attachment)`. */
export function hasRowHooks(
  file: FileFacts,
  { table, namespace, entity, operation, api }: Query,
  context: CodeContext,
): boolean {
  const name = (table === null ? undefined : context.table(table, namespace)?.entity) ?? entity;
  const hooks = hooksOf[operation];
  // What names rows by a condition runs none of them.
  if (name === null || hooks === undefined || /^(?:insert|delete)$/u.test(api)) return false;
  for (const each of kindsOf(name, file, context)) {
    const place = context.classFile(each);
    if (
      place?.functions.some(({ owner, decorators }) => owner === each && decorators.some((known) => hooks.test(known)))
    )
      return true;
  }
  return false;
}

const hooksOf: Readonly<Partial<Record<Query['operation'], RegExp>>> = {
  insert: /^(?:Before|After)(?:Create|Save)$/u,
  upsert: /^(?:Before|After)(?:Upsert|Create|Save)$/u,
  update: /^(?:Before|After)(?:Update|Save)$/u,
  delete: /^(?:Before|After)(?:Destroy|Remove|SoftRemove)$/u,
};
