import { growingNouns } from '../../profile/domains/structures.ts';
import type { Table } from '../../schema/model.ts';
import { singular, wordsOf } from '../../schema/words.ts';
import { columnNamed } from '../findColumn.ts';
import { oneEntity } from '../examples.ts';
import type { TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';

const imports = 'Column, CreateDateColumn, Entity, PrimaryGeneratedColumn';
const entity = (table: string, key: string): string => `@Entity('${table}')
export class Row {
${key}

  @Column()
  name: string;

  @CreateDateColumn()
  createdAt: Date;
}`;

export const narrowPrimaryKey: TableRule = {
  id: 'narrow-primary-key',
  code: 'SCH002',
  severity: 'info',
  on: 'table',
  docs: {
    what: 'Reports a generated 32-bit key on a table that only grows: events, messages, movements, log entries.',
    why: 'At 2,147,483,647 rows, deleted ones and failed inserts included, every insert fails, and widening the key then rewrites the largest table and all that refers to it.',
    fix: 'Use a 64-bit key from the start: `@PrimaryGeneratedColumn("identity", { type: "bigint" })`. It costs four bytes per row.',
    bad: [
      oneEntity(
        'Two billion events are not many.',
        imports,
        entity('audit_events', '  @PrimaryGeneratedColumn()\n  id: number;'),
      ),
    ],
    good: [
      oneEntity(
        '64 bits.',
        imports,
        entity('audit_events', "  @PrimaryGeneratedColumn('identity', { type: 'bigint' })\n  id: string;"),
      ),
      oneEntity(
        'There will not be that many countries.',
        imports,
        entity('countries', '  @PrimaryGeneratedColumn()\n  id: number;'),
      ),
    ],
    references: [
      {
        title: 'PostgreSQL: numeric types and their ranges',
        url: 'https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT',
      },
    ],
  },
  check: onTable((table, context) => {
    // An integer key of SQLite is its row id, which has 64 bits whatever it is called.
    if (table.kind !== 'table' || context.dialect() === 'sqlite' || !onlyGrows(table)) return [];
    const [name] = table.primaryKey;
    const column = columnNamed(table, name ?? '');
    const counted = countedUp.has(column?.generated?.kind ?? '');
    if (table.primaryKey.length !== 1 || !column || !counted || (column.type !== 'int32' && column.type !== 'int16'))
      return [];
    // A base class decides it for all tables alike: nobody widens every key for one of them.
    if (column.at.file !== table.at.file && !/\.sql$/iu.test(column.at.file)) return [];
    return [
      {
        message: `${table.name}.${column.name} ends at ${column.type === 'int16' ? '32,767' : '2,147,483,647'}, and ${table.name} only grows: use a 64-bit key`,
        at: column.at,
        table: table.name,
        evidence: [{ message: `${column.rawType} is counted up with every insert.`, at: column.at }],
        fixes: [],
      },
    ];
  }),
};

const countedUp: ReadonlySet<string> = new Set(['increment', 'identity', 'sequence']);

function onlyGrows(table: Table): boolean {
  // What is switched on and off is set up by people, such as the notifications that somebody is to be sent.
  if (table.columns.some(({ name }) => /^(?:is_?)?(?:enabled|disabled|active)$/iu.test(name))) return false;
  // What has a title or an address is looked at by people, such as the event of a conference.
  if (table.columns.some(({ name }) => /^(?:slug|title|headline)$/iu.test(name))) return false;
  // `museum_visitevent` says it by its class alone.
  const nouns = [table.name, ...(table.entity === null ? [] : [table.entity])].map(
    (name) => wordsOf(name).at(-1) ?? '',
  );
  return (
    nouns.some((noun) => growingNouns.has(singular(noun))) &&
    table.columns.some(({ type }) => type === 'datetime' || type === 'datetime-tz')
  );
}
