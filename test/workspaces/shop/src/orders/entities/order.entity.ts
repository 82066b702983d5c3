import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
} from 'typeorm';
import { VersionedEntity } from '@shop/common/entities/versioned.entity';
import { Money } from '@shop/common/values/money';
import { PostalAddress } from '@shop/common/values/postal-address';
import { Customer } from '@shop/customers/entities/customer.entity';
import { Payment } from '@shop/payments/entities/payment.entity';
import { Shipment } from '@shop/shipping/entities/shipment.entity';
import { OrderLine } from './order-line.entity';
import { OrderStatus } from './order-status.enum';
import { OrderStatusChange } from './order-status-change.entity';

@Entity('orders')
export class Order extends VersionedEntity {
  /** Shown to the customer: `2026-000123`. */
  @Column({ length: 16, unique: true })
  number!: string;

  @Column({ type: 'uuid' })
  customerId!: string;

  @ManyToOne(() => Customer, (customer) => customer.orders, {
    onDelete: 'CASCADE',
  })
  @JoinColumn()
  customer!: Customer;

  @Column({ type: 'enum', enum: OrderStatus, default: OrderStatus.Pending })
  status!: OrderStatus;

  @Column(() => Money)
  total!: Money;

  @Column(() => Money)
  shippingCost!: Money;

  @Column(() => PostalAddress)
  billing!: PostalAddress;

  @Column(() => PostalAddress)
  delivery!: PostalAddress;

  @Index()
  @Column({ type: 'timestamptz' })
  placedAt!: Date;

  @Column({ type: 'text', nullable: true })
  note!: string | null;

  @OneToMany(() => OrderLine, (line) => line.order, {
    cascade: true,
    eager: true,
  })
  lines!: OrderLine[];

  @OneToMany(() => Payment, (payment) => payment.order)
  payments!: Payment[];

  @OneToMany(() => Shipment, (shipment) => shipment.order)
  shipments!: Shipment[];

  @OneToMany(() => OrderStatusChange, (change) => change.order)
  history!: OrderStatusChange[];
}
