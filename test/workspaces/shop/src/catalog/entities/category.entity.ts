import {
  Column,
  Entity,
  Index,
  ManyToMany,
  Tree,
  TreeChildren,
  TreeParent,
} from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { Product } from './product.entity';

@Entity('categories')
@Tree('closure-table')
export class Category extends BaseEntity {
  @Column({ length: 120 })
  name!: string;

  @Column({ length: 160, unique: true })
  slug!: string;

  @Column({ type: 'smallint', default: 0 })
  position!: number;

  @Index()
  @TreeParent({ onDelete: 'CASCADE' })
  parent!: Category | null;

  @TreeChildren()
  children!: Category[];

  @ManyToMany(() => Product, (product) => product.categories)
  products!: Product[];
}
