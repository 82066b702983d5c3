// rules: unindexed-filter, range-before-equality, unsearchable-filter, query-in-loop, write-in-loop, filter-in-memory, repeated-query, unfiltered-write, sql-injection, unordered-pagination, outside-of-transaction
import { Collection, Entity, EntityManager, Index, ManyToOne, OneToMany, PrimaryKey, Property, Unique } from '@mikro-orm/core';
import { SqlEntityManager } from '@mikro-orm/postgresql';
import { Library, Volume, Writer } from './model/entities';

@Entity({ tableName: 'borrowers' })
export class Borrower {
  @PrimaryKey()
  id!: number;

  // bad unindexed-filter: the desk looks for it
  @Property()
  card!: string; // expect unindexed-filter

  // bad unindexed-filter: an update searches by it
  @Property({ nullable: true })
  batch?: string; // expect unindexed-filter

  // trap unindexed-filter: unique
  @Property()
  @Unique()
  login!: string;

  // trap unindexed-filter: yes or no
  @Property()
  blocked: boolean = false;

  // trap unindexed-filter: it has an index
  @Index()
  @Property()
  name!: string;

  @OneToMany(() => Lending, (lending) => lending.borrower)
  lendings = new Collection<Lending>(this);
}

@Entity({ tableName: 'lendings' })
@Index({ properties: ['dueAt', 'desk'] })
@Index({ properties: ['borrower', 'dueAt'] })
export class Lending {
  @PrimaryKey()
  id!: number;

  @ManyToOne(() => Borrower)
  borrower!: Borrower;

  @Index()
  @ManyToOne(() => Volume)
  volume!: Volume;

  @Property()
  desk!: string; // expect unindexed-filter

  @Property({ columnType: 'timestamptz' })
  dueAt!: Date;
}

export class DeskService {
  constructor(private readonly em: SqlEntityManager) {}

  async byCard(card: string) {
    return this.em.findOne(Borrower, { card });
  }

  async unblock(batch: string) {
    await this.em.nativeUpdate(Borrower, { batch }, { blocked: false });
  }

  async byLogin(login: string) {
    return this.em.findOneOrFail(Borrower, { login });
  }

  async blocked() {
    return this.em.find(Borrower, { blocked: true });
  }

  async named(name: string) {
    return this.em.find(Borrower, { name });
  }

  // bad range-before-equality: the index begins with the day
  async dueAt(desk: string, until: Date) {
    return this.em.find(Lending, { desk, dueAt: { $lte: until } }); // expect range-before-equality
  }

  // bad range-before-equality: counted
  async countDue(desk: string, from: Date, to: Date) {
    return this.em.count(Lending, { dueAt: { $gte: from, $lt: to }, desk }); // expect range-before-equality
  }

  // trap range-before-equality: the borrower stands first
  async dueOf(borrower: Borrower, until: Date) {
    return this.em.find(Lending, { borrower, dueAt: { $lte: until } });
  }

  // trap range-before-equality: a range alone
  async overdue(now: Date) {
    return this.em.find(Lending, { dueAt: { $lt: now } });
  }

  // bad unsearchable-filter: anywhere in the name
  async search(term: string) {
    return this.em.find(Borrower, { name: { $ilike: `%${term}%` } }); // expect unsearchable-filter
  }

  // bad unsearchable-filter: at its end
  async ending(term: string) {
    return this.em.find(Borrower, { name: { $like: '%' + term } }); // expect unsearchable-filter
  }

  // trap unsearchable-filter: at its beginning
  async beginning(term: string) {
    return this.em.find(Borrower, { name: { $like: `${term}%` } });
  }

  // trap unsearchable-filter: the login has found it
  async check(login: string, term: string) {
    return this.em.findOne(Borrower, { login, name: { $ilike: `%${term}%` } });
  }

  // bad query-in-loop: the collection of each is read for itself
  async counts() {
    const found: Record<string, number> = {};
    for (const library of await this.em.find(Library, { city: 'Graz' })) {
      const volumes = await library.volumes.loadItems(); // expect query-in-loop
      found[library.name] = volumes.length;
    }
    return found;
  }

  // bad query-in-loop: initialised in the loop
  async titles() {
    const writers = await this.em.find(Writer, {});
    for (const writer of writers) {
      await writer.volumes.init(); // expect query-in-loop
    }
    return writers.map((writer) => writer.volumes.getItems().map(({ title }) => title));
  }

  // trap query-in-loop: populated with the query
  async fullCounts() {
    const found: Record<string, number> = {};
    for (const library of await this.em.find(Library, { city: 'Graz' }, { populate: ['volumes'] })) {
      found[library.name] = library.volumes.length;
    }
    return found;
  }

  // trap query-in-loop: one statement for all of them
  async fullTitles() {
    const writers = await this.em.find(Writer, {});
    await this.em.populate(writers, ['volumes']);
    return writers.map((writer) => writer.volumes.getItems().map(({ title }) => title));
  }

  // bad query-in-loop: a statement per title
  async find(isbns: string[]) {
    const found: Volume[] = [];
    for (const isbn of isbns) {
      found.push(await this.em.findOneOrFail(Volume, { isbn })); // expect query-in-loop
    }
    return found;
  }

  // bad query-in-loop: all of them at the same time
  async countLendings(borrowers: Borrower[]) {
    return Promise.all(borrowers.map((borrower) => this.em.count(Lending, { borrower: borrower.id }))); // expect query-in-loop
  }

  // trap query-in-loop: one statement
  async findAtOnce(isbns: string[]) {
    return this.em.find(Volume, { isbn: { $in: isbns } });
  }

  // trap query-in-loop: a reference asks nothing
  async lend(borrowerId: number, volumeIds: number[], dueAt: Date) {
    for (const id of volumeIds) {
      this.em.create(Lending, { borrower: this.em.getReference(Borrower, borrowerId), volume: this.em.getReference(Volume, id), desk: 'A', dueAt });
    }
    await this.em.flush();
  }

  // bad write-in-loop: a flush for each
  async giveBack(volumes: Volume[]) {
    for (const volume of volumes) {
      volume.lentOut = false;
      await this.em.persistAndFlush(volume); // expect write-in-loop
    }
  }

  // bad write-in-loop: a statement for each
  async rename(shelves: Map<number, string>) {
    for (const [id, shelf] of shelves) {
      await this.em.nativeUpdate(Volume, { id }, { shelf }); // expect write-in-loop
    }
  }

  // trap write-in-loop: one flush sends them together
  async giveAllBack(volumes: Volume[]) {
    for (const volume of volumes) {
      volume.lentOut = false;
      this.em.persist(volume);
    }
    await this.em.flush();
  }

  // trap write-in-loop: many rows in one statement
  async importVolumes(rows: { title: string; isbn: string }[]) {
    await this.em.insertMany(Volume, rows.map((row) => ({ ...row, lentOut: false })));
  }

  // bad filter-in-memory: all volumes for those that are lent
  async lent() {
    return (await this.em.findAll(Volume)).filter((volume) => volume.lentOut); // expect filter-in-memory
  }

  // bad filter-in-memory: for one of them
  async first(title: string) {
    return (await this.em.find(Volume, {})).find((volume) => volume.title === title); // expect filter-in-memory
  }

  // trap filter-in-memory: the statement has chosen
  async lentOf(library: Library) {
    return (await this.em.find(Volume, { library })).filter((volume) => volume.title.length > 40);
  }

  // trap filter-in-memory: each is used
  async isbns() {
    return (await this.em.find(Volume, {})).map(({ isbn }) => isbn);
  }

  // bad repeated-query: the borrower is the same in every round
  async letters(login: string, titles: string[]) {
    const found: string[] = [];
    for (const title of titles) {
      const borrower = await this.em.findOneOrFail(Borrower, { login }); // expect repeated-query
      found.push(`${borrower.name}: ${title}`);
    }
    return found;
  }

  // bad repeated-query: asked again
  async greeting(login: string) {
    const borrower = await this.em.findOneOrFail(Borrower, { login });
    const name = borrower.name.toUpperCase();
    const again = await this.em.findOneOrFail(Borrower, { login }); // expect repeated-query
    return `${name} (${again.card})`;
  }

  // trap repeated-query: it has been changed
  async block(login: string) {
    const before = await this.em.findOne(Borrower, { login });
    await this.em.nativeUpdate(Borrower, { login }, { blocked: true });
    const after = await this.em.findOne(Borrower, { login });
    return [before?.blocked, after?.blocked];
  }

  // trap repeated-query: two of them
  async both(one: string, other: string) {
    const first = await this.em.findOne(Borrower, { login: one });
    const second = await this.em.findOne(Borrower, { login: other });
    return [first, second];
  }

  // bad unfiltered-write: every lending
  async forget() {
    await this.em.nativeDelete(Lending, {}); // expect unfiltered-write
  }

  // bad unfiltered-write: every volume
  async giveUp() {
    await this.em.nativeUpdate(Volume, {}, { lentOut: false }); // expect unfiltered-write
  }

  // trap unfiltered-write: those of one desk
  async close(desk: string) {
    await this.em.nativeDelete(Lending, { desk });
  }

  // trap unfiltered-write: the row itself
  async remove(volume: Volume) {
    await this.em.removeAndFlush(volume);
  }

  // bad sql-injection: the name becomes part of the statement
  async raw(name: string) {
    return this.em.getConnection().execute(`select id, login from borrowers where name = '${name}'`); // expect sql-injection
  }

  // bad sql-injection: whoever asks says what to sort by
  async ranking(order: string) {
    return this.em.execute('select id, title from volumes order by ' + order); // expect sql-injection
  }

  // trap sql-injection: a parameter
  async bound(name: string) {
    return this.em.getConnection().execute('select id, login from borrowers where name = ?', [name]);
  }

  // trap sql-injection: a number
  async top(count: number) {
    return this.em.execute(`select id, title from volumes order by id limit ${count}`);
  }

  // bad unordered-pagination: any twenty
  async page(at: number) {
    return this.em.find(Volume, { lentOut: true }, { limit: 20, offset: at * 20 }); // expect unordered-pagination
  }

  // bad unordered-pagination: many lie on one shelf
  async shelves(at: number) {
    return this.em.findAndCount(Volume, {}, { orderBy: { shelf: 'asc' }, limit: 20, offset: at }); // expect unordered-pagination
  }

  // trap unordered-pagination: the key comes last
  async pageInOrder(at: number) {
    return this.em.find(Volume, {}, { orderBy: { shelf: 'asc', id: 'asc' }, limit: 20, offset: at });
  }

  // trap unordered-pagination: no two have one
  async byIsbn(at: number) {
    return this.em.find(Volume, {}, { orderBy: { isbn: 'asc' }, limit: 20, offset: at });
  }

  // bad outside-of-transaction: on another connection
  async move(from: Library, to: Library) {
    await this.em.transactional(async (tx) => {
      await tx.nativeUpdate(Volume, { library: from }, { library: to });
      await this.em.nativeDelete(Library, { id: from.id }); // expect outside-of-transaction
    });
  }

  // bad outside-of-transaction: it does not see what the transaction has written
  async settle(borrowerId: number) {
    await this.em.transactional(async (tx) => {
      await tx.nativeDelete(Lending, { borrower: borrowerId });
      const left = await this.em.count(Lending, { borrower: borrowerId }); // expect outside-of-transaction
      if (left > 0) throw new Error('There are more.');
    });
  }

  // trap outside-of-transaction: its own manager
  async merge(from: Writer, to: Writer) {
    await this.em.transactional(async (tx) => {
      await tx.nativeUpdate(Volume, { writer: from }, { writer: to });
      await tx.nativeDelete(Writer, { id: from.id });
    });
  }

  // trap outside-of-transaction: before it begins
  async closeLibrary(libraryId: number) {
    const library = await this.em.findOneOrFail(Library, { id: libraryId });
    await this.em.transactional(async (tx) => {
      await tx.nativeDelete(Volume, { library });
    });
  }
}
