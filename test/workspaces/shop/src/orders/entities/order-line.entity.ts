import { Column, Entity, Index, JoinColumn, ManyToOne, Unique } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { ProductVariant } from '@shop/catalog/entities/product-variant.entity';
import { Money } from '@shop/common/values/money';
import { Order } from './order.entity';

@Entity('order_lines')
@Unique(['order', 'position'])
@Index(['order'])
export class OrderLine extends BaseEntity {
  @ManyToOne(() => Order, (order) => order.lines, {
    nullable: false,
    onDelete: 'CASCADE',
  })
  order!: Order;

  @Column({ type: 'smallint' })
  position!: number;

  @Column({ type: 'uuid' })
  variantId!: string;

  @ManyToOne(() => ProductVariant, { eager: true })
  @JoinColumn({ name: 'variant_id' })
  variant!: ProductVariant;

  /** Name and price are copied: the catalogue changes, an order does not. */
  @Column({ length: 260 })
  title!: string;

  @Column({ type: 'integer' })
  quantity!: number;

  @Column(() => Money)
  unitPrice!: Money;

  @Column({ type: 'numeric', precision: 5, scale: 2, default: 19 })
  taxRate!: string;
}
