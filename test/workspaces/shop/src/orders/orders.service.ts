import { ConflictException, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Not, Repository } from 'typeorm';
import { ListOrdersDto } from './dto/list-orders.dto';
import { OrderStatusChange } from './entities/order-status-change.entity';
import { OrderStatus } from './entities/order-status.enum';
import { Order } from './entities/order.entity';

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
    @InjectRepository(Order)
    private readonly orders: Repository<Order>,
    @InjectRepository(OrderStatusChange)
    private readonly history: Repository<OrderStatusChange>,
  ) {}

  async list({
    status,
    page,
    size,
  }: ListOrdersDto): Promise<{ items: Order[]; total: number }> {
    const [items, total] = await this.orders.findAndCount({
      where: status ? { status } : {},
      order: { placedAt: 'DESC' },
      skip: (page - 1) * size,
      take: size,
    });
    return { items, total };
  }

  ofCustomer(customerId: string): Promise<Order[]> {
    return this.orders.find({
      where: { customerId, status: Not(OrderStatus.Cancelled) },
      relations: { payments: true, shipments: true },
      order: { placedAt: 'DESC' },
    });
  }

  get(id: string): Promise<Order> {
    return this.orders.findOneOrFail({
      where: { id },
      relations: {
        customer: true,
        payments: { refunds: true },
        shipments: true,
        history: true,
      },
    });
  }

  /** Status and its history change together. */
  async cancel(id: string, changedBy: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const order = await manager.findOneByOrFail(Order, { id });
      if (
        order.status !== OrderStatus.Pending &&
        order.status !== OrderStatus.Paid
      ) {
        throw new ConflictException('The order has left the warehouse');
      }
      order.status = OrderStatus.Cancelled;
      await manager.save(order);
      await manager.insert(OrderStatusChange, {
        order: { id },
        status: order.status,
        changedBy,
      });
    });
  }

  async markPacked(ids: readonly string[], changedBy: string): Promise<void> {
    for (const id of ids) {
      const order = await this.orders.findOneByOrFail({ id });
      order.status = OrderStatus.Packed;
      await this.orders.save(order);
      await this.history.save({ order, status: order.status, changedBy });
    }
  }

  countOpen(): Promise<number> {
    return this.orders
      .createQueryBuilder('o')
      .where('o.status IN (:...open)', {
        open: [OrderStatus.Pending, OrderStatus.Paid],
      })
      .getCount();
  }

  async hasOrders(customerId: string): Promise<boolean> {
    return (await this.orders.countBy({ customerId })) > 0;
  }
}
