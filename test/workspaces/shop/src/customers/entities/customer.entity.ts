import { Column, Entity, OneToMany } from 'typeorm';
import { SoftDeletableEntity } from '@shop/common/entities/soft-deletable.entity';
import { Order } from '@shop/orders/entities/order.entity';
import { PaymentMethod } from '@shop/payments/entities/payment-method.entity';
import { CustomerAddress } from './customer-address.entity';
import { CustomerGroup } from './customer-group.enum';

@Entity('customers')
export class Customer extends SoftDeletableEntity {
  @Column({ length: 254 })
  email!: string;

  @Column({ length: 120 })
  passwordHash!: string;

  @Column({ length: 80 })
  firstName!: string;

  @Column({ length: 80 })
  lastName!: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  phone!: string | null;

  @Column({ type: 'date', nullable: true })
  dateOfBirth!: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  taxNumber!: string | null;

  @Column({
    type: 'enum',
    enum: CustomerGroup,
    enumName: 'customer_group',
    default: CustomerGroup.Retail,
  })
  group!: CustomerGroup;

  @Column({ default: false })
  newsletter!: boolean;

  @Column({ type: 'timestamptz', nullable: true })
  lastSeenAt!: Date | null;

  @OneToMany(() => CustomerAddress, (address) => address.customer, {
    cascade: true,
    eager: true,
  })
  addresses!: CustomerAddress[];

  @OneToMany(() => PaymentMethod, (method) => method.customer)
  paymentMethods!: PaymentMethod[];

  @OneToMany(() => Order, (order) => order.customer)
  orders!: Order[];
}
