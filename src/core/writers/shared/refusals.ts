/** Why a change is not written, in the words of whoever declares tables: `entity` for classes, `model` for schemas. */
import type { Change } from '../../schema/change.ts';
import type { Schema, Table } from '../../schema/model.ts';
import type { WriteResult } from '../writer.ts';

export function refuse(reason: string): WriteResult {
  return { ok: false, reason };
}

/** The table that a change is about; undefined for changes of enums, and where none was read. */
export function changedTable(change: Change, schema: Schema): Table | undefined {
  if (!('namespace' in change)) return undefined;
  return schema.tables.find(({ name, namespace }) => name === change.table && namespace === change.namespace);
}

const words: Readonly<Record<Change['kind'], string>> = {
  createTable: 'creating {declaration}',
  dropTable: 'removing {declaration}',
  renameTable: 'renaming a table',
  addColumn: 'adding a column',
  dropColumn: 'removing a column',
  renameColumn: 'renaming a column',
  alterColumn: 'changing a column',
  setPrimaryKey: 'changing a primary key',
  addIndex: 'adding an index',
  dropIndex: 'removing an index',
  renameIndex: 'renaming an index',
  addUnique: 'adding a unique constraint',
  dropUnique: 'removing a unique constraint',
  addForeignKey: 'adding a relation',
  dropForeignKey: 'removing a relation',
  addCheck: 'adding a check',
  dropCheck: 'removing a check',
  createEnum: 'creating an enum',
  dropEnum: 'removing an enum',
  alterEnum: 'changing an enum',
};

/** @param sources what is written, as a sentence begins with it: `TypeORM sources` */
export function refuseKind(sources: string, declaration: 'entity' | 'model', kind: Change['kind']): WriteResult {
  const what = words[kind].replace('{declaration}', declaration === 'entity' ? 'an entity' : 'a model');
  return refuse(`${sources}: ${what} is not supported yet; make this change by hand.`);
}
