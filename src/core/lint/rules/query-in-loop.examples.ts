import type { RuleExample } from '../rule.ts';
import { ordersOfCustomers } from '../examples.ts';

const example = (note: string, body: string, extra?: Readonly<Record<string, string>>): RuleExample =>
  ordersOfCustomers(note, body, extra);

const paid = `import { Repository } from 'typeorm';
import { Order } from './order.entity';

export class Payments {
  constructor(private readonly orders: Repository<Order>) {}

  async openOrders(customerId: number): Promise<number> {
    return this.orders.countBy({ customerId, status: 'open' });
  }
}
`;

export const bad: readonly RuleExample[] = [
  example(
    'One query for the customers, and one more for each of them.',
    `  async report() {
    const customers = await this.customers.find();
    for (const customer of customers) {
      const orders = await this.orders.findBy({ customerId: customer.id });
      console.log(customer.name, orders.length);
    }
  }`,
  ),
  example(
    '`Promise.all` sends the same queries, at once.',
    `  async report() {
    const customers = await this.customers.find();
    return Promise.all(
      customers.map(async (customer) => ({
        customer,
        latest: await this.orders.findOne({ where: { customerId: customer.id }, order: { id: 'DESC' } }),
      })),
    );
  }`,
  ),
  example(
    'The query hides in another class.',
    `  async report() {
    const customers = await this.customers.find();
    for (const customer of customers) console.log(customer.name, await this.payments.openOrders(customer.id));
  }`,
    { 'payments.ts': paid },
  ),
];

export const good: readonly RuleExample[] = [
  example(
    'One query for all, then a map.',
    `  async report() {
    const customers = await this.customers.find();
    const orders = await this.orders.findBy({ customerId: In(customers.map(({ id }) => id)) });
    const byCustomer = Map.groupBy(orders, ({ customerId }) => customerId);
    for (const customer of customers) console.log(customer.name, byCustomer.get(customer.id)?.length ?? 0);
  }`,
  ),
  example(
    'The relation is loaded with the rows.',
    `  async report() {
    const customers = await this.customers.find({ relations: { orders: true } });
    for (const customer of customers) console.log(customer.name, customer.orders.length);
  }`,
  ),
  example(
    'Batches are the remedy.',
    `  async report(ids: number[][]) {
    for (const chunk of ids) console.log(await this.orders.findBy({ customerId: In(chunk) }));
  }`,
  ),
  example(
    'Each value is read once and kept.',
    `  async report(orders: Order[]) {
    const names = new Map<number, string>();
    for (const order of orders) {
      if (!names.has(order.customerId)) {
        const customer = await this.customers.findOneByOrFail({ id: order.customerId });
        names.set(order.customerId, customer.name);
      }
    }
    return names;
  }`,
  ),
  example(
    'A fixed number of rounds.',
    `  async report() {
    for (const status of ['open', 'paid', 'sent']) console.log(status, await this.orders.countBy({ status }));
  }`,
  ),
];
