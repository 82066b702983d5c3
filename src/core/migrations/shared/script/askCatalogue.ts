/** Questions that migrations ask of the database's catalogue before they change something, answered from the schema as it is at that point. */
import { findTable } from '../replayState.ts';
import type { Recorder } from './recorder.ts';
import { isList, listOf, objectOf, textOr, unknown } from './values.ts';
import type { Value } from './values.ts';

const pragma = /^\s*PRAGMA\s+(?:\w+\.)?table_x?info\s*\(\s*["'`[]?(\w+)["'`\]]?\s*\)\s*;?\s*$/i;
const select =
  /^\s*SELECT\s[^()]*?\sFROM\s+["`]?(?:information_schema["`]?\s*\.\s*["`]?(columns|tables)|(sqlite_master))["`]?\s+WHERE\s+([\s\S]+?)\s*;?\s*$/i;
const condition = /^["`]?(\w+)["`]?\s*=\s*(?:'([^']*)'|(\?)|\$(\d+))$/;
/** They say which database is meant, and there is one. */
const ofDatabase = /^(?:table_schema|table_catalog|type)$/;

/** @returns rows, as a driver gives them; unknown where something else is asked, or what is there is not known */
export function askCatalogue(sql: string, parameters: Value, recorder: Recorder): Value {
  const schema = recorder.schema();
  if (!schema) return unknown;
  const rowsOf = (table: string, wanted: string | null): Value =>
    listOf(
      (findTable(schema, { name: table, namespace: null })?.columns ?? [])
        .filter(({ name }) => wanted === null || name === wanted)
        .map(({ name, rawType }) =>
          objectOf(
            [
              ['name', name],
              ['column_name', name],
              ['COLUMN_NAME', name],
              ['type', rawType],
            ],
            true,
          ),
        ),
    );
  const [, inspected] = pragma.exec(sql) ?? [];
  if (inspected !== undefined) return rowsOf(inspected, null);
  const [, view, , conditions] = select.exec(sql) ?? [];
  if (conditions === undefined) return unknown;
  const given = conditionsOf(conditions, parameters);
  const table = given?.get('table_name') ?? given?.get('name');
  if (!given || table === undefined) return unknown;
  if (view?.toLowerCase() === 'columns') return rowsOf(table, given.get('column_name') ?? null);
  const found = findTable(schema, { name: table, namespace: null });
  return listOf(found ? [objectOf([], true)] : []);
}

/** `a = ? AND b = 'x'`: values by lower-case names; null where it is anything else. */
function conditionsOf(text: string, parameters: Value): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  let next = 0;
  for (const part of text.split(/\s+AND\s+/i)) {
    const [, column = '', literal, isNext, place] = condition.exec(part.trim()) ?? [];
    const name = column.toLowerCase();
    const at = isNext === undefined ? Number(place) - 1 : next++;
    const value = literal ?? textOr(isList(parameters) ? parameters.items[at] : undefined);
    if (ofDatabase.test(name)) continue;
    if (value === null || !/^(?:table_name|column_name|name)$/.test(name)) return null;
    found.set(name, value);
  }
  return found;
}
