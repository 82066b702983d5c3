import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { Product } from './product.entity';

@Entity('product_images')
@Index(['product', 'position'])
export class ProductImage extends BaseEntity {
  @Column({ type: 'uuid' })
  productId!: string;

  @ManyToOne(() => Product, (product) => product.images, {
    onDelete: 'CASCADE',
  })
  @JoinColumn({ name: 'product_id' })
  product!: Product;

  @Column({ type: 'smallint', default: 0 })
  position!: number;

  @Column({ length: 80 })
  mimeType!: string;

  @Column({ type: 'bytea' })
  content!: Buffer;

  @Column({ type: 'varchar', length: 250, nullable: true })
  altText!: string | null;
}
