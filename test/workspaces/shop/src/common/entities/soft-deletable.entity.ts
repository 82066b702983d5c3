import { DeleteDateColumn } from 'typeorm';
import { BaseEntity } from './base.entity';

/** Rows that are hidden instead of removed, so that old orders can still show them. */
export abstract class SoftDeletableEntity extends BaseEntity {
  @DeleteDateColumn({ type: 'timestamptz' })
  deletedAt!: Date | null;
}
