import type { SourceFile } from '../../readers/reader.ts';
import type { Change, TableRef } from '../../schema/change.ts';
import type { Table } from '../../schema/model.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { changedTable, refuse, refuseKind } from '../shared/refusals.ts';
import type { Writer, WriteResult } from '../writer.ts';
import { addColumn } from './addColumn.ts';
import { addIndex, addUnique } from './addIndex.ts';
import { findDeclaration } from '../shared/declaration.ts';
import { typeormEntities } from './entities.ts';
import { dropIndex } from './dropIndex.ts';
import { styleOf } from '../shared/style.ts';
import type { EntitySource } from '../shared/entitySource.ts';

/**
 * Writes changes into TypeORM entities: decorated classes and `EntitySchema` objects. Indexes (added and dropped), unique
 * constraints and columns so far; for any other change the result says so.
 */
export const typeormWriter: Writer = {
  plain: ['dropIndex'],
  entities: typeormEntities,
  id: 'typeorm',
  target(change, schema) {
    const table = changedTable(change, schema);
    return table ? fileOf(change, table) : null;
  },
  write(change, schema, file) {
    if (!('namespace' in change)) return refuseKind('TypeORM sources', 'entity', change.kind);
    const table = changedTable(change, schema);
    if (!table) return refuse(`No table ${change.table} was read in this project, so there is no entity to change.`);
    return onEntity(change, table, file);
  },
};

function onEntity(change: Change & TableRef, table: Table, file: SourceFile): WriteResult {
  if (table.entity === null)
    return refuse(
      `No entity stands for ${table.name}: TypeORM creates the table for a many-to-many relation. Declare it as an entity of its own to change it.`,
    );
  const { root } = file.parsed();
  const name = entityIn(table, file.path);
  const declaration = name === null ? null : findDeclaration(root, name, table.at.line);
  const found = declaration ?? childDeclaration(table, root);
  if (!found) return refuse(`The declaration of ${table.entity} was not found in ${file.path}.`);
  if (root.hasError && found.kind === 'class' && found.body.hasError)
    return refuse(`${file.path} has a syntax error in ${table.entity}; correct it first.`);
  const source: EntitySource = {
    path: file.path,
    text: file.text,
    root,
    style: styleOf(file.text),
    declaration: found,
  };
  switch (change.kind) {
    case 'addIndex':
      return addIndex(change.index, table, source);
    case 'addUnique':
      return addUnique(change.unique, table, source);
    case 'dropIndex':
      return dropIndex(change.index, table, source);
    case 'addColumn':
      return addColumn(change.column, table, source);
    default:
      return refuseKind('TypeORM sources', 'entity', change.kind);
  }
}

/** The entity's own file; columns of a child of a single-table inheritance stand in the child's. */
function fileOf(change: Change, table: Table): string {
  if (table.inheritance === null) return table.at.file;
  const columns =
    change.kind === 'addIndex' || change.kind === 'dropIndex'
      ? change.index.columns
      : change.kind === 'addUnique'
        ? change.unique.columns
        : [];
  const files = new Set(columns.map((name) => table.columns.find((column) => column.name === name)?.at.file));
  const [only] = files;
  return files.size === 1 && only !== undefined ? only : table.at.file;
}

function entityIn(table: Table, path: string): string | null {
  return table.at.file === path ? table.entity : null;
}

function childDeclaration(table: Table, root: SyntaxNode): ReturnType<typeof findDeclaration> {
  for (const { entity } of table.inheritance?.children ?? []) {
    const found = findDeclaration(root, entity, 0);
    if (found) return found;
  }
  return null;
}
