import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { InventoryModule } from '@shop/inventory/inventory.module';
import { Shipment } from './entities/shipment.entity';
import { ShippingService } from './shipping.service';

@Module({
  imports: [TypeOrmModule.forFeature([Shipment]), InventoryModule],
  providers: [ShippingService],
})
export class ShippingModule {}
