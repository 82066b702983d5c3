import { Column, Entity, Index, ManyToOne, OneToMany } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { Customer } from '@shop/customers/entities/customer.entity';
import { Coupon } from '@shop/promotions/entities/coupon.entity';
import { CartItem } from './cart-item.entity';

@Entity('carts')
export class Cart extends BaseEntity {
  /** Null for guests, who are known by their session. */
  @Index()
  @ManyToOne(() => Customer, { nullable: true, onDelete: 'CASCADE' })
  customer!: Customer | null;

  @Column({ type: 'varchar', length: 64, unique: true })
  sessionId!: string;

  @ManyToOne(() => Coupon, { nullable: true, onDelete: 'SET NULL' })
  coupon!: Coupon | null;

  @Column({ type: 'timestamptz' })
  expiresAt!: Date;

  @OneToMany(() => CartItem, (item) => item.cart, {
    cascade: true,
    orphanedRowAction: 'delete',
  })
  items!: CartItem[];
}
