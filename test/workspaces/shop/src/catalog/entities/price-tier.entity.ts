import { Check, Column, Entity, ManyToOne, Unique } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { Money } from '@shop/common/values/money';
import { CustomerGroup } from '@shop/customers/entities/customer-group.enum';
import { ProductVariant } from './product-variant.entity';

/** Unit price from a quantity on, per customer group. */
@Entity('price_tiers')
@Unique('uq_price_tiers_variant_group_quantity', [
  'variant',
  'customerGroup',
  'minQuantity',
])
@Check('"min_quantity" > 0')
export class PriceTier extends BaseEntity {
  @ManyToOne(() => ProductVariant, (variant) => variant.priceTiers, {
    nullable: false,
    onDelete: 'CASCADE',
  })
  variant!: ProductVariant;

  @Column({ type: 'enum', enum: CustomerGroup, enumName: 'customer_group' })
  customerGroup!: CustomerGroup;

  @Column({ type: 'integer' })
  minQuantity!: number;

  @Column(() => Money, { prefix: 'unit' })
  unitPrice!: Money;
}
