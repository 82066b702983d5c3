import type { FileFacts } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';

/** Resolves the entities of queries over all files of a project and fills in physical tables and columns. */
export function linkQueries(files: readonly FileFacts[], _entities: ReadonlyMap<string, Table>): readonly FileFacts[] {
  return files;
}
