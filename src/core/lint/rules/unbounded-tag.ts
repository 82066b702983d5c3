import { ordersOfCustomers as example } from '../examples.ts';
import type { FileRule } from '../rule.ts';

const point = (tag: string): string => `  async measure(influx: WriteApi, order: Order) {
    influx.writePoint(new Point('order').tag(${tag}).floatField('total', 1));
  }`;

export const unboundedTag: FileRule = {
  id: 'unbounded-tag',
  code: 'STO004',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports tags of InfluxDB whose values never end: ids of requests, sessions and events, e-mail addresses, times, messages.',
    why: 'Each new combination of tag values is a series of its own, which InfluxDB keeps in memory and in its index. Values that never come back grow it without bound, and queries with it.',
    fix: 'Write such a value as a field. A tag is for what one groups and filters by, of which there are few: region, model, host.',
    bad: [example('Each request is a series.', point("'request_id', order.status"))],
    good: [example('One series per status.', point("'status', order.status"))],
    references: [
      {
        title: 'InfluxDB: resolve high series cardinality',
        url: 'https://docs.influxdata.com/influxdb/v2/write-data/best-practices/resolve-high-cardinality/',
      },
    ],
  },
  check(file, _context, report) {
    if (file.purpose !== 'application') return;
    for (const { store, arguments: given, at } of file.stores ?? []) {
      const name = /^["'`](\w[\w.-]*)["'`]$/u.exec(given[0] ?? '')?.[1];
      if (store !== 'influxdb' || given.length !== 2 || name === undefined || !isEndless(name, given[1] ?? ''))
        continue;
      report({
        message: `The tag ${name} takes a new value with almost every point: each makes a series`,
        at,
        table: null,
        evidence: [],
        fixes: [],
      });
    }
  },
};

/** Ids of what happens, not of what there is: machines and sites come back, requests do not. */
const happenings =
  /^(?:request|req|trace|span|session|transaction|tx|event|message|msg|order|payment|correlation|job|run|upload|call)$/u;

function isEndless(name: string, value: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/gu, '$1_$2')
    .toLowerCase()
    .split(/[_.-]+/u);
  const last = words.at(-1) ?? '';
  if (['uuid', 'guid', 'email', 'timestamp', 'url', 'ip', 'nonce', 'token'].includes(last)) return true;
  if (last === 'id' && words.some((word) => happenings.test(word))) return true;
  return /\b(?:randomUUID|uuid(?:v?4)?|uuid\.uuid4|Guid\.NewGuid|Date\.now|datetime\.(?:utc)?now)\s*\(/u.test(value);
}
