import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AuditEntry } from './entities/audit-entry.entity';

@Injectable()
export class AuditService {
  constructor(
    @InjectRepository(AuditEntry)
    private readonly entries: Repository<AuditEntry>,
  ) {}

  historyOf(entityType: string, entityId: string): Promise<AuditEntry[]> {
    return this.entries.find({
      where: { entityType, entityId },
      order: { occurredAt: 'DESC' },
    });
  }

  all(): Promise<AuditEntry[]> {
    return this.entries.find();
  }
}
