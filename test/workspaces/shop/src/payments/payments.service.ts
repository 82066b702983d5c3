import { BadRequestException, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Payment } from './entities/payment.entity';
import { Refund } from './entities/refund.entity';
import { PaymentGateway } from './payment-gateway.service';

@Injectable()
export class PaymentsService {
  constructor(
    @InjectRepository(Payment)
    private readonly payments: Repository<Payment>,
    @InjectRepository(Refund)
    private readonly refunds: Repository<Refund>,
    private readonly gateway: PaymentGateway,
  ) {}

  withStatus(status: string): Promise<Payment[]> {
    return this.payments.find({
      where: { status },
      relations: { order: { customer: true }, method: true, refunds: true },
    });
  }

  async paidAmount(orderId: string): Promise<string> {
    const row = await this.payments
      .createQueryBuilder('payment')
      .select('COALESCE(SUM(payment.money.amount), 0)', 'paid')
      .where('payment.orderId = :orderId', { orderId })
      .andWhere('payment.status = :status', { status: 'captured' })
      .getRawOne<{ paid: string }>();
    return row?.paid ?? '0';
  }

  async refund(
    paymentId: string,
    amount: number,
    reason: string,
  ): Promise<Refund> {
    const payment = await this.payments.findOneOrFail({
      where: { id: paymentId },
      relations: { refunds: true },
    });
    const refunded = payment.refunds.reduce(
      (sum, refund) => sum + refund.amount,
      0,
    );
    if (
      !payment.gatewayReference ||
      refunded + amount > Number(payment.money.amount)
    ) {
      throw new BadRequestException('More than was paid');
    }
    await this.gateway.refund(payment.gatewayReference, amount.toFixed(2));
    const refund = await this.refunds.save({ payment, amount, reason });
    await this.payments.update(payment.id, { status: 'refunded' });
    return refund;
  }
}
