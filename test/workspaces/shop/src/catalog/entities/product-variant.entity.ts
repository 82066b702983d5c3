import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
} from 'typeorm';
import { SoftDeletableEntity } from '@shop/common/entities/soft-deletable.entity';
import { Money } from '@shop/common/values/money';
import { PriceTier } from './price-tier.entity';
import { Product } from './product.entity';

@Entity('product_variants')
@Check('chk_product_variants_weight', '"weight_grams" >= 0')
export class ProductVariant extends SoftDeletableEntity {
  @Column({ length: 64, unique: true })
  sku!: string;

  @Column({ type: 'varchar', length: 14, nullable: true })
  gtin!: string | null;

  @Column({ length: 160 })
  title!: string;

  @Column({ type: 'jsonb', default: {} })
  attributes!: Record<string, string>;

  @Column({ type: 'integer', default: 0 })
  weightGrams!: number;

  @Column(() => Money)
  price!: Money;

  @Index()
  @Column({ type: 'uuid' })
  productId!: string;

  @ManyToOne(() => Product, (product) => product.variants, {
    onDelete: 'CASCADE',
    eager: true,
  })
  @JoinColumn()
  product!: Product;

  @OneToMany(() => PriceTier, (tier) => tier.variant, {
    cascade: ['insert', 'update'],
  })
  priceTiers!: PriceTier[];
}
