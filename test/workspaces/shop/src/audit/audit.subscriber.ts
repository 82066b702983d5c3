import { Injectable } from '@nestjs/common';
import { DataSource, EntitySubscriberInterface, UpdateEvent } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { AuditEntry } from './entities/audit-entry.entity';

@Injectable()
export class AuditSubscriber implements EntitySubscriberInterface<BaseEntity> {
  constructor(dataSource: DataSource) {
    dataSource.subscribers.push(this);
  }

  listenTo(): typeof BaseEntity {
    return BaseEntity;
  }

  async afterUpdate(event: UpdateEvent<BaseEntity>): Promise<void> {
    // An update by condition loads no row: what it changes is written down by whoever asks for it.
    const row = event.databaseEntity as BaseEntity | undefined;
    if (!row) {
      return;
    }
    await event.manager.insert(AuditEntry, {
      entityType: event.metadata.name,
      entityId: row.id,
      action: 'update',
      changes: Object.fromEntries(
        event.updatedColumns.map((column) => [
          column.propertyName,
          {
            from: column.getEntityValue(row),
            to: column.getEntityValue(event.entity ?? {}),
          },
        ]),
      ),
    });
  }
}
