import { Column, Entity, OneToMany } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { PostalAddress } from '@shop/common/values/postal-address';
import { StockLevel } from './stock-level.entity';

@Entity('warehouses')
export class Warehouse extends BaseEntity {
  @Column({ length: 16, unique: true })
  code!: string;

  @Column({ length: 120 })
  name!: string;

  @Column(() => PostalAddress)
  address!: PostalAddress;

  @Column({ default: true })
  active!: boolean;

  @OneToMany(() => StockLevel, (level) => level.warehouse)
  stockLevels!: StockLevel[];
}
