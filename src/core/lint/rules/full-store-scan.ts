import { ordersOfCustomers as example } from '../examples.ts';
import type { FileRule } from '../rule.ts';

export const fullStoreScan: FileRule = {
  id: 'full-store-scan',
  code: 'STO001',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports calls that go through a whole store: `KEYS` of Redis, `Scan` of DynamoDB, `ALLOW FILTERING` of Cassandra, `$where` of MongoDB.',
    why:
      'Such stores are fast because they find things by key. Redis answers nobody else while it lists its keys; DynamoDB reads, and charges, every item; ' +
      'Cassandra asks all nodes for all rows; MongoDB runs a function for every document.',
    fix: 'Look up by key or index: `SCAN` with a cursor for Redis, `Query` with a key or an index for DynamoDB, a table made for the query for Cassandra, operators instead of `$where` for MongoDB.',
    bad: [
      example(
        'Redis stands still.',
        `  async forget(redis: Redis) {
    for (const key of await redis.keys('session:*')) await redis.del(key);
  }`,
      ),
      example(
        'All nodes are asked.',
        `  async late(client: Client) {
    return this.dataSource.query("SELECT id FROM shipments WHERE state = 'late' ALLOW FILTERING");
  }`,
      ),
    ],
    good: [
      example(
        'A cursor, a hundred keys at a time.',
        `  async forget(redis: Redis) {
    const [next, keys] = await redis.scan('0', 'MATCH', 'session:*', 'COUNT', 100);
    await redis.del(keys);
    return next;
  }`,
      ),
      example(
        'Keys of an object are in memory.',
        `  async names(settings: object) {
    return Object.keys(settings);
  }`,
      ),
    ],
    references: [
      { title: 'Redis: KEYS', url: 'https://redis.io/docs/latest/commands/keys/' },
      {
        title: 'DynamoDB: best practices for querying and scanning',
        url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-query-scan.html',
      },
      {
        title: 'Cassandra: ALLOW FILTERING',
        url: 'https://cassandra.apache.org/doc/latest/cassandra/developing/cql/dml.html#allow-filtering',
      },
      { title: 'MongoDB: $where', url: 'https://www.mongodb.com/docs/manual/reference/operator/query/where/' },
    ],
  },
  check(file, _context, report) {
    if (file.purpose !== 'application') return;
    const tell = (message: string, at: (typeof file.calls)[number]['at'], table: string | null = null): void => {
      report({ message, at, table, evidence: [], fixes: [] });
    };
    for (const { callee, at } of file.calls) {
      const path = callee.replace(/^(?:this|self)\./u, '');
      if (/(?:redis|valkey|ioredis)\w*(?:\.\w+)?\.(?:keys|flush_?all|flush_?db)$/iu.test(path))
        tell(`${path} goes through all keys of Redis, which answers nobody else meanwhile`, at);
      else if (
        /(?:dynamo\w*|ddb\w*|doc(?:ument)?_?client)\.scan$/iu.test(path) ||
        /(?:^|\.)(?:ScanCommand|paginateScan)$/u.test(path)
      )
        tell(`${path} reads every item of the table`, at);
    }
    for (const { sql, filters, table, at } of file.queries) {
      if (sql !== null && /\ballow\s+filtering\b/iu.test(sql.text))
        tell('ALLOW FILTERING makes Cassandra read every row of the table', at, table);
      const where = filters.find(({ path }) => path === '$where' || path.endsWith('.$where'));
      if (where) tell('$where runs a function of JavaScript for every document, without an index', where.at, table);
    }
  },
};
