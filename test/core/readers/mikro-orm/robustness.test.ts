import assert from 'node:assert/strict';
import type { LinkResult } from '../../../../src/core/readers/reader.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { cutsOf, mutated, mutationCount } from '../../../support/brokenTexts.ts';
import { readTextsOf } from '../../../support/compileFolder.ts';
import { seeded } from '../../../support/random.ts';
import { loadSyntax } from '../typeorm/read.ts';
import { fixtureFolders } from './orm.ts';
import { readMikroOrm } from './read.ts';

const service = `
import { EntityManager, EntityRepository } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
@Entity() export class Author { @PrimaryKey() id!: number; @Property() name!: string; }
export class AuthorRepository extends EntityRepository<Author> {
  constructor(private readonly em: EntityManager) {}
  async run(q: string, ids: number[]) {
    const where = { name: { $like: 'a%' }, $or: [{ id: ids }, { id: { $gt: 1, $lt: 9 } }] };
    const [rows, total] = await this.em.findAndCount(Author, where, { populate: ['books'], orderBy: [{ name: 'asc' }], limit: 10 });
    await this.em.transactional(async (tx) => {
      for (const row of rows) await tx.nativeUpdate(Author, { id: row.id }, { name: q });
      await tx.flush();
    });
    return this.em.createQueryBuilder(Author, 'a').select('*').leftJoinAndSelect('a.books', 'b').where({ 'b.title': q }).getResult();
  }
}
`;

describe('MikroORM reader on broken input', function () {
  this.timeout(1_800_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  /** Milliseconds that no files of this size may take, however broken. */
  const limit = 5000;
  const projects: readonly Readonly<Record<string, string>>[] = [
    ...fixtureFolders('postgresql').map(({ folder }) => Object.fromEntries(readTextsOf(folder))),
    { 'service.ts': service },
  ];
  const files = projects.flatMap((project) => Object.keys(project).map((path) => ({ project, path })));

  function read(project: Readonly<Record<string, string>>, path: string, text: string): LinkResult {
    const started = performance.now();
    const result = readMikroOrm({ ...project, [path]: text }, syntax, { dialect: 'postgresql' });
    assert.ok(performance.now() - started < limit, `${path} took too long:\n${text.slice(0, 400)}`);
    assert.ok(result.tables.every(({ name, at }) => name !== '' && at.line > 0));
    return result;
  }

  it('reads and links every fixture cut at every token', () => {
    let cuts = 0;
    let tables = 0;
    for (const { project, path } of files)
      for (const text of cutsOf(project[path] ?? '')) {
        tables += read({}, path, text).tables.length;
        cuts++;
      }
    assert.ok(cuts > 2000 && tables > cuts / 2, `${cuts} cuts, ${tables} tables`);
    console.log(`      ${cuts} cuts of ${files.length} files, ${tables} tables read`);
  });

  it('reads and links seeded mutations', () => {
    const random = seeded(23);
    let tables = 0;
    let queries = 0;
    for (let count = 0; count < mutationCount; count++) {
      const { project, path } = random.pick(files);
      const result = read(project, path, mutated(project[path] ?? '', random, 1 + random.below(4)));
      tables += result.tables.length;
      queries += result.files.flatMap((file) => file.queries).length;
    }
    assert.ok(tables > mutationCount && queries > 0, `${tables} tables, ${queries} queries`);
    console.log(`      ${mutationCount} mutations, ${tables} tables and ${queries} queries read`);
  });

  it('is bounded on entities that lead to each other in circles', () => {
    const head = `import { Embeddable, Embedded, Entity, ManyToOne, OneToOne, PrimaryKey, Property, defineEntity, p } from '@mikro-orm/core';\n`;
    const circle = `${head}
@Entity() export class A extends B { @ManyToOne(() => B, { primary: true }) b!: B; }
@Entity() export class B extends A { @OneToOne({ entity: () => A, primary: true }) a!: A; @Embedded(() => E) e!: E; }
@Embeddable() export class E { @Embedded(() => E) again!: E; @Property() x!: string; }
export const C = defineEntity({ name: 'C', extends: D, properties: { c: () => p.manyToOne(C).primary() } });
export const D = defineEntity({ name: 'D', extends: C, properties: { d: p.string()${'.nullable()'.repeat(2000)} } });`;
    const { tables } = read({}, 'a.ts', circle);
    assert.deepEqual(tables.map(({ name }) => name).sort(), ['a', 'b', 'c', 'd']);
  });

  it('yields the same tables whatever the order of the files', () => {
    for (const project of projects) {
      const reversed = Object.fromEntries(Object.entries(project).toReversed());
      assert.deepEqual(readMikroOrm(reversed, syntax).tables, readMikroOrm(project, syntax).tables);
    }
  });
});
