import assert from 'node:assert/strict';
import type { FileFacts, Query } from '../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadSyntax } from '../typeorm/read.ts';
import { readMikroOrm } from './read.ts';

const entities = `import { Collection, Entity, ManyToOne, OneToMany, PrimaryKey, Property } from '@mikro-orm/core';
@Entity() export class Author { @PrimaryKey() id!: number; @Property() fullName!: string; @Property() age!: number; @OneToMany(() => Book, 'author') books = new Collection<Book>(this); }
@Entity() export class Book { @PrimaryKey() id!: number; @Property() title!: string; @ManyToOne(() => Author) author!: Author; }`;
const head = `import { EntityManager, EntityRepository, QueryOrder, LockMode } from '@mikro-orm/postgresql';\nimport { Author, Book } from './entities';\n`;

describe('queries of MikroORM', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  function facts(code: string): FileFacts {
    const { files } = readMikroOrm({ 'src/entities.ts': entities, 'src/service.ts': head + code }, syntax, {
      dialect: 'postgresql',
    });
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

  it('reads conditions, relations to load, sorts and limits', () => {
    const query = only(`export const list = (em: EntityManager, ids: number[]) => em.find(Book, {
      title: { $like: 'a%' }, author: { fullName: 'x', age: { $gte: 18, $lt: 60 } }, id: ids, $or: [{ title: null }, { title: { $ilike: '%b' } }],
    }, { populate: ['author.books'], orderBy: { author: { fullName: QueryOrder.DESC }, id: 'asc' }, limit: 10, offset: skip, fields: ['title'], lockMode: LockMode.PESSIMISTIC_WRITE });`);
    assert.deepEqual(filters(query), [
      'book.title prefix',
      'author.full_name eq',
      'author.age range',
      'book.id eq',
      'book.title is-null or1',
      'book.title contains or2 wrapped',
    ]);
    assert.deepEqual([query.table, query.operation, query.rows, query.complete], ['book', 'select', 'many', true]);
    assert.deepEqual(
      query.loads.map(({ path, target }) => [path, target?.table]),
      [['author.books', 'book']],
    );
    assert.deepEqual(
      query.sorts.map(({ target, direction }) => [target?.table, target?.columns, direction]),
      [
        ['author', ['full_name'], 'desc'],
        ['book', ['id'], 'asc'],
      ],
    );
    assert.deepEqual(
      [query.limit?.value, query.offset?.value, query.selects, query.lock],
      [10, null, ['title'], 'pessimistic_write'],
    );
  });

  it('finds managers and repositories by type, field, call, class and name', () => {
    const { queries } = facts(`
      export class AuthorRepository extends EntityRepository<Author> { grown() { return this.find({ age: { $gt: 17 } }); } }
      export class Service {
        constructor(private readonly em: EntityManager, private readonly books: EntityRepository<Book>, private readonly authors: AuthorRepository) {}
        async run(orm: MikroORM, id: number) {
          await this.em.findOneOrFail(Author, id);
          await this.books.count({ author: id });
          await this.authors.findAll({ where: { age: 3 } });
          await orm.em.fork().getRepository(Book).findOne({ id });
          const em = orm.em.fork();
          await em.findAndCount(Book, {});
          await bookRepository.nativeDelete({ id });
          await [1, 2].find((x) => x === id);
          await somebody.find(Author, {});
        }
      }`);
    assert.deepEqual(
      queries.map((query) => [query.api, query.table, query.rows, filters(query).join()]),
      [
        ['find', 'author', 'many', 'author.age range'],
        ['findOneOrFail', 'author', 'one', 'author.id eq'],
        ['count', 'book', 'one', 'book.author_id eq'],
        ['findAll', 'author', 'many', 'author.age eq'],
        ['findOne', 'book', 'one', 'book.id eq'],
        ['findAndCount', 'book', 'many', ''],
        ['nativeDelete', 'book', 'none', 'book.id eq'],
      ],
    );
  });

  it('reads what is written, and query builders', () => {
    const { queries } = facts(`
      export async function write(em: EntityManager) {
        await em.nativeUpdate(Author, { id: 1 }, { fullName: 'x' });
        await em.insertMany(Book, [{ title: 'a' }]);
        await em.upsert(Author, { id: 1, age: 3 });
        const rows = await em.createQueryBuilder(Book, 'b').select(['b.title']).leftJoinAndSelect('b.author', 'a').where({ 'a.age': 3 }).andWhere({ title: 'x' }).orderBy({ 'b.id': 'desc' }).limit(5, 10).getResultList();
        await em.qb(Author).update({ age: 4 }).where({ id: 2 }).execute();
        await em.execute(\`select * from book where title = '\${title}'\`);
      }`);
    assert.deepEqual(
      queries.map((query) => [
        query.operation,
        query.table,
        filters(query).join(),
        query.writes.flatMap(({ target }) => target?.columns ?? []).join(),
      ]),
      [
        ['update', 'author', 'author.id eq', 'full_name'],
        ['insert', 'book', '', 'title'],
        ['upsert', 'author', '', 'id,age'],
        ['select', 'book', 'author.age eq,book.title eq', ''],
        ['update', 'author', 'author.id eq', 'age'],
        ['select', 'book', 'book.title eq', ''],
      ],
    );
    const built = queries[3];
    assert.deepEqual(
      [
        built?.joins.map(({ kind, selected, target }) => [kind, selected, target?.columns]),
        built?.limit?.value,
        built?.offset?.value,
        built?.selects,
        built?.result,
      ],
      [[['left', true, ['author_id']]], 5, 10, ['title'], 'rows'],
    );
    assert.deepEqual(
      queries[5]?.sql?.interpolations.map(({ text }) => text),
      ['title'],
    );
  });

  it('ties queries to transactions and loops', () => {
    const { queries, transactions, loops } = facts(`
      export async function move(em: EntityManager, list: { id: number }[]) {
        await em.transactional(async (tx) => {
          for (const each of list) await tx.findOne(Author, { id: each.id });
          await em.flush();
        }, { isolationLevel: IsolationLevel.READ_COMMITTED });
      }`);
    assert.deepEqual(
      transactions.map(({ client, isolation }) => [client, isolation]),
      [['tx', 'READ COMMITTED']],
    );
    assert.deepEqual(
      queries.map(({ api, transaction, inTransactionClient, loop, uses }) => [
        api,
        transaction,
        inTransactionClient,
        loop === null ? null : loops[loop]?.kind,
        uses,
      ]),
      [
        ['findOne', 0, true, 'for-of', ['Author', 'each.id']],
        ['flush', 0, false, null, []],
      ],
    );
  });

  it('says where conditions may be missing', () => {
    const spread = only(
      `export const f = (em: EntityManager, extra: object) => em.find(Author, { age: 3, ...(extra ? { fullName: 'x' } : {}) });`,
    );
    assert.deepEqual(
      [filters(spread), spread.complete],
      [['author.age eq', 'author.full_name eq'].toReversed(), false],
    );
    assert.equal(
      only(`export const f = (em: EntityManager, where: object) => em.find(Author, where);`).complete,
      false,
    );
  });
});
