/** Gives queries their collections and paths, over all files of a project. */
import type { FileFacts } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { Model } from './model.ts';

export interface QueryWorld {
  readonly models: readonly Model[];
  readonly byModel: ReadonlyMap<Model, Table>;
  readonly tables: readonly Table[];
}

export function linkQueries(files: readonly FileFacts[], _world: QueryWorld): readonly FileFacts[] {
  return files;
}
