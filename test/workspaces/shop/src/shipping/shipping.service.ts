import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, IsNull, Not, Repository } from 'typeorm';
import { InventoryService } from '@shop/inventory/inventory.service';
import { OrderStatus } from '@shop/orders/entities/order-status.enum';
import { Order } from '@shop/orders/entities/order.entity';
import { Shipment } from './entities/shipment.entity';

@Injectable()
export class ShippingService {
  constructor(
    private readonly dataSource: DataSource,
    @InjectRepository(Shipment)
    private readonly shipments: Repository<Shipment>,
    private readonly inventory: InventoryService,
  ) {}

  async ship(
    orderId: string,
    warehouseId: string,
    carrier: string,
    trackingNumber: string,
  ): Promise<Shipment> {
    const runner = this.dataSource.createQueryRunner();
    await runner.connect();
    await runner.startTransaction();
    try {
      const order = await runner.manager.findOneByOrFail(Order, {
        id: orderId,
      });
      await this.inventory.ship(runner.manager, warehouseId, order.lines);
      const shipment = await runner.manager.save(Shipment, {
        order: { id: orderId },
        warehouse: { id: warehouseId },
        carrier,
        trackingNumber,
        shippedAt: new Date(),
      });
      order.status = OrderStatus.Shipped;
      await runner.manager.save(order);
      await runner.commitTransaction();
      return shipment;
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    } finally {
      await runner.release();
    }
  }

  onTheWay(carrier: string): Promise<Shipment[]> {
    return this.shipments.find({
      where: { carrier, shippedAt: Not(IsNull()), deliveredAt: IsNull() },
      relations: ['order', 'order.customer'],
      take: 200,
    });
  }
}
