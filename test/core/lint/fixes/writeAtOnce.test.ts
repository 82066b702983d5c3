/** Rows are written at once: the fix of `write-in-loop`, for each ORM that it is written for. */
import assert from 'node:assert/strict';
import { makeFix, proveFix } from './prove.ts';
import type { Files } from './prove.ts';
import { django, drizzle, efcore, jpa, mikroOrm, mongoose, prisma, sequelize, sqlalchemy, typeorm } from './shops.ts';

const ofTypeorm = (loop: string): Files =>
  typeorm(`  async close() {\n    const orders = await this.orders.findBy({ status: 'open' });\n${loop}\n  }`);
const ofPrisma = (loop: string): Files => prisma(`export async function load(names: string[]) {\n${loop}\n}`);

const cases: readonly (readonly [string, Files, string])[] = [
  [
    'TypeORM, rows that are changed',
    ofTypeorm(
      "    for (const order of orders) {\n      order.status = 'closed';\n      await this.orders.save(order);\n    }",
    ),
    "    for (const order of orders) {\n      order.status = 'closed';\n    }\n    await this.orders.save(orders);\n",
  ],
  [
    'TypeORM, nothing else in the loop',
    ofTypeorm('    for (const order of orders) await this.orders.remove(order);'),
    '    await this.orders.remove(orders);\n',
  ],
  [
    'TypeORM, under a condition',
    ofTypeorm(
      "    for (const order of orders) {\n      if (order.customerId > 7) {\n        order.status = 'closed';\n        await this.orders.save(order);\n      }\n    }",
    ),
    "    const rows = [];\n    for (const order of orders) {\n      if (order.customerId > 7) {\n        order.status = 'closed';\n        rows.push(order);\n      }\n    }\n    await this.orders.save(rows);\n",
  ],
  [
    'TypeORM, rows that are made',
    typeorm(
      '  async load(names: string[]) {\n    for (const name of names) {\n      await this.customers.insert({ name });\n    }\n  }',
    ),
    '    const rows = [];\n    for (const name of names) {\n      rows.push({ name });\n    }\n    await this.customers.insert(rows);\n',
  ],
  [
    'TypeORM, all at the same time',
    ofTypeorm("    await Promise.all(orders.map((order) => this.orders.save({ ...order, status: 'closed' })));"),
    "    await this.orders.save(orders.map((order) => ({ ...order, status: 'closed' })));\n",
  ],
  [
    'TypeORM, all at the same time as they are',
    ofTypeorm('    await Promise.all(orders.map(async (order) => await this.orders.remove(order)));'),
    '    await this.orders.remove(orders);\n',
  ],
  [
    'Prisma',
    ofPrisma(
      '  for (const name of names) {\n    await prisma.customer.create({ data: { name, email: `${name}@example.com` } });\n  }',
    ),
    '  const rows = [];\n  for (const name of names) {\n    rows.push({ name, email: `${name}@example.com` });\n  }\n  await prisma.customer.createMany({ data: rows });\n',
  ],
  [
    'Sequelize',
    sequelize(
      'exports.load = async (names) => {\n  for (const status of names) {\n    await Order.create({ status });\n  }\n};',
    ),
    '  await Order.bulkCreate(rows, { validate: true });\n',
  ],
  [
    'Mongoose',
    mongoose(
      'export async function load(names: string[]) {\n  for (const status of names) {\n    await Order.create({ status });\n  }\n}',
    ),
    '  await Order.insertMany(rows);\n',
  ],
  [
    'Django',
    django('def load(names):\n    for name in names:\n        Customer.objects.create(name=name, email=name)'),
    '    rows = []\n    for name in names:\n        rows.append(Customer(name=name, email=name))\n    Customer.objects.bulk_create(rows)\n',
  ],
  [
    'Drizzle, which takes no empty list',
    drizzle(
      'export async function load(names: string[]) {\n  for (const status of names) {\n    await db.insert(orders).values({ id: status.length, status }).onConflictDoNothing();\n  }\n}',
    ),
    '  const rows = [];\n  for (const status of names) {\n    rows.push({ id: status.length, status });\n  }\n  if (rows.length > 0) await db.insert(orders).values(rows).onConflictDoNothing();\n',
  ],
  [
    'MikroORM',
    mikroOrm(
      'export async function load(em: EntityManager, names: string[]) {\n  for (const status of names) {\n    await em.insert(Order, { status });\n  }\n}',
    ),
    '  if (rows.length > 0) await em.insertMany(Order, rows);\n',
  ],
  [
    'SQLAlchemy, whose empty list would insert a row',
    sqlalchemy(
      'def load(session: Session, names: list[str]):\n    for name in names:\n        session.execute(insert(Order).values(status=name, customer_id=7))',
    ),
    '    rows = []\n    for name in names:\n        rows.append(dict(status=name, customer_id=7))\n    if rows:\n        session.execute(insert(Order), rows)\n',
  ],
  [
    'Spring Data, rows that are changed',
    jpa(
      '  public void close() {\n    var open = orders.findByStatus("open");\n    for (Order order : open) {\n      order.setStatus("closed");\n      orders.save(order);\n    }\n  }',
    ),
    '      order.setStatus("closed");\n    }\n    orders.saveAll(open);\n',
  ],
  [
    'Spring Data, rows that are made',
    jpa(
      '  public void load(java.util.Collection<String> names) {\n    for (String name : names) {\n      customers.save(new Customer(name));\n    }\n  }',
    ),
    '    List<Customer> rows = new ArrayList<>();\n    for (String name : names) {\n      rows.add(new Customer(name));\n    }\n    customers.saveAll(rows);\n',
  ],
  [
    'Spring Data, rows that are removed',
    jpa(
      '  public void purge() {\n    var closed = orders.findByStatus("closed");\n    for (Order order : closed) {\n      orders.delete(order);\n    }\n  }',
    ),
    '    orders.deleteAll(closed);\n',
  ],
  [
    'EF Core, saved in each round',
    efcore(
      '    public async Task Close()\n    {\n        var orders = db.Orders.Where(order => order.Status == "open").ToList();\n        foreach (var order in orders)\n        {\n            order.Status = "closed";\n            await db.SaveChangesAsync();\n        }\n    }',
    ),
    '            order.Status = "closed";\n        }\n        await db.SaveChangesAsync();\n',
  ],
];

const traps: readonly (readonly [string, Files])[] = [
  [
    'a loop that ends early',
    ofTypeorm(
      '    for (const order of orders) {\n      if (order.customerId > 7) return;\n      await this.orders.save(order);\n    }',
    ),
  ],
  [
    'a write whose failure is caught for itself',
    ofTypeorm(
      '    for (const order of orders) {\n      try {\n        await this.orders.save(order);\n      } catch {\n        console.log(order.id);\n      }\n    }',
    ),
  ],
  [
    'a loop that waits for something else',
    ofTypeorm(
      '    for (const order of orders) {\n      await this.notify(order);\n      await this.orders.save(order);\n    }\n  }\n\n  async notify(order: Order) {\n    console.log(order);',
    ),
  ],
  [
    'a loop that reads as well',
    ofTypeorm(
      "    for (const order of orders) {\n      const other = await this.orders.findOneBy({ id: order.customerId });\n      order.status = other?.status ?? '';\n      await this.orders.save(order);\n    }",
    ),
  ],
  [
    'a write of a list',
    typeorm(
      '  async load(groups: Map<string, Order[]>) {\n    for (const [, lines] of groups) {\n      await this.orders.save(lines);\n    }\n  }',
    ),
  ],
  [
    'rows that Prisma creates with others',
    ofPrisma(
      "  for (const name of names) {\n    await prisma.customer.create({ data: { name, email: name, orders: { create: [{ status: 'open' }] } } });\n  }",
    ),
  ],
  [
    'writes whose results are taken',
    ofTypeorm(
      '    const saved = await Promise.all(orders.map((order) => this.orders.save({ ...order })));\n    console.log(saved);',
    ),
  ],
  [
    'a write that hangs on the element',
    typeorm(
      "  async load(sources: DataSource[]) {\n    for (const source of sources) {\n      await source.getRepository(Customer).insert({ name: 'x' });\n    }\n  }",
    ),
  ],
  [
    'rows of Drizzle whose keys come back',
    drizzle(
      'export async function load(names: string[]) {\n  for (const status of names) {\n    await db.insert(orders).values({ id: 1, status }).returning();\n  }\n}',
    ),
  ],
  [
    'a save of Spring Data that is caught for itself',
    jpa(
      '  public void close() {\n    for (Order order : orders.findByStatus("open")) {\n      try {\n        orders.save(order);\n      } catch (RuntimeException refused) {\n        System.out.println(order.getStatus());\n      }\n    }\n  }',
    ),
  ],
  [
    'values that are made elsewhere in Python',
    sqlalchemy(
      'def load(session: Session, given: list[dict]):\n    for each in given:\n        session.execute(insert(Order).values(**each))',
    ),
  ],
  [
    'saving that the round goes on from',
    efcore(
      '    public void Close()\n    {\n        var orders = db.Orders.Where(order => order.Status == "open").ToList();\n        foreach (var order in orders)\n        {\n            order.Status = "closed";\n            db.SaveChanges();\n            System.Console.WriteLine(order.Id);\n        }\n    }',
    ),
  ],
];

describe('the fix of write-in-loop', () => {
  for (const [name, files, expected] of cases)
    it(`writes at once: ${name}`, async () => {
      const after = await proveFix(files, 'write-in-loop', name === 'Mongoose' ? 'mongodb' : 'postgresql');
      const text = Object.values(after).join('\n');
      assert.ok(text.includes(expected), text);
    });

  it('is not preferred where hooks of single rows would be left out', async () => {
    const { finding } = await makeFix(
      django('def load(names):\n    for name in names:\n        Customer.objects.create(name=name, email=name)'),
      'write-in-loop',
    );
    assert.deepEqual(
      finding.fixes.map(({ preferred }) => preferred),
      [false],
    );
  });

  for (const [name, files] of traps)
    it(`is not offered for ${name}`, async () => {
      assert.equal((await makeFix(files, 'write-in-loop')).files, null);
    });
});
