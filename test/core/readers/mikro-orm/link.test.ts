import assert from 'node:assert/strict';
import { mikroOrmReader } from '../../../../src/core/readers/mikro-orm/reader.ts';
import { typeormReader } from '../../../../src/core/readers/typeorm/reader.ts';
import type { LinkContext, LinkResult } from '../../../../src/core/readers/reader.ts';
import type { Table } from '../../../../src/core/schema/model.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { analyzeFiles } from '../../../support/analyze.ts';
import { readTexts } from '../../../support/readTexts.ts';
import { loadSyntax } from '../typeorm/read.ts';
import { readMikroOrm } from './read.ts';

const head = `import { Collection, Entity, Enum, ManyToMany, ManyToOne, OneToMany, OneToOne, PrimaryKey, Property, type Opt, type Ref, type Rel } from '@mikro-orm/core';\n`;
const shop = `${head}
@Entity() export class Author {
  @PrimaryKey() id!: number;
  @Property() fullName!: string;
  @OneToMany({ entity: () => Book, mappedBy: 'author' }) books = new Collection<Book>(this);
  @OneToOne(() => Passport, (passport) => passport.owner) passport?: Passport;
}
@Entity() export class Book {
  @PrimaryKey() id!: number;
  @ManyToOne({ nullable: true }) author?: Ref<Author>;
  @ManyToMany(() => Tag, (tag) => tag.books, { owner: true }) tags = new Collection<Tag>(this);
}
@Entity() export class Passport {
  @PrimaryKey() id!: number;
  @OneToOne({ entity: () => Author, eager: true }) owner!: Author;
}
@Entity() export class Tag {
  @PrimaryKey() id!: number;
  @ManyToMany(() => Book, 'tags') books = new Collection<Book>(this);
}`;

describe('MikroORM entities', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  const read = (files: Readonly<Record<string, string>>, context: Partial<LinkContext> = {}): LinkResult =>
    readMikroOrm(files, syntax, context);
  const tableIn = ({ tables }: LinkResult, name: string): Table => {
    const found = tables.find((table) => table.name === name);
    assert.ok(found, `${name} is not among ${tables.map((table) => table.name).join()}`);
    return found;
  };

  it('gives relations both sides', () => {
    const { tables, problems } = read({ 'src/shop.ts': shop }, { dialect: 'postgresql' });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      tables.flatMap(({ name, relations }) =>
        relations.map((relation) =>
          [
            `${name}.${relation.property}`,
            relation.kind,
            relation.target,
            relation.owner,
            relation.columns.join(),
            relation.inverse,
            relation.joinTable,
            relation.nullable,
            relation.fetch,
          ].join(' '),
        ),
      ),
      [
        'author.books one-to-many book false  author  false explicit',
        'author.passport one-to-one passport false  owner  true explicit',
        'book.author many-to-one author true author_id books  true explicit',
        'book.tags many-to-many tag true  books book_tags false explicit',
        'passport.owner one-to-one author true owner_id passport  false eager',
        'tag.books many-to-many book false  tags book_tags false explicit',
      ],
    );
  });

  it('makes the rules of foreign keys that each version makes', () => {
    const rules = (version: string): unknown =>
      tableIn(
        read({ 'shop.ts': shop }, { dialect: 'postgresql', versions: { '@mikro-orm/core': version } }),
        'book',
      ).foreignKeys.map(({ onDelete, onUpdate }) => [onDelete, onUpdate]);
    assert.deepEqual(rules('^7.0.0'), [['SET NULL', null]]);
    assert.deepEqual(rules('^6.4.3'), [['SET NULL', 'CASCADE']]);
  });

  it('takes the values of an enum from the type that names it, and the key of a key from its owner', () => {
    const { tables } = read(
      {
        'kinds.ts': `export enum Kind { A = 'a', B = 'b' }\nexport enum Rank { Low, High }`,
        'a.ts': `${head}import { Kind, Rank } from './kinds';\n@Entity() export class A { @PrimaryKey() id!: number; @Enum() kind!: Kind; @Enum({ nullable: true }) rank?: Rank; }\n@Entity() export class Half { @OneToOne(() => A, { primary: true }) a!: A; }`,
      },
      { dialect: 'postgresql', versions: { '@mikro-orm/core': '^6.0.0' } },
    );
    const [first, half] = tables;
    assert.deepEqual(
      first?.columns.map(({ rawType }) => rawType),
      ['int', 'text', 'smallint'],
    );
    assert.deepEqual(
      first.checks.map(({ name, expression }) => [name, expression]),
      [['a_kind_check', "kind in ('a', 'b')"]],
    );
    assert.deepEqual(
      half?.foreignKeys.map(({ onDelete, onUpdate }) => [onDelete, onUpdate]),
      [['CASCADE', 'CASCADE']],
    );
    assert.deepEqual([half.primaryKey, half.uniques], [['a_id'], []]);
  });

  it('indexes foreign keys where MikroORM does', () => {
    const indexes = (dialect: 'postgresql' | 'mysql'): readonly unknown[] =>
      tableIn(read({ 'shop.ts': shop }, { dialect }), 'book').indexes.map(({ name, origin }) => [name, origin]);
    assert.deepEqual(indexes('postgresql'), []);
    assert.deepEqual(indexes('mysql'), [['book_author_id_index', 'orm']]);
  });

  it('takes names from the strategy, and nullability from types where they are read', () => {
    const config = (rest: string): string =>
      `import { defineConfig, EntityCaseNamingStrategy } from '@mikro-orm/postgresql';\nexport default defineConfig({ clientUrl: 'postgresql://me:secret@h/db', ${rest} });`;
    const plain = read({ 'shop.ts': shop, 'mikro-orm.config.ts': config('pool: { min: 1, max: 7 }') });
    assert.deepEqual(
      plain.files.flatMap(({ dataSources }) =>
        dataSources.map(({ dialect, passwordInFile, poolSize, namingStrategy }) => [
          dialect,
          passwordInFile,
          poolSize,
          namingStrategy,
        ]),
      ),
      [['postgresql', true, 7, null]],
    );
    const cased = read({ 'shop.ts': shop, 'mikro-orm.config.ts': config('namingStrategy: EntityCaseNamingStrategy') });
    assert.deepEqual(
      tableIn(cased, 'Author').columns.map(({ name }) => name),
      ['id', 'fullName'],
    );
    assert.deepEqual(
      tableIn(cased, 'Book').columns.map(({ name }) => name),
      ['id', 'author'],
    );
    const optional = `${head}@Entity() export class A { @PrimaryKey() id!: number; @Property() note?: string; @Property() at: Opt<Date> = new Date(); @Property() mood: string & Opt = 'glad'; }`;
    const shapes = (more: string): readonly unknown[] =>
      tableIn(read({ 'a.ts': optional, 'mikro-orm.config.ts': config(more) }), 'a').columns.map((column) => [
        column.rawType,
        column.nullable,
        column.default,
      ]);
    const rest = [
      ['timestamptz', false, null],
      ['varchar', false, "'glad'"],
    ];
    assert.deepEqual(shapes(''), [['int', false, null], ['varchar', false, null], ...rest]);
    assert.deepEqual(shapes('metadataProvider: TsMorphMetadataProvider'), [
      ['int', false, null],
      ['varchar', true, null],
      ...rest,
    ]);
  });

  it('reads collections of MongoDB', () => {
    const { tables } = read(
      {
        'shop.ts': `${head}import { ObjectId } from '@mikro-orm/mongodb';\n@Entity() export class BlogPost { @PrimaryKey() _id!: ObjectId; @Property() title!: string; @ManyToOne() writer!: Writer; @ManyToMany({ entity: () => Writer }) fans = new Collection<Writer>(this); }\n@Entity() export class Writer { @PrimaryKey() _id!: ObjectId; }`,
      },
      { dialect: 'mongodb' },
    );
    assert.deepEqual(
      tables.map(({ name, kind, columns }) => [
        name,
        kind,
        columns.map((column) => `${column.name} ${column.type}${column.array ? '[]' : ''}`),
      ]),
      [
        ['blog-post', 'collection', ['_id object-id', 'title string', 'writer object-id', 'fans object-id[]']],
        ['writer', 'collection', ['_id object-id']],
      ],
    );
  });

  it('finds the other side of a collection by the type it is made with', () => {
    const { tables, problems } = read({
      'a.ts': `${head}@Entity() export class A { @PrimaryKey() id!: number; @ManyToMany({ hidden: true }) favorites = new Collection<B>(this); @OneToMany({ mappedBy: 'a' }) bs = new Collection<B>(this); }
        @Entity() export class B { @PrimaryKey() id!: number; @ManyToOne() a!: A; }`,
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      tables.map(({ name, relations }) => [name, ...relations.map(({ kind, target }) => `${kind} ${target}`)]),
      [['a', 'many-to-many b', 'one-to-many b'], ['b', 'many-to-one a'], ['a_favorites']],
    );
  });

  it('says what a relation leads to that is not there', () => {
    const { problems } = read({
      'a.ts': `${head}@Entity() export class A { @PrimaryKey() id!: number; @ManyToOne('Missing') other: any; }`,
    });
    assert.deepEqual(
      problems.map(({ code, at }) => [code, at?.file]),
      [['unresolved-entity', 'a.ts']],
    );
  });

  it('and the TypeORM reader leave each other their entities', async () => {
    const typeorm = `import { Entity, PrimaryColumn, Column, Index } from 'typeorm';\n@Entity() @Index(['name']) export class User { @PrimaryColumn() id: number; @Column() name: string; }`;
    const files = { 'src/shop.ts': shop, 'src/user.ts': typeorm };
    assert.deepEqual(read({ 'src/user.ts': typeorm }).tables, []);
    assert.equal(mikroOrmReader.detect('src/user.ts', typeorm), false);
    const claimed = readTexts(typeormReader, new Map(Object.entries(files)), syntax).link({ dialect: 'postgresql' });
    assert.deepEqual(
      claimed.tables.map(({ name }) => name),
      ['user'],
    );
    assert.deepEqual(claimed.problems, []);
    const schemas = {
      'core.ts': 'export class EntitySchema<T> {}',
      'a.ts':
        "import { EntitySchema } from './core'; export const A = new EntitySchema<IA>({ name: 'A', properties: { id: { type: 'number', primary: true } } });",
    };
    assert.deepEqual(readTexts(typeormReader, new Map(Object.entries(schemas)), syntax).link().tables, []);
    const { schema } = await analyzeFiles(files, 'postgresql');
    assert.deepEqual(
      schema.tables.map(({ name, reader }) => `${name} ${reader}`),
      [
        'author mikro-orm',
        'book mikro-orm',
        'book_tags mikro-orm',
        'passport mikro-orm',
        'tag mikro-orm',
        'user typeorm',
      ],
    );
  });
});
