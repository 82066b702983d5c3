/** An index added to the source of each ORM is read again, and nothing else has changed. */
import assert from 'node:assert/strict';
import { plainIndex } from '../../../src/core/schema/plainIndex.ts';
import type { Change } from '../../../src/core/schema/change.ts';
import { findWriter, writers } from '../../../src/core/writers/registry.ts';
import { applyEdits } from '../../../src/core/writers/shared/edits.ts';
import { analyzeFiles, openFile } from '../../support/analyze.ts';

interface Case {
  readonly orm: string;
  readonly note: string;
  readonly file: string;
  readonly text: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** The line, or lines, that the text has afterwards. */
  readonly expected: readonly string[];
}

const python = (orm: string, imports: string, field: string, expected: string, note = 'a field'): Case => ({
  ...{ orm, note, file: orm === 'django' ? 'shop/models.py' : 'models.py', columns: ['status'], expected: [expected] },
  text: `${imports}\n    ${field}\n`,
  table: orm === 'django' ? 'shop_order' : orm === 'sqlalchemy' ? 'orders' : 'order',
});

const django = 'from django.db import models\n\n\nclass Order(models.Model):\n    number = models.IntegerField()';
const sqlalchemy =
  "from sqlalchemy import Column, Integer, String\nfrom sqlalchemy.orm import DeclarativeBase, Mapped\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\nclass Order(Base):\n    __tablename__ = 'orders'\n    id = Column(Integer, primary_key=True)";
const peewee =
  "from peewee import *\n\ndb = SqliteDatabase('shop.db')\n\n\nclass Order(Model):\n    number = IntegerField()";
const tortoise =
  'from tortoise import fields\nfrom tortoise.models import Model\n\n\nclass Order(Model):\n    id = fields.IntField(primary_key=True)';

const java = (annotations: string, imports = ''): string => `package shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
${imports}
@Entity
${annotations}public class Order {
  @Id
  private Long id;

  @Column(name = "status")
  private String status;
}
`;
const jpa = (note: string, annotations: string, expected: readonly string[], imports = ''): Case => ({
  ...{ orm: 'jpa', note, file: 'src/Order.java', text: java(annotations, imports), columns: ['status'], expected },
  table: annotations.includes('name = "orders"') ? 'orders' : 'order',
});

const drizzle = (note: string, extra: string, expected: readonly string[]): Case => ({
  ...{ orm: 'drizzle', note, file: 'schema.ts', table: 'orders', columns: ['customer_id'], expected },
  text: `import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';

export const orders = pgTable('orders', {
  id: integer('id').primaryKey(),
  customerId: integer('customer_id'),
  status: text('status'),
}${extra});
`,
});

const sequelize = (note: string, text: string, expected: readonly string[]): Case => ({
  ...{ orm: 'sequelize', note, file: 'models.js', text, table: 'orders', columns: ['status'], expected },
});
const define =
  "const { Sequelize, DataTypes } = require('sequelize');\n\nconst sequelize = new Sequelize('postgres://localhost/shop');\n";

const mongoose = (note: string, paths: string, expected: string): Case => ({
  ...{ orm: 'mongoose', note, file: 'order.ts', table: 'orders', columns: ['status'], expected: [expected] },
  text: `import { Schema, model } from 'mongoose';\n\nconst orderSchema = new Schema({\n${paths}\n});\n\nexport const Order = model('Order', orderSchema);\n`,
});

const cases: readonly Case[] = [
  python(
    'django',
    django,
    'status = models.CharField(max_length=20)',
    '    status = models.CharField(max_length=20, db_index=True)',
  ),
  python(
    'django',
    django,
    'status = models.CharField(\n        max_length=20,\n        default=")",\n    )',
    '        default=")",\n        db_index=True,\n    )',
    'a field over several lines',
  ),
  python(
    'django',
    django,
    'status = models.CharField(max_length=20, db_index=False)',
    '    status = models.CharField(max_length=20, db_index=True)',
    'an index that was declined',
  ),
  python('peewee', peewee, 'status = CharField(max_length=20)', '    status = CharField(max_length=20, index=True)'),
  python('peewee', peewee, 'status = CharField()', '    status = CharField(index=True)', 'a field without arguments'),
  python(
    'tortoise',
    tortoise,
    'status = fields.CharField(max_length=20)',
    '    status = fields.CharField(max_length=20, db_index=True)',
  ),
  python('sqlalchemy', sqlalchemy, 'status = Column(String(20))', '    status = Column(String(20), index=True)'),
  python(
    'sqlalchemy',
    sqlalchemy.replace('Mapped', 'Mapped, mapped_column'),
    'status: Mapped[str] = mapped_column(String(20))',
    '    status: Mapped[str] = mapped_column(String(20), index=True)',
    'a mapped column',
  ),
  {
    ...python('sqlalchemy', sqlalchemy, 'status: Mapped[str]', '', 'an annotation alone'),
    expected: [
      'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column',
      '    status: Mapped[str] = mapped_column(index=True)',
    ],
  },
  jpa('an entity without a table', '', [
    'import jakarta.persistence.Index;',
    'import jakarta.persistence.Table;',
    '@Table(indexes = @Index(columnList = "status"))\npublic class Order {',
  ]),
  jpa(
    'a table with a name',
    '@Table(name = "orders")\n',
    ['@Table(name = "orders", indexes = @Index(columnList = "status"))'],
    'import jakarta.persistence.Table;\n',
  ),
  jpa(
    'a table with an index',
    '@Table(name = "orders", indexes = @Index(columnList = "id"))\n',
    ['@Table(name = "orders", indexes = { @Index(columnList = "id"), @Index(columnList = "status") })'],
    'import jakarta.persistence.*;\n',
  ),
  jpa(
    'a table with several indexes',
    '@Table(name = "orders", indexes = {\n    @Index(columnList = "id"),\n    @Index(columnList = "id, status")\n})\n',
    ['    @Index(columnList = "id, status"),\n    @Index(columnList = "status")\n})'],
    'import jakarta.persistence.Index;\nimport jakarta.persistence.Table;\n',
  ),
  {
    ...{ orm: 'efcore', note: 'a class', file: 'Shop.cs', table: 'Orders', columns: ['Status'] },
    text: 'using System;\n\nnamespace Shop\n{\n    public class Order\n    {\n        public int Id { get; set; }\n        public string Status { get; set; }\n    }\n\n    public class ShopContext : Microsoft.EntityFrameworkCore.DbContext\n    {\n        public Microsoft.EntityFrameworkCore.DbSet<Order> Orders { get; set; }\n    }\n}\n',
    expected: ['using Microsoft.EntityFrameworkCore;', '    [Index(nameof(Status))]\n    public class Order'],
  },
  {
    ...{ orm: 'mikro-orm', note: 'a property', file: 'order.ts', table: 'order', columns: ['status'] },
    text: "import { Entity, PrimaryKey, Property } from '@mikro-orm/core';\n\n@Entity()\nexport class Order {\n  @PrimaryKey()\n  id!: number;\n\n  @Property()\n  status!: string;\n}\n",
    expected: [
      "import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/core';",
      '  @Index()\n  @Property()\n  status!: string;',
    ],
  },
  sequelize(
    'a model without options',
    `${define}\nconst Order = sequelize.define('orders', { status: DataTypes.STRING });\n`,
    ["{ status: DataTypes.STRING }, { indexes: [{ fields: ['status'] }] });"],
  ),
  sequelize(
    'a model with options',
    `${define}\nsequelize.define('Order', {\n  status: DataTypes.STRING,\n}, {\n  tableName: 'orders',\n  paranoid: true,\n});\n`,
    ["  paranoid: true,\n  indexes: [{ fields: ['status'] }],\n});"],
  ),
  sequelize(
    'a class with indexes',
    `${define}class Order extends Model {}\nOrder.init({ status: DataTypes.STRING }, { sequelize, tableName: 'orders', indexes: [{ fields: ['id'] }] });\n`.replace(
      'DataTypes }',
      'DataTypes, Model }',
    ),
    ["indexes: [{ fields: ['id'] }, { fields: ['status'] }]"],
  ),
  {
    ...sequelize(
      'a decorated class',
      "import { Column, Model, Table } from 'sequelize-typescript';\n\n@Table({ tableName: 'orders' })\nexport class Order extends Model {\n  @Column\n  status: string;\n}\n",
      ["import { Column, Index, Model, Table } from 'sequelize-typescript';", '  @Index\n  @Column\n  status: string;'],
    ),
    file: 'order.ts',
  },
  drizzle('columns alone', '', ["}, (table) => [index('orders_customer_id_idx').on(table.customerId)]);"]),
  drizzle('a list behind them', ", (t) => [\n  index('a').on(t.status),\n]", [
    "  index('a').on(t.status),\n  index('orders_customer_id_idx').on(t.customerId),\n]",
  ]),
  drizzle('an object behind them', ", (t) => ({ a: index('a').on(t.status) })", [
    "({ a: index('a').on(t.status), ordersCustomerIdIdx: index('orders_customer_id_idx').on(t.customerId) })",
  ]),
  mongoose('a path by its type', '  status: String,', '  status: { type: String, index: true },'),
  mongoose(
    'a path with options',
    '  status: { type: String, required: true },',
    '  status: { type: String, required: true, index: true },',
  ),
  {
    ...{ orm: 'mongoose', note: 'a decorated property', file: 'order.ts', table: 'orders', columns: ['status'] },
    text: "import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';\n\n@Schema()\nexport class Order {\n  @Prop({ required: true })\n  status: string;\n}\n\nexport const OrderSchema = SchemaFactory.createForClass(Order);\n",
    expected: ['  @Prop({ required: true, index: true })'],
  },
  {
    ...{ orm: 'sql', note: 'a script', file: 'schema.sql', table: 'orders', columns: ['status'] },
    text: 'CREATE TABLE "orders" (\n  "id" int PRIMARY KEY,\n  "status" text\n);\n',
    expected: ['CREATE INDEX "orders_status_idx" ON "orders" ("status");\n'],
  },
];

async function add(orm: string, files: Readonly<Record<string, string>>, table: string, columns: readonly string[]) {
  const { schema } = await analyzeFiles(files, 'postgresql');
  const found = schema.tables.find((each) => each.name === table);
  assert.ok(found, `${table} is read: ${schema.tables.map(({ name }) => name).join(', ')}`);
  assert.equal(found.reader, orm);
  const change: Change = { kind: 'addIndex', table, namespace: found.namespace, index: plainIndex(columns, found.at) };
  const writer = findWriter(orm);
  const target = writer?.target(change, schema);
  assert.ok(writer && target);
  return { target, result: writer.write(change, schema, await openFile(target, files[target] ?? '')) };
}

describe('indexes written by every writer', () => {
  for (const { orm, note, file, text, table, columns, expected } of cases)
    for (const eol of ['\n', '\r\n'])
      it(`${orm}: ${note}${eol === '\n' ? '' : ', with Windows line ends'}`, async () => {
        const source = text.replaceAll('\n', eol);
        const { target, result } = await add(orm, { [file]: source }, table, columns);
        assert.ok(result.ok, result.ok ? '' : result.reason);
        const written = applyEdits(source, result.edits);
        for (const line of expected) assert.ok(written.includes(line.replaceAll('\n', eol)), written);
        assert.equal(written.replaceAll(eol, '\n').includes('\r'), false);
        const again = await analyzeFiles({ [target]: written }, 'postgresql');
        const indexes = again.schema.tables.find(({ name }) => name === table)?.indexes ?? [];
        assert.ok(
          indexes.some((index) => index.columns.join() === columns.join()),
          written,
        );
      });

  it('are refused in a sentence where the writer cannot say them', async () => {
    const { text, file, table } = cases[0]!;
    const { result } = await add('django', { [file]: text }, table, ['number', 'status']);
    assert.ok(!result.ok);
    assert.match(result.reason, /Declare it in the Meta of Order/);
  });

  it('are never lost in an exception, whatever is half typed', async () => {
    for (const { orm, file, text, table, columns } of cases) {
      const { schema } = await analyzeFiles({ [file]: text }, 'postgresql');
      const found = schema.tables.find(({ name }) => name === table)!;
      const change: Change = {
        kind: 'addIndex',
        table,
        namespace: found.namespace,
        index: plainIndex(columns, found.at),
      };
      for (let cut = 0; cut < text.length; cut += 7)
        findWriter(orm)?.write(change, schema, await openFile(file, text.slice(0, cut)));
    }
  });

  it('have a case for every writer that has no tests of its own', () => {
    const covered = new Set(['prisma', 'typeorm', ...cases.map(({ orm }) => orm)]);
    assert.deepEqual(
      writers.map(({ id }) => id).filter((id) => !covered.has(id)),
      [],
    );
  });
});
