import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { ProductVariant } from '@shop/catalog/entities/product-variant.entity';
import { MovementKind } from './movement-kind.enum';
import { StockLevel } from './stock-level.entity';

/** The stock ledger: rows are only ever added. */
@Entity('stock_movements')
@Index('ix_stock_movements_reference', ['referenceType', 'referenceId'])
export class StockMovement {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @Column({ type: 'uuid' })
  warehouseId!: string;

  @Column({ type: 'uuid' })
  variantId!: string;

  @ManyToOne(() => StockLevel, { onDelete: 'RESTRICT' })
  @JoinColumn([
    { name: 'warehouse_id', referencedColumnName: 'warehouseId' },
    { name: 'variant_id', referencedColumnName: 'variantId' },
  ])
  stockLevel!: StockLevel;

  @ManyToOne(() => ProductVariant)
  @JoinColumn({ name: 'variant_id' })
  variant!: ProductVariant;

  @Column({ type: 'enum', enum: MovementKind })
  kind!: MovementKind;

  @Column({ type: 'integer' })
  quantity!: number;

  /** `order`, `shipment` or `count`. */
  @Column({ type: 'varchar', length: 40, nullable: true })
  referenceType!: string | null;

  @Column({ type: 'uuid', nullable: true })
  referenceId!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;
}
