import type { Index, Table, Unique } from '../../schema/model.ts';
import { importName } from '../shared/imports.ts';
import { quoted } from '../shared/style.ts';
import type { Style } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';
import { decorateClass, decorateProperty } from '../shared/decorate.ts';
import { addToList } from './entitySchemaLists.ts';
import type { EntitySource } from '../shared/entitySource.ts';
import { propertiesFor } from './properties.ts';

/** `@Index()` on the property where one stands for all columns, else `@Index([...])` on the class; `indices` of an `EntitySchema`. */
export function addIndex(index: Index, table: Table, source: EntitySource): WriteResult {
  const options = indexOptions(index, source.style);
  if (typeof options === 'string') return { ok: false, reason: options };
  const properties = propertiesFor(table, index.columns);
  if (!properties || properties.length === 0) return { ok: false, reason: noProperty(table, index.columns) };
  const { declaration, style } = source;
  const list = `[${properties.map((property) => quoted(property, style)).join(', ')}]`;
  if (declaration.kind === 'schema') {
    const name = index.name === null ? [] : [`name: ${quoted(index.name, style)}`];
    return addToList(
      source,
      declaration.object,
      'indices',
      `{ ${[...name, `columns: ${list}`, ...options].join(', ')} }`,
    );
  }
  const name = index.name === null ? [] : [quoted(index.name, style)];
  const settings = options.length === 0 ? [] : [`{ ${options.join(', ')} }`];
  const imported = importName(source, 'Index', 'typeorm', 'TypeOrmIndex');
  const [only] = properties;
  const property =
    properties.length === 1 ? declaration.properties.find((candidate) => candidate.name === only) : undefined;
  // A relation of several columns is indexed by all of them, in its own order.
  const edit =
    property && property.decorators.length > 0
      ? decorateProperty(source, property, `@${imported.reference}(${[...name, ...settings].join(', ')})`)
      : decorateClass(source, declaration, `@${imported.reference}(${[...name, list, ...settings].join(', ')})`);
  return { ok: true, edits: [...imported.edits, edit] };
}

/** `@Unique([...])` on the class; `uniques` of an `EntitySchema`. */
export function addUnique(unique: Unique, table: Table, source: EntitySource): WriteResult {
  if (unique.nullsNotDistinct)
    return { ok: false, reason: 'TypeORM cannot declare a unique constraint with NULLS NOT DISTINCT.' };
  const properties = propertiesFor(table, unique.columns);
  if (!properties || properties.length === 0) return { ok: false, reason: noProperty(table, unique.columns) };
  const { declaration, style } = source;
  const list = `[${properties.map((property) => quoted(property, style)).join(', ')}]`;
  const deferrable = unique.deferrable === null ? [] : [`deferrable: ${quoted(unique.deferrable, style)}`];
  if (declaration.kind === 'schema') {
    const name = unique.name === null ? [] : [`name: ${quoted(unique.name, style)}`];
    return addToList(
      source,
      declaration.object,
      'uniques',
      `{ ${[...name, `columns: ${list}`, ...deferrable].join(', ')} }`,
    );
  }
  const name = unique.name === null ? [] : [quoted(unique.name, style)];
  const settings = deferrable.length === 0 ? [] : [`{ ${deferrable.join(', ')} }`];
  const imported = importName(source, 'Unique', 'typeorm', 'TypeOrmUnique');
  const edit = decorateClass(source, declaration, `@${imported.reference}(${[...name, list, ...settings].join(', ')})`);
  return { ok: true, edits: [...imported.edits, edit] };
}

/** Entries of the options object, or the reason why TypeORM cannot say it. */
function indexOptions(index: Index, style: Style): readonly string[] | string {
  if (index.expression !== null) return 'TypeORM cannot declare an index on an expression; create it in a migration.';
  if (index.include.length > 0)
    return 'TypeORM cannot declare an index with INCLUDE columns; create it in a migration.';
  if (index.orders.includes('desc'))
    return 'TypeORM cannot declare the sort order of an index; create it in a migration.';
  const method = index.method?.toLowerCase() ?? null;
  if (method !== null && !['btree', 'fulltext', 'spatial'].includes(method))
    return `TypeORM cannot declare a ${method} index; create it in a migration.`;
  return [
    ...(index.unique ? ['unique: true'] : []),
    ...(method === 'fulltext' || method === 'spatial' ? [`${method}: true`] : []),
    ...(index.where === null ? [] : [`where: ${quoted(index.where, style)}`]),
  ];
}

function noProperty(table: Table, columns: readonly string[]): string {
  return `No property of ${table.entity ?? table.name} stands for ${columns.join(', ')}, so a decorator cannot name it.`;
}
