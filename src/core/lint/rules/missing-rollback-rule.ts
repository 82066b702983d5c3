import { queriesReached, resolveCall } from '../code/calls.ts';
import { isWithin } from '../code/within.ts';
import type { Call, FileFacts, Query } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import { springOrders } from '../examples.ts';
import type { CodeContext, FileRule, RuleExample } from '../rule.ts';

const example = (
  note: string,
  annotation: string,
  body: string,
  more: Readonly<Record<string, string>> = {},
): RuleExample => ({
  files: {
    ...more,
    'src/main/java/shop/OrderService.java': `package shop;

import java.io.IOException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class OrderService {
  private final OrderRepository orders;
  private final InvoicePrinter printer;

  public OrderService(OrderRepository orders, InvoicePrinter printer) {
    this.orders = orders;
    this.printer = printer;
  }

  ${annotation}
  public void place(Order order) throws IOException {
${body}  }
}
`,
    ...springOrders,
  },
  dialect: 'postgresql',
  note,
});

const writeThenPrint = '    orders.save(order);\n    printer.print(order);\n';

export const missingRollbackRule: FileRule = {
  id: 'missing-rollback-rule',
  code: 'TX003',
  severity: 'info',
  on: 'file',
  docs: {
    what: 'Reports a transactional method of Spring that writes, then does what may throw a checked exception, and does not say whether that exception rolls it back.',
    why: 'Spring rolls back on unchecked exceptions only. When the method fails with a checked one, what it had written by then is committed.',
    fix: 'State `rollbackFor` (or `noRollbackFor`, where half of the work is to stay), throw an unchecked exception, or set `@EnableTransactionManagement(rollbackOn = RollbackOn.ALL_EXCEPTIONS)` for the project (Spring 6.2).',
    bad: [example('The order stays when its invoice fails.', '@Transactional', writeThenPrint)],
    good: [
      example('The order goes with it.', '@Transactional(rollbackFor = IOException.class)', writeThenPrint),
      example(
        'Nothing is written yet when it fails.',
        '@Transactional',
        '    printer.print(order);\n    orders.save(order);\n',
      ),
      example('The project has every exception roll back.', '@Transactional', writeThenPrint, {
        'src/main/java/shop/Transactions.java': `package shop;

import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.RollbackOn;

@Configuration
@EnableTransactionManagement(rollbackOn = RollbackOn.ALL_EXCEPTIONS)
public class Transactions {}
`,
      }),
      example('Nothing is written.', '@Transactional(readOnly = true)', '    printer.print(order);\n'),
    ],
    references: [
      {
        title: 'Spring: rolling back a declarative transaction',
        url: 'https://docs.spring.io/spring-framework/reference/data-access/transaction/declarative/rolling-back.html',
      },
      { title: 'Sonar S8989', url: 'https://rules.sonarsource.com/java/RSPEC-8989/' },
    ],
  },
  check(file, context, report) {
    if (file.purpose !== 'application') return;
    for (const { body, byProxy, mayCommitOn = [], at } of file.transactions) {
      if (body === null || byProxy !== true || mayCommitOn.length === 0) continue;
      const thrown = mayCommitOn.filter((name) => isChecked(name, file, context));
      const write = thrown.length === 0 ? undefined : writeBeforeFailure(file, body, context);
      if (!write || context.rollsBackOnAll()) continue;
      const method = file.functions[body]?.name ?? 'The method';
      report({
        message: `${method} commits what it has written when it throws ${thrown.join(' or ')}: only unchecked exceptions roll it back`,
        at,
        table: write.table,
        evidence: [{ message: `${write.api} writes before the method may fail.`, at: write.at }],
        fixes: [],
      });
    }
  },
};

/** Of the Java library, and of what services call most; `Throwable` is declared by who passes on whatever there is. */
const checked: ReadonlySet<string> = new Set([
  ...[
    'Exception',
    'ClassNotFoundException',
    'CloneNotSupportedException',
    'ExecutionException',
    'InterruptedException',
  ],
  ...[
    'TimeoutException',
    'ParseException',
    'URISyntaxException',
    'GeneralSecurityException',
    'NoSuchAlgorithmException',
  ],
  ...[
    'IOException',
    'FileNotFoundException',
    'MalformedURLException',
    'UnsupportedEncodingException',
    'SocketException',
  ],
  ...[
    'SQLException',
    'MessagingException',
    'JMSException',
    'NamingException',
    'JsonProcessingException',
    'ServletException',
  ],
  ...['JAXBException', 'SAXException', 'TransformerException', 'JobExecutionException', 'SchedulerException'],
]);

/** Classes of the project are followed to what they extend; of others only those are known that are listed. */
function isChecked(name: string, file: FileFacts, context: CodeContext): boolean {
  let wanted = name;
  for (let steps = 0; steps < longestChain; steps++) {
    const declaring = file.classes.some((each) => each.name === wanted) ? file : context.classFile(wanted);
    const declared = declaring?.classes.find((each) => each.name === wanted);
    if (!declared) return checked.has(wanted);
    if (declared.extends === null) return false;
    wanted = declared.extends.slice(declared.extends.lastIndexOf('.') + 1);
  }
  return false;
}

/** Longer than any chain of exceptions; a class that extends itself is being written. */
const longestChain = 8;

const writing: ReadonlySet<Query['operation']> = new Set(['insert', 'update', 'upsert', 'delete']);

/** What writes: a query of the method, or a call of the project that comes to one. */
type Write = Pick<Query, 'api' | 'table' | 'at' | 'loop'>;

/** The first write of the method behind which, or in whose loop, something is called that may fail. */
function writeBeforeFailure(file: FileFacts, body: number, context: CodeContext): Write | undefined {
  const calls = file.calls.filter((call) => isWithin(file, call.function, body) && !isQuery(call, file));
  const failing = calls.filter((call) => mayFail(call, file, context));
  if (failing.length === 0) return undefined;
  const isFollowed = ({ at, loop }: Write): boolean =>
    failing.some((call) => isBehind(call.at, at) || (loop !== null && call.loop === loop && call.at !== at));
  return (
    file.queries.find(
      (query) => writing.has(query.operation) && isWithin(file, query.function, body) && isFollowed(query),
    ) ?? calls.flatMap((call) => writeOf(call, file, context)).find(isFollowed)
  );
}

/** What a call writes. What begins with a transaction of its own may have committed it by itself. */
function writeOf(call: Call, file: FileFacts, context: CodeContext): readonly Write[] {
  const reached = queriesReached(file, call, context).find(
    ({ query, chain }) =>
      writing.has(query.operation) && !chain.some(({ to }) => to.file.transactions.some(({ body }) => body === to.id)),
  );
  const { callee, at, loop } = call;
  return reached ? [{ api: callee, table: reached.query.table, at, loop }] : [];
}

/** A method of the project says what it throws; of others it is not known. Repositories throw what is unchecked, and so do logs. */
function mayFail(call: Call, file: FileFacts, context: CodeContext): boolean {
  if (/(?:^|\.)log(?:ger)?\.\w+$/iu.test(call.callee)) return false;
  const to = resolveCall(file, call, context);
  const throws = to ? (to.file.functions[to.id]?.throws ?? []) : null;
  return throws === null || (to !== null && throws.some((name) => isChecked(name, to.file, context)));
}

function isQuery({ at }: Call, { queries }: FileFacts): boolean {
  return queries.some((query) => query.at.line === at.line && query.at.column === at.column);
}

function isBehind(at: SourceRange, other: SourceRange): boolean {
  return at.line > other.endLine || (at.line === other.endLine && at.column >= other.endColumn);
}
