import { columnNamed } from '../findColumn.ts';
import { changeType } from '../fixes/changeType.ts';
import type { TypeWanted } from '../fixes/changeType.ts';
import type { Column, ColumnType, Dialect, ForeignKey, Table } from '../../schema/model.ts';
import type { Report, RuleExample, Severity, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';
import { columnList } from '../wording.ts';

const ddl = (note: string, key: string, reference: string, dialect: Dialect = 'postgresql'): RuleExample => ({
  files: {
    'schema.sql': `CREATE TABLE customers (
  id ${key} PRIMARY KEY,
  name varchar(80) NOT NULL
);

CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id ${reference} NOT NULL REFERENCES customers (id)
);

CREATE INDEX orders_customer_id ON orders (customer_id);
`,
  },
  dialect,
  note,
});

export const mismatchedKeyType: TableRule = {
  id: 'mismatched-key-type',
  code: 'SCH003',
  severity: 'error',
  on: 'table',
  docs: {
    what: 'Reports a foreign key whose column has another type than the column it refers to.',
    why:
      'Of two kinds of type (text and UUID, text and number) most engines refuse the constraint, and where there is none each join converts ' +
      'every row, past every index. A narrower integer takes the keys until they outgrow it, and then no row can refer to a new one.',
    fix: 'Give the column the type of what it refers to, in a migration that rewrites the smaller of the two tables.',
    bad: [
      ddl('The customers will outgrow it.', 'bigint GENERATED ALWAYS AS IDENTITY', 'integer'),
      ddl('PostgreSQL refuses it.', 'uuid', 'varchar(36)'),
    ],
    good: [
      ddl('The same type.', 'bigint GENERATED ALWAYS AS IDENTITY', 'bigint'),
      ddl('A serial key is a plain integer for who refers to it.', 'serial', 'integer'),
    ],
    references: [
      {
        title: 'active_record_doctor: mismatched foreign key types',
        url: 'https://github.com/gregnavis/active_record_doctor#detecting-mismatched-foreign-key-types',
      },
      {
        title: 'MySQL: conditions and restrictions of foreign keys',
        url: 'https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html',
      },
    ],
  },
  check: onTable((table, context) => table.foreignKeys.flatMap((key) => reportsOn(table, key, context))),
};

function reportsOn(table: Table, key: ForeignKey, context: Parameters<TableRule['check']>[1]): readonly Report[] {
  const target = context.table(key.references.table, key.references.namespace);
  if (!target || target.kind === 'collection' || table.kind === 'view') return [];
  // The ORM makes the columns of its own join tables of those that they refer to.
  if (table.kind === 'join-table' && table.entity === null) return [];
  return key.columns.flatMap((name, place): readonly Report[] => {
    const column = columnNamed(table, name);
    const referenced = columnNamed(target, key.references.columns[place] ?? '');
    if (!column || !referenced) return [];
    const kind = mismatch(column, referenced, context.dialect());
    if (kind === null) return [];
    const consequence = {
      kind: 'the two cannot be compared without converting one',
      sign: 'one of them is unsigned',
      narrower: `it ends before ${target.name} does`,
      wider: 'every join compares two widths',
    }[kind];
    return [
      {
        message: `${table.name}.${name} is ${typeName(column)}, but refers to ${target.name}.${referenced.name}, which is ${typeName(referenced)}: ${consequence}`,
        at: column.at,
        table: table.name,
        severity: builtElsewhere.has(table.reader) ? 'info' : severities[kind],
        evidence: [
          { message: `The key ${columnList(key.columns)} refers to ${target.name} here.`, at: key.at },
          { message: `${target.name}.${referenced.name} is ${typeName(referenced)}.`, at: referenced.at },
        ],
        fixes: kind === 'narrower' && key.columns.length === 1 ? changeType(table, column, typeOf(referenced)) : [],
      },
    ];
  });
}

function typeOf({ type }: Column): TypeWanted {
  return { type, label: type === 'int64' ? 'bigint' : 'integer' };
}

type Mismatch = 'kind' | 'sign' | 'narrower' | 'wider';

const severities: Readonly<Record<Mismatch, Severity>> = {
  kind: 'error',
  sign: 'error',
  narrower: 'warning',
  wider: 'info',
};

/** Models whose migrations are written by hand: what the model says of a type is often shorter than what the migration made. */
const builtElsewhere: ReadonlySet<string> = new Set(['sequelize']);

/** Types that are compared as they are; of a type that stands in none nothing is said. */
const families: Readonly<Partial<Record<ColumnType, string>>> = {
  int16: 'integer',
  int32: 'integer',
  int64: 'integer',
  string: 'text',
  text: 'text',
  char: 'text',
  uuid: 'uuid',
  date: 'time',
  datetime: 'time',
  'datetime-tz': 'time',
  boolean: 'boolean',
  json: 'json',
};
const widths: Readonly<Partial<Record<ColumnType, number>>> = { int16: 16, int32: 32, int64: 64 };

/** Engines that keep a UUID as text or bytes when the ORM says UUID. */
const isTyped = ({ type, rawType }: Column): boolean =>
  type !== 'uuid' || /^(?:uuid|uniqueidentifier)$/iu.test(rawType.trim());

function mismatch(column: Column, referenced: Column, dialect: Dialect | null): Mismatch | null {
  if (column.array || referenced.array || bare(column) === bare(referenced)) return null;
  const [own, other] = [families[column.type], families[referenced.type]];
  if (own === undefined || other === undefined) return null;
  // SQLite has no types of columns to differ.
  if (own !== other) return isTyped(column) && isTyped(referenced) && dialect !== 'sqlite' ? 'kind' : null;
  const [width, wanted] = [widths[column.type], widths[referenced.type]];
  if (width === undefined || wanted === undefined || dialect === 'sqlite') return null;
  if (width !== wanted) return width < wanted ? 'narrower' : 'wider';
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  return mysql && isUnsigned(column) !== isUnsigned(referenced) ? 'sign' : null;
}

function isUnsigned({ unsigned, rawType }: Column): boolean {
  return unsigned === true || /\bunsigned\b/iu.test(rawType);
}

/** The raw type without what a counter adds to it, and without a display width. */
function bare({ rawType }: Column): string {
  return rawType
    .toLowerCase()
    .replace(/^(small|big)?serial[248]?$/u, (_, size: string | undefined) => `${size ?? ''}int`)
    .replace(/\(\d+\)/gu, '')
    .trim();
}

function typeName({ rawType, length }: Column): string {
  return length === null || rawType.includes('(') ? rawType : `${rawType}(${length})`;
}
