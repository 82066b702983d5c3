import {
  Column,
  Entity,
  Index,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToMany,
} from 'typeorm';
import { SoftDeletableEntity } from '@shop/common/entities/soft-deletable.entity';
import { Review } from '@shop/reviews/entities/review.entity';
import { Brand } from './brand.entity';
import { Category } from './category.entity';
import { ProductImage } from './product-image.entity';
import { ProductStatus } from './product-status.enum';
import { ProductVariant } from './product-variant.entity';

@Entity('products')
export class Product extends SoftDeletableEntity {
  @Column({ length: 200 })
  name!: string;

  @Column({ length: 220, unique: true })
  slug!: string;

  @Column({ type: 'text', nullable: true })
  description!: string | null;

  @Index()
  @Column({ type: 'enum', enum: ProductStatus, default: ProductStatus.Draft })
  status!: ProductStatus;

  @Column({ type: 'text', array: true, default: '{}' })
  tags!: string[];

  @ManyToOne(() => Brand, (brand) => brand.products, {
    nullable: true,
    onDelete: 'SET NULL',
  })
  brand!: Brand | null;

  @ManyToMany(() => Category, (category) => category.products)
  @JoinTable({ name: 'product_categories' })
  categories!: Category[];

  @OneToMany(() => ProductVariant, (variant) => variant.product, {
    cascade: true,
  })
  variants!: ProductVariant[];

  @OneToMany(() => ProductImage, (image) => image.product, {
    cascade: true,
    eager: true,
  })
  images!: ProductImage[];

  @OneToMany(() => Review, (review) => review.product)
  reviews!: Promise<Review[]>;
}
