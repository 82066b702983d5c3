/** What else of the source names a column or an entity, so that the user can look there. */
import type { PathUse } from '../schema/code.ts';
import type { Schema, Table } from '../schema/model.ts';
import type { SourceRange } from '../schema/source.ts';
import type { EntityChange } from '../writers/entityChange.ts';
import { propertyOf } from './verify.ts';

const shown = 5;

/** A sentence each; empty where nothing is known to be broken. */
export function usageNotes(change: EntityChange, schema: Schema): readonly string[] {
  switch (change.kind) {
    case 'dropColumn':
      return sentence(columnUses(tableOf(change, schema), change.column.name, schema), change.column.name);
    case 'renameProperty': {
      const table = tableOf(change, schema);
      const old = propertyOf(table, change.column) ?? change.column;
      return sentence(columnUses(table, change.column, schema), old);
    }
    case 'renameColumn':
      return sentence(sqlUses(change.table, change.from, schema), change.from);
    case 'dropRelation': {
      const table = tableOf(change, schema);
      const columns = table?.relations.find(({ property }) => property === change.property)?.columns ?? [];
      return sentence([...pathUses(table, change.property, columns, schema)], change.property);
    }
    case 'dropTable': {
      const { entity, at } = change.table;
      const importing = schema.code.files
        .filter(({ file, imports }) => file !== at.file && imports.some(({ imported }) => imported === entity))
        .map(({ file }) => file);
      return entity === null ? [] : listed(importing, entity);
    }
    default:
      return [];
  }
}

function tableOf({ table, namespace }: { table: string; namespace: string | null }, schema: Schema): Table | undefined {
  return schema.tables.find((each) => each.name === table && each.namespace === namespace);
}

function columnUses(table: Table | undefined, column: string, schema: Schema): readonly SourceRange[] {
  const property = propertyOf(table, column) ?? column;
  return pathUses(table, property, [column], schema);
}

function pathUses(
  table: Table | undefined,
  property: string,
  columns: readonly string[],
  schema: Schema,
): readonly SourceRange[] {
  if (!table) return [];
  return schema.code.files.flatMap(({ queries, purpose }) =>
    purpose === 'migration'
      ? []
      : queries.flatMap((query) => {
          const isOwn = query.table === table.name;
          const means = ({ target, path }: PathUse): boolean =>
            target
              ? target.table === table.name && target.columns.some((name) => columns.includes(name))
              : isOwn && path.split('.').includes(property);
          const uses = [
            ...query.filters,
            ...query.sorts,
            ...query.joins,
            ...query.loads,
            ...query.writes,
            ...query.groups,
          ];
          const found = uses.filter(means).map(({ at }) => at);
          const selected = isOwn && (query.selects?.includes(property) ?? false) ? [query.at] : [];
          return [...found, ...selected, ...sqlOf(query.sql?.text, query.sql?.at, columns)];
        }),
  );
}

function sqlUses(table: string, column: string, schema: Schema): readonly SourceRange[] {
  return schema.code.files.flatMap(({ queries, purpose }) =>
    purpose === 'migration'
      ? []
      : queries.flatMap(({ sql }) =>
          sql && new RegExp(`\\b${table}\\b`, 'u').test(sql.text) ? sqlOf(sql.text, sql.at, [column]) : [],
        ),
  );
}

function sqlOf(
  text: string | undefined,
  at: SourceRange | undefined,
  columns: readonly string[],
): readonly SourceRange[] {
  const isNamed = columns.some((column) => text !== undefined && new RegExp(`\\b${column}\\b`, 'u').test(text));
  return isNamed && at ? [at] : [];
}

function sentence(uses: readonly SourceRange[], name: string): readonly string[] {
  return listed([...new Set(uses.map(({ file, line }) => `${file}:${line}`))], name);
}

function listed(places: readonly string[], name: string): readonly string[] {
  if (places.length === 0) return [];
  const more = places.length > shown ? ` and ${places.length - shown} more` : '';
  return [`Correct by hand what uses ${name}: ${places.slice(0, shown).join(', ')}${more}.`];
}
