import { ordersOfCustomers as example } from '../examples.ts';
import { labelAt } from '../code/labelAt.ts';
import type { FileRule } from '../rule.ts';

export const cacheKeyWithoutExpiry: FileRule = {
  id: 'cache-key-without-expiry',
  code: 'STO002',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports keys that are written into Redis as a cache, and never expire.',
    why: 'What nobody deletes stays: the memory fills until Redis evicts at random or refuses writes, and readers get answers that were true long ago.',
    fix: 'Say with the write how long it holds: `EX` or `PX`, `SETEX`, or the duration that the client takes. Data that is to stay belongs into a database.',
    bad: [
      example(
        'It is there for ever.',
        `  async remember(redis: Redis, order: Order) {
    await redis.set(\`cache:order:\${order.id}\`, JSON.stringify(order));
  }`,
      ),
    ],
    good: [
      example(
        'For five minutes.',
        `  async remember(redis: Redis, order: Order) {
    await redis.set(\`cache:order:\${order.id}\`, JSON.stringify(order), 'EX', 300);
  }`,
      ),
      example(
        'No cache: a counter that is meant to stay.',
        `  async count(redis: Redis, total: number) {
    await redis.set('orders:total', total);
  }`,
      ),
    ],
    references: [
      { title: 'Redis: SET with an expiry', url: 'https://redis.io/docs/latest/commands/set/' },
      { title: 'Redis: key eviction', url: 'https://redis.io/docs/latest/develop/reference/eviction/' },
    ],
  },
  check(file, _context, report) {
    if (file.purpose !== 'application') return;
    for (const { store, receiver, api, arguments: given, at } of file.stores ?? []) {
      if (store !== 'redis' || !/^(?:set|StringSet(?:Async)?)$/u.test(api) || given.length < 2) continue;
      const [key = '', value = '', ...options] = given;
      // Nothing is kept: what was there is taken away.
      if (/^(?:''|""|``|null|undefined)$/u.test(value.trim())) continue;
      const function_ = labelAt(file, at) ?? '';
      if (![receiver, key, function_].some((text) => /cache|memoi[sz]e/iu.test(text))) continue;
      // A number, a duration or an option says how long; an expiry set right after says so too.
      if (options.length > 0 && options.some((text) => isExpiry(text))) continue;
      if (isExpiredAfter(file.calls, at)) continue;
      report({
        message: `${receiver}.${api} writes ${shortened(key)} into the cache without an expiry`,
        at,
        table: null,
        evidence: [{ message: 'Nothing says how long it holds.', at }],
        fixes: [],
      });
    }
  },
};

function isExpiry(text: string): boolean {
  return (
    /\b(?:ex|px|exat|pxat|ttl|expir\w*|keepttl|timeout|time)\b/iu.test(text) ||
    /ttl|expir|seconds|minutes|hours|days|duration|timespan|lifetime|maxage/iu.test(text) ||
    /^[\d_]+(?:\s*\*\s*[\d_]+)*$/u.test(text) ||
    // A variable may hold the options.
    /^[\w$.]*opt\w*$/iu.test(text)
  );
}

type Calls = Parameters<FileRule['check']>[0]['calls'];
type Place = Calls[number]['at'];

/** Lines in which an expiry of its own still belongs to the write. */
const soon = 5;

function isExpiredAfter(calls: Calls, at: Place): boolean {
  return calls.some(
    ({ callee, at: { line } }) =>
      line >= at.line && line - at.endLine <= soon && /\.(?:p?expire(?:at)?|KeyExpire(?:Async)?)$/iu.test(callee),
  );
}

function shortened(key: string): string {
  return key.length <= 60 ? key : `${key.slice(0, 57)}…`;
}
