import assert from 'node:assert/strict';
import type { DataSource } from '../../../../src/core/schema/code.ts';
import { readers } from '../../../../src/core/readers/registry.ts';
import { noCache } from '../../../../src/core/workspace/fragmentCache.ts';
import { createWorkspace } from '../../../../src/core/workspace/workspace.ts';
import { analyzeFiles, realSyntax } from '../../../support/analyze.ts';
import { readPrisma, readText } from './read.ts';

const source = (provider: string, rest = ''): string => `datasource db {\n  provider = "${provider}"\n${rest}}\n`;
const manyToMany = 'model A {\n  id Int @id\n  bs B[]\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n';

describe('Prisma schemas', () => {
  it('gives join tables a primary key since Prisma 6, a unique index before and on other engines', () => {
    const shape = (provider: string, version?: string): unknown => {
      const versions = version === undefined ? {} : { '@prisma/client': version };
      const { tables } = readPrisma([['schema.prisma', source(provider) + manyToMany]], { versions });
      const join = tables.find(({ kind }) => kind === 'join-table');
      return [
        join?.primaryKeyName,
        join?.indexes.map(({ name, unique }) => [name, unique]),
        join?.uniques.map(({ name }) => name),
      ];
    };
    const withKey = ['_AToB_AB_pkey', [['_AToB_B_index', false]], []];
    const before = [
      null,
      [
        ['_AToB_AB_unique', true],
        ['_AToB_B_index', false],
      ],
      [],
    ];
    assert.deepEqual(shape('postgresql'), withKey);
    assert.deepEqual(shape('postgresql', '^6.0.1'), withKey);
    assert.deepEqual(shape('postgresql', '~5.22.0'), before);
    assert.deepEqual(shape('mysql', '^7.1.0'), before);
    assert.deepEqual(shape('sqlserver'), [null, [['_AToB_B_index', false]], ['_AToB_AB_unique']]);
  });

  it('puts files of a folder together, and keeps several schemas apart', () => {
    const { tables } = readPrisma([
      ['app/prisma/schema/config/source.prisma', source('postgresql')],
      ['app/prisma/schema/models/a.prisma', 'model A {\n  id Int @id\n  b B?\n}\n'],
      [
        'app/prisma/schema/models/b.prisma',
        'model B {\n  id Int @id\n  a A @relation(fields: [id], references: [id])\n}\n',
      ],
      ['other/schema.prisma', `${source('sqlite')}model A {\n  id Int @id\n  price Decimal\n}\n`],
      ['loose/only.prisma', 'model Lonely {\n  id Int @id\n}\n'],
    ]);
    assert.deepEqual(
      tables.map((table) => [
        table.at.file,
        table.name,
        table.module,
        table.foreignKeys.map(({ references }) => references.table),
      ]),
      [
        ['app/prisma/schema/models/a.prisma', 'A', 'app/prisma/schema/models/a', []],
        ['app/prisma/schema/models/b.prisma', 'B', 'app/prisma/schema/models/b', ['A']],
        ['other/schema.prisma', 'A', 'other', []],
        ['loose/only.prisma', 'Lonely', 'loose', []],
      ],
    );
    assert.deepEqual(
      tables
        .find(({ at }) => at.file.startsWith('other'))
        ?.columns.map(({ rawType, precision }) => [rawType, precision]),
      [
        ['integer', null],
        ['decimal', null],
      ],
    );
  });

  it('takes the engine from the data source, else from the project', () => {
    const typeOf = (text: string, dialect: 'mysql' | null): string | undefined =>
      readPrisma([['schema.prisma', `${text}model A {\n  name String @id\n}\n`]], { dialect }).tables[0]?.columns[0]
        ?.rawType;
    assert.equal(typeOf(source('sqlserver'), 'mysql'), 'nvarchar');
    assert.equal(typeOf('', 'mysql'), 'varchar');
    assert.equal(typeOf('', null), 'text');
  });

  it('knows views, ignored parts and what fields are for', () => {
    const { tables } = readPrisma([
      [
        'schema.prisma',
        `${source('postgresql')}view Totals {\n  id Int @id\n  sum Decimal\n}\nmodel A {\n  id Int @id\n  createdAt DateTime @default(now())\n` +
          `  updatedAt DateTime @updatedAt\n  deletedAt DateTime?\n  old String? @ignore\n}\n`,
      ],
    ]);
    const [view, table] = tables;
    assert.deepEqual([view?.kind, view?.managed, view?.primaryKey], ['view', false, []]);
    assert.deepEqual(
      table?.columns.map(({ role, selected, insertable }) => [role, selected, insertable]),
      [
        [null, true, true],
        ['created-at', true, true],
        ['updated-at', true, true],
        ['deleted-at', true, true],
        [null, false, false],
      ],
    );
  });

  it('names the relations of both sides', () => {
    const { tables } = readPrisma([
      [
        'schema.prisma',
        `${source('postgresql')}model User {\n  id Int @id\n  profile Profile?\n  posts Post[]\n}\nmodel Profile {\n  id Int @id\n  userId Int @unique\n` +
          `  user User @relation(fields: [userId], references: [id])\n}\nmodel Post {\n  id Int @id\n  authorId Int? @map("author_id")\n` +
          `  author User? @relation(fields: [authorId], references: [id])\n  tags Tag[]\n}\nmodel Tag {\n  id Int @id\n  posts Post[]\n}\n`,
      ],
    ]);
    assert.deepEqual(
      tables.flatMap(({ name, relations }) =>
        relations.map(({ property, kind, target, owner, columns, inverse, joinTable, nullable }) =>
          [`${name}.${property}`, kind, target, owner, columns.join(), inverse, joinTable, nullable].join(' '),
        ),
      ),
      [
        'User.profile one-to-one Profile false  user  true',
        'User.posts one-to-many Post false  author  false',
        'Profile.user one-to-one User true userId profile  false',
        'Post.author many-to-one User true author_id posts  true',
        'Post.tags many-to-many Tag true  posts _PostToTag false',
        'Tag.posts many-to-many Post true  tags _PostToTag false',
      ],
    );
  });

  it('reads what a data source states, and nothing that the environment decides', () => {
    const read = (text: string): Partial<DataSource> | undefined => {
      const [found] = readText('schema.prisma', text).fragment.facts.dataSources;
      if (!found) return undefined;
      const { dialect, tls, poolSize, timeoutMs, passwordInFile, namespace } = found;
      return { dialect, tls, poolSize, timeoutMs, passwordInFile, namespace };
    };
    const nothing = { tls: null, poolSize: null, timeoutMs: null, passwordInFile: false, namespace: null };
    assert.deepEqual(read(source('postgresql', '  url = env("DATABASE_URL")\n')), {
      dialect: 'postgresql',
      ...nothing,
    });
    assert.deepEqual(
      read(
        source(
          'postgresql',
          '  url = "postgresql://me:secret@host/db?schema=shop&sslmode=require&connection_limit=5&connect_timeout=10"\n',
        ),
      ),
      { dialect: 'postgresql', tls: true, poolSize: 5, timeoutMs: 10_000, passwordInFile: true, namespace: 'shop' },
    );
    assert.deepEqual(read(source('sqlite', '  url = "file:./dev.db"\n')), { dialect: 'sqlite', ...nothing });
    assert.equal(
      read(source('sqlserver', '  url = "sqlserver://h:1433;user=sa;password=x;encrypt=false"\n'))?.passwordInFile,
      true,
    );
    assert.equal(read('model A {\n  id Int @id\n}\n'), undefined);
  });

  it('finds the schema of a client from another package of the workspace', async () => {
    const workspace = createWorkspace({ syntax: realSyntax, readers, cache: noCache, hash: (text) => text });
    const files = {
      'package.json': '{ "name": "root" }',
      'prisma/schema.prisma': `${source('postgresql')}model User {\n  id Int @id\n}\n`,
      'apps/api/package.json': '{ "name": "api", "dependencies": { "@prisma/client": "^7.0.0" } }',
      'apps/api/src/db.ts': `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
      'apps/api/src/users.ts': `import { prisma } from './db';\nexport const users = () => prisma.user.findMany();\n`,
    };
    const { projects } = await workspace.apply(Object.entries(files).map(([path, text]) => ({ path, text })));
    workspace.dispose();
    assert.deepEqual(
      projects.map(({ root, schema }) => [
        root,
        schema.tables.map(({ name }) => name),
        schema.code.files.flatMap(({ queries }) => queries.map(({ table }) => table)),
      ]),
      [
        ['', ['User'], []],
        ['apps/api', [], ['User']],
      ],
    );
  });

  it('gives files that several readers read one set of facts', async () => {
    const { schema } = await analyzeFiles(
      {
        'schema.prisma': `${source('postgresql')}model User {\n  id Int @id\n}\n`,
        'src/both.ts':
          `import { PrismaClient } from '@prisma/client';\nimport { Entity, PrimaryColumn, DataSource } from 'typeorm';\n` +
          `@Entity() export class Order { @PrimaryColumn() id: number; }\n` +
          `export async function both(prisma: PrismaClient, source: DataSource) {\n` +
          `  await source.transaction(async (manager) => { await manager.getRepository(Order).find(); });\n` +
          `  await prisma.$transaction(async (tx) => { await tx.user.count(); });\n}\n`,
      },
      null,
    );
    const files = schema.code.files.filter(({ file }) => file === 'src/both.ts');
    assert.equal(files.length, 1);
    const [facts] = files;
    assert.deepEqual(
      facts?.queries.map(({ table, transaction, inTransactionClient, function: owner }) => [
        table,
        facts.transactions[transaction ?? -1]?.client,
        inTransactionClient,
        facts.functions[owner ?? -1]?.parameters,
      ]),
      [
        ['order', 'manager', true, ['manager']],
        ['User', 'tx', true, ['tx']],
      ],
    );
  });
});
