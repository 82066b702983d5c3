import { ordersOfCustomers as example } from '../examples.ts';
import type { FileFacts, Loop, Query, RawSql } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import { queriesCalled } from '../code/calls.ts';
import type { FileRule } from '../rule.ts';

export const filterInMemory: FileRule = {
  id: 'filter-in-memory',
  code: 'QRY001',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports rows that are all read from the database only to pick some of them in the program.',
    why: 'The database sends the whole table, and the program holds all of it, for the few rows that a condition in the query would have found by an index.',
    fix: 'Put the condition into the query.',
    bad: [
      example(
        'All orders, for those that are open.',
        `  async open() {
    return (await this.orders.find()).filter((order) => order.status === 'open');
  }`,
      ),
    ],
    good: [
      example(
        'The query finds them.',
        `  async open() {
    return this.orders.find({ where: { status: 'open' } });
  }`,
      ),
      example(
        'All rows are needed, and some of them once more.',
        `  async overview() {
    const all = await this.orders.find();
    return { all, open: all.filter((order) => order.status === 'open') };
  }`,
      ),
    ],
    references: [
      {
        title: 'Yang et al., How not to structure your database-backed web applications (ICSE 2018)',
        url: 'https://doi.org/10.1145/3180155.3180194',
      },
    ],
  },
  check(file, context, report) {
    if (file.purpose !== 'application') return;
    for (const loop of file.loops) {
      if (!picks.has(loop.kind)) continue;
      const within = file.calls.filter((call) => isInside(call, loop));
      const query = queryPicked(file.queries, loop) ?? queryPicked(queriesCalled(file, context, within), loop);
      const table = query?.table == null ? undefined : context.table(query.table, query.namespace);
      if (!query || !table || isByOtherThanColumns(file, loop, table)) continue;
      report({
        message: `All rows of ${table.name} are read to pick some of them in the program (${loop.kind}): let the query do it`,
        at: loop.at,
        table: table.name,
        evidence: [{ message: `${query.api} has no condition and no limit.`, at: query.at }],
        fixes: [],
      });
    }
  },
};

const picks: ReadonlySet<string> = new Set(['filter', 'find', 'findIndex', 'findLast']);

/** What the program works out of the row, such as a property of its class, no query can ask for. */
function isByOtherThanColumns({ accesses, loops }: FileFacts, loop: Loop, table: Table): boolean {
  const read = accesses.flatMap(({ path, loop: within }) => {
    const [row = '', member] = path.split('.');
    return within !== null && loops[within] === loop && loop.variables.includes(row) && member !== undefined
      ? [member]
      : [];
  });
  const columns = new Set(table.columns.flatMap(({ name, property }) => [plain(name), plain(property ?? name)]));
  return read.length > 0 && read.every((name) => name !== 'pk' && !columns.has(plain(name)));
}

/** `getStatus` and `IsActive` give `status` and `is_active`, or `active`, in whatever spelling. */
function plain(name: string): string {
  return name
    .replace(/^(?:get|is)_?(?=[A-Z])/u, '')
    .replaceAll('_', '')
    .toLowerCase();
}

/** The query that is iterated as it comes: rows that a variable holds may serve something else as well, which nothing tells. */
function queryPicked(queries: readonly Query[], loop: Loop): Query | undefined {
  return queries.find(
    (query) =>
      readsAll(query) &&
      query.function === loop.function &&
      query.result === null &&
      isInside(query, loop) &&
      new RegExp(String.raw`\b${query.api}(?:<[^()]*>)?\(`, 'u').test(loop.iterable ?? ''),
  );
}

function readsAll({ operation, rows, complete, filters, limit, sql, joins, groups, through }: Query): boolean {
  return (
    operation === 'select' &&
    // Those that belong to one row are not all.
    through === undefined &&
    rows === 'many' &&
    complete &&
    filters.length === 0 &&
    limit === null &&
    (sql === null || isWholeTable(sql)) &&
    groups.length === 0 &&
    joins.every(({ kind }) => kind === 'left')
  );
}

/** `SELECT … FROM drivers` and no more than an order. */
function isWholeTable({ text, interpolations }: RawSql): boolean {
  return (
    interpolations.length === 0 &&
    /^\s*select\s[^()]+?\sfrom\s+[\w."`[\]]+\s*(?:\border\s+by\b[^()]*)?;?\s*$/iu.test(text)
  );
}

function isInside({ at }: Pick<Query, 'at'>, loop: Loop): boolean {
  return at.line >= loop.at.line && at.endLine <= loop.at.endLine;
}
