import { columnsMeant } from '../findColumn.ts';
import { ordersOfCustomers } from '../examples.ts';
import type { Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { QueryRule, RuleExample } from '../rule.ts';

const example = (note: string, index: string): RuleExample => ({
  files: {
    'shipments.service.ts': `import { MoreThan, Repository } from 'typeorm';
import { Shipment } from './shipment.entity';

export class ShipmentsService {
  constructor(private readonly shipments: Repository<Shipment>) {}

  async late(carrier: string, since: Date) {
    return this.shipments.find({ where: { carrier, promisedAt: MoreThan(since) } });
  }
}
`,
    'shipment.entity.ts': `import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

@Entity('shipments')
@Index([${index}])
export class Shipment {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  carrier: string;

  @Column('timestamptz')
  promisedAt: Date;
}
`,
  },
  dialect: 'postgresql',
  note,
});

export const rangeBeforeEquality: QueryRule = {
  id: 'range-before-equality',
  code: 'IDX003',
  severity: 'info',
  on: 'query',
  docs: {
    what: 'Reports a query whose only index has the column compared by range in front of the one compared by equality.',
    why:
      'An index is searched by its leading columns up to the first range; the columns behind it are only checked entry by entry. ' +
      'With the columns the other way round the search reads just the entries that it is after.',
    fix: 'Put the columns compared by equality first and the range, or the sort, last.',
    bad: [example('All shipments since then are looked through for one carrier.', "'promisedAt', 'carrier'")],
    good: [
      example('Those of the carrier, from then on.', "'carrier', 'promisedAt'"),
      {
        ...ordersOfCustomers(
          'A single condition has no order.',
          `  async open() {
    return this.orders.find({ where: { status: 'open' } });
  }`,
        ),
      },
    ],
    references: [
      {
        title: 'Use The Index, Luke: greater, less and BETWEEN',
        url: 'https://use-the-index-luke.com/sql/where-clause/searching-for-ranges/greater-less-between-tuning-sql-access-filter-predicates',
      },
    ],
  },
  check({ query, file }, context, report) {
    if (file.purpose !== 'application' || !query.complete || query.table === null) return;
    if (query.sql !== null && query.sql.interpolations.length > 0) return;
    const table = context.table(query.table, query.namespace);
    if (!table || query.filters.some(({ orGroup, wrapped }) => orGroup !== 0 || wrapped)) return;
    const equal = columnsOf(query, table, ['eq', 'in', 'is-null']);
    const ranged = columnsOf(query, table, ['range', 'prefix']);
    if (equal.length === 0 || ranged.length === 0) return;
    const candidates = [
      { name: null, columns: table.primaryKey, at: table.at },
      ...table.uniques,
      ...table.indexes.filter(
        ({ where, expression, method }) => where === null && expression === null && !isHash(method),
      ),
    ];
    // Any way in by equality narrows the search already.
    if (candidates.some(({ columns: [first] }) => first !== undefined && equal.includes(first))) return;
    const index = candidates.find(
      ({ columns: [first, ...rest] }) =>
        first !== undefined && ranged.includes(first) && equal.every((name) => rest.includes(name)),
    );
    if (!index) return;
    const better = [...equal, ...index.columns.filter((name) => !equal.includes(name))];
    report({
      message: `The index (${index.columns.join(', ')}) is searched by the range of ${index.columns[0] ?? ''} alone here: (${better.join(', ')}) would be by both`,
      at: query.at,
      table: table.name,
      evidence: [
        {
          message: `The query compares ${equal.join(', ')} by equality and ${ranged.join(', ')} by range.`,
          at: query.at,
        },
        { message: 'The index stands here.', at: index.at },
      ],
      fixes: [],
    });
  },
};

/** Columns of the table itself that are compared so, each once. */
function columnsOf(query: Query, table: Table, comparisons: readonly string[]): readonly string[] {
  const found = query.filters
    .filter(({ comparison }) => comparisons.includes(comparison))
    .flatMap((filter) => columnsMeant(filter, table) ?? []);
  return [...new Set(found)];
}

function isHash(method: string | null): boolean {
  return method !== null && method.toLowerCase() !== 'btree';
}
