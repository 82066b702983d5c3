/** Gives queries their physical tables and columns, over all files of a project. */
import type { FileFacts } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { ModelFinder } from './modelFinder.ts';
import type { Model } from './model.ts';

export interface QueryWorld {
  readonly finder: ModelFinder;
  readonly byModel: ReadonlyMap<Model, Table>;
  readonly tables: readonly Table[];
  readonly models: readonly Model[];
}

export function linkQueries(files: readonly FileFacts[], _world: QueryWorld): readonly FileFacts[] {
  return files;
}
