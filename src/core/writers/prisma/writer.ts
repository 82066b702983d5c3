import type { SourceFile } from '../../readers/reader.ts';
import type { Change, TableRef } from '../../schema/change.ts';
import type { Schema, Table } from '../../schema/model.ts';
import { parsePrisma } from '../../syntax/prisma/parse.ts';
import { changedTable, refuse, refuseKind } from '../shared/refusals.ts';
import type { Writer, WriteResult } from '../writer.ts';
import { addColumn } from './addColumn.ts';
import { prismaEntities } from './entities.ts';
import { addIndex, addUnique, dropIndex } from './indexes.ts';
import type { ModelSource } from './modelSource.ts';

/** Writes changes into models of a Prisma schema: indexes and unique keys (added and dropped) and columns so far. */
export const prismaWriter: Writer = {
  id: 'prisma',
  plain: ['dropIndex'],
  entities: prismaEntities,
  target(change, schema) {
    return changedTable(change, schema)?.at.file ?? null;
  },
  write(change, schema, file) {
    if (!('namespace' in change)) return refuseKind('Prisma schemas', 'model', change.kind);
    const table = changedTable(change, schema);
    if (!table) return refuse(`No table ${change.table} was read in this project, so there is no model to change.`);
    return onModel(change, table, schema, file);
  },
};

function onModel(change: Change & TableRef, table: Table, schema: Schema, file: SourceFile): WriteResult {
  if (table.entity === null)
    return refuse(
      `No model stands for ${table.name}: Prisma creates the table for a many-to-many relation. Declare it as a model of its own to change it.`,
    );
  const document = parsePrisma(file.text);
  const named = document.blocks.filter(({ kind, name }) => kind === 'model' && name === table.entity);
  const block = named.find(({ start }) => file.lines.position(start).line === table.at.line) ?? named[0];
  if (!block) return refuse(`The model ${table.entity} was not found in ${file.path}.`);
  const broken = document.problems.some(({ start }) => block.start <= start && start < block.end);
  if (!block.isClosed || broken) return refuse(`${file.path} has a syntax error in ${table.entity}; correct it first.`);
  const source: ModelSource = {
    path: file.path,
    text: file.text,
    lines: file.lines,
    eol: file.text.includes('\r\n') ? '\r\n' : '\n',
    document,
    block,
    table,
  };
  switch (change.kind) {
    case 'addIndex':
      return addIndex(change.index, source);
    case 'addUnique':
      return addUnique(change.unique, source);
    case 'dropIndex':
      return dropIndex(change.index, source);
    case 'dropUnique':
      return dropIndex(change.unique, source);
    case 'addColumn':
      return addColumn(change.column, schema, source);
    default:
      return refuseKind('Prisma schemas', 'model', change.kind);
  }
}
