/** Random schemas and random changes of them, for migrations to be tried on. What is made is valid: no dangling key, no duplicate name. */
import type { Comparable, Rename } from '../../src/core/diff/diff.ts';
import type { Column, EnumType, Table } from '../../src/core/schema/model.ts';
import type { Random } from './random.ts';
import { aColumn, aForeignKey, aTable, aUnique, anEnum, anIndex } from './tables.ts';

export interface SchemaPair {
  readonly from: Comparable;
  readonly to: Comparable;
  readonly renames: readonly Rename[];
}

type Target = 'postgresql' | 'sqlite';

const types: readonly (Partial<Column> & { type: Column['type']; rawType: string })[] = [
  { type: 'int32', rawType: 'integer' },
  { type: 'int64', rawType: 'bigint' },
  { type: 'string', rawType: 'varchar', length: 40 },
  { type: 'text', rawType: 'text' },
  { type: 'decimal', rawType: 'numeric', precision: 12, scale: 2 },
  { type: 'boolean', rawType: 'boolean' },
  { type: 'datetime', rawType: 'timestamp' },
];

const defaults: Readonly<Record<string, readonly string[]>> = {
  integer: ['0', '7'],
  bigint: ['0'],
  varchar: ["'new'", "'it''s'"],
  text: ["''"],
  numeric: ['0', '9.99'],
};

/** Widening only, so that every row can follow. */
const wider: Readonly<Record<string, (typeof types)[number]>> = {
  integer: { type: 'int64', rawType: 'bigint', length: null, precision: null, scale: null },
  varchar: { type: 'text', rawType: 'text', length: null, precision: null, scale: null },
};

let counter = 0;
const fresh = (prefix: string): string => `${prefix}_${(++counter).toString(36)}`;

function randomColumn(random: Random, enums: readonly EnumType[], target: Target): Column {
  if (target === 'postgresql' && enums.length > 0 && random.chance(0.15)) {
    const { name, values } = random.pick(enums);
    return aColumn(fresh('c'), {
      type: 'enum',
      rawType: 'enum',
      enum: name,
      nullable: random.chance(0.5),
      default: random.chance(0.5) ? `'${values[0]}'` : null,
    });
  }
  const type = random.pick(types);
  const choices = defaults[type.rawType] ?? [];
  return aColumn(fresh('c'), {
    ...type,
    nullable: random.chance(0.6),
    default: choices.length > 0 && random.chance(0.4) ? random.pick(choices) : null,
  });
}

function randomTable(random: Random, others: readonly Table[], enums: readonly EnumType[], target: Target): Table {
  const name = fresh('t');
  const columns = [aColumn('id', { generated: { kind: 'increment', expression: null } })];
  for (let count = 1 + random.below(5); count > 0; count--) columns.push(randomColumn(random, enums, target));
  let table = aTable(name, { columns, primaryKeyName: `${name}_pk` });
  if (others.length > 0 && random.chance(0.6)) table = withReference(table, random.pick(others), random);
  if (random.chance(0.5)) table = withIndex(table, random);
  if (random.chance(0.3)) table = withUnique(table, random);
  return table;
}

function withReference(table: Table, parent: Table, random: Random): Table {
  const column = aColumn(fresh('r'), { nullable: random.chance(0.5) });
  const key = aForeignKey([column.name], parent.name, {
    name: `${table.name}_${column.name}_fk`,
    onDelete: random.pick(['CASCADE', 'NO ACTION', null]),
  });
  return { ...table, columns: [...table.columns, column], foreignKeys: [...table.foreignKeys, key] };
}

function withIndex(table: Table, random: Random): Table {
  const names = table.columns.map((column) => column.name);
  const columns = [...new Set([random.pick(names), random.pick(names)])];
  const index = anIndex(columns, {
    name: fresh(`${table.name}_ix`),
    orders: columns.map(() => random.pick(['asc', 'desc'] as const)),
  });
  return { ...table, indexes: [...table.indexes, index] };
}

/** With the id among its columns, so that existing rows satisfy it; never the same twice: PostgreSQL merges twins when it creates a table. */
function withUnique(table: Table, random: Random): Table {
  const other = random.pick(table.columns.filter((column) => column.name !== 'id')).name;
  if (table.uniques.some((unique) => unique.columns[0] === other)) return table;
  return { ...table, uniques: [...table.uniques, aUnique([other, 'id'], { name: fresh(`${table.name}_uq`) })] };
}

export function randomPair(random: Random, target: Target): SchemaPair {
  counter = 0;
  const enums = target === 'postgresql' ? [anEnum('state', ['a', 'b', 'c'])] : [];
  const tables: Table[] = [];
  for (let count = 1 + random.below(5); count > 0; count--) tables.push(randomTable(random, tables, enums, target));
  const from: Comparable = { tables, enums };
  let to = from;
  const renames: Rename[] = [];
  for (let count = 1 + random.below(6); count > 0; count--) to = mutate(to, from, random, target, renames);
  return { from, to, renames };
}

function mutate(schema: Comparable, from: Comparable, random: Random, target: Target, renames: Rename[]): Comparable {
  const replace = (table: Table, changed: Table): Comparable => ({
    ...schema,
    tables: schema.tables.map((entry) => (entry === table ? changed : entry)),
  });
  const table = random.pick(schema.tables);
  // A required column without a default cannot come back to rows that exist, so it is not dropped.
  const [first, ...plain] = table.columns.filter(
    (column) => column.name !== 'id' && !usedBy(table, column.name) && (column.nullable || column.default !== null),
  );
  switch (random.below(10)) {
    case 0:
      return { ...schema, tables: [...schema.tables, randomTable(random, schema.tables, schema.enums, target)] };
    case 1: {
      const referenced = schema.tables.some(
        (entry) => entry !== table && entry.foreignKeys.some((key) => key.references.table === table.name),
      );
      const renamed = renames.some((rename) => (rename.kind === 'table' ? rename.to : rename.table) === table.name);
      return referenced || renamed || schema.tables.length < 2
        ? schema
        : { ...schema, tables: schema.tables.filter((entry) => entry !== table) };
    }
    case 2: {
      const column = randomColumn(random, schema.enums, target);
      // Rows exist: a required column brings its default.
      return replace(table, {
        ...table,
        columns: [...table.columns, column.default === null ? { ...column, nullable: true } : column],
      });
    }
    case 3:
      return first &&
        plain.length > 0 &&
        !renames.some((rename) => rename.kind === 'column' && rename.to === first.name)
        ? replace(table, { ...table, columns: table.columns.filter((column) => column !== first) })
        : schema;
    case 4: {
      // Only what was there at the start is renamed, and once: anything else would be no rename from `from` to `to`.
      const original = from.tables.find((entry) => entry.name === table.name);
      if (!first || original?.columns.every((column) => column.name !== first.name) !== false) return schema;
      const name = fresh('n');
      const rename = { kind: 'column', table: table.name, namespace: null, from: first.name, to: name } as const;
      renames.push(rename);
      return replace(table, {
        ...table,
        columns: table.columns.map((column) => (column === first ? { ...column, name } : column)),
      });
    }
    case 5: {
      const column = table.columns.find(
        (candidate) =>
          candidate.name !== 'id' &&
          wider[candidate.rawType] !== undefined &&
          !table.foreignKeys.some((key) => key.columns.includes(candidate.name)),
      );
      const type = column && wider[column.rawType];
      return type
        ? replace(table, {
            ...table,
            columns: table.columns.map((entry) => (entry === column ? { ...entry, ...type } : entry)),
          })
        : schema;
    }
    case 6:
      return replace(table, withIndex(table, random));
    case 7:
      return table.columns.length > 1 ? replace(table, withUnique(table, random)) : schema;
    case 8:
      return replace(table, { ...table, indexes: table.indexes.slice(1), uniques: table.uniques.slice(1) });
    default: {
      const column = table.columns.find((candidate) => !candidate.nullable && candidate.generated === null);
      return column
        ? replace(table, {
            ...table,
            columns: table.columns.map((entry) => (entry === column ? { ...entry, nullable: true } : entry)),
          })
        : schema;
    }
  }
}

function usedBy(table: Table, column: string): boolean {
  return [...table.indexes, ...table.uniques, ...table.foreignKeys].some((element) => element.columns.includes(column));
}
