import { isByHand } from '../code/fewElements.ts';
import { covers, isBefore } from '../code/within.ts';
import type { FileFacts, Query, Transaction } from '../../schema/code.ts';
import { isWrite } from '../../schema/operations.ts';
import { ordersOfCustomers as example } from '../examples.ts';
import type { QueryRule } from '../rule.ts';

export const outsideOfTransaction: QueryRule = {
  id: 'outside-of-transaction',
  code: 'TX002',
  severity: 'error',
  on: 'query',
  docs: {
    what: 'Reports a query inside a transaction that does not use the transaction’s own client.',
    why:
      'It runs on another connection: what it writes stays when the transaction is rolled back, it does not see what the transaction has ' +
      'written, and it can wait for a lock that the transaction itself holds, for ever. Under load it also takes a second connection ' +
      'from the pool while holding the first.',
    fix: 'Use the manager, client or query runner that the transaction hands to the callback; repositories come from it too: `manager.getRepository(Order)`, `manager.withRepository(this.orders)`.',
    bad: [
      example(
        'The repository of the class writes outside.',
        `  async close(id: number) {
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Order, id, { status: 'closed' });
      await this.customers.update({ id: 1 }, { name: 'gone' });
    });
  }`,
      ),
    ],
    good: [
      example(
        'All queries use the manager of the transaction.',
        `  async close(id: number) {
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Order, id, { status: 'closed' });
      await manager.getRepository(Customer).update({ id: 1 }, { name: 'gone' });
    });
  }`,
      ),
    ],
    references: [{ title: 'TypeORM: transactions', url: 'https://typeorm.io/docs/advanced-topics/transactions' }],
  },
  check({ query, file }, _context, report) {
    const transaction = transactionMissed(query, file);
    // Of one transaction the first tells all: who mends it looks at the others.
    if (!transaction || isByHand(file) || file.queries.some((other) => isEarlier(other, query, file))) return;
    const write = isWrite(query);
    report({
      message: `${query.api} on ${transaction.table} runs outside of the transaction: use ${transaction.client}`,
      at: query.at,
      table: transaction.table,
      severity: write ? 'error' : 'warning',
      evidence: [
        { message: `The transaction begins here and hands ${transaction.client} to its queries.`, at: transaction.at },
        {
          message: write
            ? `What ${query.api} writes stays when the transaction is rolled back.`
            : `${query.api} does not see what the transaction has written.`,
          at: query.at,
        },
      ],
      fixes: [],
    });
  },
};

/** The transaction around the query that it takes no part in, though it writes, locks, or reads what was written there. */
function transactionMissed(query: Query, file: FileFacts): MissedTransaction | null {
  if (query.transaction === null || query.inTransactionClient || query.table === null) return null;
  const transaction = file.transactions[query.transaction];
  if (transaction?.client == null || hasEnded(transaction, query, file) || isHanded(transaction, query, file))
    return null;
  return isWrite(query) || query.lock !== null || hasWritten(transaction, query, file)
    ? { ...transaction, client: transaction.client, table: query.table }
    : null;
}

interface MissedTransaction extends Transaction {
  readonly client: string;
  /** What the query is about. */
  readonly table: string;
}

function isEarlier(other: Query, query: Query, file: FileFacts): boolean {
  return (
    other.transaction === query.transaction && isBefore(other.at, query.at) && transactionMissed(other, file) !== null
  );
}

/** Until something is written every connection reads the same. What is handed the client may write by it. */
function hasWritten({ client, at }: Transaction, query: Query, { queries, calls }: FileFacts): boolean {
  return (
    queries.some(
      (each) =>
        each.transaction === query.transaction &&
        each.inTransactionClient &&
        isWrite(each) &&
        isBefore(each.at, query.at),
    ) ||
    calls.some(
      ({ arguments: given, at: call }) =>
        client !== null && given.includes(client) && isBefore(at, call) && isBefore(call, query.at),
    )
  );
}

/** A builder that a function makes of the handle, `this.org(scope, { manager }).getOne()`, or a session that is bound to it. */
function isHanded(transaction: Transaction, query: Query, file: FileFacts): boolean {
  const { client } = transaction;
  return (
    client !== null &&
    (isBound(transaction, query, file) ||
      file.calls.some(
        ({ arguments: given, members = [], at }) =>
          covers(query.at, at) &&
          (given.includes(client) ||
            (!isWrite(query) && given.some((name) => name !== null && isMade(name, file))) ||
            (at.line === query.at.line &&
              at.column === query.at.column &&
              members.some((each) => each?.includes(client)))),
      ))
  );
}

/** What a function made may hold the handle: `const options = conditions.transaction(transaction).build()`. */
function isMade(name: string, { calls }: FileFacts): boolean {
  return calls.some(({ result }) => result === name);
}

/** A session that is given the connection asks by it: `Session(bind=connection)`. */
function isBound({ client, at }: Transaction, query: Query, { calls }: FileFacts): boolean {
  return calls.some(
    ({ callee, arguments: given, at: bound }) =>
      client !== null &&
      given.includes(client) &&
      /(?:^|[._])(?:configure|bind|sessionmaker|(?:Async)?Session)$/u.test(callee) &&
      isBefore(at, bound) &&
      isBefore(bound, query.at),
  );
}

/** What follows the commit belongs to no transaction any more. */
function hasEnded({ client, body, at }: Transaction, query: Query, { calls }: FileFacts): boolean {
  return (
    body === null &&
    calls.some(
      ({ callee, at: end }) => callee === `${client ?? ''}.commit` && isBefore(at, end) && isBefore(end, query.at),
    )
  );
}
