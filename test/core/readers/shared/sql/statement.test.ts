import assert from 'node:assert/strict';
import { readCondition } from '../../../../../src/core/readers/shared/sql/conditions.ts';
import { readStatement } from '../../../../../src/core/readers/shared/sql/statement.ts';

const predicates = (sql: string): string[] =>
  readCondition(sql).predicates.map(
    ({ column, comparison, group, wrapped, constant }) =>
      `${column} ${comparison}${group === 0 ? '' : `|${group}`}${wrapped ? '~' : ''}${constant ? '!' : ''}`,
  );

describe('SQL in code', () => {
  it('reads comparisons, whatever their form', () => {
    assert.deepEqual(predicates('order.status = :status AND order.createdAt > :from'), [
      'order.status eq',
      'order.createdAt range',
    ]);
    assert.deepEqual(predicates(`"o"."id" = ANY($1) AND NOW() - INTERVAL '1 day' > o.ts`), ['o.id eq', 'o.ts range!']);
    assert.deepEqual(predicates(`LOWER(c.email) = LOWER(:e) OR c.phone LIKE 'x%'`), [
      'c.email eq|1~',
      'c.phone prefix|2!',
    ]);
    assert.deepEqual(predicates(`a.x BETWEEN :a AND :b AND a.y NOT IN (1, 2) AND a.z IS NOT NULL AND a.active`), [
      'a.x range',
      'a.y other!',
      'a.z other!',
      'a.active eq!',
    ]);
    assert.deepEqual(predicates(`a.data->>'k' = :k AND a.n + 1 > 3 AND a.t::date = :d`), [
      'a.data eq~',
      'a.n range~!',
      'a.t eq~',
    ]);
  });

  it('takes an order by an expression for one', () => {
    const sorts = (order: string): readonly unknown[] | undefined => readStatement(`SELECT a FROM t ${order}`)?.sorts;
    assert.deepEqual(sorts("ORDER BY t.data->>'made' DESC LIMIT 5"), [
      { column: 't . data ->> made DESC', direction: 'desc' },
    ]);
    assert.deepEqual(sorts('ORDER BY lower(a), id'), [{ column: 'id', direction: 'asc' }]);
    assert.deepEqual(sorts(''), []);
  });

  it('nests OR in AND, steps over EXISTS, and says what it could not read', () => {
    assert.deepEqual(predicates('(a = 1 OR b = 2) AND NOT (c = 3) AND EXISTS (SELECT 1 FROM t WHERE t.x = y)'), [
      'a eq|1!',
      'b eq|2!',
      'c other!',
    ]);
    assert.equal(readCondition('a = 1 AND EXISTS (SELECT 1)').complete, true);
    assert.equal(readCondition('a = 1 AND \u27e60\u27e7').complete, false);
    assert.equal(readCondition('a = = 1 )').complete, false);
  });

  it('reads statements', () => {
    const select =
      readStatement(`WITH x AS (SELECT 1) SELECT o.id, COUNT(*) FROM public.orders o LEFT JOIN "lines" l ON l.order_id = o.id AND l.x = 1
      WHERE o.status = $1 GROUP BY o.id ORDER BY o.created_at DESC, o.id LIMIT 10 OFFSET $2 FOR UPDATE SKIP LOCKED`);
    assert.deepEqual(
      [select?.operation, select?.namespace, select?.table, select?.alias, select?.lock],
      ['select', 'public', 'orders', 'o', 'update skip locked'],
    );
    assert.deepEqual(select?.joins, [{ table: 'lines', alias: 'l', kind: 'left' }]);
    assert.deepEqual(
      select.predicates.map(({ column }) => column),
      ['o.status'],
    );
    assert.deepEqual(select.sorts, [
      { column: 'o.created_at', direction: 'desc' },
      { column: 'o.id', direction: 'asc' },
    ]);
    assert.deepEqual([select.limit, select.offset, select.groups], [{ value: 10 }, { value: null }, ['o.id']]);
    const insert = readStatement('INSERT INTO "a".b (x, y) VALUES ($1, $2) ON CONFLICT (x) DO UPDATE SET y = 1');
    assert.deepEqual(
      [insert?.operation, insert?.namespace, insert?.table, insert?.writes],
      ['upsert', 'a', 'b', ['x', 'y']],
    );
    const update = readStatement("UPDATE orders SET status = 'x', n = n + 1 WHERE id = 5");
    assert.deepEqual(
      [update?.operation, update?.table, update?.writes, update?.predicates.length],
      ['update', 'orders', ['status', 'n'], 1],
    );
    assert.deepEqual(
      [
        readStatement('delete from t')?.predicates,
        readStatement('SELECT COUNT(*) FROM t')?.scalar,
        readStatement('DROP TABLE t'),
      ],
      [[], true, null],
    );
  });

  it('reads any prefix, and long texts in bounded time', () => {
    const sql = `SELECT a, (b) FROM t JOIN u ON u.x = t.y WHERE (a = 1 OR (b IN (SELECT c FROM d) AND CASE WHEN e THEN 1 END = 2)) AND f LIKE '%x' -- c`;
    for (let end = 0; end <= sql.length; end++) {
      readStatement(sql.slice(0, end));
      readCondition(sql.slice(0, end));
    }
    const started = Date.now();
    readCondition('('.repeat(20_000));
    readCondition('a = 1 AND '.repeat(20_000));
    readCondition('(a + '.repeat(3_000));
    assert.ok(Date.now() - started < 3_000);
  });
});
