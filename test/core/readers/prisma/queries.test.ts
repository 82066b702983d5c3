import assert from 'node:assert/strict';
import type { FileFacts, Query } from '../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadSyntax, readPrisma } from './read.ts';

const schema = `
datasource db {
  provider = "postgresql"
}

model User {
  id    Int     @id
  email String  @unique
  name  String? @map("full_name")
  orgId Int     @map("org_id")
  slug  String
  posts Post[]

  @@unique([orgId, slug])
  @@map("users")
}

model Post {
  id       Int    @id
  title    String
  stock    Int
  authorId Int    @map("author_id")
  author   User   @relation(fields: [authorId], references: [id])
  tags     Tag[]
}

model Tag {
  id    Int    @id
  posts Post[]
}
`;

describe('queries of the Prisma client', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  function facts(code: string, path = 'src/service.ts'): FileFacts {
    const { files } = readPrisma(
      [
        ['prisma/schema.prisma', schema],
        [path, code],
      ],
      { syntax },
    );
    const found = files.find(({ file }) => file === path);
    assert.ok(found, `${path} was not read`);
    return found;
  }

  const queries = (code: string): readonly Query[] => facts(code).queries;

  function only(code: string): Query {
    const found = queries(code);
    assert.equal(found.length, 1, found.map(({ api }) => api).join());
    return found[0]!;
  }

  /** Filters as `table.column comparison`, with the group of an OR and `wrapped` where they apply. */
  const filters = ({ filters: found }: Query): readonly string[] =>
    found.map(
      ({ path, target, comparison, orGroup, wrapped }) =>
        `${target ? `${target.table}.${target.columns.join('+')}` : `?${path}`} ${comparison}${orGroup > 0 ? ` or${orGroup}` : ''}${wrapped ? ' wrapped' : ''}`,
    );

  it('reads every kind of condition', () => {
    const query = only(`
      export const list = (q: string, ids: number[]) => prisma.user.findMany({
        where: {
          email: { contains: q, mode: 'insensitive' },
          OR: [{ name: null }, { name: { startsWith: 'a' } }],
          NOT: { slug: 'x' },
          AND: [{ orgId: 1 }],
          id: { in: ids },
          posts: { some: { title: { equals: 'x' }, stock: { gte: 1, lt: 9 } } },
          unused: undefined,
        },
      });`);
    assert.deepEqual(filters(query), [
      'users.email contains wrapped',
      'users.full_name is-null or1',
      'users.full_name prefix or2',
      'users.slug ne',
      'users.org_id eq',
      'users.id in',
      'Post.title eq',
      'Post.stock range',
    ]);
    assert.equal(query.complete, true);
    assert.deepEqual([query.operation, query.rows, query.table, query.entity], ['select', 'many', 'users', 'User']);
  });

  it('follows relations, compound keys and cursors', () => {
    assert.deepEqual(filters(only(`await prisma.post.findMany({ where: { author: { is: { email: e } } } })`)), [
      'users.email eq',
    ]);
    assert.deepEqual(filters(only(`await prisma.post.findFirst({ where: { author: { id: a } } })`)), [
      'Post.author_id eq',
    ]);
    assert.deepEqual(filters(only(`await prisma.user.findUnique({ where: { orgId_slug: { orgId: 1, slug } } })`)), [
      'users.org_id eq',
      'users.slug eq',
    ]);
    const page = only(
      `await prisma.post.findMany({ cursor: { id }, take: -20, skip: 1, orderBy: { author: { name: 'desc' } } })`,
    );
    assert.deepEqual(filters(page), ['Post.id range']);
    assert.deepEqual([page.limit?.value, page.offset?.value], [20, 1]);
    assert.deepEqual(
      page.sorts.map(({ target, direction }) => [target?.table, target?.columns, direction]),
      [['users', ['full_name'], 'desc']],
    );
  });

  it('says where something may be missing', () => {
    const spread = only(`await prisma.user.findMany({ where: { orgId, ...(q ? { email: q } : {}), ...extra } })`);
    assert.deepEqual([filters(spread), spread.complete], [['users.org_id eq', 'users.email eq'], false]);
    assert.equal(only(`await prisma.user.findMany(args)`).complete, false);
    const local = only(`async function f() { const where = { email: 'x' }; return prisma.user.findMany({ where }) }`);
    assert.deepEqual([filters(local), local.complete], [['users.email eq'], true]);
  });

  it('tells what is loaded from what is selected', () => {
    const query = only(`await prisma.user.findMany({
      select: { id: true, name: true, email: false, posts: { select: { title: true, tags: true } }, _count: true },
    })`);
    assert.deepEqual(query.selects, ['id', 'name']);
    assert.deepEqual(
      query.loads.map(({ path, target }) => [path, target?.table, target?.columns]),
      [
        ['posts', 'Post', ['author_id']],
        ['posts.tags', '_PostToTag', []],
      ],
    );
    const included = only(`await prisma.post.findMany({ include: { author: true, tags: { where: { id: 1 } } } })`);
    assert.deepEqual(
      included.loads.map(({ path }) => path),
      ['author', 'tags'],
    );
    assert.equal(included.selects, null);
    assert.equal(included.loading, 'query');
    assert.equal(
      only(`await prisma.user.findMany({ include: { posts: true }, relationLoadStrategy: 'join' })`).loading,
      'join',
    );
    assert.deepEqual(filters(included), []);
    const fluent = only(`await prisma.user.findUnique({ where: { id } }).posts()`);
    assert.deepEqual(
      fluent.loads.map(({ path }) => path),
      ['posts'],
    );
  });

  it('reads what is written', () => {
    const writes = ({ writes: found }: Query): readonly unknown[] => found.map(({ target }) => target?.columns);
    const cases: readonly (readonly [string, string, readonly unknown[]])[] = [
      [`create({ data: { email, name: 'x' } })`, 'insert', [['email'], ['full_name']]],
      [`createMany({ data: rows.map((row) => ({ email: row.email })) })`, 'insert', [['email']]],
      [`update({ where: { id }, data: { name: undefined, orgId: { increment: 1 } } })`, 'update', [['org_id']]],
      [`upsert({ where: { id }, create: { email }, update: { slug } })`, 'upsert', [['email'], ['slug']]],
      [`deleteMany({ where: { orgId } })`, 'delete', []],
    ];
    for (const [call, operation, columns] of cases) {
      const query = only(`await prisma.user.${call}`);
      assert.deepEqual([query.operation, writes(query)], [operation, columns], call);
    }
    assert.deepEqual(writes(only(`await prisma.post.create({ data: { author: { connect: { id } } } })`)), [
      ['author_id'],
    ]);
  });

  it('finds clients by name, type, class, variable and parameter', () => {
    const found = queries(`
      class Users extends PrismaClient { all() { return this.user.findMany() } }
      class Service {
        constructor(private readonly store: PrismaService, private readonly posts: Prisma.PostDelegate) {}
        async run(ctx: Context, tx: Prisma.TransactionClient) {
          await this.store.user.create({ data: {} });
          await this.posts.findMany();
          await ctx.db.user.count();
          await tx.tag.delete({ where: { id: 1 } });
          const users = ctx.prisma.user;
          await users.findFirst();
          await getPrisma().post.update({ where: { id: 1 }, data: {} });
          await something.user.findMany();
        }
      }`);
    assert.deepEqual(
      found.map(({ api, table, inTransactionClient }) => `${api} ${String(table)}${inTransactionClient ? ' tx' : ''}`),
      [
        'findMany users',
        'create users',
        'findMany Post',
        'count users',
        'delete Tag tx',
        'findFirst users',
        'update Post',
        'findMany users',
      ],
    );
  });

  it('leaves the objects of others alone', () => {
    const found = queries(`
      export async function f(prisma: PrismaClient) {
        await this.user.create({});
        await cache.user.delete(key);
        await orm.query.posts.findMany();
        await userModel.findFirst();
        await other.comet.findMany();
        await map.delete('x');
      }`);
    assert.deepEqual(
      found.map(({ api }) => api),
      [],
    );
    // A model that this workspace has no schema of is still a query of Prisma's client.
    const unknown = only(`await prisma.invoice.findMany({ include: { lines: true } })`);
    assert.deepEqual([unknown.entity, unknown.table], ['Invoice', null]);
  });

  it('tells bound SQL from SQL that values are put into', () => {
    const bound = only(
      'await prisma.$queryRaw`SELECT id FROM users WHERE full_name = ${name} AND org_id IN (${Prisma.join(ids)}) LIMIT 5`',
    );
    assert.deepEqual(bound.sql?.interpolations, []);
    assert.deepEqual([bound.table, bound.operation, bound.limit?.value], ['users', 'select', 5]);
    assert.deepEqual(filters(bound), ['users.full_name eq', 'users.org_id in']);
    const raw = only('await prisma.$queryRaw`SELECT * FROM users ORDER BY ${Prisma.raw(column)}`');
    assert.deepEqual(
      raw.sql?.interpolations.map(({ text, position }) => [text, position]),
      [['column', 'identifier']],
    );
    const unsafe = only("await prisma.$executeRawUnsafe(`DELETE FROM users WHERE email = '${email}'`)");
    assert.deepEqual(
      [unsafe.operation, unsafe.sql?.interpolations.map(({ text, position }) => [text, position])],
      ['delete', [['email', 'value']]],
    );
    const parameters = only("await prisma.$queryRawUnsafe('SELECT * FROM users WHERE email = $1', email)");
    assert.deepEqual(parameters.sql?.interpolations, []);
    const local = only(
      'async function f() { const sql = `SELECT * FROM users WHERE id = ${id}`; return prisma.$queryRawUnsafe(sql) }',
    );
    assert.equal(local.sql?.interpolations.length, 1);
    const made = only(
      'async function f() { const sql = Prisma.sql`SELECT * FROM users WHERE id = ${id}`; return prisma.$queryRaw(sql) }',
    );
    assert.deepEqual([made.sql?.interpolations, made.table], [[], 'users']);
  });

  it('ties queries to transactions of both forms', () => {
    const { queries: found, transactions } = facts(`
      export async function move(prisma: PrismaClient) {
        const [users, total] = await prisma.$transaction([prisma.user.findMany(), prisma.user.count()]);
        await prisma.post.count();
        await prisma.$transaction(
          async (tx) => {
            await tx.user.create({ data: { email: 'x' } });
            await prisma.tag.findMany();
          },
          { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead },
        );
      }`);
    assert.deepEqual(
      transactions.map(({ isolation, client }) => [isolation, client]),
      [
        [null, null],
        ['REPEATABLE READ', 'tx'],
      ],
    );
    assert.deepEqual(
      found.map((query) => [query.api, query.transaction, query.inTransactionClient, query.result, query.awaited]),
      [
        ['findMany', 0, true, 'users', true],
        ['count', 0, true, 'total', true],
        ['count', null, false, null, true],
        ['create', 1, true, null, true],
        ['findMany', 1, false, null, true],
      ],
    );
  });

  it('knows the loop and function of a query, and what it rests on', () => {
    const {
      queries: found,
      loops,
      functions,
    } = facts(`
      export async function load(users: User[]) {
        for (const user of users) await prisma.post.findMany({ where: { authorId: user.id } });
        return Promise.all(users.map((user) => prisma.user.findUnique({ where: { id: user.id } })));
      }`);
    assert.deepEqual(
      found.map(({ api, loop, function: owner, uses }) => [
        api,
        loop === null ? null : loops[loop]?.kind,
        owner === null ? null : functions[owner]?.name,
        uses,
      ]),
      [
        ['findMany', 'for-of', 'load', ['user.id']],
        ['findUnique', 'map', null, ['user.id']],
      ],
    );
  });

  it('knows which calls of one tick are sent together', () => {
    const batched = (call: string): boolean | undefined => only(`await prisma.user.${call}`).batched;
    assert.equal(batched('findUnique({ where: { id } })'), true);
    assert.equal(
      batched('findUniqueOrThrow({ where: { orgId_slug: { orgId: 1, slug } }, include: { posts: true } })'),
      true,
    );
    assert.equal(batched('findUnique({ where: { id, posts: { some: { title } } } })'), undefined);
    assert.equal(batched('findUnique({ where: { id, name: { contains: q } } })'), undefined);
    assert.equal(batched('findFirst({ where: { id } })'), undefined);
  });

  it('reads files whose queries stand in functions without a promise in sight', () => {
    const { queries: found, functions } = facts(`export function load() { prisma.user\n.findMany() }`);
    assert.equal(functions[found[0]?.function ?? -1]?.name, 'load');
  });
});
