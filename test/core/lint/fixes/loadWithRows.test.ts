/** Relations are loaded with the rows: the fix of `lazy-relation-in-loop`, for each ORM that it is written for. */
import assert from 'node:assert/strict';
import { makeFix, proveFix } from './prove.ts';
import type { Files } from './prove.ts';
import { django, efcore, prisma, sqlalchemy, typeorm } from './shops.ts';

interface Case {
  readonly name: string;
  readonly files: Files;
  readonly expected: string;
}

const ofTypeorm = (name: string, query: string, expected: string): Case => ({
  name: `TypeORM: ${name}`,
  files: typeorm(
    `  async report() {\n    const orders = await ${query};\n    for (const order of orders) console.log((await order.customer).name);\n  }`,
  ),
  expected,
});
const ofDjango = (name: string, query: string, expected: string): Case => ({
  name: `Django: ${name}`,
  files: django(`def report():\n    for order in ${query}:\n        print(order.customer.name)`),
  expected,
});
const ofEf = (name: string, body: string, expected: string): Case => ({
  name: `EF Core: ${name}`,
  files: efcore(`    public void Report()\n    {\n${body}\n    }`),
  expected,
});

const cases: readonly Case[] = [
  ofTypeorm('no options', 'this.orders.find()', 'this.orders.find({ relations: { customer: true } })'),
  ofTypeorm(
    'a condition',
    "this.orders.findBy({ status: 'open' })",
    "this.orders.find({ where: { status: 'open' }, relations: { customer: true } })",
  ),
  ofTypeorm(
    'options',
    "this.orders.find({ where: { status: 'open' } })",
    "find({ where: { status: 'open' }, relations: { customer: true } })",
  ),
  ofTypeorm('a list of relations', 'this.orders.find({ relations: [] })', "find({ relations: ['customer'] })"),
  ofTypeorm(
    'a query builder',
    "this.orders\n      .createQueryBuilder('o')\n      .where('o.status = :status', { status: 'open' })\n      .getMany()",
    "      .createQueryBuilder('o')\n      .leftJoinAndSelect('o.customer', 'customer')\n      .where(",
  ),
  ofDjango('all rows', 'Order.objects.all()', 'Order.objects.select_related("customer"):'),
  ofDjango(
    'some rows',
    'Order.objects.filter(status="open")',
    'Order.objects.filter(status="open").select_related("customer"):',
  ),
  ofDjango('a page', 'Order.objects.order_by("id")[:100]', 'order_by("id").select_related("customer")[:100]:'),
  {
    name: 'Django: a collection',
    files: django(
      'def report():\n    for customer in Customer.objects.all():\n        print([order.status for order in customer.orders.all()])',
    ),
    expected: 'Customer.objects.prefetch_related("orders")',
  },
  {
    name: 'SQLAlchemy: a select',
    files: sqlalchemy(
      'def report(session: Session):\n    for order in session.scalars(select(Order).where(Order.status == "open")).all():\n        print(order.customer.name)',
    ),
    expected: 'select(Order).options(selectinload(Order.customer)).where(',
  },
  {
    name: 'SQLAlchemy: a query',
    files: sqlalchemy(
      'def report(session: Session):\n    orders = session.query(Order).filter(Order.status == "open").all()\n    for order in orders:\n        print(order.customer.name)',
    ),
    expected: 'session.query(Order).options(selectinload(Order.customer)).filter(',
  },
  ofEf(
    'a list',
    '        foreach (var order in db.Orders.Where(each => each.Status == "open").ToList())\n            System.Console.WriteLine(order.Customer.Name);',
    'db.Orders.Include(each => each.Customer).Where(',
  ),
  ofEf(
    'all rows',
    '        foreach (var order in db.Orders)\n            System.Console.WriteLine(order.Customer.Name);',
    'in db.Orders.Include(o => o.Customer))',
  ),
];

const spring = (methods: string, call: string): Files => ({
  'pom.xml':
    '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies></project>',
  'src/Customer.java': `package shop;

import jakarta.persistence.*;

@Entity
@Table(name = "customers")
public class Customer {
  @Id
  private Long id;

  private String name;

  public String getName() {
    return name;
  }
}
`,
  'src/Order.java': `package shop;

import jakarta.persistence.*;

@Entity
@Table(name = "orders", indexes = {@Index(columnList = "status"), @Index(columnList = "customer_id")})
public class Order {
  @Id
  private Long id;

  private String status;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "customer_id")
  private Customer customer;

  public Customer getCustomer() {
    return customer;
  }
}
`,
  'src/OrderRepository.java': `package shop;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

public interface OrderRepository extends JpaRepository<Order, Long> {${methods}}
`,
  'src/Reports.java': `package shop;

public class Reports {
  private final OrderRepository orders;

  public Reports(OrderRepository orders) {
    this.orders = orders;
  }

  public void report() {
    for (Order order : orders.${call}) {
      System.out.println(order.getCustomer().getName());
    }
  }
}
`,
});

const ofSpring: readonly Case[] = [
  {
    name: 'Spring Data: a method of the repository',
    files: spring('\n  List<Order> findByStatus(String status);\n', 'findByStatus("open")'),
    expected: '  @EntityGraph(attributePaths = "customer")\n  List<Order> findByStatus(String status);\n',
  },
  {
    name: 'Spring Data: a method that every repository has',
    files: spring('', 'findAll()'),
    expected: '  @Override\n  @EntityGraph(attributePaths = "customer")\n  List<Order> findAll();\n',
  },
];

const traps: readonly { readonly name: string; readonly files: Files }[] = [
  {
    name: 'a query builder that selects columns',
    files: typeorm(
      "  async report() {\n    const orders = await this.orders.createQueryBuilder('o').select('o').getMany();\n    for (const order of orders) console.log((await order.customer).name);\n  }",
    ),
  },
  {
    name: 'options that are made elsewhere',
    files: typeorm(
      '  async report(options: object) {\n    const orders = await this.orders.find(options);\n    for (const order of orders) console.log((await order.customer).name);\n  }',
    ),
  },
];

/** What is read for each element although the element could have it. */
const instead: readonly Case[] = [
  {
    name: 'TypeORM',
    files: (({ 'model.ts': model = '', ...others }) => ({
      ...others,
      'model.ts': model.replace('Promise<Order[]>', 'Order[]').replace('Promise<Customer>', 'Customer'),
    }))(
      typeorm(
        '  async report() {\n    const customers = await this.customers.find();\n    for (const customer of customers) {\n      const orders = await this.orders.findBy({ customerId: customer.id });\n      console.log(orders.length);\n    }\n  }',
      ),
    ),
    expected: '      const orders = customer.orders;\n',
  },
  {
    name: 'Prisma',
    files: prisma(
      'export async function report() {\n  const customers = await prisma.customer.findMany();\n  for (const customer of customers) {\n    const orders = await prisma.order.findMany({ where: { customerId: customer.id } });\n    console.log(orders.length);\n  }\n}',
    ),
    expected:
      'prisma.customer.findMany({ include: { orders: true } });\n  for (const customer of customers) {\n    const orders = customer.orders;\n',
  },
  {
    name: 'Django',
    files: django(
      'def report():\n    for customer in Customer.objects.filter(name="x"):\n        orders = Order.objects.filter(customer=customer)\n        print([order.status for order in orders])',
    ),
    expected: 'Customer.objects.filter(name="x").prefetch_related("orders"):\n        orders = customer.orders.all()\n',
  },
];

describe('the fix of lazy-relation-in-loop', () => {
  for (const { name, files, expected } of [...cases, ...ofSpring])
    it(`loads the relation: ${name}`, async () => {
      const after = await proveFix(files, name === 'Django: a collection' ? 'query-in-loop' : 'lazy-relation-in-loop');
      const text = Object.values(after).join('\n');
      assert.ok(text.includes(expected), text);
    });

  for (const { name, files, expected } of instead)
    it(`reads from the row what a query in the loop asked for: ${name}`, async () => {
      const text = Object.values(await proveFix(files, 'query-in-loop')).join('\n');
      assert.ok(text.includes(expected), text);
    });

  it('reads nothing from the row where the query wants only some of it', async () => {
    const body = (where: string): string =>
      `export async function report() {\n  const customers = await prisma.customer.findMany();\n  for (const customer of customers) {\n    console.log(await prisma.order.findMany({ ${where} }));\n  }\n}`;
    for (const where of [
      "where: { customerId: customer.id, status: 'open' }",
      'where: { customerId: customer.id }, take: 5',
      "where: { customerId: customer.id }, orderBy: { status: 'asc' }",
    ])
      assert.equal((await makeFix(prisma(body(where)), 'query-in-loop')).files, null, where);
  });

  it('imports what SQLAlchemy needs', async () => {
    const { files } = await makeFix(
      sqlalchemy(
        'def report(session: Session):\n    for order in session.scalars(select(Order)).all():\n        print(order.customer.name)',
      ),
      'lazy-relation-in-loop',
    );
    assert.match(files?.['shop.py'] ?? '', /^from sqlalchemy\.orm import Session, selectinload$/mu);
  });

  it('imports what EF Core needs', async () => {
    const { files } = await makeFix(
      efcore(
        '    public void Report()\n    {\n        foreach (var order in db.Orders.ToList())\n            System.Console.WriteLine(order.Customer.Name);\n    }',
        'using System.Linq;',
      ),
      'lazy-relation-in-loop',
    );
    assert.match(files?.['Reports.cs'] ?? '', /^using System\.Linq;\nusing Microsoft\.EntityFrameworkCore;$/mu);
  });

  for (const { name, files } of traps)
    it(`is not offered for ${name}`, async () => {
      assert.equal((await makeFix(files, 'lazy-relation-in-loop')).files, null);
    });
});
