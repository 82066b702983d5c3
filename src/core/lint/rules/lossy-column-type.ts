import { moneyWords } from '../../profile/domains/structures.ts';
import type { Column, Table } from '../../schema/model.ts';
import { singular, wordsOf } from '../../schema/words.ts';
import { oneEntity } from '../examples.ts';
import { changeType } from '../fixes/changeType.ts';
import type { Fix, Report, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';

const imports = 'Column, Entity, PrimaryGeneratedColumn';
const invoice = (columns: string): string => `@Entity('invoices')
export class Invoice {
  @PrimaryGeneratedColumn()
  id: number;

${columns}
}`;

export const lossyColumnType: TableRule = {
  id: 'lossy-column-type',
  code: 'SCH006',
  severity: 'warning',
  on: 'table',
  docs: {
    what: 'Reports money in a floating-point column, and points in time stored without a zone where the schema stores others with one.',
    why:
      'Binary floating point cannot hold most decimal fractions: sums of amounts drift by cents, and comparisons fail. ' +
      'A timestamp without a zone means whatever the session that reads it takes for local: an hour is missing or doubled when clocks change.',
    fix: 'Use `numeric(12, 2)`, or an integer of the smallest unit, beside a currency. Use `timestamptz` for points in time. The quick fix changes the entity; rows follow by a migration.',
    bad: [
      oneEntity('0.1 + 0.2 is not 0.3.', imports, invoice("  @Column('double precision')\n  amount: number;")),
      oneEntity(
        'Two ways to store time.',
        imports,
        invoice(
          "  @Column('timestamptz')\n  createdAt: Date;\n\n  @Column('timestamptz')\n  dueAt: Date;\n\n  @Column('timestamp')\n  paidAt: Date;",
        ),
      ),
    ],
    good: [
      oneEntity(
        'Exact decimals.',
        imports,
        invoice("  @Column('numeric', { precision: 12, scale: 2 })\n  amount: string;"),
      ),
      oneEntity('A measurement is not money.', imports, invoice("  @Column('double precision')\n  taxRate: number;")),
    ],
    references: [
      { title: 'PostgreSQL: numeric types', url: 'https://www.postgresql.org/docs/current/datatype-numeric.html' },
      {
        title: 'PostgreSQL wiki: do not use timestamp without time zone',
        url: 'https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_timestamp_.28without_time_zone.29',
      },
    ],
  },
  check: onTable((table, context) => {
    if (table.kind === 'view' || table.kind === 'materialized-view') return [];
    // Where a store knows one kind of number, one amount that has to be whole says that all are of the smallest unit.
    const isWhole =
      table.kind === 'collection' && table.columns.some((column) => wholes.has(column.type) && isMoney(column, table));
    return table.columns.flatMap((column): readonly Report[] => {
      if (!isWhole && isFloat(column) && isMoney(column, table) && !isMeasured(table, column))
        return [
          reportOn(
            table,
            column,
            `${table.name}.${column.name} holds money in ${column.rawType}, which cannot hold most amounts exactly`,
            `${column.rawType} is a binary floating-point type.`,
            changeType(table, column, { type: 'decimal', label: 'numeric(12, 2)', precision: 12, scale: 2 }),
          ),
        ];
      // Stores of documents keep moments as such.
      if (
        column.type === 'datetime' &&
        table.kind !== 'collection' &&
        context.dialect() === 'postgresql' &&
        context.mixesZones() &&
        // A table that has no zone anywhere keeps the local times of what it is about.
        table.columns.some(({ type }) => type === 'datetime-tz')
      )
        return [
          reportOn(
            table,
            column,
            `${table.name}.${column.name} stores time without a zone, unlike most others of this schema`,
            'Most columns of the schema that hold a point in time store it with a zone.',
            changeType(table, column, { type: 'datetime-tz', label: 'timestamptz' }),
          ),
        ];
      return [];
    });
  }),
};

function reportOn(table: Table, column: Column, message: string, evidence: string, fixes: readonly Fix[]): Report {
  return { message, at: column.at, table: table.name, evidence: [{ message: evidence, at: null }], fixes };
}

/** `amount` beside `unit` is a length of time, a weight or the like. */
function isMeasured(table: Table, { name, property }: Column): boolean {
  const path = property ?? name;
  const words = wordsOf(path);
  if (words.at(-1) !== 'amount') return false;
  const stem = path.slice(0, path.length - 'amount'.length).toLowerCase();
  return table.columns.some((other) => {
    const beside = (other.property ?? other.name).toLowerCase();
    return beside === `${stem}unit` || beside === `${stem}units` || beside === `${stem}unit_of_measure`;
  });
}

const wholes: ReadonlySet<Column['type']> = new Set(['int32', 'int64']);

function isFloat({ type }: Column): boolean {
  return type === 'float32' || type === 'float64';
}

/** Words that make it a share, a count or a measurement of something that is money. */
const notMoney: ReadonlySet<string> = new Set(
  'rate ratio percent percentage pct factor score weight count quantity qty index level probability multiplier days hours points usage'.split(
    ' ',
  ),
);

function isMoney(column: Column, table: Table): boolean {
  const path = column.property ?? column.name;
  // `paymentField.retries` is what its last name says.
  const words = wordsOf(path.slice(path.lastIndexOf('.') + 1));
  if (words.some((word) => notMoney.has(word)) || isShare(column) || isOfSmallestUnit(column)) return false;
  const found = words.filter((word) => moneyWords.has(word));
  // An `amount` alone may be one of milk, a `total` one of rows.
  if (found.length === 1 && found[0] === 'total' && words.length > 1)
    return isSum(words) && speaksOfMoney(table, column);
  if (found.every((word) => ambiguous.has(word)))
    return found.length > 0 && (saysOf(words) || speaksOfMoney(table, column));
  return true;
}

/** `refundAmount`, `amount_due`; `amount_abs` may be one of anything. */
function saysOf(words: readonly string[]): boolean {
  const others = words.filter((word) => !ambiguous.has(word));
  return (
    words.length > others.length + 1 ||
    others.some((word) => sums.has(word) || moneyTables.has(singular(word)) || moneyWords.has(singular(word)))
  );
}

/** `orderTotal`, `total_due`; `totalChecks` and `timings.total` are counts and measurements. */
function isSum(words: readonly string[]): boolean {
  const others = words.filter((word) => word !== 'total');
  return (
    others.every((word) => sums.has(word) || moneyTables.has(singular(word))) && words.at(-1)?.endsWith('s') !== true
  );
}

const sums: ReadonlySet<string> = new Set('grand sub due paid gross net tax before after sum final'.split(' '));

const ambiguous: ReadonlySet<string> = new Set(['amount', 'total', 'credit', 'debit', 'charge', 'tip']);

/** The table is named for it, or another of its columns is money or a currency. */
function speaksOfMoney(table: Table, own: Column): boolean {
  return (
    wordsOf(table.entity ?? table.name).some(
      (word) => moneyWords.has(singular(word)) || moneyTables.has(singular(word)),
    ) ||
    table.columns.some(
      (other) =>
        other !== own &&
        wordsOf(other.property ?? other.name).some(
          (word) => word === 'currency' || (!ambiguous.has(word) && moneyWords.has(word)),
        ),
    )
  );
}

const moneyTables: ReadonlySet<string> = new Set(
  (
    'bill expense order purchase sale transaction transfer donation account ledger journal wallet loan bonus wager bet tax ' +
    'discount coupon voucher quote contract subscription plan item line entry posting movement claim premium settlement cart tariff'
  ).split(' '),
);

/** Whole cents, which floating point holds exactly: `priceCents`, `amount` with "in cents" beside it. */
function isOfSmallestUnit({ name, property, comment }: Column): boolean {
  return (
    wordsOf(property ?? name).some((word) => /^(?:cents?|pence|pennies|paise|satoshis?|sats|wei|minor)$/u.test(word)) ||
    /\b(?:cents|pence|paise|satoshis?|wei|(?:minor|smallest)(?:\s+\w+)?\s+units?)\b/iu.test(comment ?? '')
  );
}

/** `fee Float @default(0.05)`: what is five hundredths unless it is stated is a share of something. */
function isShare({ default: value }: Column): boolean {
  const number = Number(/^[('"]*(0?\.\d+)/u.exec(value ?? '')?.[1] ?? 0);
  return number > 0 && number < 1;
}
