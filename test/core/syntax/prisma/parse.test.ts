import assert from 'node:assert/strict';
import { parsePrisma } from '../../../../src/core/syntax/prisma/parse.ts';

const text = `/// People.
/// Two lines.
model User { // not this
  id   Int    @id /// key
  /* a block
     comment */
  name String @default("a \\"b\\" \\u00e9") @db.VarChar(20)
  tags Tag[]? @relation("x", fields: [
    a,
    b
  ])

  @@index([name(sort: Desc, ops: raw("x")), address.city(length: 3)], where: { active: true, at: { not: null } })
}

datasource db {
  url = env("URL")
  schemas = ["a", "b"]
}
`;

describe('Prisma schema parser', () => {
  const { blocks, problems } = parsePrisma(text);
  const [user, source] = blocks;

  it('reads blocks, members, attributes and values', () => {
    assert.deepEqual(problems, []);
    assert.deepEqual([user?.kind, user?.name, user?.documentation], ['model', 'User', 'People.\nTwo lines.']);
    assert.deepEqual(
      user?.fields.map(({ name, type, documentation }) => [
        name,
        type?.name,
        type?.list,
        type?.optional,
        documentation,
      ]),
      [
        ['id', 'Int', false, false, 'key'],
        ['name', 'String', false, false, null],
        ['tags', 'Tag', true, true, null],
      ],
    );
    assert.deepEqual(
      user.fields[1]?.attributes.map(({ name, arguments: args }) => [
        name,
        args.map(({ value }) => 'value' in value && value.value),
      ]),
      [
        ['default', ['a "b" é']],
        ['db.VarChar', ['20']],
      ],
    );
    const [index] = user.attributes;
    assert.deepEqual(
      index?.arguments.map(({ name, value }) => [name, value.kind]),
      [
        [null, 'list'],
        ['where', 'object'],
      ],
    );
    assert.deepEqual(
      source?.settings.map(({ key, value }) => [key, value?.kind]),
      [
        ['url', 'call'],
        ['schemas', 'list'],
      ],
    );
  });

  it('knows where everything stands', () => {
    const at = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end);
    assert.equal(at(user!.head), 'model User');
    assert.equal(at(user!.fields[0]!), 'id   Int    @id');
    assert.equal(at(user!.fields[0]!.type!), 'Int');
    assert.equal(at(user!.fields[1]!.attributes[1]!), '@db.VarChar(20)');
    assert.equal(at(user!.fields[2]!.type!), 'Tag[]?');
    assert.ok(at(user!.attributes[0]!).startsWith('@@index([name') && at(user!.attributes[0]!).endsWith('} })'));
    assert.ok(at(user!).endsWith('\n}') && at(user!.body).endsWith('\n'));
  });

  it('says what it does not understand, and reads on', () => {
    const broken = parsePrisma(
      'oops\nmodel A {\n  x\n  id Int @id(\n  n String ~ more\n  @@index([n\nmodel B {\n  id Int\n}\n',
    );
    assert.deepEqual(
      broken.blocks.map(({ name, isClosed, fields }) => [name, isClosed, fields.map((field) => field.name)]),
      [
        ['A', false, ['x', 'id', 'n']],
        ['B', true, ['id']],
      ],
    );
    assert.deepEqual(
      broken.problems.map(({ message }) => message),
      [
        'No block of a Prisma schema begins like this.',
        'The field x has no type.',
        'This bracket is not closed.',
        '"~" is not understood here.',
        'This bracket is not closed.',
        'This bracket is not closed.',
        'The model A is not closed.',
      ],
    );
  });
});
