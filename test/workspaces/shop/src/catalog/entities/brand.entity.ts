import { Column, Entity, OneToMany } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { Product } from './product.entity';

@Entity('brands')
export class Brand extends BaseEntity {
  @Column({ length: 120, unique: true })
  name!: string;

  @Column({ length: 140, unique: true })
  slug!: string;

  @Column({ type: 'varchar', length: 500, nullable: true })
  websiteUrl!: string | null;

  @OneToMany(() => Product, (product) => product.brand)
  products!: Product[];
}
