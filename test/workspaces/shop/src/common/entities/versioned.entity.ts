import { VersionColumn } from 'typeorm';
import { BaseEntity } from './base.entity';

/** Rows that several people edit at once; saved with optimistic locking. */
export abstract class VersionedEntity extends BaseEntity {
  @VersionColumn()
  version!: number;
}
