/** Primary key, unique keys and indexes of a model. */
import type { Index, Unique } from '../../schema/model.ts';
import { argument, attribute, keyParts, nameOf, rawText, textOf } from './attributes.ts';
import type { KeyPart } from './attributes.ts';
import type { AttributeDeclaration, Value } from './declarations.ts';
import { columnsOf, keyFields } from './group.ts';
import type { Model, Resolved } from './group.ts';
import { constraintName, namesPrimaryKeys } from './names.ts';
import type { Suffix } from './names.ts';

export interface Keys {
  readonly primaryKey: readonly string[];
  readonly primaryKeyName: string | null;
  readonly uniques: readonly Unique[];
  readonly indexes: readonly Index[];
}

export function keysOf(model: Model, resolved: Resolved): Keys {
  const { dialect } = resolved.settings;
  const primaryKey = keyFields(model).map(({ column }) => column);
  const stated =
    attribute(model.declaration, 'id') ??
    model.fields.map((field) => attribute(field.declaration, 'id')).find((each) => each !== undefined);
  const indexes: Index[] = [];
  const uniques: Unique[] = [];
  const add = (index: Index | null): void => {
    if (!index) return;
    // SQL Server alone gets unique constraints, the others unique indexes.
    if (index.unique && dialect === 'mssql' && index.where === null)
      uniques.push({
        name: index.name,
        columns: index.columns,
        nullsNotDistinct: true,
        deferrable: null,
        origin: 'declared',
        at: index.at,
      });
    else indexes.push(index);
  };
  for (const field of model.fields) {
    const unique = attribute(field.declaration, 'unique');
    const sort = nameOf(argument(unique?.arguments, 'sort'));
    const part = { field: field.name, descending: sort === 'Desc', sorted: sort !== null };
    if (unique) add(indexOf(unique, [part], model, resolved));
  }
  for (const each of model.declaration.attributes) {
    if (each.name === 'unique' || each.name === 'index' || each.name === 'fulltext')
      add(indexOf(each, keyParts(argument(each.arguments, 'fields', 'first')), model, resolved));
  }
  return {
    primaryKey,
    primaryKeyName:
      primaryKey.length === 0 || !namesPrimaryKeys(dialect)
        ? null
        : (textOf(argument(stated?.arguments, 'map')) ?? constraintName(model.table, [], '_pkey', dialect)),
    uniques,
    indexes,
  };
}

/** Null where a field it names is not there yet. */
function indexOf(
  stated: AttributeDeclaration,
  parts: readonly KeyPart[],
  model: Model,
  { settings, types }: Resolved,
): Index | null {
  const { dialect } = settings;
  const columns = columnsOf(
    model,
    parts.map(({ field }) => field),
    types,
  );
  if (!columns || columns.length === 0) return null;
  const unique = stated.name === 'unique';
  const suffix: Suffix = unique ? '_key' : '_idx';
  return {
    name: mappedIndexName(stated) ?? constraintName(model.table, columns, suffix, dialect),
    columns,
    orders: parts.some(({ descending }) => descending)
      ? parts.map(({ descending }) => (descending ? 'desc' : 'asc'))
      : [],
    include: [],
    unique,
    method: stated.name === 'fulltext' ? (dialect === 'mongodb' ? 'text' : 'fulltext') : methodOf(stated),
    where: predicateOf(argument(stated.arguments, 'where'), model, types),
    expression: null,
    origin: 'declared',
    at: stated.at,
  };
}

/** `map` is the name in the database; before 3.0 `name` was, which since then names the key in the client, of unique keys alone. */
function mappedIndexName(stated: AttributeDeclaration): string | null {
  const map = textOf(argument(stated.arguments, 'map'));
  return map ?? (stated.name === 'unique' ? null : textOf(argument(stated.arguments, 'name')));
}

function methodOf(stated: AttributeDeclaration): string | null {
  const type = nameOf(argument(stated.arguments, 'type'))?.toLowerCase() ?? null;
  return type === 'btree' ? null : type;
}

/** `where: raw("…")`, or `where: { active: true }` in words of the schema. */
function predicateOf(value: Value | undefined, model: Model, types: Resolved['types']): string | null {
  if (value?.kind !== 'object') return rawText(value);
  const conditions = value.entries.map(({ name, value: compared }) => {
    const column = columnsOf(model, [name ?? ''], types)?.[0] ?? name ?? '';
    if (compared.kind === 'object') {
      const not = compared.entries.find((entry) => entry.name === 'not')?.value;
      return not && isNull(not) ? `"${column}" IS NOT NULL` : `"${column}" <> ${sqlText(not)}`;
    }
    return isNull(compared) ? `"${column}" IS NULL` : `"${column}" = ${sqlText(compared)}`;
  });
  return conditions.length === 0 ? null : conditions.join(' AND ');
}

function isNull(value: Value): boolean {
  return value.kind === 'name' && value.value === 'null';
}

function sqlText(value: Value | undefined): string {
  if (value?.kind === 'string') return `'${value.value.replaceAll("'", "''")}'`;
  return value?.kind === 'number' || value?.kind === 'name' ? value.value : '?';
}
