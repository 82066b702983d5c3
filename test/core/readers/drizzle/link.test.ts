import assert from 'node:assert/strict';
import type { LinkResult } from '../../../../src/core/readers/reader.ts';
import { typeormReader } from '../../../../src/core/readers/typeorm/reader.ts';
import { drizzleReader } from '../../../../src/core/readers/drizzle/reader.ts';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadSyntax } from '../typeorm/read.ts';
import { readDrizzle } from './read.ts';

const pg = `import { boolean, integer, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';\n`;

describe('Drizzle schemas', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  const read = (files: Readonly<Record<string, string>>, dialect: Dialect | null = null): LinkResult =>
    readDrizzle(files, syntax, dialect);

  const relations = ({ tables }: LinkResult): readonly string[] =>
    tables.flatMap(({ name, relations: found }) =>
      found.map(({ property, kind, target, owner, columns, inverse, joinTable, nullable }) =>
        [`${name}.${property}`, kind, target, owner, columns.join(), inverse, joinTable, nullable].join(' '),
      ),
    );

  it('gives the relations of the first version both sides, and keys that only they state', () => {
    const result = read({
      'schema.ts': `${pg}import { relations } from 'drizzle-orm';
export const users = pgTable('users', { id: integer().primaryKey(), inviter: integer('inviter_id') });
export const profiles = pgTable('profiles', { id: integer().primaryKey(), user: integer('user_id').unique().references(() => users.id) });
export const posts = pgTable('posts', { id: integer().primaryKey(), author: integer('author_id'), editor: integer('editor_id') });
export const userRelations = relations(users, ({ one, many }) => ({
  profile: one(profiles),
  inviter: one(users, { fields: [users.inviter], references: [users.id] }),
  written: many(posts, { relationName: 'author' }),
  edited: many(posts, { relationName: 'editor' }),
}));
export const profileRelations = relations(profiles, (r) => ({ user: r.one(users, { fields: [profiles.user], references: [users.id] }) }));
export const postRelations = relations(posts, ({ one }) => ({
  author: one(users, { fields: [posts.author], references: [users.id], relationName: 'author' }),
  editor: one(users, { fields: [posts.editor], references: [users.id], relationName: 'editor' }),
}));`,
    });
    assert.deepEqual(relations(result), [
      'users.profile one-to-one profiles false  user  true',
      'users.inviter many-to-one users true inviter_id   true',
      'users.written one-to-many posts false  author  false',
      'users.edited one-to-many posts false  editor  false',
      'profiles.user one-to-one users true user_id profile  true',
      'posts.author many-to-one users true author_id written  true',
      'posts.editor many-to-one users true editor_id edited  true',
    ]);
    const posts = result.tables.find(({ name }) => name === 'posts');
    assert.deepEqual(
      posts?.foreignKeys.map(({ columns, references, enforced, origin }) => [
        columns,
        references.table,
        enforced,
        origin,
      ]),
      [
        [['author_id'], 'users', false, 'orm'],
        [['editor_id'], 'users', false, 'orm'],
      ],
    );
  });

  it('reads the relations of the second version, and what they lead through', () => {
    const result = read({
      'schema.ts': `${pg}
export const users = pgTable('users', { id: integer().primaryKey() });
export const groups = pgTable('groups', { id: integer().primaryKey(), owner: integer('owner_id').references(() => users.id) });
export const usersToGroups = pgTable('users_to_groups', { userId: integer('user_id'), groupId: integer('group_id') }, (t) => [primaryKey({ columns: [t.userId, t.groupId] })]);`,
      'relations.ts': `import { defineRelations } from 'drizzle-orm';
import * as schema from './schema';
export const relations = defineRelations(schema, (r) => ({
  users: {
    groups: r.many.groups({ from: r.users.id.through(r.usersToGroups.userId), to: r.groups.id.through(r.usersToGroups.groupId) }),
    owned: r.many.groups({ from: r.users.id, to: r.groups.owner, alias: 'owner' }),
  },
  groups: {
    members: r.many.users({ from: r.groups.id.through(r.usersToGroups.groupId), to: r.users.id.through(r.usersToGroups.userId) }),
    owner: r.one.users({ from: r.groups.owner, to: r.users.id, alias: 'owner', optional: false }),
  },
}));`,
    });
    assert.deepEqual(relations(result), [
      'users.groups many-to-many groups true  members users_to_groups false',
      'users.owned one-to-many groups false  owner  false',
      'groups.members many-to-many users true  groups users_to_groups false',
      'groups.owner many-to-one users true owner_id owned  false',
    ]);
  });

  it('follows names, constants and helpers across files', () => {
    const { tables, problems } = read({
      'db/table.ts': `import { pgTableCreator } from 'drizzle-orm/pg-core';\nconst prefix = 'shop';\nexport const createTable = pgTableCreator((name) => \`\${prefix}_\${name}\`);`,
      'db/columns.ts': `import { timestamp, integer } from 'drizzle-orm/pg-core';\nexport const id = integer('id').primaryKey().generatedAlwaysAsIdentity();\nexport const stamps = { createdAt: timestamp('created_at').defaultNow(), updatedAt: timestamp('updated_at').$onUpdate(() => new Date()) };`,
      'db/limits.ts': `export const limit = 30;`,
      'db/users.ts': `import { varchar } from 'drizzle-orm/pg-core';\nimport { createTable } from './table';\nimport { id, stamps } from './columns';\nimport { limit } from './limits';\nexport const users = createTable('users', { id, name: varchar('name', { length: limit }), ...stamps });`,
    });
    const [users] = tables;
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [users?.name, users?.entity, users?.module, users?.at.file, users?.at.line],
      ['shop_users', 'users', 'db', 'db/users.ts', 5],
    );
    assert.deepEqual(
      users?.columns.map(({ name, length, role, generated, nullable, at }) => [
        name,
        length,
        role,
        generated?.kind,
        nullable,
        at.file,
      ]),
      [
        ['id', null, null, 'identity', false, 'db/users.ts'],
        ['name', 30, null, undefined, true, 'db/users.ts'],
        ['created_at', null, 'created-at', undefined, true, 'db/columns.ts'],
        ['updated_at', null, 'updated-at', undefined, true, 'db/columns.ts'],
      ],
    );
  });

  it('says what it cannot read instead of leaving it out in silence', () => {
    const { tables, problems } = read({
      'schema.ts': `${pg}import { odd } from '@outside/columns';
export const things = pgTable('things', { id: integer().primaryKey(), odd: odd('odd'), other: integer().references(() => missing.id), ...spread() });`,
    });
    assert.deepEqual(
      tables[0]?.columns.map(({ name, type }) => [name, type]),
      [
        ['id', 'int32'],
        ['odd', 'unknown'],
        ['other', 'int32'],
      ],
    );
    assert.deepEqual(problems.map(({ code }) => code).sort(), [
      'unknown-column-type',
      'unread-columns',
      'unresolved-entity',
    ]);
  });

  it('shows one table of a name: the application before its tests, the engine of the project before others', () => {
    const files = {
      'src/pg.ts': `${pg}export const users = pgTable('users', { id: integer() });`,
      'src/lite.ts': `import { integer, sqliteTable } from 'drizzle-orm/sqlite-core';\nexport const users = sqliteTable('users', { id: integer() });`,
      'test/schema.ts': `${pg}export const users = pgTable('users', { other: integer() });`,
    };
    const fileOf = (dialect: Dialect): readonly string[] => read(files, dialect).tables.map(({ at }) => at.file);
    assert.deepEqual(fileOf('sqlite'), ['src/lite.ts']);
    assert.deepEqual(fileOf('postgresql'), ['src/pg.ts']);
  });

  it('reads what a configuration states', () => {
    const sources = (path: string, text: string): readonly unknown[] =>
      read({ [path]: text }).files.flatMap(({ dataSources }) =>
        dataSources.map(({ dialect, passwordInFile, entities, migrations, tls }) => [
          dialect,
          passwordInFile,
          entities,
          migrations,
          tls,
        ]),
      );
    assert.deepEqual(
      sources(
        'drizzle.config.ts',
        `import { defineConfig } from 'drizzle-kit';\nexport default defineConfig({ dialect: 'turso', schema: ['./a.ts', './b/*.ts'], out: './drizzle', dbCredentials: { url: 'postgres://me:secret@h/db', ssl: 'require' } });`,
      ),
      [['sqlite', true, ['./a.ts', './b/*.ts'], ['./drizzle'], true]],
    );
    assert.deepEqual(
      sources(
        'db.ts',
        `import { drizzle } from 'drizzle-orm/node-postgres';\nexport const db = drizzle(process.env.URL!);`,
      ),
      [['postgresql', false, [], [], null]],
    );
    assert.deepEqual(sources('use.ts', `import { eq } from 'drizzle-orm';\nexport const x = eq;`), []);
  });

  it('leaves files of others alone', () => {
    const typeorm = `import { Entity, PrimaryColumn } from 'typeorm';\n@Entity() export class User { @PrimaryColumn() id: number; }`;
    assert.equal(drizzleReader.detect('user.ts', typeorm), false);
    const service = `export async function f(map: Map<string, string>, hash: Hash) { map.delete('x'); hash.update(x).digest('hex'); }`;
    assert.equal(drizzleReader.detect('service.ts', service), false);
    assert.equal(
      drizzleReader.detect('query.ts', `await repository.createQueryBuilder().select('a').from(User, 'u').getMany()`),
      false,
    );
    assert.equal(drizzleReader.part?.('constants.ts', `export const roles = ['a', 'b'] as const;`), 'waits');
    assert.equal(drizzleReader.part('use.ts', `await db.insert(users).values({});`), 'joins');
    assert.equal(
      typeormReader.part?.('schema.ts', `${pg}export const users = pgTable('users', { id: integer() });`),
      'waits',
    );
  });
});
