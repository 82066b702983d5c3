import assert from 'node:assert/strict';
import { lintProject } from '../../../../src/core/lint/engine.ts';
import type { Finding } from '../../../../src/core/lint/rule.ts';
import type { Change } from '../../../../src/core/schema/change.ts';
import { applyEdits } from '../../../../src/core/writers/shared/edits.ts';
import { typeormWriter } from '../../../../src/core/writers/typeorm/writer.ts';
import { analyzeFiles, openFile } from '../../../support/analyze.ts';

const customer = `import { Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Customer {
  @PrimaryGeneratedColumn()
  id: number;
}
`;

type Files = Readonly<Record<string, string>>;

async function indexFindings(files: Files): Promise<readonly Finding[]> {
  const findings = lintProject(await analyzeFiles(files, 'postgresql'));
  return findings.filter(({ rule }) => rule === 'missing-foreign-key-index');
}

/**
 * Makes the quick fix of the only finding, and proves it: the file reads without a problem, the finding is gone, and what was
 * there before is still there, byte for byte and in its order. Returns the changed text.
 */
async function fixOnly(files: Files): Promise<string> {
  const project = await analyzeFiles(files, 'postgresql');
  const [finding, ...others] = await indexFindings(files);
  assert.ok(finding && others.length === 0, `one finding expected, not ${others.length + (finding ? 1 : 0)}`);
  const change = finding.fixes[0]?.change;
  assert.ok(change);
  const path = typeormWriter.target(change, project.schema);
  assert.ok(path !== null);
  const before = files[path] ?? '';
  const written = typeormWriter.write(change, project.schema, await openFile(path, before));
  assert.ok(written.ok, written.ok ? '' : written.reason);
  for (const { start, end, file } of written.edits) assert.deepEqual([start, file], [end, path], 'nothing is replaced');
  const after = applyEdits(before, written.edits);
  assert.deepEqual(await indexFindings({ ...files, [path]: after }), []);
  const again = await analyzeFiles({ ...files, [path]: after }, 'postgresql');
  assert.deepEqual(again.schema.problems, project.schema.problems);
  return after;
}

/** Only the relation's property, in the style given. */
function fixedOrder(text: string): Promise<string> {
  return fixOnly({ 'src/order.ts': text, 'src/customer.ts': customer });
}

const order = `import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Customer } from './customer';

@Entity()
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  // who pays
  @ManyToOne(() => Customer, { onDelete: 'CASCADE' })
  customer: Customer;
}
`;

const fixed = order
  .replace('Entity, ManyToOne', 'Entity, Index, ManyToOne')
  .replace('  @ManyToOne', '  @Index()\n  @ManyToOne');

describe('TypeORM writer: adding an index', () => {
  it('decorates the relation and extends the import, in its order', async () => {
    assert.equal(await fixedOrder(order), fixed);
  });

  it('keeps CRLF', async () => {
    assert.equal(await fixedOrder(order.replaceAll('\n', '\r\n')), fixed.replaceAll('\n', '\r\n'));
  });

  it('keeps tabs and double quotes, and a file without semicolons', async () => {
    const style = (text: string): string => text.replaceAll('  ', '\t').replaceAll("'", '"').replace(/;$/gmu, '');
    assert.equal(await fixedOrder(style(order)), style(fixed));
  });

  it('stays on the line where the decorators stand', async () => {
    const inline = order.replace("' })\n  customer", "' }) customer");
    assert.equal(
      await fixedOrder(inline),
      inline.replace('Entity, ManyToOne', 'Entity, Index, ManyToOne').replace('  @ManyToOne', '  @Index() @ManyToOne'),
    );
  });

  it('works on a class in one line', async () => {
    const text = `import { Entity, ManyToOne, PrimaryColumn } from 'typeorm'; import { Customer } from './customer';
@Entity() export class Order { @PrimaryColumn() id: number; @ManyToOne(() => Customer) customer: Customer; }
`;
    assert.equal(
      await fixedOrder(text),
      text.replace('Entity, ManyToOne', 'Entity, Index, ManyToOne').replace('@ManyToOne', '@Index() @ManyToOne'),
    );
  });

  it('keeps decorators, comments and modifiers in between', async () => {
    const text = order
      .replace(
        "@ManyToOne(() => Customer, { onDelete: 'CASCADE' })\n  customer",
        "@ManyToOne(() => Customer) // many\n  /* the key */\n  @JoinColumn({ name: 'buyer_id' })\n  public readonly customer!",
      )
      .replace('Entity, ManyToOne', 'Entity, JoinColumn, ManyToOne');
    assert.equal(
      await fixedOrder(text),
      text
        .replace('Entity, JoinColumn', 'Entity, Index, JoinColumn')
        .replace('  @ManyToOne', '  @Index()\n  @ManyToOne'),
    );
  });

  const imports: readonly (readonly [name: string, before: string, after: string])[] = [
    [
      'an unsorted list at its end',
      "import { PrimaryGeneratedColumn, Entity, ManyToOne } from 'typeorm';",
      "import { PrimaryGeneratedColumn, Entity, ManyToOne, Index } from 'typeorm';",
    ],
    [
      'a list with a trailing comma',
      "import { PrimaryGeneratedColumn, Entity, ManyToOne, } from 'typeorm';",
      "import { PrimaryGeneratedColumn, Entity, ManyToOne, Index, } from 'typeorm';",
    ],
    [
      'a list without spaces',
      "import {Entity,ManyToOne,PrimaryGeneratedColumn} from 'typeorm';",
      "import {Entity,Index,ManyToOne,PrimaryGeneratedColumn} from 'typeorm';",
    ],
    [
      'one name a line',
      "import {\n  Entity,\n  ManyToOne,\n  PrimaryGeneratedColumn,\n} from 'typeorm';",
      "import {\n  Entity,\n  Index,\n  ManyToOne,\n  PrimaryGeneratedColumn,\n} from 'typeorm';",
    ],
    [
      'one name a line, unsorted, with comments',
      "import {\n  ManyToOne,\n  Entity, // table\n  PrimaryGeneratedColumn, // key\n} from 'typeorm';",
      "import {\n  ManyToOne,\n  Entity, // table\n  PrimaryGeneratedColumn, // key\n  Index,\n} from 'typeorm';",
    ],
    [
      'one name a line without a trailing comma',
      "import {\n    PrimaryGeneratedColumn,\n    Entity,\n    ManyToOne\n} from 'typeorm';",
      "import {\n    PrimaryGeneratedColumn,\n    Entity,\n    ManyToOne,\n    Index\n} from 'typeorm';",
    ],
    [
      'a name that is there',
      "import { Entity, Index, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
      "import { Entity, Index, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
    ],
    [
      'a type-only statement beside it',
      "import type { Index } from 'typeorm';\nimport { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
      "import type { Index } from 'typeorm';\nimport { Entity, Index as TypeOrmIndex, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
    ],
    [
      'a type-only name',
      "import { Entity, type Index, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
      "import { Entity, type Index, Index as TypeOrmIndex, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
    ],
    [
      'a name of another package',
      "import { Index } from './search';\nimport { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
      "import { Index } from './search';\nimport { Entity, Index as TypeOrmIndex, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
    ],
    [
      'a name of the file',
      "import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';\nenum Index { A }",
      "import { Entity, Index as TypeOrmIndex, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';\nenum Index { A }",
    ],
    [
      'an alias that is there',
      "import { Entity, Index as Idx, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
      "import { Entity, Index as Idx, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
    ],
  ];
  for (const [name, before, after] of imports)
    it(`extends the import: ${name}`, async () => {
      const head = "import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';";
      const decorator = /Index as (\w+)/u.exec(after)?.[1] ?? 'Index';
      assert.equal(
        await fixedOrder(order.replace(head, before)),
        order.replace(head, after).replace('  @ManyToOne', `  @${decorator}()\n  @ManyToOne`),
      );
    });

  it('uses a namespace import', async () => {
    const text = order
      .replace("import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm'", "import * as orm from 'typeorm'")
      .replace(/@(\w+)\(/gu, '@orm.$1(');
    assert.equal(await fixedOrder(text), text.replace('  @orm.ManyToOne', '  @orm.Index()\n  @orm.ManyToOne'));
  });

  it('indexes all columns of a relation with a composite key, in the relation’s order', async () => {
    const text = await fixOnly({
      'site.ts': `import { Entity, PrimaryColumn } from 'typeorm';
@Entity()
export class Site {
  @PrimaryColumn() tenant: number;
  @PrimaryColumn() code: string;
}
`,
      'page.ts': `import { Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Site } from './site';

@Entity()
export class Page {
  @PrimaryColumn() id: number;

  @ManyToOne(() => Site)
  @JoinColumn([
    { name: 'site_tenant', referencedColumnName: 'tenant' },
    { name: 'site_code', referencedColumnName: 'code' },
  ])
  site: Site;
}
`,
    });
    assert.match(text, /\n {2}@Index\(\)\n {2}@ManyToOne/u);
  });

  const base = `import { ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Customer } from './customer';

export abstract class Owned {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Customer)
  owner: Customer;
}
`;

  it('decorates the entity, not the abstract base in another file', async () => {
    const text = `import { Entity } from 'typeorm';
import { Owned } from './owned';

/** A note. */
@Entity('notes') // plural
export class Note extends Owned {}
`;
    assert.equal(
      await fixOnly({ 'note.ts': text, 'owned.ts': base, 'customer.ts': customer }),
      text.replace('{ Entity }', '{ Entity, Index }').replace('// plural\n', "// plural\n@Index(['owner'])\n"),
    );
  });

  it('puts a class decorator behind others of its kind, on the line where they stand', async () => {
    const text = `import { Entity } from 'typeorm';
import { Owned } from './owned';

@Entity() export class Note extends Owned {}
`;
    assert.equal(
      await fixOnly({ 'note.ts': text, 'owned.ts': base, 'customer.ts': customer }),
      text.replace('{ Entity }', '{ Entity, Index }').replace('@Entity() ', "@Entity() @Index(['owner']) "),
    );
  });

  it('changes the child that declares a relation in single-table inheritance', async () => {
    const text = `import { ChildEntity, ManyToOne } from 'typeorm';
import { Content } from './content';
import { Customer } from './customer';

@ChildEntity()
export class Post extends Content {
  @ManyToOne(() => Customer)
  author: Customer;
}
`;
    assert.equal(
      await fixOnly({
        'content.ts': `import { Entity, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';

@Entity()
@TableInheritance({ column: 'kind' })
export class Content {
  @PrimaryGeneratedColumn()
  id: number;
}
`,
        'post.ts': text,
        'customer.ts': customer,
      }),
      text
        .replace('ChildEntity, ManyToOne', 'ChildEntity, Index, ManyToOne')
        .replace('  @ManyToOne', '  @Index()\n  @ManyToOne'),
    );
  });

  const schema = `import { EntitySchema } from 'typeorm';

export const Order = new EntitySchema({
  name: 'order',
  columns: { id: { type: 'int', primary: true } },
  relations: {
    customer: { type: 'many-to-one', target: 'customer' },
  },
});

export const Customer = new EntitySchema({
  name: 'customer',
  columns: { id: { type: 'int', primary: true } },
});
`;

  it('adds "indices" to an entity schema', async () => {
    assert.equal(
      await fixOnly({ 'schema.ts': schema }),
      schema.replace("'customer' },\n  },\n", "'customer' },\n  },\n  indices: [{ columns: ['customer'] }],\n"),
    );
  });

  it('extends the "indices" of an entity schema in JavaScript', async () => {
    const text = schema
      .replace("import { EntitySchema } from 'typeorm';", "const { EntitySchema } = require('typeorm');")
      .replace('  relations', "  indices: [\n    { columns: ['id'] }\n  ],\n  relations");
    assert.equal(
      await fixOnly({ 'schema.js': text }),
      text.replace("{ columns: ['id'] }\n", "{ columns: ['id'] },\n    { columns: ['customer'] }\n"),
    );
  });

  it('says why it cannot', async () => {
    const files = { 'src/order.ts': order, 'src/customer.ts': customer };
    const { schema: model } = await analyzeFiles(files, 'postgresql');
    const [finding] = await indexFindings(files);
    const change = finding?.fixes[0]?.change;
    assert.ok(change?.kind === 'addIndex');
    const file = await openFile('src/order.ts', order);
    const reasonFor = (changed: Change): string => {
      const result = typeormWriter.write(changed, model, file);
      return result.ok ? 'written' : result.reason;
    };
    assert.match(reasonFor({ ...change, index: { ...change.index, expression: 'lower(name)' } }), /expression/u);
    assert.match(reasonFor({ ...change, index: { ...change.index, include: ['id'] } }), /INCLUDE/u);
    assert.match(reasonFor({ ...change, index: { ...change.index, orders: ['desc'] } }), /sort order/u);
    assert.match(reasonFor({ ...change, index: { ...change.index, method: 'gin' } }), /gin/u);
    assert.match(reasonFor({ ...change, index: { ...change.index, columns: ['nowhere'] } }), /No property/u);
    assert.match(reasonFor({ ...change, table: 'nowhere' }), /No table nowhere/u);
    assert.match(
      reasonFor({ kind: 'renameColumn', table: 'order', namespace: null, from: 'a', to: 'b' }),
      /not supported yet/u,
    );
    const broken = typeormWriter.write(
      change,
      model,
      await openFile('src/order.ts', order.replace('customer: Customer;', 'customer: (;')),
    );
    assert.ok(!broken.ok && broken.reason.includes('syntax error'), JSON.stringify(broken));
  });
});
