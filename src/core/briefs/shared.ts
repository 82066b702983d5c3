/** What several briefs tell in the same words. */
import type { Endpoint } from '../schema/code.ts';
import type { Column, Schema, Table } from '../schema/model.ts';
import { code, codes, place, table } from './markdown.ts';

export function tableName({ name, namespace }: Pick<Table, 'name' | 'namespace'>): string {
  return namespace === null ? name : `${namespace}.${name}`;
}

/** Tables whose rows the application writes as such: no views, no tables in between that only an ORM sees. */
export function entityTables({ tables }: Schema): readonly Table[] {
  return tables.filter(({ kind }) => kind === 'table' || kind === 'collection');
}

export function typeOf(column: Column): string {
  const size = [column.length ?? column.precision, column.scale].filter((part) => part !== null).join(', ');
  return `${column.rawType}${size === '' ? '' : `(${size})`}${column.array ? '[]' : ''}`;
}

/** The value comes from the database or the ORM, so no request brings it. */
export function isGenerated(column: Column): boolean {
  return (
    column.generated !== null ||
    !column.insertable ||
    (column.role !== null &&
      ['created-at', 'updated-at', 'deleted-at', 'version', 'discriminator'].includes(column.role))
  );
}

/** Must not leave the server: credentials, and what the entity itself holds back from a plain select. */
export function isWithheld(column: Column): boolean {
  return column.classification?.kind === 'secret' || !column.selected;
}

export function endpointsOf({ code: { files } }: Schema): readonly Endpoint[] {
  return files.filter(({ purpose }) => purpose === 'application').flatMap(({ endpoints }) => endpoints);
}

export function endpointTable(schema: Schema): string {
  return table(
    ['Method', 'Path', 'Handler', 'Guards', 'Source'],
    endpointsOf(schema).map(({ method, path, handler, guards, at }) => [
      code(method),
      code(path === '' ? '/' : path),
      handler === null ? '' : code(handler),
      codes(guards),
      place(at),
    ]),
  );
}

/** Unique column lists of a table, the primary key left out. */
export function uniqueKeys({ uniques, indexes }: Table): readonly (readonly string[])[] {
  const all = [
    ...uniques.map(({ columns }) => columns),
    ...indexes.filter((index) => index.unique && index.expression === null).map(({ columns }) => columns),
  ];
  return [...new Map(all.filter((columns) => columns.length > 0).map((columns) => [columns.join(), columns])).values()];
}
