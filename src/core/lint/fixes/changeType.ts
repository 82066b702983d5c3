import type { Column, ColumnType, Table } from '../../schema/model.ts';
import type { Fix } from '../rule.ts';

export interface TypeWanted {
  readonly type: ColumnType;
  /** As the title says it. */
  readonly label: string;
  readonly precision?: number;
  readonly scale?: number;
}

/**
 * Gives the column another type in its entity; none where the entity is not what states it. It is not preferred: rows have to be
 * migrated, and code may see values of another type (`bigint` and `numeric` come as text in JavaScript).
 */
export function changeType(
  table: Table,
  column: Column,
  { type, label, precision, scale }: TypeWanted,
): readonly Fix[] {
  if (table.entity === null || table.kind !== 'table' || column.array || column.generated !== null) return [];
  const to: Column = {
    ...column,
    type,
    rawType: label,
    length: null,
    precision: precision ?? null,
    scale: scale ?? null,
    enum: null,
  };
  return [
    {
      title: `Change ${table.name}.${column.name} to ${label}`,
      preferred: false,
      change: {
        kind: 'alterColumn',
        table: table.name,
        namespace: table.namespace,
        from: column,
        to,
        facets: ['type'],
      },
      edits: [],
    },
  ];
}
