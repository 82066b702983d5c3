import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { Customer } from '@shop/customers/entities/customer.entity';
import { Order } from '@shop/orders/entities/order.entity';
import { Coupon } from './coupon.entity';

@Entity('coupon_redemptions')
export class CouponRedemption {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Index()
  @ManyToOne(() => Coupon, (coupon) => coupon.redemptions, {
    nullable: false,
    onDelete: 'RESTRICT',
  })
  coupon!: Coupon;

  @ManyToOne(() => Customer, { nullable: false, onDelete: 'CASCADE' })
  customer!: Customer;

  /** One coupon per order. */
  @OneToOne(() => Order, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn()
  order!: Order;

  @Column({ type: 'numeric', precision: 12, scale: 2 })
  discount!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  redeemedAt!: Date;
}
