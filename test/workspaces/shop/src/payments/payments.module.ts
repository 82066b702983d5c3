import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PaymentMethod } from './entities/payment-method.entity';
import { Payment } from './entities/payment.entity';
import { Refund } from './entities/refund.entity';
import { PaymentGateway } from './payment-gateway.service';
import { PaymentsController } from './payments.controller';
import { PaymentsService } from './payments.service';

@Module({
  imports: [TypeOrmModule.forFeature([Payment, PaymentMethod, Refund])],
  controllers: [PaymentsController],
  providers: [PaymentGateway, PaymentsService],
  exports: [PaymentGateway, PaymentsService],
})
export class PaymentsModule {}
