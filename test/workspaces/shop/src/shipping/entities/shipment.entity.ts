import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { Warehouse } from '@shop/inventory/entities/warehouse.entity';
import { Order } from '@shop/orders/entities/order.entity';

@Entity('shipments')
export class Shipment extends BaseEntity {
  @Index()
  @ManyToOne(() => Order, (order) => order.shipments, {
    nullable: false,
    onDelete: 'RESTRICT',
  })
  @JoinColumn({ name: 'order_id' })
  order!: Order;

  @ManyToOne(() => Warehouse, { nullable: false, onDelete: 'RESTRICT' })
  warehouse!: Warehouse;

  @Column({ length: 40 })
  carrier!: string;

  @Column({ type: 'varchar', length: 80, nullable: true, unique: true })
  trackingNumber!: string | null;

  @Column({ type: 'timestamp', nullable: true })
  shippedAt!: Date | null;

  @Column({ type: 'timestamp', nullable: true })
  deliveredAt!: Date | null;
}
