import { Check, Column, Entity, ManyToOne, Unique } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { ProductVariant } from '@shop/catalog/entities/product-variant.entity';
import { Cart } from './cart.entity';

@Entity('cart_items')
@Unique(['cart', 'variant'])
@Check('"quantity" > 0')
export class CartItem extends BaseEntity {
  @ManyToOne(() => Cart, (cart) => cart.items, {
    nullable: false,
    onDelete: 'CASCADE',
  })
  cart!: Cart;

  @ManyToOne(() => ProductVariant, { nullable: false, onDelete: 'CASCADE' })
  variant!: ProductVariant;

  @Column({ type: 'integer', default: 1 })
  quantity!: number;
}
