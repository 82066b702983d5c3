import type { FileFacts } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
export function linkQueries(files: readonly FileFacts[], _byEntity: ReadonlyMap<string, Table>): readonly FileFacts[] {
  return files;
}
