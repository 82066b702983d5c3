import { Column, Entity, ManyToOne } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { Payment } from './payment.entity';

@Entity('refunds')
export class Refund extends BaseEntity {
  @ManyToOne(() => Payment, (payment) => payment.refunds, {
    nullable: false,
    onDelete: 'RESTRICT',
  })
  payment!: Payment;

  @Column({ type: 'double precision' })
  amount!: number;

  @Column({ length: 300 })
  reason!: string;

  @Column({ type: 'timestamptz', nullable: true })
  settledAt!: Date | null;
}
