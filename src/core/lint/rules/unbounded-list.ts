import { isWrite } from '../../schema/operations.ts';
import { queriesReached } from '../code/calls.ts';
import { isBefore, isWithin } from '../code/within.ts';
import { ordersOfCustomers } from '../examples.ts';
import type { Call, Endpoint, FileFacts, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { singular, wordsOf } from '../../schema/words.ts';
import type { CodeContext, FileRule, RuleExample } from '../rule.ts';

const example = (note: string, find: string): RuleExample => {
  const base = ordersOfCustomers(
    note,
    `  async list() {
    return ${find};
  }`,
  );
  return {
    ...base,
    files: {
      'customers.controller.ts': `import { Controller, Get } from '@nestjs/common';
import { CustomersService } from './customers.service';

@Controller('customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Get()
  list() {
    return this.customers.list();
  }
}
`,
      ...base.files,
    },
  };
};

export const unboundedList: FileRule = {
  id: 'unbounded-list',
  code: 'PAG003',
  severity: 'info',
  on: 'file',
  docs: {
    what: 'Reports an endpoint that answers with all rows of a query, however many there are.',
    why: 'The answer grows with the table: what takes ten milliseconds today fills the memory of the server and the patience of the caller in a year.',
    fix: 'Give the query a limit that the caller cannot raise above a maximum, and a cursor or page to go on with. Suppress the finding for tables that stay small.',
    bad: [example('All customers, at once.', "this.customers.find({ order: { name: 'ASC' } })")],
    good: [
      example('A page of them.', "this.customers.find({ order: { id: 'ASC' }, take: 50 })"),
      example('One row.', 'this.customers.findOneBy({ id: 1 })'),
    ],
    references: [
      {
        title: 'OWASP API Security: unrestricted resource consumption',
        url: 'https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/',
      },
    ],
  },
  check(file, context, report) {
    for (const endpoint of file.endpoints) {
      // Who asks for all, or starts a job, is not given a list by accident.
      // A tree is of no use in pages.
      if (
        /export|download|sync|backup|sitemap|dump|(?:^|[\W_])tree(?:[\W_]|$)|(?<=[a-z])Tree(?![a-z])/iu.test(
          `${endpoint.path} ${endpoint.handler ?? ''}`,
        )
      )
        continue;
      if (form.test(endpoint.path)) continue;
      if (endpoint.function === null || (endpoint.method !== 'GET' && endpoint.method !== 'QUERY')) continue;
      const found = queriesBehind(file, endpoint.function, context).find(
        ({ query, chain }) =>
          isUnbounded(query, context) &&
          !isChanged(file, endpoint.function, query) &&
          !isBesideOneRow(endpoint, file, chain.length === 0 ? query.uses : []),
      );
      if (!found) continue;
      const { query, chain } = found;
      report({
        message: `${endpoint.method} ${endpoint.path || '/'} answers with all rows of ${query.table} that match, however many there are`,
        at: endpoint.at,
        table: query.table,
        evidence: [...chain, { message: `${query.api} has no limit.`, at: query.at }],
        fixes: [],
      });
    }
  },
};

/** What a form offers to choose from stands beside what it is about. */
const form = /(?:^|\/)(?:new|create|add|edit|register|signup|login|settings|configure)$/iu;

/** `GET /orders/:id` and `Edit(int id)` answer with one row: a list that is not looked up by it is something beside it. */
function isBesideOneRow(
  { path, function: handler }: Endpoint,
  { functions }: FileFacts,
  uses: readonly string[],
): boolean {
  const last = /\/(?::(\w+)|\{(\w+)[^{}]*\}|<(?:\w+:)?(\w+)>|\[(\w+)\])\/?$/u.exec(path)?.slice(1).find(Boolean);
  const key = handler === null ? undefined : functions[handler]?.parameters.find((name) => ofRow.test(name));
  return [last, key].some((name) => name !== undefined && !uses.some((use) => use.split('.').includes(name)));
}

const ofRow = /^(?:id|pk|uuid|guid|slug)$/u;

interface Behind {
  readonly query: Query;
  readonly chain: readonly { readonly message: string; readonly at: SourceRange }[];
}

function queriesBehind(file: FileFacts, id: number, context: CodeContext): readonly Behind[] {
  const own = file.queries
    .filter(
      (query) => isWithin(file, query.function, id) && !isHandedOn(file, id, query.result) && !isTakenUp(file, query),
    )
    .map((query) => ({ query, chain: [] }));
  const called = file.calls
    .filter((call) => call.loop === null && isWithin(file, call.function, id) && !isHandedOn(file, id, call.result))
    .flatMap((call) =>
      queriesReached(file, call, context)
        // What a helper of a helper reads is seldom what is answered, and neither is what the helper or its caller only begins with.
        .filter(
          ({ chain, query, file: place }) =>
            chain.length === 1 &&
            query.loop === null &&
            isAnswered(place, query) &&
            !isChanged(place, query.function, query) &&
            !(query.deferred === true && (isNarrowed(file, call) || isBegun(place, query))),
        )
        .map(({ query, chain }) => ({
          query,
          chain: chain.map((step) => ({ message: `${step.call.callee} is called.`, at: step.call.at })),
        })),
    );
  return [...own, ...called];
}

/**
 * The helper gives back the rows, or what it makes of each of them; what it keeps in a variable for something else, such as the choices of
 * a form, is not what is asked for.
 */
function isAnswered({ functions, calls, loops }: FileFacts, { result, function: own }: Query): boolean {
  if (result === null || own === null || functions[own]?.returns === result) return true;
  const names = new RegExp(String.raw`(?:^|[^\w$.])${result.replace(/\W/gu, '\\$&')}(?![\w$])`, 'u');
  return (
    loops.some(
      ({ kind, iterable, function: around }) => around === own && mapping.has(kind) && names.test(iterable ?? ''),
    ) ||
    calls.some(
      ({ callee, arguments: given, function: around }) =>
        around === own && given.includes(result) && answering.test(callee),
    )
  );
}

const mapping: ReadonlySet<string> = new Set(['map', 'flatMap', 'comprehension', 'stream']);

/** Something else is given the rows, or the query that reads them: it may cut them into pages. */
function isHandedOn(file: FileFacts, id: number, result: string | null): boolean {
  return (
    result !== null &&
    file.calls.some(
      (call) => isWithin(file, call.function, id) && call.arguments.includes(result) && !answering.test(call.callee),
    )
  );
}

/** It is an argument of something else (`get_object_or_404(Order.objects.all(), …)`), or the start of what is asked in the end. */
function isTakenUp({ calls }: FileFacts, { at, deferred, function: own, result }: Query): boolean {
  return calls.some(
    (call) =>
      call.function === own &&
      ((result !== null && deferred === true && call.callee.startsWith(`${result}.`)) ||
        (!answering.test(call.callee) && isBefore(call.at, at) && endsAfter(call.at, at))),
  );
}

/** More is asked of the rows that the call yields: `queryset = self.get_queryset()`, then `queryset.filter(id=id).first()`. */
function isNarrowed({ calls }: FileFacts, { result, function: own }: Call): boolean {
  return (
    result !== null &&
    calls.some(({ callee, function: at }) => at === own && narrowing.test(callee.replace(result, '')))
  );
}

/** Another call of the helper is given the set of rows, and cuts it down or puts it into another query. */
function isBegun(file: FileFacts, query: Query): boolean {
  return query.function !== null && (isHandedOn(file, query.function, query.result) || isTakenUp(file, query));
}

const narrowing =
  /^\.(?:filter|filter_by|where|get|first|last|earliest|latest|one|one_or_none|count|exists|aggregate)$/u;

function endsAfter(a: SourceRange, b: SourceRange): boolean {
  return a.endLine > b.endLine || (a.endLine === b.endLine && a.endColumn > b.endColumn);
}

/** Calls that answer with what they are given, or go through it. */
const answering =
  /(?:^|\.)(?:all|allSettled|json|jsonify|ok|send|success|render|list|len|set|sorted|response|map|filter|forEach|dumps?|serialize|model_validate)$/iu;

/** Rows that the endpoint goes on to remove or change are not what it answers with. */
function isChanged(file: FileFacts, id: number | null, { table }: Query): boolean {
  return file.queries.some(
    (other) => isWrite(other) && other.table === table && id !== null && isWithin(file, other.function, id),
  );
}

/** Many rows, no limit, and no condition that keeps them few: a list of keys, or a key. */
function isUnbounded(query: Query, context: CodeContext): boolean {
  if (
    query.operation !== 'select' ||
    query.rows !== 'many' ||
    // A set of rows that the ORM makes without a query.
    query.api === 'none' ||
    query.limit !== null ||
    !query.complete ||
    query.through !== undefined ||
    query.table === null
  )
    return false;
  if (query.groups.length > 0 || query.filters.some(({ comparison }) => comparison === 'in')) return false;
  const table = context.table(query.table, query.namespace);
  // What is found through another row, such as the lines of an order, is bounded by that row.
  return (
    (table?.kind === 'table' || table?.kind === 'collection') &&
    !isReference(table, query) &&
    query.filters.every(({ path, target, comparison }) => {
      const names = target ? target.columns : [path];
      // Told of the row that it belongs to: `folder.mailbox.name`.
      const ofOther = target !== undefined && (target.table !== table.name || target.namespace !== table.namespace);
      return (
        !(ofOther && comparison === 'eq') &&
        !table.foreignKeys.some(({ columns }) => columns.some((name) => names.includes(name))) &&
        !(comparison === 'eq' && names.some((name) => isKey(table, name)))
      );
    })
  );
}

/** One row has the value, or it is the key of another row, which no constraint need say (`entity_type`, `entity_id`). */
function isKey({ primaryKey, uniques, indexes, columns }: Table, name: string): boolean {
  const named = columns.find((column) => column.name === name || column.property === name);
  if (!named) return false;
  return (
    (primaryKey.length === 1 && primaryKey[0] === named.name) ||
    uniques.some(({ columns: [only, ...more] }) => more.length === 0 && only === named.name) ||
    indexes.some(({ unique, columns: [only, ...more] }) => unique && more.length === 0 && only === named.name) ||
    namesKey.test(wordsOf(named.property ?? named.name).at(-1) ?? '')
  );
}

/** `imdb_id`, and what is written as one word: `tmdbid`. */
const namesKey =
  /^(?!(?:un|pre|re)?paid$|(?:in)?valid$|grid$|void$|solid$|fluid$|liquid$|hybrid$|rapid$|android$)(?:[a-z]{2,})?id$/u;

/** A list of names that the program keeps for choices: it is named for that, and belongs to nothing. */
function isReference({ name, columns, foreignKeys }: Table, { filters }: Query): boolean {
  const noun = singular(wordsOf(name).at(-1) ?? '');
  if (kept.has(noun)) return true;
  return filters.length === 0 && foreignKeys.length === 0 && columns.length <= 8 && references.has(noun);
}

/** What the program is set up by: as many rows as it knows settings. */
const kept: ReadonlySet<string> = new Set(['config', 'configuration', 'setting', 'preference']);

const references: ReadonlySet<string> = new Set(
  'type kind status state category brand country currency language locale unit role permission platform region gender title priority plan setting option feature provider area group menu template theme widget zone class method warehouse tax tag level rank reason source target policy'.split(
    ' ',
  ),
);
