import { ConflictException, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityManager, Repository } from 'typeorm';
import { MovementKind } from './entities/movement-kind.enum';
import { StockLevel } from './entities/stock-level.entity';
import { StockMovement } from './entities/stock-movement.entity';
import { Warehouse } from './entities/warehouse.entity';

export interface LowStock {
  readonly warehouse: string;
  readonly variantId: string;
  readonly available: number;
}

@Injectable()
export class InventoryService {
  constructor(
    @InjectRepository(StockLevel)
    private readonly levels: Repository<StockLevel>,
    @InjectRepository(StockMovement)
    private readonly movements: Repository<StockMovement>,
    @InjectRepository(Warehouse)
    private readonly warehouses: Repository<Warehouse>,
  ) {}

  async lowStock(): Promise<LowStock[]> {
    const warehouses = await this.warehouses.findBy({ active: true });
    const perWarehouse = await Promise.all(
      warehouses.map(async (warehouse) => {
        const levels = await this.levels
          .createQueryBuilder('level')
          .where('level.warehouseId = :id', { id: warehouse.id })
          .andWhere('level.onHand - level.reserved < level.reorderPoint')
          .getMany();
        return levels.map((level) => ({
          warehouse: warehouse.code,
          variantId: level.variantId,
          available: level.onHand - level.reserved,
        }));
      }),
    );
    return perWarehouse.flat();
  }

  /** Sets goods aside for an order. */
  async reserve(
    warehouseId: string,
    variantId: string,
    quantity: number,
    orderId: string,
  ): Promise<void> {
    const level = await this.levels.findOneByOrFail({ warehouseId, variantId });
    if (level.onHand - level.reserved < quantity) {
      throw new ConflictException('Not enough in stock');
    }
    level.reserved += quantity;
    await this.levels.save(level);
    await this.movements.insert({
      warehouseId,
      variantId,
      kind: MovementKind.Reservation,
      quantity,
      referenceType: 'order',
      referenceId: orderId,
    });
  }

  /** Takes shipped goods out of the books; locks the rows in key order against deadlocks. */
  async ship(
    manager: EntityManager,
    warehouseId: string,
    items: readonly { variantId: string; quantity: number }[],
  ): Promise<void> {
    const levels = await manager
      .createQueryBuilder(StockLevel, 'level')
      .setLock('pessimistic_write')
      .where('level.warehouseId = :warehouseId', { warehouseId })
      .andWhere('level.variantId IN (:...ids)', {
        ids: items.map((item) => item.variantId),
      })
      .orderBy('level.variantId', 'ASC')
      .getMany();
    const quantities = new Map(
      items.map((item) => [item.variantId, item.quantity]),
    );
    for (const level of levels) {
      const quantity = quantities.get(level.variantId) ?? 0;
      level.onHand -= quantity;
      level.reserved -= quantity;
    }
    await manager.save(levels);
  }

  movementsOf(variantId: string): Promise<StockMovement[]> {
    return this.movements.find({
      where: { variantId },
      order: { createdAt: 'DESC' },
    });
  }
}
