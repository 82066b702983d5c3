import assert from 'node:assert/strict';
import { lintProject } from '../../../../src/core/lint/engine.ts';
import type { Change } from '../../../../src/core/schema/change.ts';
import type { Column, Index, Table } from '../../../../src/core/schema/model.ts';
import { applyEdits } from '../../../../src/core/writers/shared/edits.ts';
import { prismaWriter } from '../../../../src/core/writers/prisma/writer.ts';
import { analyzeFiles, openFile } from '../../../support/analyze.ts';
import { aColumn, aUnique, anIndex } from '../../../support/tables.ts';

const path = 'prisma/schema.prisma';
const schema = `datasource db {
  provider = "postgresql"
}

model User {
  id    Int     @id @default(autoincrement())
  email String
  name  String? @map("full_name") // shown
  state State   @default(OPEN)
  posts Post[]

  @@map("users")
}

model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], onDelete: Cascade)
}

model Tag {
  id   Int    @id
  name String @unique
  kind Int

  @@unique([name, kind]) // together
  @@index([kind])
}

enum State {
  OPEN
  CLOSED

  @@map("user_state")
}
`;

async function project(text = schema): ReturnType<typeof analyzeFiles> {
  return analyzeFiles({ [path]: text }, null);
}

async function tableOf(name: string, text = schema): Promise<Table> {
  const table = (await project(text)).schema.tables.find((each) => each.name === name);
  assert.ok(table, name);
  return table;
}

async function write(change: Change, text = schema): Promise<string> {
  const { schema: read } = await project(text);
  assert.equal(prismaWriter.target(change, read), path);
  const result = prismaWriter.write(change, read, await openFile(path, text));
  return result.ok ? applyEdits(text, result.edits) : `refused: ${result.reason}`;
}

const on = (table: string): { readonly table: string; readonly namespace: null } => ({ table, namespace: null });

describe('Prisma writer', () => {
  it('mends a missing index of a foreign key: apply, read again, lint again, silence', async () => {
    const findings = async (
      text: string,
    ): Promise<readonly { readonly fixes: readonly { readonly change: Change | null }[] }[]> =>
      lintProject(await project(text)).filter(({ code }) => code === 'IDX001');
    const [finding] = await findings(schema);
    const change = finding?.fixes[0]?.change;
    assert.ok(change);
    const fixed = await write(change);
    assert.equal(fixed, schema.replace('onDelete: Cascade)\n}', 'onDelete: Cascade)\n\n  @@index([authorId])\n}'));
    assert.deepEqual(await findings(fixed), []);
    // In files with Windows line ends the new lines have them too.
    const windows = schema.replaceAll('\n', '\r\n');
    assert.equal(await write(change, windows), fixed.replaceAll('\n', '\r\n'));
  });

  const indexes: readonly (readonly [table: string, index: Index, from: string, to: string])[] = [
    ['users', anIndex(['full_name', 'email']), '  @@map("users")', '  @@index([name, email])\n  @@map("users")'],
    [
      'Tag',
      anIndex(['kind', 'name'], { name: 'ix_tag', orders: ['desc', 'asc'] }),
      '  @@index([kind])\n',
      '  @@index([kind])\n  @@index([kind(sort: Desc), name], map: "ix_tag")\n',
    ],
    ['users', anIndex(['email'], { unique: true }), 'email String\n', 'email String @unique\n'],
    ['users', anIndex(['email'], { unique: true, name: 'uq' }), 'email String\n', 'email String @unique(map: "uq")\n'],
    ['Tag', anIndex(['kind'], { method: 'brin' }), '@@index([kind])', '@@index([kind])\n  @@index([kind], type: Brin)'],
    ['Tag', anIndex(['kind', 'id'], { unique: true }), '@@index([kind])', '@@index([kind])\n  @@unique([kind, id])'],
  ];
  for (const [table, index, from, to] of indexes)
    it(`adds ${index.unique ? 'a unique' : 'an'} index on ${table}(${index.columns.join(', ')}), which is then read`, async () => {
      const text = await write({ kind: 'addIndex', ...on(table), index });
      assert.equal(text, schema.replace(from, to));
      const read = (await tableOf(table, text)).indexes.filter(
        (each) => each.columns.join() === index.columns.join() && each.unique === index.unique,
      );
      assert.ok(
        read.some((each) => each.method === index.method && (index.name === null || each.name === index.name)),
        JSON.stringify(read),
      );
    });

  it('adds unique keys', async () => {
    const one = await write({ kind: 'addUnique', ...on('users'), unique: aUnique(['email']) });
    assert.equal(one, schema.replace('email String\n', 'email String @unique\n'));
    const two = await write({ kind: 'addUnique', ...on('Post'), unique: aUnique(['authorId', 'id'], { name: 'uq' }) });
    assert.ok(two.includes('onDelete: Cascade)\n\n  @@unique([authorId, id], map: "uq")\n}'));
  });

  it('takes indexes out where they are declared', async () => {
    const { indexes: declared } = await tableOf('Tag');
    const drop = async (columns: string): Promise<string> => {
      const index = declared.find((each) => each.columns.join() === columns);
      assert.ok(index, columns);
      return write({ kind: 'dropIndex', ...on('Tag'), index });
    };
    assert.equal(await drop('kind'), schema.replace('  @@index([kind])\n', ''));
    assert.equal(await drop('name,kind'), schema.replace('  @@unique([name, kind]) // together\n', ''));
    assert.equal(await drop('name'), schema.replace('name String @unique', 'name String'));
    const alone = schema.replace('  @@unique([name, kind]) // together\n', '');
    const index = (await tableOf('Tag', alone)).indexes.find((each) => each.columns.join() === 'kind');
    assert.ok(index);
    assert.equal(
      await write({ kind: 'dropIndex', ...on('Tag'), index }, alone),
      alone.replace('\n\n  @@index([kind])\n', '\n'),
    );
  });

  const columns: readonly (readonly [column: Partial<Column> & { readonly name: string }, line: string])[] = [
    [{ name: 'age', type: 'int32', rawType: 'integer' }, 'age   Int'],
    [{ name: 'nick', type: 'string', rawType: 'varchar', length: 20, nullable: true }, 'nick  String? @db.VarChar(20)'],
    [{ name: 'birth_date', type: 'date', rawType: 'date' }, 'birthDate DateTime @map("birth_date") @db.Date'],
    [
      { name: 'balance', type: 'decimal', rawType: 'decimal', precision: 12, scale: 2, default: '0' },
      'balance Decimal @default(0) @db.Decimal(12, 2)',
    ],
    [{ name: 'bio', type: 'text', rawType: 'text', default: "'it''s'" }, `bio   String  @default("it's")`],
    [
      { name: 'seen', type: 'datetime-tz', rawType: 'timestamptz', precision: 6, default: 'now()' },
      'seen  DateTime @default(now()) @db.Timestamptz(6)',
    ],
    [{ name: 'tags', type: 'text', rawType: 'text', array: true, nullable: true }, 'tags  String[]'],
    [
      { name: 'mood', type: 'enum', rawType: 'enum', enum: 'user_state', default: "'OPEN'" },
      'mood  State   @default(OPEN)',
    ],
    [
      { name: 'key', type: 'uuid', rawType: 'uuid', default: 'gen_random_uuid()' },
      'key   String  @default(dbgenerated("gen_random_uuid()")) @db.Uuid',
    ],
    [{ name: 'place', type: 'geometry', rawType: 'point', nullable: true }, 'place Unsupported("point")?'],
  ];
  for (const [stated, line] of columns)
    it(`adds the column ${stated.name} behind the others, which is then read`, async () => {
      const column = aColumn(stated.name, { property: null, ...stated });
      const text = await write({ kind: 'addColumn', ...on('users'), column });
      assert.equal(text, schema.replace('  posts Post[]', `  ${line}\n  posts Post[]`));
      const read = (await tableOf('users', text)).columns.find(({ name }) => name === stated.name);
      assert.ok(read);
      const kept = ['type', 'rawType', 'length', 'precision', 'scale', 'array', 'nullable', 'enum'] as const;
      assert.deepEqual(
        kept.map((key) => read[key]),
        kept.map((key) => column[key]),
      );
    });

  it('writes into models on one line and without members', async () => {
    const text = 'model A { id Int @id }\nmodel B {\n}\n';
    const fixed = await write({ kind: 'addIndex', ...on('A'), index: anIndex(['id']) }, text);
    assert.deepEqual(
      (await tableOf('A', fixed)).indexes.map((index) => index.columns),
      [['id']],
    );
    const column = aColumn('id', { property: null });
    const added = await write({ kind: 'addColumn', ...on('B'), column }, text);
    assert.equal(added, 'model A { id Int @id }\nmodel B {\n  id Int\n}\n');
  });

  it('says why it does not write', async () => {
    const refusals: readonly (readonly [Change, RegExp])[] = [
      [{ kind: 'addIndex', ...on('Tag'), index: anIndex(['kind'], { where: 'kind > 0' }) }, /partial/],
      [{ kind: 'addIndex', ...on('Tag'), index: anIndex(['kind'], { expression: 'lower(kind)' }) }, /expression/],
      [{ kind: 'addIndex', ...on('Tag'), index: anIndex(['kind'], { include: ['id'] }) }, /INCLUDE/],
      [{ kind: 'addIndex', ...on('Tag'), index: anIndex(['kind'], { method: 'spatial' }) }, /spatial/],
      [{ kind: 'addIndex', ...on('Tag'), index: anIndex(['nothing']) }, /No field of Tag stands for nothing/],
      [{ kind: 'addUnique', ...on('Tag'), unique: aUnique(['name']) }, /unique already/],
      [{ kind: 'addColumn', ...on('Tag'), column: aColumn('kind', { property: null }) }, /has a field kind already/],
      [{ kind: 'addColumn', ...on('Tag'), column: aColumn('x', { enum: 'gone', type: 'enum' }) }, /No enum/],
      [{ kind: 'dropIndex', ...on('Tag'), index: anIndex(['kind'], { origin: 'orm' }) }, /not declared/],
      [{ kind: 'dropIndex', ...on('Tag'), index: anIndex(['kind']) }, /was found/],
      [{ kind: 'renameColumn', ...on('Tag'), from: 'kind', to: 'sort' }, /renaming a column is not supported/],
    ];
    for (const [change, reason] of refusals) assert.match(await write(change), reason);
    const broken = schema.replace('  kind Int\n', '  kind Int @\n');
    assert.match(
      await write({ kind: 'addIndex', ...on('Tag'), index: anIndex(['kind']) }, broken),
      /syntax error in Tag/,
    );
    const join = `${schema}model X {\n  id Int @id\n  ys Y[]\n}\nmodel Y {\n  id Int @id\n  xs X[]\n}\n`;
    assert.match(await write({ kind: 'addIndex', ...on('_XToY'), index: anIndex(['A']) }, join), /many-to-many/);
  });
});
