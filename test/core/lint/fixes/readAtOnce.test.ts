/** Rows are read by all keys at once: the fix of `query-in-loop`, for each ORM that it is written for. */
import assert from 'node:assert/strict';
import { makeFix, proveFix } from './prove.ts';
import type { Files } from './prove.ts';
import { django, drizzle, efcore, mikroOrm, prisma, sequelize, sqlalchemy, typeorm } from './shops.ts';

const ofTypeorm = (body: string): Files =>
  typeorm(
    `  async report() {\n    const orders = await this.orders.findBy({ status: 'open' });\n    for (const order of orders) {\n${body}\n    }\n  }`,
  );
const ofDjango = (body: string): Files =>
  django(`def report():\n    orders = Order.objects.filter(status="open")\n    for order in orders:\n${body}`);

const cases: readonly (readonly [string, Files, string, string])[] = [
  [
    'findOneBy of TypeORM',
    ofTypeorm(
      '      const customer = await this.customers.findOneBy({ id: order.customerId });\n      console.log(customer?.name);',
    ),
    '    const byId = new Map((await this.customers.findBy({ id: In(orders.map((order) => order.customerId)) })).map((row) => [row.id, row]));\n    for (',
    '      const customer = byId.get(order.customerId) ?? null;\n',
  ],
  [
    'findOne of TypeORM, with relations',
    ofTypeorm(
      '      const customer = await this.customers.findOne({ where: { id: order.customerId }, relations: { orders: true } });\n      console.log(customer?.name);',
    ),
    'this.customers.find({ where: { id: In(orders.map((order) => order.customerId)) }, relations: { orders: true } })',
    "import { DataSource, In, Repository } from 'typeorm';",
  ],
  [
    'Prisma',
    prisma(
      'export async function report() {\n  const orders = await prisma.order.findMany({ where: { status: "open" } });\n  for (const order of orders) {\n    const customer = await prisma.customer.findUnique({ where: { id: order.customerId } });\n    console.log(customer?.name);\n  }\n}',
    ),
    'prisma.customer.findMany({ where: { id: { in: orders.map((order) => order.customerId) } } })',
    'const customer = byId.get(order.customerId) ?? null;',
  ],
  [
    'Sequelize',
    sequelize(
      "const Customer = sequelize.define('Customer', { name: DataTypes.STRING }, { tableName: 'customers' });\n\nexports.report = async () => {\n  const orders = await Order.findAll({ where: { status: 'open' } });\n  for (const order of orders) {\n    const customer = await Customer.findByPk(order.customerId);\n    console.log(customer.name);\n  }\n};",
    ),
    'Customer.findAll({ where: { id: orders.map((order) => order.customerId) } })',
    'const customer = byId.get(order.customerId) ?? null;',
  ],
  [
    'findFirst of Drizzle',
    drizzle(
      "export async function report() {\n  const open = await db.select().from(orders).where(eq(orders.status, 'open'));\n  for (const order of open) {\n    const again = await db.query.orders.findFirst({ where: eq(orders.id, order.id) });\n    console.log(again?.status);\n  }\n}",
    ),
    'const byId = new Map((await db.query.orders.findMany({ where: inArray(orders.id, open.map((order) => order.id)) })).map((row) => [row.id, row]));',
    'const again = byId.get(order.id);',
  ],
  [
    'the first row of a select of Drizzle',
    drizzle(
      "export async function report() {\n  const open = await db.select().from(orders).where(eq(orders.status, 'open'));\n  for (const order of open) {\n    const [again] = await db.select().from(orders).where(eq(orders.id, order.id)).limit(1);\n    console.log(again?.status);\n  }\n}",
    ),
    'const byId = new Map((await db.select().from(orders).where(inArray(orders.id, open.map((order) => order.id)))).map((row) => [row.id, row]));',
    "import { eq, inArray } from 'drizzle-orm';",
  ],
  [
    'MikroORM',
    mikroOrm(
      "export async function report(em: EntityManager) {\n  const open = await em.find(Order, { status: 'open' });\n  for (const order of open) {\n    const again = await em.findOne(Order, { id: order.id });\n    console.log(again?.status);\n  }\n}",
    ),
    'const byId = new Map((await em.find(Order, { id: { $in: open.map((order) => order.id) } })).map((row) => [row.id, row]));',
    'const again = byId.get(order.id) ?? null;',
  ],
  [
    'Django',
    ofDjango('        customer = Customer.objects.get(pk=order.customer_id)\n        print(customer.name)'),
    '    by_id = Customer.objects.in_bulk([order.customer_id for order in orders])\n    for order',
    '        customer = by_id[order.customer_id]\n',
  ],
  [
    'SQLAlchemy',
    sqlalchemy(
      'def report(session: Session):\n    orders = session.scalars(select(Order).where(Order.status == "open")).all()\n    for order in orders:\n        customer = session.get(Customer, order.customer_id)\n        print(customer.name)',
    ),
    'by_id = {row.id: row for row in session.scalars(select(Customer).where(Customer.id.in_([order.customer_id for order in orders])))}',
    'customer = by_id.get(order.customer_id)',
  ],
  [
    'EF Core',
    efcore(
      '    public void Report()\n    {\n        var orders = db.Orders.Where(order => order.Status == "open").ToList();\n        foreach (var order in orders)\n        {\n            var customer = db.Customers.FirstOrDefault(each => each.Id == order.CustomerId);\n            System.Console.WriteLine(customer.Name);\n        }\n    }',
    ),
    'var byId = db.Customers.Where(row => orders.Select(order => order.CustomerId).Contains(row.Id)).ToDictionary(row => row.Id);',
    'var customer = byId.GetValueOrDefault(order.CustomerId);',
  ],
];

const traps: readonly (readonly [string, Files])[] = [
  [
    'all rows of a select of Drizzle',
    drizzle(
      "export async function report() {\n  const open = await db.select().from(orders).where(eq(orders.status, 'open'));\n  for (const order of open) {\n    const again = await db.select().from(orders).where(eq(orders.id, order.id)).limit(1);\n    console.log(again.length);\n  }\n}",
    ),
  ],
  [
    'a query that fails where there is no row',
    ofTypeorm(
      '      const customer = await this.customers.findOneByOrFail({ id: order.customerId });\n      console.log(customer.name);',
    ),
  ],
  [
    'a query that asks for more than a key',
    ofTypeorm(
      "      const customer = await this.customers.findOneBy({ id: order.customerId, name: 'x' });\n      console.log(customer?.name);",
    ),
  ],
  [
    'a key that is worked out',
    ofTypeorm(
      '      const customer = await this.customers.findOneBy({ id: order.customerId + 1 });\n      console.log(customer?.name);',
    ),
  ],
  [
    'a loop that writes as well',
    ofTypeorm(
      "      const customer = await this.customers.findOneBy({ id: order.customerId });\n      await this.customers.update({ id: 7 }, { name: customer?.name ?? '' });",
    ),
  ],
  [
    'rows that may be missing, of Django',
    ofDjango(
      '        try:\n            customer = Customer.objects.get(pk=order.customer_id)\n        except Customer.DoesNotExist:\n            continue\n        print(customer.name)',
    ),
  ],
  [
    'some of the rows that refer to the element',
    typeorm(
      '  async report() {\n    const customers = await this.customers.find();\n    for (const customer of customers) {\n      const orders = await this.orders.findBy({ customerId: customer.id, status: "open" });\n      console.log(orders.length);\n    }\n  }',
    ),
  ],
];

describe('the fix of query-in-loop', () => {
  for (const [name, files, before, within] of cases)
    it(`reads at once: ${name}`, async () => {
      const after = await proveFix(files, 'query-in-loop');
      const text = Object.values(after).join('\n');
      assert.ok(text.includes(before), text);
      assert.ok(text.includes(within), text);
    });

  for (const [name, files] of traps)
    it(`is not offered for ${name}`, async () => {
      assert.equal((await makeFix(files, 'query-in-loop')).files, null);
    });
});
