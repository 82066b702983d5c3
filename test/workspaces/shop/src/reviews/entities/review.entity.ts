import { Check, Column, Entity, Index, ManyToOne } from 'typeorm';
import { SoftDeletableEntity } from '@shop/common/entities/soft-deletable.entity';
import { Product } from '@shop/catalog/entities/product.entity';
import { Customer } from '@shop/customers/entities/customer.entity';

@Entity('reviews')
@Check('chk_reviews_rating', '"rating" BETWEEN 1 AND 5')
export class Review extends SoftDeletableEntity {
  @Index()
  @ManyToOne(() => Product, (product) => product.reviews, {
    nullable: false,
    onDelete: 'CASCADE',
  })
  product!: Product;

  @ManyToOne(() => Customer, { nullable: true, onDelete: 'SET NULL' })
  customer!: Customer | null;

  @Column({ type: 'smallint' })
  rating!: number;

  @Column({ length: 140 })
  title!: string;

  @Column({ type: 'text' })
  body!: string;

  @Column({ default: false })
  published!: boolean;
}
