import { Column, Entity, JoinColumn, ManyToOne, OneToMany } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { Money } from '@shop/common/values/money';
import { Order } from '@shop/orders/entities/order.entity';
import { PaymentMethod } from './payment-method.entity';
import { Refund } from './refund.entity';

@Entity('payments')
export class Payment extends BaseEntity {
  @Column({ type: 'uuid' })
  orderId!: string;

  @ManyToOne(() => Order, (order) => order.payments, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'order_id' })
  order!: Order;

  @ManyToOne(() => PaymentMethod, { nullable: true, onDelete: 'SET NULL' })
  method!: PaymentMethod | null;

  @Column(() => Money, { prefix: '' })
  money!: Money;

  /** authorised, captured, failed or refunded */
  @Column({ length: 20 })
  status!: string;

  @Column({ type: 'varchar', length: 80, nullable: true, unique: true })
  gatewayReference!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  gatewayResponse!: unknown;

  @Column({ type: 'timestamptz', nullable: true })
  capturedAt!: Date | null;

  @OneToMany(() => Refund, (refund) => refund.payment)
  refunds!: Refund[];
}
