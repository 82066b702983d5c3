/** Pages get an order: the fix of `unordered-pagination`, for each ORM that it is written for. */
import assert from 'node:assert/strict';
import { makeFix, proveFix } from './prove.ts';
import type { Files } from './prove.ts';
import { django, drizzle, efcore, mikroOrm, mongoose, prisma, sequelize, sqlalchemy, typeorm } from './shops.ts';

interface Case {
  readonly name: string;
  readonly files: Files;
  /** A part of what the file has afterwards. */
  readonly expected: string;
}

const cases: readonly Case[] = [
  {
    name: 'find options of TypeORM',
    files: typeorm(
      "  page(skip: number) {\n    return this.orders.find({ where: { status: 'open' }, skip, take: 20 });\n  }",
    ),
    expected: "find({ where: { status: 'open' }, skip, take: 20, order: { id: 'ASC' } })",
  },
  {
    name: 'find options of TypeORM that are sorted',
    files: typeorm(
      "  page(skip: number) {\n    return this.orders.find({ order: { status: 'DESC' }, skip, take: 20 });\n  }",
    ),
    expected: "order: { status: 'DESC', id: 'DESC' }",
  },
  {
    name: 'find options of TypeORM over several lines',
    files: typeorm(
      '  page(skip: number) {\n    return this.orders.findAndCount({\n      skip,\n      take: 20,\n    });\n  }',
    ),
    expected: "      take: 20,\n      order: { id: 'ASC' },\n    });",
  },
  {
    name: 'a query builder of TypeORM',
    files: typeorm(
      "  page(skip: number) {\n    return this.orders\n      .createQueryBuilder('o')\n      .skip(skip)\n      .take(20)\n      .getMany();\n  }",
    ),
    expected: "      .createQueryBuilder('o')\n      .orderBy('o.id', 'ASC')\n      .skip(skip)\n",
  },
  {
    name: 'a sorted query builder of TypeORM',
    files: typeorm(
      "  page(skip: number) {\n    return this.orders.createQueryBuilder('o').orderBy('o.status', 'ASC').skip(skip).take(20).getMany();\n  }",
    ),
    expected: ".orderBy('o.status', 'ASC').addOrderBy('o.id', 'ASC').skip(skip)",
  },
  {
    name: 'Prisma, in a list',
    files: prisma(
      "export const page = (skip: number) => prisma.order.findMany({ skip, take: 20, orderBy: [{ status: 'asc' }] });",
    ),
    expected: "orderBy: [{ status: 'asc' }, { id: 'asc' }]",
  },
  {
    name: 'Prisma, sorted',
    files: prisma(
      "export const page = (skip: number) => prisma.order.findMany({ orderBy: { status: 'desc' }, skip, take: 20 });",
    ),
    expected: "orderBy: [{ status: 'desc' }, { id: 'desc' }], skip",
  },
  {
    name: 'Sequelize',
    files: sequelize('exports.page = (offset) => Order.findAll({ offset, limit: 20 });'),
    expected: "findAll({ offset, limit: 20, order: [['id', 'ASC']] })",
  },
  {
    name: 'Sequelize, sorted',
    files: sequelize("exports.page = (offset) => Order.findAll({ order: [['status', 'DESC']], offset, limit: 20 });"),
    expected: "order: [['status', 'DESC'], ['id', 'DESC']]",
  },
  {
    name: 'MikroORM',
    files: mikroOrm(
      'export const page = (em: EntityManager, offset: number) => em.find(Order, {}, { offset, limit: 20 });',
    ),
    expected: "em.find(Order, {}, { offset, limit: 20, orderBy: { id: 'asc' } })",
  },
  {
    name: 'Mongoose',
    files: mongoose(
      "export const page = (skip: number) => Order.find({ status: 'open' }).skip(skip).limit(20).exec();",
    ),
    expected: "Order.find({ status: 'open' }).sort({ _id: 1 }).skip(skip)",
  },
  {
    name: 'Drizzle',
    files: drizzle('export const page = (skip: number) => db.select().from(orders).limit(20).offset(skip);'),
    expected: 'db.select().from(orders).orderBy(orders.id).limit(20)',
  },
  {
    name: 'Drizzle, sorted',
    files: drizzle(
      'export const page = (skip: number) => db.select().from(orders).orderBy(orders.status).limit(20).offset(skip);',
    ),
    expected: '.orderBy(orders.status, orders.id).limit(20)',
  },
  {
    name: 'Django',
    files: django('def page(start):\n    return list(Order.objects.filter(status="open")[start : start + 20])'),
    expected: 'Order.objects.filter(status="open").order_by("pk")[start : start + 20]',
  },
  {
    name: 'Django, sorted',
    files: django('def page(start):\n    return list(Order.objects.order_by("status")[start : start + 20])'),
    expected: 'Order.objects.order_by("status", "pk")[start : start + 20]',
  },
  {
    name: 'SQLAlchemy',
    files: sqlalchemy(
      'def page(session: Session, start: int):\n    return session.scalars(select(Order).offset(start).limit(20)).all()',
    ),
    expected: 'select(Order).order_by(Order.id).offset(start)',
  },
  {
    name: 'SQLAlchemy, sorted',
    files: sqlalchemy(
      'def page(session: Session, start: int):\n    return session.query(Order).order_by(Order.status).offset(start).limit(20).all()',
    ),
    expected: '.order_by(Order.status, Order.id).offset(start)',
  },
  {
    name: 'EF Core',
    files: efcore(
      '    public object Page(int page) => db.Orders.Where(order => order.Status == "open").Skip(page * 20).Take(20).ToList();',
    ),
    expected: 'Where(order => order.Status == "open").OrderBy(order => order.Id).Skip(page * 20)',
  },
  {
    name: 'EF Core, sorted',
    files: efcore(
      '    public object Page(int page) => db.Orders.OrderByDescending(o => o.Status).Skip(page * 20).Take(20).ToList();',
    ),
    expected: '.OrderByDescending(o => o.Status).ThenByDescending(o => o.Id).Skip(page * 20)',
  },
];

const traps: readonly { readonly name: string; readonly files: Files }[] = [
  {
    name: 'a query builder that is put together in two places',
    files: typeorm(
      "  page(skip: number) {\n    const query = this.orders.createQueryBuilder('o');\n    return query.skip(skip).take(20).getMany();\n  }",
    ),
  },
  {
    name: 'rows of EF Core that come in a variable',
    files: efcore(
      '    public object Page(int page)\n    {\n        var query = db.Orders.Where(order => order.Status == "open");\n        return query.Skip(page * 20).Take(20).ToList();\n    }',
    ),
  },
];

describe('the fix of unordered-pagination', () => {
  for (const { name, files, expected } of cases)
    it(`sorts by the key: ${name}`, async () => {
      const after = await proveFix(files, 'unordered-pagination', name === 'Mongoose' ? 'mongodb' : 'postgresql');
      const text = Object.values(after).join('\n');
      assert.ok(text.includes(expected), text);
    });

  for (const { name, files } of traps)
    it(`is not offered for ${name}`, async () => {
      assert.equal((await makeFix(files, 'unordered-pagination')).files, null);
    });
});
