import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CartsModule } from '@shop/carts/carts.module';
import { CatalogModule } from '@shop/catalog/catalog.module';
import { StockLevel } from '@shop/inventory/entities/stock-level.entity';
import { PaymentsModule } from '@shop/payments/payments.module';
import { CheckoutService } from './checkout.service';
import { OrderLine } from './entities/order-line.entity';
import { OrderStatusChange } from './entities/order-status-change.entity';
import { Order } from './entities/order.entity';
import { OrderExportService } from './order-export.service';
import { OrdersController } from './orders.controller';
import { OrdersService } from './orders.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([Order, OrderLine, OrderStatusChange, StockLevel]),
    CartsModule,
    CatalogModule,
    PaymentsModule,
  ],
  controllers: [OrdersController],
  providers: [CheckoutService, OrderExportService, OrdersService],
  exports: [OrdersService],
})
export class OrdersModule {}
