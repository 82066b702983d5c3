import { isRemote } from '../code/remoteCalls.ts';
import { isWithin } from '../code/within.ts';
import { ordersOfCustomers as example } from '../examples.ts';
import type { FileRule } from '../rule.ts';

export const remoteCallInTransaction: FileRule = {
  id: 'remote-call-in-transaction',
  code: 'TX004',
  severity: 'info',
  on: 'file',
  docs: {
    what: 'Reports a call over the network, or a mail that is sent, inside a database transaction.',
    why:
      'The transaction keeps its locks and its connection until the other side has answered: one slow service stops everyone who waits for the rows. ' +
      'And what was sent cannot be taken back when the transaction is.',
    fix: 'Call before the transaction begins, or write what is to be sent into an outbox table and send it once the transaction is through.',
    bad: [
      example(
        'The customer’s row is locked until the other service answers.',
        `  async verify(id: number) {
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Customer, { id }, { name: 'verified' });
      await fetch('https://partner.example/verify', { method: 'POST' });
    });
  }`,
      ),
    ],
    good: [
      example(
        'Nothing is locked while it waits.',
        `  async verify(id: number) {
    await fetch('https://partner.example/verify', { method: 'POST' });
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Customer, { id }, { name: 'verified' });
    });
  }`,
      ),
    ],
    references: [
      { title: 'Transactional outbox', url: 'https://microservices.io/patterns/data/transactional-outbox.html' },
    ],
  },
  check(file, _context, report) {
    if (file.purpose !== 'application') return;
    for (const { body, block, api, at } of file.transactions) {
      for (const call of file.calls) {
        const inside =
          body === null
            ? block !== undefined && call.at.line >= block.line && call.at.endLine <= block.endLine
            : call.function !== null && isWithin(file, call.function, body);
        if (!inside || !isRemote(call, file)) continue;
        report({
          message: `${call.callee} is called inside a transaction, which stays open until the other side has answered`,
          at: call.at,
          table: null,
          evidence: [{ message: `The transaction begins here (${api}).`, at }],
          fixes: [],
        });
      }
    }
  },
};
