/** Columns of a table by what they are called, and the sets of columns that keep its rows apart. */
import type { PathUse } from '../schema/code.ts';
import type { Column, Index, Table, Unique } from '../schema/model.ts';

export function columnNamed(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/** The column that a query means: by its property as the source has it, or by its physical name. */
export function columnMeant(table: Table, path: string): Column | undefined {
  return table.columns.find(({ name, property }) => property === path || name === path);
}

/** Physical columns of the table that a path of a query means; null = another table's, or not known. */
export function columnsMeant({ path, target }: PathUse, table: Table): readonly string[] | null {
  if (target) return target.table === table.name ? target.columns : null;
  const column = columnMeant(table, path);
  return column ? [column.name] : null;
}

/** A unique constraint, or a unique index on plain columns of all rows. */
export type UniqueKey = Unique | Index;

/** Unique keys beside the primary one, constraints first, in the order of the source. */
export function uniqueKeys(table: Table): readonly UniqueKey[] {
  return [
    ...table.uniques,
    ...table.indexes.filter(({ unique, where, expression }) => unique && where === null && expression === null),
  ];
}

/** Sets of columns of which no two rows share their values, the primary key first. */
export function keysOf(table: Table): readonly (readonly string[])[] {
  return [table.primaryKey, ...uniqueKeys(table).map(({ columns }) => columns)].filter((key) => key.length > 0);
}

/** The column says whether, or when, its row was deleted: as the ORM was told, or by its name where only code keeps to it. */
export function marksDeleted({ role, name, type, nullable }: Column): boolean {
  if (role !== null) return role === 'deleted-at';
  const moment = type === 'datetime' || type === 'datetime-tz';
  return (
    (moment && nullable && /^deleted_?(?:at|on|date|time)?$/i.test(name)) ||
    (type === 'boolean' && /^(?:is_?)?deleted$/i.test(name))
  );
}
