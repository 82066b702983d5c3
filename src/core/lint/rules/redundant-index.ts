import { accessPaths } from '../../dialects/indexCoverage.ts';
import type { AccessPath } from '../../dialects/indexCoverage.ts';
import type { Index } from '../../schema/model.ts';
import { oneEntity } from '../examples.ts';
import type { Report, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';
import { describePath } from '../wording.ts';

const imports = 'Column, Entity, Index, PrimaryGeneratedColumn, Unique';
const body = `export class Booking {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  room: string;

  @Column()
  day: string;
}`;

export const redundantIndex: TableRule = {
  id: 'redundant-index',
  code: 'IDX004',
  severity: 'warning',
  on: 'table',
  docs: {
    what: 'Reports an index whose columns another index, unique constraint or primary key begins with.',
    why: 'The longer one serves every look-up of the shorter. Each further index is written with every insert and update, takes memory and disk, and serves nothing.',
    fix: 'Remove the shorter index; the quick fix takes it out of the entity. A unique index stays: it keeps rows apart, which a longer one does not.',
    bad: [
      oneEntity(
        '`(room, day)` serves look-ups by `room` too.',
        imports,
        `@Index(['room'])\n@Index(['room', 'day'])\n@Entity('bookings')\n${body}`,
      ),
      oneEntity(
        'So does a unique constraint.',
        imports,
        `@Index(['room'])\n@Unique(['room', 'day'])\n@Entity('bookings')\n${body}`,
      ),
    ],
    good: [
      oneEntity(
        '`day` is not the first column of the other.',
        imports,
        `@Index(['day'])\n@Index(['room', 'day'])\n@Entity('bookings')\n${body}`,
      ),
      oneEntity(
        'The unique index keeps rooms apart.',
        imports,
        `@Index(['room'], { unique: true })\n@Index(['room', 'day'])\n@Entity('bookings')\n${body}`,
      ),
      oneEntity(
        'The partial index is a smaller one.',
        imports,
        `@Index(['room'], { where: "day > '2020'" })\n@Index(['room', 'day'])\n@Entity('bookings')\n${body}`,
      ),
    ],
    references: [
      {
        title: 'PostgreSQL: multicolumn indexes',
        url: 'https://www.postgresql.org/docs/current/indexes-multicolumn.html',
      },
      {
        title: 'MySQL: multiple-column indexes',
        url: 'https://dev.mysql.com/doc/refman/8.0/en/multiple-column-indexes.html',
      },
    ],
  },
  check: onTable((table) => {
    if (table.kind === 'join-table' || table.kind === 'closure-table') return [];
    const paths = accessPaths(table);
    return table.indexes.flatMap((index): readonly Report[] => {
      if (index.origin !== 'declared' || index.unique || index.columns.length === 0 || index.expression !== null)
        return [];
      const covering = paths.find((path) => covers(path, index));
      if (!covering) return [];
      return [
        {
          message: `Index (${index.columns.join(', ')}) is redundant: the ${describePath(covering)} serves what it serves`,
          at: index.at,
          table: table.name,
          evidence: [
            {
              message: `The ${describePath(covering)} begins with ${index.columns.join(', ')}.`,
              at: covering.index?.at ?? null,
            },
          ],
          fixes: [
            {
              title: `Remove the index on ${table.name}(${index.columns.join(', ')})`,
              preferred: true,
              change: { kind: 'dropIndex', table: table.name, namespace: table.namespace, index },
              edits: [],
            },
          ],
        },
      ];
    });
  }),
};

/** Of two indexes that are the same, the one that stands later in the source is redundant. */
function covers({ columns, index: other }: AccessPath, index: Index): boolean {
  if (other === index || !index.columns.every((column, place) => columns[place] === column)) return false;
  if (other === null)
    return isTree(index.method) && index.where === null && index.orders.every((order) => order === 'asc');
  const longer = columns.length > index.columns.length;
  if (!longer && !other.unique && isAfter(other, index)) return false;
  if (longer && !isTree(index.method)) return false;
  return (
    other.expression === null &&
    other.where === index.where &&
    (other.method ?? 'btree').toLowerCase() === (index.method ?? 'btree').toLowerCase() &&
    index.include.every((column) => other.include.includes(column) || columns.includes(column)) &&
    index.columns.every((_, place) => (index.orders[place] ?? 'asc') === (other.orders[place] ?? 'asc'))
  );
}

function isAfter(one: Index, other: Index): boolean {
  return one.at.line > other.at.line || (one.at.line === other.at.line && one.at.column > other.at.column);
}

/** Only a tree is searched by its leading columns. */
function isTree(method: string | null): boolean {
  return method === null || method.toLowerCase() === 'btree';
}
