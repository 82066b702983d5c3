import assert from 'node:assert/strict';
import type { Change } from '../../../../src/core/schema/change.ts';
import type { Column, Table } from '../../../../src/core/schema/model.ts';
import { applyEdits } from '../../../../src/core/writers/shared/edits.ts';
import { typeormWriter } from '../../../../src/core/writers/typeorm/writer.ts';
import { analyzeFiles, openFile } from '../../../support/analyze.ts';
import { aColumn, aUnique, anIndex } from '../../../support/tables.ts';

const users = `import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

@Entity('users')
@Index(['email', 'name'])
export class User {
  @PrimaryGeneratedColumn()
  id!: number;

  @Index()
  @Column()
  email!: string;

  @Column() name!: string; // shown

  get label(): string {
    return this.name;
  }
}
`;

async function tableOf(text: string, path = 'user.ts'): Promise<Table> {
  const { schema } = await analyzeFiles({ [path]: text }, 'postgresql');
  const table = schema.tables.find(({ name }) => name === 'users');
  assert.ok(table);
  return table;
}

async function write(change: Change, text = users, path = 'user.ts'): Promise<string> {
  const { schema } = await analyzeFiles({ [path]: text }, 'postgresql');
  const result = typeormWriter.write(change, schema, await openFile(path, text));
  return result.ok ? applyEdits(text, result.edits) : `refused: ${result.reason}`;
}

const users$ = { table: 'users', namespace: null } as const;

function addColumn(name: string, stated: Partial<Column>): Change {
  return { kind: 'addColumn', ...users$, column: aColumn(name, { property: null, ...stated }) };
}

describe('TypeORM writer: other changes', () => {
  it('adds a unique constraint on the class, which is then read', async () => {
    const text = await write({ kind: 'addUnique', ...users$, unique: aUnique(['name', 'email'], { name: 'uq_user' }) });
    assert.equal(
      text,
      users
        .replace('PrimaryGeneratedColumn }', 'PrimaryGeneratedColumn, Unique }')
        .replace("@Entity('users')\n", "@Entity('users')\n@Unique('uq_user', ['name', 'email'])\n"),
    );
    const [unique] = (await tableOf(text)).uniques;
    assert.deepEqual([unique?.name, unique?.columns], ['uq_user', ['name', 'email']]);
  });

  it('adds an index with a name, options and several columns', async () => {
    const index = anIndex(['name', 'email'], { name: 'ix', unique: true, where: "name <> 'x'" });
    const text = await write({ kind: 'addIndex', ...users$, index });
    assert.equal(
      text,
      users.replace(
        "@Index(['email', 'name'])\n",
        `@Index(['email', 'name'])\n@Index('ix', ['name', 'email'], { unique: true, where: "name <> 'x'" })\n`,
      ),
    );
    const read = (await tableOf(text)).indexes.find(({ name }) => name === 'ix');
    assert.deepEqual([read?.columns, read?.unique, read?.where], [['name', 'email'], true, "name <> 'x'"]);
  });

  const columns: readonly (readonly [name: string, stated: Partial<Column>, member: string])[] = [
    ['age', { type: 'int32', rawType: 'integer' }, "@Column({ type: 'integer' })\n  age!: number;"],
    [
      'nick',
      { type: 'string', rawType: 'varchar', length: 20, nullable: true },
      "@Column({ type: 'varchar', length: 20, nullable: true })\n  nick!: string | null;",
    ],
    [
      'birth_date',
      { type: 'date', rawType: 'date' },
      "@Column({ type: 'date', name: 'birth_date' })\n  birthDate!: string;",
    ],
    [
      'balance',
      { type: 'decimal', rawType: 'numeric', precision: 12, scale: 2, default: '0' },
      "@Column({ type: 'numeric', precision: 12, scale: 2, default: 0 })\n  balance!: string;",
    ],
    [
      'state',
      { type: 'text', rawType: 'text', default: "'it''s'" },
      `@Column({ type: 'text', default: "it's" })\n  state!: string;`,
    ],
    [
      'seen',
      { type: 'datetime-tz', rawType: 'timestamptz', default: 'now()' },
      "@Column({ type: 'timestamptz', default: () => 'now()' })\n  seen!: Date;",
    ],
    [
      'tags',
      { type: 'text', rawType: 'text', array: true },
      "@Column({ type: 'text', array: true })\n  tags!: string[];",
    ],
    [
      'created',
      { type: 'datetime-tz', rawType: 'timestamptz', role: 'created-at' },
      "@CreateDateColumn({ type: 'timestamptz' })\n  created!: Date;",
    ],
  ];
  for (const [name, stated, member] of columns)
    it(`adds the column ${name} behind the others, which is then read`, async () => {
      const text = await write(addColumn(name, stated));
      const expected = users.replace('name!: string; // shown\n', `name!: string; // shown\n\n  ${member}\n`);
      assert.equal(
        text,
        stated.role === 'created-at'
          ? expected.replace('Column, Entity', 'Column, CreateDateColumn, Entity')
          : expected,
      );
      const read = (await tableOf(text)).columns.find((column) => column.name === name);
      assert.ok(read, 'the column is read');
      assert.deepEqual(
        [read.type, read.nullable, read.array],
        [stated.type, stated.nullable ?? false, stated.array ?? false],
      );
    });

  it('adds a column to an entity schema and to classes without members or lines', async () => {
    const schema = `import { EntitySchema } from 'typeorm';
export const User = new EntitySchema({
  name: 'users',
  columns: {
    id: { type: 'int', primary: true },
  },
});
`;
    const change = addColumn('age', { type: 'int32', rawType: 'integer' });
    assert.equal(await write(change, schema), schema.replace('true },\n', "true },\n    age: { type: 'integer' },\n"));
    const inline =
      "import { Column, Entity, PrimaryColumn } from 'typeorm';\n@Entity('users') class U { @PrimaryColumn() id: number }\n";
    assert.equal(
      await write(change, inline),
      inline.replace('id: number }', "id: number; @Column({ type: 'integer' }) age: number; }"),
    );
  });

  it('drops an index with its line, and the import once nothing else needs it', async () => {
    const { indexes } = await tableOf(users);
    const drop = async (text: string, columns: readonly string[]): Promise<string> => {
      const index = indexes.find((candidate) => candidate.columns.join() === columns.join());
      assert.ok(index);
      return write({ kind: 'dropIndex', ...users$, index }, text);
    };
    const first = await drop(users, ['email']);
    assert.equal(first, users.replace('  @Index()\n', ''));
    const second = await drop(first, ['email', 'name']);
    assert.equal(
      second,
      users
        .replace('  @Index()\n', '')
        .replace("@Index(['email', 'name'])\n", '')
        .replace('Entity, Index, ', 'Entity, '),
    );
    assert.deepEqual((await tableOf(second)).indexes, []);
    const crlf = users.replaceAll('\n', '\r\n');
    assert.equal(await drop(crlf, ['email']), first.replaceAll('\n', '\r\n'));
    const inline = users.replace('  @Index()\n  @Column()', '  @Index() @Column()');
    assert.equal(await drop(inline, ['email']), inline.replace('@Index() @Column()', '@Column()'));
  });

  it('drops entries of an entity schema wherever they stand', async () => {
    const schema = (list: string): string => `import { EntitySchema } from 'typeorm';
export const User = new EntitySchema({
  name: 'users',
  columns: { id: { type: 'int', primary: true }, email: { type: 'text' }, name: { type: 'text' } },
  indices: [${list}],
});
`;
    const [email, name] = ["{ columns: ['email'] }", "{ columns: ['name'] }"];
    const drop = async (list: string): Promise<string> => {
      const text = schema(list);
      const index = (await tableOf(text)).indexes.find((candidate) => candidate.columns[0] === 'email');
      assert.ok(index);
      return write({ kind: 'dropIndex', ...users$, index }, text);
    };
    assert.equal(await drop(email), schema(''));
    assert.equal(await drop(`${email}, ${name}`), schema(name));
    assert.equal(await drop(`${name}, ${email}`), schema(name));
    assert.equal(await drop(`${email},`), schema(''));
  });

  it('says why it cannot', async () => {
    assert.match(await write(addColumn('email', {})), /^refused: users has a column email already/u);
    assert.match(await write(addColumn('kind', { type: 'enum' })), /^refused: kind is an enum/u);
    assert.match(
      await write(addColumn('n', { generated: { kind: 'increment', expression: null } })),
      /^refused: n is generated \(increment\)/u,
    );
    assert.match(
      await write({ kind: 'dropIndex', ...users$, index: anIndex(['email'], { origin: 'engine' }) }),
      /^refused: .* the database creates it by itself/u,
    );
    assert.match(
      await write({ kind: 'dropIndex', ...users$, index: anIndex(['name']) }),
      /^refused: No @Index\(\) for name/u,
    );
    assert.match(
      await write({ kind: 'addUnique', ...users$, unique: aUnique(['email'], { nullsNotDistinct: true }) }),
      /^refused: .*NULLS NOT DISTINCT/u,
    );
    assert.match(
      await write({ kind: 'dropTable', table: await tableOf(users) }),
      /^refused: .*removing an entity is not supported yet/u,
    );
  });

  it('never throws on any prefix of an entity', async () => {
    const { schema } = await analyzeFiles({ 'user.ts': users }, 'postgresql');
    const changes: readonly Change[] = [
      { kind: 'addIndex', ...users$, index: anIndex(['name']) },
      { kind: 'addUnique', ...users$, unique: aUnique(['name']) },
      { kind: 'dropIndex', ...users$, index: anIndex(['email']) },
      addColumn('age', { type: 'int32', rawType: 'integer' }),
    ];
    for (let end = 0; end <= users.length; end += 3) {
      const file = await openFile('user.ts', users.slice(0, end));
      for (const change of changes) typeormWriter.write(change, schema, file);
    }
  });
});
