import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  ManyToOne,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { Order } from './order.entity';
import { OrderStatus } from './order-status.enum';

@Entity('order_status_changes')
@Index(['order', 'changedAt'])
export class OrderStatusChange {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @ManyToOne(() => Order, (order) => order.history, {
    nullable: false,
    onDelete: 'CASCADE',
  })
  order!: Order;

  @Column({ type: 'enum', enum: OrderStatus, enumName: 'orders_status_enum' })
  status!: OrderStatus;

  @Column({ type: 'varchar', length: 120, nullable: true })
  changedBy!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  changedAt!: Date;
}
