import { groupBy } from '../../schema/groupBy.ts';
import type { Column, Table } from '../../schema/model.ts';
import { oneEntity } from '../examples.ts';
import type { Report, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';

const imports = 'Column, Entity, PrimaryGeneratedColumn';
const contact = (columns: string): string => `@Entity('contacts')
export class Contact {
  @PrimaryGeneratedColumn()
  id: number;

${columns}
}`;

export const numberedColumns: TableRule = {
  id: 'numbered-columns',
  code: 'SCH007',
  severity: 'info',
  on: 'table',
  docs: {
    what: 'Reports a list kept in numbered columns (`phone1`, `phone2`, `phone3`) or in one text of separated ids.',
    why:
      'A value has to be looked for in every one of the columns, none of them can be unique across all, and the list ends where the columns do. ' +
      'Ids in a text can neither be joined nor be foreign keys.',
    fix: 'Give the values a table of their own with a foreign key to this one; where the engine has arrays and nothing refers to the values, an array will do.',
    bad: [
      oneEntity(
        'Three telephones at most.',
        imports,
        contact(
          '  @Column()\n  phone1: string;\n\n  @Column({ nullable: true })\n  phone2: string;\n\n  @Column({ nullable: true })\n  phone3: string;',
        ),
      ),
      oneEntity('Ids that nothing checks.', imports, contact('  @Column()\n  groupIds: string;')),
    ],
    good: [
      oneEntity(
        'Lines of an address are one value.',
        imports,
        contact(
          '  @Column()\n  addressLine1: string;\n\n  @Column({ nullable: true })\n  addressLine2: string;\n\n  @Column({ nullable: true })\n  addressLine3: string;',
        ),
      ),
      oneEntity(
        'An array of the engine.',
        imports,
        contact("  @Column('int', { array: true })\n  groupIds: number[];"),
      ),
    ],
    references: [
      {
        title: 'Bill Karwin, SQL Antipatterns: Jaywalking, Multicolumn Attributes',
        url: 'https://pragprog.com/titles/bksap1/sql-antipatterns-volume-1/',
      },
    ],
  },
  check: onTable((table) => {
    if (table.kind !== 'table') return [];
    return [...lists(table), ...idsInText(table)];
  }),
};

/** As few as these may be a pair by nature: two teams, two sides. */
const fewest = 3;

/** Lines of an address, coordinates, digests (`md5`, `sha256`), periods: numbered, and no list. */
const notLists =
  /(?:line|street|address|addr|^md|^sha|^utf|^oauth|^ipv?|^x|^y|^z|^q|^week|^day|^month|^quarter|^level|^tier)$/iu;

/** `phone1`, `phone_1`, and keys: `stop_1_id`, `stop1Id`. */
const numbered = /^(.*?\p{L})_?(\d{1,2})(?:_id|Id)?$/u;

function lists(table: Table): readonly Report[] {
  const groups = groupBy(table.columns, (column) => {
    const [, base = '', number] = numbered.exec(column.name) ?? [];
    return number === undefined || notLists.test(base) ? '' : `${base}\0${column.type}`;
  });
  return [...groups].flatMap(([key, columns]): readonly Report[] => {
    const [first] = columns;
    if (key === '' || first === undefined || columns.length < fewest || !isConsecutive(columns)) return [];
    const names = columns.map(({ name }) => name);
    return [
      {
        message: `${table.name} keeps a list in ${names.length} columns: ${names.join(', ')}`,
        at: first.at,
        table: table.name,
        evidence: [{ message: `All of them are ${first.rawType}, numbered one after the other.`, at: null }],
        fixes: [],
      },
    ];
  });
}

function isConsecutive(columns: readonly Column[]): boolean {
  const numbers = columns.map(({ name }) => Number(numbered.exec(name)?.[2])).sort((a, b) => a - b);
  return numbers.every((number, at) => number === (numbers[0] ?? 0) + at);
}

function idsInText(table: Table): readonly Report[] {
  return table.columns
    .filter(
      ({ name, property, type, array, transformer }) =>
        (type === 'string' || type === 'text') &&
        !array &&
        transformer === null &&
        /(?:_ids|[a-z]Ids|_csv|Csv)$/u.test(property ?? name),
    )
    .map((column) => ({
      message: `${table.name}.${column.name} keeps several ids in one text: they can be neither joined nor checked`,
      at: column.at,
      table: table.name,
      evidence: [{ message: `It is ${column.rawType}, and its name is that of a list.`, at: null }],
      fixes: [],
    }));
}
