import {
  Column,
  CreateDateColumn,
  Entity,
  PrimaryGeneratedColumn,
} from 'typeorm';

/** Who changed what. Kept apart from the business tables, in a schema of its own. */
@Entity('audit_entries', { schema: 'audit' })
export class AuditEntry {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @Column({ length: 80 })
  entityType!: string;

  @Column({ type: 'uuid' })
  entityId!: string;

  @Column({ length: 40 })
  action!: string;

  @Column({ type: 'varchar', length: 120, nullable: true })
  actor!: string | null;

  @Column({ type: 'inet', nullable: true })
  ipAddress!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  changes!: Record<string, { from: unknown; to: unknown }> | null;

  @CreateDateColumn({ type: 'timestamptz' })
  occurredAt!: Date;
}
