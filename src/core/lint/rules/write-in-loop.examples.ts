import type { RuleExample } from '../rule.ts';
import { ordersOfCustomers as example } from '../examples.ts';

export const bad: readonly RuleExample[] = [
  example(
    'One update per order.',
    `  async close(customerId: number) {
    const orders = await this.orders.findBy({ customerId });
    for (const order of orders) await this.orders.update(order.id, { status: 'closed' });
  }`,
  ),
  example(
    'One save per order, all at once.',
    `  async close(customerId: number) {
    const orders = await this.orders.findBy({ customerId });
    await Promise.all(orders.map((order) => this.orders.save({ ...order, status: 'closed' })));
  }`,
  ),
];

export const good: readonly RuleExample[] = [
  example(
    'One statement changes them all.',
    `  async close(customerId: number) {
    await this.orders.update({ customerId }, { status: 'closed' });
  }`,
  ),
  example(
    '`save` takes a list.',
    `  async close(customerId: number) {
    const orders = await this.orders.findBy({ customerId });
    for (const order of orders) order.status = 'closed';
    await this.orders.save(orders);
  }`,
  ),
];
