import { Column, Entity, Index, ManyToOne } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { PostalAddress } from '@shop/common/values/postal-address';
import { Customer } from './customer.entity';

@Entity('customer_addresses')
export class CustomerAddress extends BaseEntity {
  @Index()
  @ManyToOne(() => Customer, (customer) => customer.addresses, {
    nullable: false,
    onDelete: 'CASCADE',
  })
  customer!: Customer;

  @Column({ length: 60, default: 'Home' })
  label!: string;

  @Column(() => PostalAddress, { prefix: false })
  address!: PostalAddress;

  @Column({ default: false })
  defaultForShipping!: boolean;

  @Column({ default: false })
  defaultForBilling!: boolean;
}
