import type { Table } from '../../schema/model.ts';
import { oneEntity } from '../examples.ts';
import type { Report, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';

const imports = 'Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn';
const payment = (columns: string): string => `@Entity('payments')
export class Payment {
  @PrimaryGeneratedColumn()
  id: number;

  @Column('numeric', { precision: 12, scale: 2 })
  amount: string;

  @Column()
  state: string;
${columns}}`;

export const missingAuditColumns: TableRule = {
  id: 'missing-audit-columns',
  code: 'SCH008',
  severity: 'info',
  optIn: true,
  on: 'table',
  docs: {
    what: 'Reports a table that does not say when its rows were created and last changed. Off unless the settings switch it on.',
    why: 'When something has gone wrong, "since when?" is the first question, and without these columns only backups and logs can answer it.',
    fix: 'Add both columns, best in a base class or mixin that all entities share.',
    bad: [oneEntity('Nobody knows when it was made.', imports, payment(''))],
    good: [
      oneEntity(
        'Both times are kept.',
        imports,
        payment('\n  @CreateDateColumn()\n  createdAt: Date;\n\n  @UpdateDateColumn()\n  updatedAt: Date;\n'),
      ),
    ],
    references: [
      {
        title: 'active_record_doctor: missing timestamps',
        url: 'https://github.com/gregnavis/active_record_doctor#detecting-missing-timestamps',
      },
    ],
  },
  check: onTable((table): readonly Report[] => {
    if (table.kind !== 'table' || !table.managed || table.entity === null || isReference(table)) return [];
    const missing = [
      ...(has(
        table,
        'created-at',
        /^(?:created|inserted|added|registered|occurred|recorded|issued)(?:_?(?:at|on|date|time))?$/iu,
      )
        ? []
        : ['creation']),
      ...(has(
        table,
        'updated-at',
        /^(?:updated|modified|changed|last_?(?:updated|modified|changed))(?:_?(?:at|on|date|time))?$/iu,
      )
        ? []
        : ['last change']),
    ];
    // Rows that only ever come into being (events, entries of a journal) have no last change.
    if (missing.length === 0 || (missing.length === 1 && missing[0] === 'last change' && isJournal(table))) return [];
    return [
      {
        message: `${table.name} keeps no time of ${missing.join(' and of ')}`,
        at: table.at,
        table: table.name,
        evidence: [],
        fixes: [],
      },
    ];
  }),
};

function has({ columns }: Table, role: 'created-at' | 'updated-at', name: RegExp): boolean {
  return columns.some((column) => column.role === role || name.test(column.name) || name.test(column.property ?? ''));
}

/** Pairs of keys and short lists of names change with the program, not by its users. */
function isReference({ columns, foreignKeys, primaryKey }: Table): boolean {
  const own = columns.filter(
    ({ name }) => !primaryKey.includes(name) && !foreignKeys.some((key) => key.columns.includes(name)),
  );
  return own.length < 2;
}

function isJournal({ name }: Table): boolean {
  return /(?:log|logs|event|events|history|entries|journal|audit|changes|movements)$/iu.test(name);
}
