import type { Dialect, Table } from '../../schema/model.ts';
import type { EntityChange, EntityWriter, EntityWriteResult, TypeSpec, WriteContext } from '../entityChange.ts';
import { everyChange, likeOf, tableOf, touchedFiles } from '../shared/entityFiles.ts';
import { rawTypeOf } from '../shared/rawTypes.ts';
import { refuse } from '../shared/refusals.ts';
import { addColumn } from './addColumn.ts';
import { changeType, dropColumn, renameColumn, renameProperty, setNullable } from './editColumn.ts';
import { addRelation, dropRelation } from './editRelation.ts';
import { createTable, dropTable, renameTable } from './editTable.ts';
import { classOf } from './parts.ts';

/** Decorated classes; of `EntitySchema` objects only what `typeormWriter.write` does. */
export const typeormEntities: EntityWriter = {
  supported: everyChange,
  files: (change, schema) => touchedFiles(change, schema),
  write(change, context) {
    const table = tableOf(change, context.schema);
    if (!table) return refuse('The table is no longer there.');
    return onTable(change, table, context);
  },
  spell,
};

function onTable(change: EntityChange, table: Table, context: WriteContext): EntityWriteResult {
  switch (change.kind) {
    case 'createTable': {
      const like = likeOf(change.table, context.schema);
      return like ? createTable(change.table, like, context) : refuse('There is no entity to go by.');
    }
    case 'dropTable':
      return dropTable(table, context);
    case 'renameTable':
      return renameTable(change.to, change.toNamespace, table, context);
    case 'addColumn': {
      const source = classOf(table, context);
      return typeof source === 'string' ? refuse(source) : addColumn(change.column, table, source);
    }
    case 'dropColumn':
      return dropColumn(change.column, table, context);
    case 'renameColumn':
      return renameColumn(change.from, change.to, table, context);
    case 'renameProperty':
      return renameProperty(change.column, change.to, table, context);
    case 'alterColumn':
      return change.facets.includes('type')
        ? changeType(change.from.name, change.to, table, context)
        : setNullable(change.from.name, change.to.nullable, table, context);
    case 'addRelation':
      return addRelation(change, table, context);
    case 'dropRelation':
      return dropRelation(change.property, table, context);
    default:
      return refuse('TypeORM sources: this is not written yet; make the change by hand.');
  }
}

function spell(spec: TypeSpec, dialect: Dialect | null): string | null {
  return rawTypeOf(spec, dialect);
}
