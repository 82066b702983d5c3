import {
  Check,
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  UpdateDateColumn,
} from 'typeorm';
import { ProductVariant } from '@shop/catalog/entities/product-variant.entity';
import { Warehouse } from './warehouse.entity';

@Entity('stock_levels')
@Check('chk_stock_levels_reserved', '"reserved" >= 0')
export class StockLevel {
  @PrimaryColumn('uuid')
  warehouseId!: string;

  @PrimaryColumn('uuid')
  variantId!: string;

  @ManyToOne(() => Warehouse, (warehouse) => warehouse.stockLevels, {
    onDelete: 'RESTRICT',
  })
  @JoinColumn({ name: 'warehouse_id' })
  warehouse!: Warehouse;

  @ManyToOne(() => ProductVariant, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'variant_id' })
  variant!: ProductVariant;

  @Column({ type: 'integer', default: 0 })
  onHand!: number;

  @Column({ type: 'integer', default: 0 })
  reserved!: number;

  @Column({ type: 'integer', default: 5 })
  reorderPoint!: number;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
