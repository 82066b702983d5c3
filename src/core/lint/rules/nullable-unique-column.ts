import { engines } from '../../dialects/registry.ts';
import type { ColumnType, Table } from '../../schema/model.ts';
import { wordsOf } from '../../schema/words.ts';
import { columnNamed, keysOf, uniqueKeys } from '../findColumn.ts';
import type { UniqueKey } from '../findColumn.ts';
import { oneEntity } from '../examples.ts';
import type { Report, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';

const imports = 'Column, Entity, Index, PrimaryGeneratedColumn, Unique';
const seat = (nullable: string, decorator: string): string => `${decorator}
@Entity('seats')
export class Seat {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  room: string;

  @Column(${nullable})
  row: string;
}`;

export const nullableUniqueColumn: TableRule = {
  id: 'nullable-unique-column',
  code: 'SCH010',
  severity: 'warning',
  on: 'table',
  docs: {
    what: 'Reports a unique key over several columns one of which can be NULL.',
    why:
      'NULL equals nothing, not even NULL, so rows with a NULL in the key are never duplicates of each other: two equal rows get in wherever the column is NULL. ' +
      'SQL Server and Oracle compare NULLs in such keys and are exempt.',
    fix: 'Make the column `NOT NULL`, declare the key `NULLS NOT DISTINCT` (PostgreSQL 15), or add a partial unique index for the rows where it is NULL.',
    bad: [
      oneEntity(
        'Any number of seats without a row in the same room.',
        imports,
        seat('{ nullable: true }', "@Unique(['room', 'row'])"),
      ),
    ],
    good: [
      oneEntity('Every seat has a row.', imports, seat('', "@Unique(['room', 'row'])")),
      oneEntity(
        'The key covers only rows that have a value.',
        imports,
        seat('{ nullable: true }', "@Index(['room', 'row'], { unique: true, where: '\"row\" IS NOT NULL' })"),
      ),
    ],
    references: [
      {
        title: 'PostgreSQL: unique constraints and NULL',
        url: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-UNIQUE-CONSTRAINTS',
      },
    ],
  },
  check: onTable((table, context) => {
    const dialect = context.dialect();
    if (
      dialect === null ||
      engines[dialect].uniqueNulls.value === 'one' ||
      dialect === 'oracle' ||
      dialect === 'mongodb'
    )
      return [];
    return declaredKeys(table).flatMap(({ columns, at }): readonly Report[] => {
      const nullable = columns.filter((name) =>
        table.columns.some((column) => column.name === name && column.nullable),
      );
      if (columns.length < 2 || nullable.length === 0) return [];
      // A key without any column that always has a value is one for the rows that have them all.
      if (nullable.length === columns.length || nullable.some((name) => isMeant(name, table))) return [];
      // Other keys keep such rows apart: one on columns that always have a value, or a partial one for the rows without.
      const others = columns.filter((name) => !nullable.includes(name));
      if (keysApart(table).some((key) => key.every((name) => others.includes(name)))) return [];
      if (isOptionalName(nullable, others, table) || isAlternative(nullable, others, table)) return [];
      if (isOfVariant(nullable, others, table)) return [];
      return [
        {
          message: `Unique key (${columns.join(', ')}) does not keep rows apart whose ${nullable.join(', ')} is NULL`,
          at,
          table: table.name,
          severity: 'warning',
          evidence: nullable.map((name) => ({
            message: `${table.name}.${name} can be NULL.`,
            at: columnNamed(table, name)?.at ?? null,
          })),
          fixes: [],
        },
      ];
    });
  }),
};

/** The comment on the column says what a row without a value is. */
function isMeant(name: string, table: Table): boolean {
  return /\b(?:null|none|unset|empty|absent|without)\b/iu.test(columnNamed(table, name)?.comment ?? '');
}

/**
 * `(projectId, externalId)`, `(queue, dedupeKey)`: a name that a row may have within what it belongs to, or what keeps it from being
 * made twice; rows without one are meant to be many. `(programId, partnerId)` too: what belongs to one row alone names none.
 */
function isOptionalName(nullable: readonly string[], others: readonly string[], table: Table): boolean {
  const references = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  const [owner, ...more] = others;
  if (owner !== undefined && more.length === 0 && references.has(owner)) return true;
  const isText = (name: string): boolean =>
    !references.has(name) && texts.has(columnNamed(table, name)?.type ?? 'unknown');
  return (
    others.length > 0 &&
    nullable.every(isText) &&
    (others.every((name) => references.has(name)) || nullable.every(namesOptionally))
  );
}

/** Words for what only some rows are known by, to others or to what makes them. */
function namesOptionally(name: string): boolean {
  const words = wordsOf(name);
  return identifiers.has(words.at(-1) ?? '') || words.some((word) => word === 'external' || word === 'provided');
}

const identifiers: ReadonlySet<string> = new Set(
  'key slug hash token reference ref email url uri domain hostname fingerprint checksum digest sub subject'.split(' '),
);

/** What names are kept in. */
const texts: ReadonlySet<ColumnType> = new Set(['string', 'text', 'char', 'uuid']);

/** `(parent, locale)` of translations: the originals, which have no parent, are kept apart by another key that names the locale, `(slug, locale)`. */
function isOfVariant(nullable: readonly string[], others: readonly string[], table: Table): boolean {
  const ofItself = new Set(
    table.foreignKeys.filter(({ references }) => references.table === table.name).flatMap(({ columns }) => columns),
  );
  return (
    others.length > 0 &&
    nullable.every((name) => ofItself.has(name)) &&
    keysOf(table).some(
      (key) =>
        others.every((name) => key.includes(name)) && key.every((name) => columnNamed(table, name)?.nullable === false),
    )
  );
}

/** A row belongs to one of several: another key takes the place where this column has no value, or a check says which has one. */
function isAlternative(nullable: readonly string[], others: readonly string[], table: Table): boolean {
  const another = declaredKeys(table).some(
    ({ columns }) =>
      others.length > 0 &&
      columns.length > others.length &&
      others.every((name) => columns.includes(name)) &&
      columns.every((name) => !nullable.includes(name)) &&
      columns.some((name) => columnNamed(table, name)?.nullable === true),
  );
  return (
    another ||
    nullable.every((name) =>
      table.checks.some(
        ({ expression }) => /\bnull/iu.test(expression) && new RegExp(`\\b${name}\\b`, 'u').test(expression),
      ),
    )
  );
}

/** Sets of columns that are unique, for all rows or for some. */
function keysApart(table: Table): readonly (readonly string[])[] {
  const partial = table.indexes.filter(
    ({ unique, where, expression }) => unique && where !== null && expression === null,
  );
  return [...keysOf(table), ...partial.map(({ columns }) => columns)].filter((key) => key.length > 0);
}

function declaredKeys(table: Table): readonly UniqueKey[] {
  return uniqueKeys(table).filter(
    (key) => key.origin === 'declared' && !('nullsNotDistinct' in key && key.nullsNotDistinct),
  );
}
