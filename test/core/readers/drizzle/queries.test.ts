import assert from 'node:assert/strict';
import type { FileFacts, Query } from '../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadSyntax } from '../typeorm/read.ts';
import { readDrizzle } from './read.ts';

const schema = `
import { relations } from 'drizzle-orm';
import { boolean, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
export const users = pgTable('app_users', { id: integer().primaryKey(), email: text().unique(), name: text('full_name'), orgId: integer('org_id') });
export const posts = pgTable('posts', { id: integer().primaryKey(), title: text(), authorId: integer('author_id').references(() => users.id), createdAt: timestamp('created_at') });
export const userRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
export const postRelations = relations(posts, ({ one }) => ({ author: one(users, { fields: [posts.authorId], references: [users.id] }) }));
`;
const head = `import { and, alias, asc, between, count, desc, eq, ilike, inArray, isNull, like, not, or, sql } from 'drizzle-orm';\nimport { posts, users } from './schema';\nimport { db } from './db';\n`;

describe('queries of Drizzle', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  function facts(code: string): FileFacts {
    const { files } = readDrizzle({ 'src/schema.ts': schema, 'src/service.ts': head + code }, syntax);
    const found = files.find(({ file }) => file === 'src/service.ts');
    assert.ok(found, 'the service was not read');
    return found;
  }

  function only(code: string): Query {
    const { queries } = facts(code);
    assert.equal(queries.length, 1, queries.map(({ api }) => api).join());
    return queries[0]!;
  }

  const filters = ({ filters: found }: Query): readonly string[] =>
    found.map(
      ({ path, target, comparison, orGroup, wrapped }) =>
        `${target ? `${target.table}.${target.columns.join('+')}` : `?${path}`} ${comparison}${orGroup > 0 ? ` or${orGroup}` : ''}${wrapped ? ' wrapped' : ''}`,
    );

  it('reads statements with their conditions, joins, sorts and limits', () => {
    const query = only(`
      export const list = (q: string, ids: number[]) => db
        .select({ id: users.id, title: posts.title })
        .from(users)
        .leftJoin(posts, eq(posts.authorId, users.id))
        .where(and(eq(users.orgId, 1), or(like(users.name, 'a%'), ilike(users.email, q)), inArray(users.id, ids), isNull(posts.title), not(eq(users.name, q)), between(posts.createdAt, a, b), eq(sql\`lower(\${users.email})\`, q)))
        .orderBy(desc(posts.createdAt), asc(users.name), users.id)
        .limit(20)
        .offset(skip);`);
    assert.deepEqual(filters(query), [
      'app_users.org_id eq',
      'app_users.full_name prefix or1',
      'app_users.email contains or2 wrapped',
      'app_users.id in',
      'posts.title is-null',
      'app_users.full_name ne',
      'posts.created_at range',
      'app_users.email eq wrapped',
    ]);
    assert.deepEqual(
      [query.complete, query.operation, query.rows, query.table, query.entity],
      [true, 'select', 'many', 'app_users', 'users'],
    );
    assert.deepEqual(
      query.joins.map(({ kind, selected, target }) => [kind, selected, target?.table, target?.columns]),
      [['left', false, 'posts', ['author_id']]],
    );
    assert.deepEqual(
      query.sorts.map(({ target, direction }) => [target?.table, target?.columns, direction]),
      [
        ['posts', ['created_at'], 'desc'],
        ['app_users', ['full_name'], 'asc'],
        ['app_users', ['id'], 'asc'],
      ],
    );
    assert.deepEqual([query.selects, query.limit?.value, query.offset?.value], [['id', 'posts.title'], 20, null]);
  });

  it('says where conditions may be missing', () => {
    const built = only(
      `async function f(conditions: SQL[]) { return db.select().from(users).where(and(eq(users.id, 1), ...conditions)); }`,
    );
    assert.deepEqual([filters(built), built.complete], [['app_users.id eq'], false]);
    const optional = only(
      `async function f(id?: number) { return db.select().from(users).where(id ? eq(users.id, id) : undefined); }`,
    );
    assert.deepEqual([filters(optional), optional.complete], [['app_users.id eq'], false]);
    assert.equal(
      only(`async function f() { const query = db.select().from(users).$dynamic(); return query; }`).complete,
      false,
    );
    const local = only(
      `async function f() { const where = eq(users.email, 'x'); return db.select().from(users).where(where); }`,
    );
    assert.deepEqual([filters(local), local.complete], [['app_users.email eq'], true]);
  });

  it('reads relational queries of both versions', () => {
    const first = only(`await db.query.users.findFirst({
      where: (u, { eq }) => eq(u.email, email), with: { posts: { with: { author: true }, limit: 5 } }, columns: { id: true, name: true }, orderBy: [desc(users.id)] })`);
    assert.deepEqual(filters(first), ['app_users.email eq']);
    assert.deepEqual(
      first.loads.map(({ path, target }) => [path, target?.table, target?.columns]),
      [
        ['posts', 'posts', ['author_id']],
        ['posts.author', 'posts', ['author_id']],
      ],
    );
    assert.deepEqual([first.rows, first.selects, first.sorts[0]?.target?.columns], ['one', ['id', 'name'], ['id']]);
    const second = only(
      `await db.query.posts.findMany({ where: { authorId: 1, OR: [{ title: { like: 'x%' } }, { title: { isNull: true } }], author: { email: e } }, orderBy: { createdAt: 'desc' }, limit: 10 })`,
    );
    assert.deepEqual(filters(second), [
      'posts.author_id eq',
      'posts.title prefix or1',
      'posts.title is-null or2',
      'app_users.email eq',
    ]);
    assert.deepEqual([second.limit?.value, second.sorts[0]?.direction, second.complete], [10, 'desc', true]);
  });

  it('reads what is written', () => {
    const cases: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
      [`db.insert(users).values({ email, name: 'x' })`, 'insert', ['email', 'full_name'], []],
      [
        `db.insert(users).values(rows.map((row) => ({ email: row.email }))).onConflictDoUpdate({ target: users.email, set: { name } })`,
        'upsert',
        ['email', 'full_name'],
        [],
      ],
      [
        `db.update(users).set({ name: q, orgId: undefined }).where(eq(users.id, 1)).returning()`,
        'update',
        ['full_name'],
        ['app_users.id eq'],
      ],
      [`db.delete(posts).where(eq(posts.authorId, id))`, 'delete', [], ['posts.author_id eq']],
    ];
    for (const [call, operation, columns, conditions] of cases) {
      const query = only(`await ${call}`);
      assert.deepEqual(
        [query.operation, query.writes.flatMap(({ target }) => target?.columns ?? []), filters(query)],
        [operation, columns, conditions],
        call,
      );
    }
  });

  it('does not take a parameter for the name of a table', () => {
    const { entity, table } = only('export function add(table, values) { return db.insert(table).values(values); }');
    assert.deepEqual([entity, table], [null, null]);
  });

  it('knows counts and aggregates', () => {
    assert.deepEqual(
      [only(`await db.$count(users, eq(users.orgId, 1))`)].map(({ operation, rows }) => [operation, rows]),
      [['count', 'one']],
    );
    const counted = only(`await db.select({ n: count() }).from(posts).where(eq(posts.authorId, 1))`);
    assert.deepEqual([counted.operation, counted.rows], ['count', 'one']);
    const grouped = only(
      `await db.select({ author: posts.authorId, n: sql<number>\`count(*)\` }).from(posts).groupBy(posts.authorId)`,
    );
    assert.deepEqual(
      [grouped.operation, grouped.rows, grouped.groups[0]?.target?.columns],
      ['select', 'many', ['author_id']],
    );
  });

  it('tells bound SQL from SQL that values are put into', () => {
    const bound = only('await db.execute(sql`SELECT id FROM ${users} WHERE ${users.email} = ${email} LIMIT 5`)');
    assert.deepEqual(
      [bound.sql?.interpolations, bound.table, filters(bound)],
      [[], 'app_users', ['app_users.email eq']],
    );
    const raw = only("await db.execute(sql.raw(`DELETE FROM posts WHERE title = '${title}'`))");
    assert.deepEqual(
      [raw.operation, raw.sql?.interpolations.map(({ text, position }) => [text, position])],
      ['delete', [['title', 'value']]],
    );
    const mixed = only('await db.execute(sql`SELECT * FROM posts ORDER BY ${sql.raw(column)}`)');
    assert.deepEqual(
      mixed.sql?.interpolations.map(({ text }) => text),
      ['column'],
    );
  });

  it('ties queries to transactions, loops and functions', () => {
    const { queries, transactions, loops, functions } = facts(`
      export async function move(list: { id: number }[]) {
        await db.transaction(async (tx) => {
          for (const each of list) await tx.update(users).set({ orgId: 1 }).where(eq(users.id, each.id));
          await db.select().from(posts);
        }, { isolationLevel: 'repeatable read' });
      }
      export async function helper(tx: Transaction) { return tx.query.posts.findMany(); }`);
    assert.deepEqual(
      transactions.map(({ client, isolation }) => [client, isolation]),
      [['tx', 'REPEATABLE READ']],
    );
    assert.deepEqual(
      queries.map(({ api, transaction, inTransactionClient, loop, function: owner, awaited, uses }) => [
        api,
        transaction,
        inTransactionClient,
        loop === null ? null : loops[loop]?.kind,
        functions[owner ?? -1]?.name,
        awaited,
        uses.includes('each.id'),
      ]),
      [
        ['update', 0, true, 'for-of', null, true, true],
        ['select', 0, false, null, null, true, false],
        ['findMany', null, true, null, 'helper', false, false],
      ],
    );
  });

  it('leaves the objects of others and parts of queries alone', () => {
    const { queries } = facts(`
      export async function f(cache: Map<string, number>) {
        const recent = db.select().from(posts).as('recent');
        cache.delete(key);
        await supabase.from('posts').select('*');
        await stripe.update(thing).set(1);
        await knex.select('a').from('posts');
        const found = await db.select().from(recent);
      }`);
    assert.deepEqual(
      queries.filter(({ table }) => table !== null).map(({ api, table, result }) => [api, table, result]),
      [['select', 'posts', 'found']],
    );
  });
});
