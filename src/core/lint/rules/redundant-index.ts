import { redundantIndexes } from '../advisor/redundancy.ts';
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
  check: onTable((table) =>
    redundantIndexes(table).map(({ index, covering }): Report => ({
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
    })),
  ),
};
