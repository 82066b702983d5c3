import { moneyWords } from '../../profile/domains/structures.ts';
import type { Column, ForeignKey, Table } from '../../schema/model.ts';
import { singular, wordsOf } from '../../schema/words.ts';
import { columnNamed } from '../findColumn.ts';
import type { Report, RuleExample, TableContext, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';

const example = (note: string, columns: string): RuleExample => ({
  files: {
    'entities.ts': `import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ length: 80 })
  name: string;
}

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @Index()
  @ManyToOne(() => Customer, { nullable: false })
  @JoinColumn({ name: 'customer_id' })
  customer: Customer;
${columns}}
`,
  },
  dialect: 'postgresql',
  note,
});

export const derivableColumn: TableRule = {
  id: 'derivable-column',
  code: 'SCH012',
  severity: 'info',
  on: 'table',
  docs: {
    what: 'Reports a column that repeats what a row reached through a foreign key says already.',
    why: 'Two places for one fact come to disagree: whoever changes the one has to know of the other, and no constraint reminds them.',
    fix: 'Read it through the relation. Where it is kept on purpose, as the name on an invoice is, suppress the finding with the reason.',
    bad: [
      example(
        'The name of the customer, twice.',
        "\n  @Column({ name: 'customer_name', length: 80 })\n  customerName: string;\n",
      ),
    ],
    good: [
      example('Something of its own.', "\n  @Column({ name: 'customer_note', length: 80 })\n  customerNote: string;\n"),
    ],
    references: [{ title: 'Third normal form', url: 'https://en.wikipedia.org/wiki/Third_normal_form' }],
  },
  check: onTable((table, context) => {
    if (table.kind !== 'table' || ofThen.test(table.name)) return [];
    return [...copies(table, context), ...shortcuts(table, context)];
  }),
};

/** What was, is kept as it was: versions of a page do not follow the page. */
const ofThen = /(?:version|revision|snapshot|histor(?:y|ie)|archive|audit|log|copy|copie|backup)s?$/iu;

/** `customer_name` beside `customer_id`, where customers have a `name` of the same type. */
function copies(table: Table, context: TableContext): readonly Report[] {
  // An order, an invoice or a payout keeps what held when it was made, whatever becomes of the customer or the account.
  if (holdsMoney(table)) return [];
  return table.foreignKeys.flatMap((key) => {
    const [own = '', ...others] = key.columns;
    const prefix = /^(.+?)(?:_?id)$/iu.exec(own)?.[1];
    const target = context.table(key.references.table, key.references.namespace);
    if (others.length > 0 || prefix === undefined || !target || target === table) return [];
    // Of somebody who need not be one of them: what is known of a guest stands here alone.
    if (columnNamed(table, own)?.nullable !== false) return [];
    return table.columns.flatMap((column): readonly Report[] => {
      if (key.columns.includes(column.name)) return [];
      const rest = withoutPrefix(column.name, prefix);
      const repeated = target.columns.find(
        ({ name, type }) => rest !== null && sameName(name, rest) && type === column.type,
      );
      if (!repeated || isKey(column, table) || repeated.role !== null || target.primaryKey.includes(repeated.name))
        return [];
      return [report(table, column, `${target.name}.${repeated.name}, which ${own} leads to`, repeated)];
    });
  });
}

/** `customer_id` of a shipment whose order has it. A tenant is repeated on purpose, and so is what composite keys need. */
function shortcuts(table: Table, context: TableContext): readonly Report[] {
  const [single, composite] = [table.foreignKeys.filter(isSingle), table.foreignKeys.filter((key) => !isSingle(key))];
  return single.flatMap((direct): readonly Report[] => {
    const [name = ''] = direct.columns;
    const column = columnNamed(table, name);
    if (!column || isKey(column, table) || isTenant(name) || column.role !== null || isActor(name)) return [];
    if (isOfItself(name) || isChoice(direct.references.table)) return [];
    if (composite.some((key) => key.columns.includes(name)) || isPerson(direct.references.table)) return [];
    // A longer index with it in is asked by what stands here.
    if (table.indexes.some(({ columns }) => columns.length > 1 && columns.includes(name))) return [];
    if (isOwner(direct, context) || context.lookups().some(({ columns }) => columns.includes(name))) return [];
    for (const way of single) {
      const [wayColumn] = way.columns;
      const over = context.table(way.references.table, way.references.namespace);
      // A column that refers to two tables repeats neither.
      if (wayColumn === name || !over || over === table || !leadsThere(way, table)) continue;
      // Whoever made the row need not be who it is about, and what is set for a whole shop is set anew for who is in it.
      if (isActor(wayColumn ?? '') || isTenant(wayColumn ?? '')) continue;
      const same = over.foreignKeys.find(
        (key) => isSingle(key) && key.columns[0] === name && key.references.table === direct.references.table,
      );
      const repeated = same && columnNamed(over, name);
      if (repeated && !repeated.nullable)
        return [report(table, column, `${over.name}.${name}, which ${wayColumn ?? ''} leads to`, repeated)];
    }
    return [];
  });
}

/** Each row has one there: a constraint keeps to it, and neither NULL nor a default, such as 0, stands for none. */
function leadsThere({ columns: [name = ''], enforced }: ForeignKey, table: Table): boolean {
  const column = columnNamed(table, name);
  return enforced && column !== undefined && !column.nullable && column.default === null;
}

function report(table: Table, column: Column, of: string, repeated: Column): Report {
  return {
    message: `${table.name}.${column.name} repeats ${of}`,
    at: column.at,
    table: table.name,
    evidence: [{ message: 'The same fact stands there.', at: repeated.at }],
    fixes: [],
  };
}

function isSingle({ columns }: ForeignKey): boolean {
  return columns.length === 1;
}

function isKey({ name }: Column, table: Table): boolean {
  return table.primaryKey.includes(name) || table.uniques.some(({ columns }) => columns.includes(name));
}

/** Who did something to the row, which is a fact of each row: `created_by`, `creator`, `updaterId`. */
function isActor(name: string): boolean {
  return /_by(?:_?id)?$|By(?:Id)?$|(?:^|_)(?:creator|author|editor|modifier|updater)(?:_?id)?$|(?:Creator|Author|Editor|Modifier|Updater)(?:Id)?$/u.test(
    name,
  );
}

/** What the row itself came of or comes next to, and the unit of an amount: `origin_event_id` of an item is not that of what it lies in. */
function isOfItself(name: string): boolean {
  // PostgreSQL folds `originEventId` to `origineventid`.
  return /^(?:origin|initial|previous|latest)/iu.test(name) || wordsOf(name).some((word) => ofItself.has(word));
}

const ofItself: ReadonlySet<string> = new Set(
  'origin original source cause reason initial previous next first last latest current currency'.split(' '),
);

/** Amounts of money are those of a moment. */
function holdsMoney({ columns }: Table): boolean {
  return columns.some(
    ({ name, type }) =>
      (type === 'money' || type === 'decimal' || type === 'int32' || type === 'int64') &&
      !isIdentifier(name) &&
      wordsOf(name).some((word) => moneyWords.has(word)),
  );
}

/** `invoice_id` is no amount. */
function isIdentifier(name: string): boolean {
  return ['id', 'ids', 'type', 'status', 'count', 'number', 'no'].includes(wordsOf(name).at(-1) ?? '');
}

/** Who owns a list is not who it is shared with, though both are users. */
function isPerson(table: string): boolean {
  return ['user', 'account', 'member', 'person', 'people', 'profile', 'employee'].includes(
    singular(wordsOf(table).at(-1) ?? ''),
  );
}

/** Values that each row chooses for itself: two rows with the same language are no copies. */
function isChoice(table: string): boolean {
  return choices.has(singular(wordsOf(table).at(-1) ?? ''));
}

const choices: ReadonlySet<string> = new Set(
  'language locale country region zone timezone currency status state type kind unit role'.split(' '),
);

/** So many tables belong to it that each says whose it is, as with tenants. */
const fewestOwned = 5;

function isOwner({ references }: ForeignKey, context: TableContext): boolean {
  const owner = context.table(references.table, references.namespace);
  return (
    (owner?.relations ?? []).filter(({ kind, owner: holdsKey }) => !holdsKey && kind.startsWith('one-to-')).length >=
    fewestOwned
  );
}

function isTenant(name: string): boolean {
  return /tenant|organi[sz]ation|workspace|account|company|project|team|site|shop|store|merchant|channel/iu.test(name);
}

function withoutPrefix(name: string, prefix: string): string | null {
  if (!name.toLowerCase().startsWith(prefix.toLowerCase())) return null;
  const rest = name.slice(prefix.length);
  if (!/^(?:_|[A-Z])/u.test(rest)) return null;
  return rest.replace(/^_/u, '');
}

function sameName(a: string, b: string): boolean {
  return a.replaceAll('_', '').toLowerCase() === b.replaceAll('_', '').toLowerCase();
}
