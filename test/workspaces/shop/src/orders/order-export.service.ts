import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Between, Repository } from 'typeorm';
import { PaymentsService } from '@shop/payments/payments.service';
import { Order } from './entities/order.entity';

@Injectable()
export class OrderExportService {
  constructor(
    @InjectRepository(Order)
    private readonly orders: Repository<Order>,
    private readonly payments: PaymentsService,
  ) {}

  /** One row per order, for accounting. */
  async csv(from: Date, to: Date): Promise<string> {
    const orders = await this.orders.find({
      where: { placedAt: Between(from, to) },
      order: { number: 'ASC' },
    });
    const rows: string[] = ['number;placed;total;paid'];
    for (const order of orders) {
      const paid = await this.payments.paidAmount(order.id);
      rows.push(
        [
          order.number,
          order.placedAt.toISOString(),
          order.total.amount,
          paid,
        ].join(';'),
      );
    }
    return rows.join('\n');
  }
}
