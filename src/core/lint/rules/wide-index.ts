import type { TableRule } from '../rule.ts';
import { oneEntity } from '../examples.ts';
import { onTable } from '../tableRules.ts';

const imports = 'Column, Entity, Index, PrimaryGeneratedColumn';
const event = (columns: string): string => `@Entity('events')
@Index([${columns}])
export class Event {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  kind: string;

  @Column()
  source: string;

  @Column()
  region: string;

  @Column()
  state: string;
}`;

/** As strong_migrations has it. */
const most = 3;

export const wideIndex: TableRule = {
  id: 'wide-index',
  code: 'IDX006',
  severity: 'info',
  optIn: true,
  on: 'table',
  docs: {
    what: 'Reports an index of more than three columns that is not unique. Off unless the settings switch it on.',
    why: 'Every write keeps all of them up to date, while the later columns seldom narrow a search any more.',
    fix: 'Keep the columns that searches compare with values; move those that are only read into `INCLUDE`, where the engine has it.',
    bad: [oneEntity('Four columns.', imports, event("'kind', 'source', 'region', 'state'"))],
    good: [oneEntity('The two that searches use.', imports, event("'kind', 'source'"))],
    references: [
      {
        title: 'strong_migrations: keeping non-unique indexes to three columns or less',
        url: 'https://github.com/ankane/strong_migrations#keeping-non-unique-indexes-to-three-columns-or-less',
      },
    ],
  },
  check: onTable((table) =>
    table.indexes
      .filter(({ unique, columns, origin }) => !unique && origin === 'declared' && columns.length > most)
      .map(({ name, columns, at }) => ({
        message: `Index ${name === null ? '' : `"${name}" `}has ${columns.length} columns: ${columns.join(', ')}`,
        at,
        table: table.name,
        evidence: [],
        fixes: [],
      })),
  ),
};
