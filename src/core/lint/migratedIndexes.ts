/** Indexes that migrations and scripts make beside those that entities declare: what a database has is both. And which entities they make views of. */
import type { FileFacts, MigrationStep } from '../schema/code.ts';
import type { Index, Schema, Table } from '../schema/model.ts';
import { plainIndex } from '../schema/plainIndex.ts';

const known = new WeakMap<Schema, Schema>();

/** The schema whose tables also have the indexes and unique keys of its migrations; the same one where there are none. */
export function withMigratedIndexes(schema: Schema): Schema {
  let found = known.get(schema);
  if (!found) {
    const made = madeBy(schema.code.files);
    found = made.size === 0 ? schema : { ...schema, tables: schema.tables.map((table) => completed(table, made)) };
    known.set(schema, found);
  }
  return found;
}

const making: ReadonlySet<MigrationStep['kind']> = new Set([
  'create-index',
  'add-unique',
  'add-primary-key',
  'drop-index',
  'create-view',
]);

/** Steps about the indexes of each table, by its name in lower case; files are in the order in which they run. */
function madeBy(files: readonly FileFacts[]): ReadonlyMap<string, readonly MigrationStep[]> {
  const made = new Map<string, MigrationStep[]>();
  for (const { migration, indexed, purpose } of files) {
    if (purpose === 'test') continue;
    for (const step of [...(indexed ?? []), ...(migration?.steps ?? [])]) {
      if (!making.has(step.kind)) continue;
      if (step.kind === 'drop-index' && step.to !== null) {
        // An index is dropped by its name, in most engines without that of the table.
        for (const [table, steps] of made)
          made.set(
            table,
            steps.filter(({ kind, to }) => kind !== 'create-index' || to !== step.to),
          );
        continue;
      }
      if (step.table === null || (step.columns.length === 0 && step.kind !== 'create-view')) continue;
      const name = looseName(step.table);
      const steps = made.get(name);
      if (steps) steps.push(step);
      else made.set(name, [step]);
    }
  }
  return made;
}

const copies = new WeakMap<Table, { readonly steps: string; readonly copy: Table }>();

/** The same copy as long as the table and what was made for it are the same. */
function completed(table: Table, made: ReadonlyMap<string, readonly MigrationStep[]>): Table {
  const steps = made.get(looseName(table.name));
  if (!steps) return table;
  const key = JSON.stringify(
    steps.map(({ kind, columns, where, to, nullsNotDistinct }) => [kind, columns, where, to, nullsNotDistinct]),
  );
  const last = copies.get(table);
  if (last?.steps === key) return last.copy;
  const indexes = indexesOf(
    table,
    steps.filter((step) => step.kind !== 'create-view'),
  );
  const isView = table.kind === 'table' && steps.some((step) => step.kind === 'create-view');
  const kept: Table = isView ? { ...table, kind: 'view' } : table;
  const declared = asMade(table, steps);
  const copy =
    indexes.length === 0 && declared === table.indexes ? kept : { ...kept, indexes: [...declared, ...indexes] };
  copies.set(table, { steps: key, copy });
  return copy;
}

/**
 * Declared indexes as migrations make them, where the ORM has no words for it: of some rows (`WHERE`), or of rows without a value
 * (`NULLS NOT DISTINCT`).
 */
function asMade(table: Table, steps: readonly MigrationStep[]): readonly Index[] {
  const { indexes } = table;
  const made = steps.filter(({ kind }) => kind === 'create-index');
  const changed = indexes.map((index): Index => {
    if (index.origin !== 'declared' || index.where !== null || index.name === null) return index;
    const alike = made.filter(({ columns }) =>
      same(
        columns.flatMap((name) => physicalName(table, name) ?? []),
        index.columns,
      ),
    );
    // By its name, or, where nothing makes one of its name, the only kind there is of its columns.
    const own =
      made.findLast(({ to }) => to === index.name) ??
      (index.unique || alike.some(({ where }) => where === undefined) ? undefined : alike.at(-1));
    if (own?.nullsNotDistinct === true && index.unique) return { ...index, nullsNotDistinct: true };
    return own?.where === undefined ? index : { ...index, where: own.where };
  });
  return changed.some((index, at) => index !== indexes[at]) ? changed : indexes;
}

function indexesOf(table: Table, steps: readonly MigrationStep[]): readonly Index[] {
  const found = new Map<string, Index>();
  for (const { kind, columns: written, required, where: condition, at } of steps) {
    const columns = written.flatMap((name) => physicalName(table, name) ?? []);
    const where = condition === undefined || isOfLiveRows(condition) ? null : condition;
    const key = JSON.stringify([columns, kind === 'drop-index' ? null : where]);
    // An expression, or a column that there no longer is.
    if (columns.length !== written.length) continue;
    if (kind === 'drop-index') found.delete(key);
    else
      found.set(key, {
        ...plainIndex(columns, at, { where }),
        unique: kind === 'add-unique' || kind === 'add-primary-key' || required,
        origin: 'engine',
      });
  }
  return [...found.values()].filter(
    ({ columns, unique, where }) =>
      where !== null ||
      (!table.indexes.some(
        (index) => index.unique === unique && index.where === null && same(index.columns, columns),
      ) &&
        !table.uniques.some((key) => same(key.columns, columns)) &&
        !(unique && same(table.primaryKey, columns))),
  );
}

/** Rows that are not deleted are the ones that an application asks for: an index of them serves as one of all. */
export function isOfLiveRows(condition: string): boolean {
  return /^[\s("'`[]*\w*delete\w*["'`\]]*\s+(?:is\s+null|=\s*(?:false|0))[\s)]*$/iu.test(condition);
}

function physicalName(table: Table, written: string): string | undefined {
  const name = written.toLowerCase();
  return (
    table.columns.find((column) => column.name.toLowerCase() === name) ??
    table.columns.find((column) => column.property?.toLowerCase() === name) ??
    table.columns.find((column) => looseName(column.name) === looseName(name))
  )?.name;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, at) => name === b[at]);
}

/** `ConsumerRole` of a script is `consumer_role` of the entities, whichever of the two the naming strategy makes of it. */
function looseName(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .replace(/_/gu, '')
    .toLowerCase();
}
