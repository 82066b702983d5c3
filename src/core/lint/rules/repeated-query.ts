import { askedBefore, repeatingLoop } from '../code/invariant.ts';
import { loopLabel } from '../code/reportPerElement.ts';
import { isPlain, queriesCalled } from '../code/calls.ts';
import type { Call, FileFacts } from '../../schema/code.ts';
import { ordersOfCustomers as example } from '../examples.ts';
import type { FileRule } from '../rule.ts';

export const repeatedQuery: FileRule = {
  id: 'repeated-query',
  code: 'QRY002',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports a query that asks the same again: in every round of a loop, or twice in one function with nothing changed in between.',
    why: 'The answer is known already. Each further time costs a trip to the database and can, with another writer, even differ from the first.',
    fix: 'Ask once, in front of the loop or at the first place, and use the variable. Where the loop changes what is asked, say so by passing the element.',
    bad: [
      example(
        'The customer is the same for every order.',
        `  async label(orders: Order[], customerId: number) {
    for (const order of orders) {
      const customer = await this.customers.findOneBy({ id: customerId });
      console.log(order.id, customer?.name);
    }
  }`,
      ),
      example(
        'The second answer is the first.',
        `  async totals(customerId: number) {
    const open = await this.orders.findBy({ customerId });
    console.log(open.length);
    const again = await this.orders.findBy({ customerId });
    return again.map(({ id }) => id);
  }`,
      ),
    ],
    good: [
      example(
        'Asked in front of the loop.',
        `  async label(orders: Order[], customerId: number) {
    const customer = await this.customers.findOneBy({ id: customerId });
    for (const order of orders) console.log(order.id, customer?.name);
  }`,
      ),
      example(
        'Something was written in between.',
        `  async close(customerId: number) {
    const open = await this.orders.findBy({ customerId });
    await this.orders.update({ customerId }, { status: 'closed' });
    const closed = await this.orders.findBy({ customerId });
    return [open.length, closed.length];
  }`,
      ),
    ],
    references: [
      {
        title:
          'Yang et al.: PowerStation, detecting and fixing inefficiencies of database-backed web applications (FSE 2018)',
        url: 'https://doi.org/10.1145/3236024.3264589',
      },
    ],
  },
  check(file, context, report) {
    if (file.purpose !== 'application') return;
    const called = queriesCalled(
      file,
      context,
      file.calls.filter((call) => mayRepeat(call, file)),
    );
    const asked = { ...file, queries: [...file.queries, ...called] };
    for (const query of asked.queries) {
      const loop = repeatingLoop(file, query, context);
      if (loop) {
        report({
          message: `${query.table ?? ''} is asked the same in every round of ${loopLabel(loop)}`,
          at: query.at,
          table: query.table,
          evidence: [
            { message: `The ${loop.kind} loop begins here.`, at: loop.at },
            {
              message:
                query.uses.length === 0
                  ? `${query.api} takes nothing that could change.`
                  : `${query.api} takes ${query.uses.join(', ')}, which the loop does not change.`,
              at: query.at,
            },
          ],
          fixes: [],
        });
        continue;
      }
      const before = askedBefore(asked, query);
      if (before)
        report({
          message: `${query.table ?? ''} was asked the same already: ${before.result ?? ''} holds the answer`,
          at: query.at,
          table: query.table,
          severity: 'info',
          evidence: [{ message: `${before.api} asked it first.`, at: before.at }],
          fixes: [],
        });
    }
  },
};

/** All that it takes is known, and it stands in a loop or is made a second time. */
function mayRepeat(call: Call, { calls }: FileFacts): boolean {
  return (
    isPlain(call) &&
    (call.loop !== null ||
      (call.result !== null &&
        calls.some((other) => other !== call && other.callee === call.callee && other.function === call.function)))
  );
}
