import { Column, Entity, Index, ManyToOne } from 'typeorm';
import { SoftDeletableEntity } from '@shop/common/entities/soft-deletable.entity';
import { Customer } from '@shop/customers/entities/customer.entity';

@Entity('payment_methods')
export class PaymentMethod extends SoftDeletableEntity {
  @Index()
  @ManyToOne(() => Customer, (customer) => customer.paymentMethods, {
    nullable: false,
    onDelete: 'CASCADE',
  })
  customer!: Customer;

  @Column({ length: 120 })
  cardHolder!: string;

  @Column({ length: 19 })
  cardNumber!: string;

  @Column({ type: 'char', length: 4 })
  cvv!: string;

  @Column({ type: 'smallint' })
  expiryMonth!: number;

  @Column({ type: 'smallint' })
  expiryYear!: number;
}
