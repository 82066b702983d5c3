import type { Change } from '../../schema/change.ts';
import type { Schema, Table } from '../../schema/model.ts';
import type { Writer } from '../writer.ts';

/** Writes changes into TypeORM entities: decorated classes and `EntitySchema` objects. */
export const typeormWriter: Writer = {
  id: 'typeorm',
  target: (change, schema) => changedTable(change, schema)?.at.file ?? null,
  write: () => ({ ok: false, reason: 'TypeORM entities cannot be changed yet.' }),
};

function changedTable(change: Change, schema: Schema): Table | undefined {
  if (!('table' in change) || typeof change.table !== 'string') return undefined;
  return schema.tables.find(({ name, namespace }) => name === change.table && namespace === change.namespace);
}
