import { accessPaths } from '../../dialects/indexCoverage.ts';
import { proposeIndexes } from '../advisor/propose.ts';
import { isOfStaff } from '../code/fewElements.ts';
import { columnNamed } from '../findColumn.ts';
import { isWrite } from '../../schema/operations.ts';
import type { Filter } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import { ordersOfCustomers } from '../examples.ts';
import type { Lookup } from '../lookups.ts';
import type { Report, RuleExample, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';
import { andMore, columnList, count } from '../wording.ts';
import { isOfLiveRows } from '../migratedIndexes.ts';
import { plainIndex } from '../../schema/plainIndex.ts';

const example = (note: string, body: string, onReference = ''): RuleExample => {
  const base = ordersOfCustomers(note, body);
  const entity = (base.files['order.entity.ts'] ?? '').replace(
    '  @Column()\n  status',
    `${onReference}  @Column()\n  reference: string;\n\n  @Column()\n  status`,
  );
  return { ...base, files: { ...base.files, 'order.entity.ts': entity } };
};

const byReference = `  async referredTo(reference: string) {
    return this.orders.find({ where: { reference } });
  }`;

export const unindexedFilter: TableRule = {
  id: 'unindexed-filter',
  code: 'IDX002',
  severity: 'info',
  on: 'table',
  docs: {
    what: 'Reports columns that queries of the application filter by and that no key or index begins with.',
    why: 'The database reads the whole table for each such query. With three call sites or more it is a warning: the columns are a way in that the application relies on.',
    fix:
      'Add an index on the columns; the quick fix writes it into the entity. Leave it out where the table stays small, where most rows match, ' +
      'or where another condition of the query is selective already.',
    bad: [example('Nothing leads with `reference`.', byReference)],
    good: [
      example('An index on the column.', byReference, '  @Index()\n'),
      example(
        'A state is shared by many rows: an index on it alone seldom helps.',
        `  async open() {
    return this.orders.find({ where: { status: 'open' } });
  }`,
      ),
      example(
        'The primary key finds the row; the status is only checked.',
        `  async open(id: number) {
    return this.orders.findOne({ where: { id, status: 'open' } });
  }`,
      ),
    ],
    references: [
      { title: 'Use The Index, Luke: the where clause', url: 'https://use-the-index-luke.com/sql/where-clause' },
      {
        title: 'PostgreSQL: examining index usage',
        url: 'https://www.postgresql.org/docs/current/indexes-examine.html',
      },
    ],
  },
  check: onTable((table, context) => {
    if (table.kind !== 'table' && table.kind !== 'collection') return [];
    // What else makes the table makes its indexes too.
    if (!table.managed && table.indexes.every(({ origin }) => origin === 'engine')) return [];
    return proposeIndexes(table, context.lookups(), context.dialect()).flatMap((proposal): readonly Report[] => {
      // A foreign key in front is what the queries are found by, once it has the index that its own rule asks for.
      if (proposal.forOrderOnly || isForeignKey(table, proposal.columns[0] ?? '')) return [];
      const lookups = proposal.serves.flatMap(({ lookup }) =>
        !isOfStaff(lookup.at) &&
        !isNarrowedByRange(table, lookup) &&
        !isFoundAlive(table, lookup) &&
        !isFoundOtherwise(table, lookup) &&
        !isOfInverted(table, lookup) &&
        !isOfFewValues(lookup) &&
        isSearchedBy(lookup, proposal.columns[0] ?? '') &&
        (lookup.via === 'filter' || (lookup.via === 'range' && !isBroad(lookup))) &&
        !lookup.columns.some((name) => isForeignKey(table, name))
          ? [lookup]
          : [],
      );
      return lookups.length === 0 || lookups.every((each) => lookups.length === 1 && isSpan(each))
        ? []
        : [reportOn(table, { columns: proposal.columns, lookups })];
    });
  }),
};

interface Search {
  readonly columns: readonly string[];
  readonly lookups: readonly Lookup[];
}

function reportOn(table: Table, { columns, lookups }: Search): Report {
  const first = columnNamed(table, columns[0] ?? '');
  return {
    message: `${table.name} is searched by ${columnList(columns)}, which no index begins with: ${count(lookups.length, 'query scans', 'queries scan')} the table`,
    at: first?.at ?? table.at,
    table: table.name,
    severity: lookups.filter(({ via }) => via === 'filter').length >= severalSites ? 'warning' : 'info',
    evidence: [
      ...lookups.slice(0, shownSites).map(({ api, function: name, at, path, columns: searched }) => ({
        message: `${api}${name === null ? '' : ` in ${name}`} filters by ${searched.length > 1 ? searched.join(' and ') : path}.`,
        at,
      })),
      ...andMore(lookups.length - shownSites, 'more query does so', 'more queries do so'),
    ],
    fixes: [
      {
        title: `Add an index on ${table.name}(${columns.join(', ')})`,
        preferred: true,
        change: {
          kind: 'addIndex',
          table: table.name,
          namespace: table.namespace,
          index: plainIndex(columns, first?.at ?? table.at),
        },
        edits: [],
      },
    ],
  };
}

/** An index begins with what is compared by range: it is not scanned for, though another index would be better (`range-before-equality`). */
function isNarrowedByRange(table: Table, { columns, then, via, query }: Lookup): boolean {
  const ranged = query.filters.some(({ comparison }) => comparison === 'range' || comparison === 'prefix');
  return (
    via !== 'sort' &&
    columns.length > 0 &&
    ranged &&
    accessPaths(table).some(({ columns: [first] }) => first !== undefined && then.includes(first))
  );
}

/** The index begins with a condition, and not with the sort of rows that are found by a column of few values. */
function isSearchedBy({ columns, then, via, query }: Lookup, first: string): boolean {
  if (columns.includes(first)) return true;
  const ranged = query.filters.some(({ comparison }) => comparison === 'range' || comparison === 'prefix');
  return via === 'range' || (ranged && then.includes(first));
}

/**
 * The condition is one of several alternatives, or stands beside one that finds the rows already: through a relation, by a foreign key, or
 * by an index.
 */
function isFoundOtherwise(table: Table, { query: { filters }, path, columns }: Lookup): boolean {
  const isOne = (filter: Filter): boolean =>
    (filter.target?.columns ?? [filter.path]).every((name) => columns.includes(name));
  if (filters.some((filter) => filter.orGroup !== 0 && (filter.path === path || isOne(filter)))) return true;
  return filters.some(({ orGroup, comparison, wrapped, target }) => {
    if (orGroup !== 0 || wrapped || !target || (comparison !== 'eq' && comparison !== 'in')) return false;
    if (target.table !== table.name) return true;
    const [name = ''] = target.columns;
    return isForeignKey(table, name) || accessPaths(table).some(({ columns: [first] }) => first === name);
  });
}

/** Compared with what the program lists, such as states: each of them is shared by many rows. */
function isOfFewValues({ query: { filters }, via, columns, then }: Lookup): boolean {
  const own = filters.filter(
    ({ comparison, target }) =>
      (comparison === 'eq' || comparison === 'in') && target?.columns.some((name) => columns.includes(name)) === true,
  );
  return via === 'filter' && then.length === 0 && own.length > 0 && own.every(({ constant }) => constant);
}

/** An index of the rows that are not deleted finds those that the application asks for, filters of the ORM included. */
function isFoundAlive({ indexes }: Table, { columns }: Lookup): boolean {
  return indexes.some(
    ({ where, columns: [first] }) =>
      where !== null && isOfLiveRows(where) && first !== undefined && columns.includes(first),
  );
}

/** Rows older than a day are deleted or marked, which one job does now and then. */
function isSpan({ via, path, query: { filters, operation } }: Lookup): boolean {
  return (
    isWrite({ operation }) &&
    via === 'range' &&
    filters.every((filter) => filter.path !== path || filter.comparison === 'range')
  );
}

/** An inverted index serves each of its columns, whatever comes first (postgresql.org/docs/current/gin.html). */
function isOfInverted({ indexes }: Table, lookup: Lookup): boolean {
  return indexes.some(
    ({ method, columns }) => /^r?gin$/iu.test(method ?? '') && lookup.columns.some((name) => columns.includes(name)),
  );
}

/** `amount > 0`: a bound that never changes leaves most rows in. */
function isBroad({ query, path }: Lookup): boolean {
  return query.filters.some((filter) => filter.path === path && filter.comparison === 'range' && filter.constant);
}

/** From here on an index is worth its writes whatever the table's size is (lint catalogue: a warning "at several sites"). */
const severalSites = 3;
const shownSites = 5;

function isForeignKey(table: Table, name: string): boolean {
  return table.foreignKeys.some(({ columns }) => columns[0] === name);
}
