import { classAround, namedFunction } from '../code/calls.ts';
import { isSoleWrite } from '../code/soleWrite.ts';
import { isWithin } from '../code/within.ts';
import type { FileFacts } from '../../schema/code.ts';
import { springOrders } from '../examples.ts';
import type { CodeContext, FileRule, RuleExample } from '../rule.ts';

const example = (note: string, annotation: string, call: string): RuleExample => ({
  files: {
    'src/main/java/shop/OrderService.java': `package shop;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class OrderService {
  private final OrderRepository orders;
  private final OrderService self;

  public OrderService(OrderRepository orders, OrderService self) {
    this.orders = orders;
    this.self = self;
  }

${annotation}  public void importAll(List<Order> batch) {
    for (Order order : batch) {
      ${call}store(order);
    }
  }

  @Transactional
  public void store(Order order) {
    orders.deleteByNumber(order.number());
    orders.save(order);
  }
}
`,
    ...springOrders,
  },
  dialect: 'postgresql',
  note,
});

export const selfInvokedTransaction: FileRule = {
  id: 'self-invoked-transaction',
  code: 'TX001',
  severity: 'error',
  on: 'file',
  docs: {
    what: 'Reports a transactional method that an object calls on itself, where the framework begins transactions around calls from outside.',
    why: 'The call does not go through the proxy that begins the transaction, so none is begun: each statement is committed by itself, and a failure halfway leaves half of them.',
    fix: 'Make the calling method transactional, move the method to another class, or use a `TransactionTemplate`.',
    bad: [example('No transaction is begun.', '', '')],
    good: [
      example('The caller’s transaction is there already.', '  @Transactional\n', ''),
      example('Through the proxy.', '', 'self.'),
    ],
    references: [
      {
        title: 'Spring: declarative transactions, method visibility and self-invocation',
        url: 'https://docs.spring.io/spring-framework/reference/data-access/transaction/declarative/annotations.html',
      },
      { title: 'Sonar S2229', url: 'https://rules.sonarsource.com/java/RSPEC-2229/' },
    ],
  },
  check(file, context, report) {
    // What only reads leaves nothing half done.
    const proxied = file.transactions.filter(({ byProxy, body, readOnly }) => byProxy && body !== null && !readOnly);
    const bodies = new Set(file.transactions.map(({ body }) => body));
    for (const { body, at } of proxied) {
      const method = body === null ? undefined : file.functions[body];
      if (!method?.name || method.owner === null || isTransactionalByInterface(file, method.owner, context)) continue;
      const alike = file.functions.filter(({ name, owner }) => name === method.name && owner === method.owner);
      // Which of several methods of the name is meant, their parameters would have to tell.
      if (alike.length > 1) continue;
      if (body !== null && isSoleWrite({ file, id: body }, context)) continue;
      for (const call of file.calls) {
        if (call.callee !== `this.${method.name}` || classAround(file, call.function) !== method.owner) continue;
        const caller = namedFunction(file, call.function);
        if (!caller || caller.id === body || runsWithin(bodies, caller.id, file)) continue;
        // What a constructor hands to others runs in the transaction of whoever calls it in the end.
        if (caller.id !== call.function && isConstructor(file, caller.id)) continue;
        // A transaction that was begun by hand around the call.
        if ([...bodies].some((id) => id !== null && isWithin(file, call.function, id))) continue;
        report({
          message: `${method.name} is called on the object itself, so its transaction is not begun`,
          at: call.at,
          table: null,
          evidence: [{ message: `${method.owner}.${method.name} is transactional only for callers from outside.`, at }],
          fixes: [],
        });
      }
    }
  },
};

function isConstructor({ functions }: FileFacts, id: number): boolean {
  const { name = null, owner = null } = functions[id] ?? {};
  return name !== null && (name === owner || name === 'constructor' || name === '<init>');
}

/** An interface that the class implements says it of all its methods, so that those which call one another run in a transaction already. */
function isTransactionalByInterface({ classes }: FileFacts, owner: string, context: CodeContext): boolean {
  return (classes.find(({ name }) => name === owner)?.implements ?? []).some((each) => {
    const name = each.replace(/<[\s\S]*$/u, '');
    return context
      .classFile(name)
      ?.classes.some((declared) => declared.name === name && declared.decorators.includes('Transactional'));
  });
}

/** It begins a transaction, or is called by nothing but what does: a private helper runs in the transaction of its callers. */
function runsWithin(
  bodies: ReadonlySet<number | null>,
  id: number,
  file: FileFacts,
  seen: ReadonlySet<number> = new Set(),
): boolean {
  if (bodies.has(id)) return true;
  const { name, owner, exported } = file.functions[id] ?? {};
  if (name == null || exported !== false || seen.has(id)) return false;
  const callers = file.calls
    .filter((call) => call.callee === `this.${name}` && classAround(file, call.function) === owner)
    .map((call) => namedFunction(file, call.function)?.id);
  return (
    callers.length > 0 &&
    callers.every((caller) => caller !== undefined && runsWithin(bodies, caller, file, new Set([...seen, id])))
  );
}
