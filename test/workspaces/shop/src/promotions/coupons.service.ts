import {
  ConflictException,
  Injectable,
  NotFoundException,
} from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CouponRedemption } from './entities/coupon-redemption.entity';
import { Coupon } from './entities/coupon.entity';

@Injectable()
export class CouponsService {
  constructor(
    @InjectRepository(Coupon)
    private readonly coupons: Repository<Coupon>,
    @InjectRepository(CouponRedemption)
    private readonly redemptions: Repository<CouponRedemption>,
  ) {}

  async redeem(
    code: string,
    customerId: string,
    orderId: string,
    discount: string,
  ): Promise<void> {
    const coupon = await this.coupons.findOneBy({ code });
    if (!coupon) {
      throw new NotFoundException('No such coupon');
    }
    const used = await this.redemptions.count({
      where: { coupon: { id: coupon.id } },
    });
    if (used >= coupon.usageLimit) {
      throw new ConflictException('This coupon is used up');
    }
    await this.redemptions.insert({
      coupon: { id: coupon.id },
      customer: { id: customerId },
      order: { id: orderId },
      discount,
    });
  }

  usedBy(customerId: string): Promise<CouponRedemption[]> {
    return this.redemptions.find({
      where: { customer: { id: customerId } },
      relations: { coupon: true },
      order: { redeemedAt: 'DESC' },
      take: 50,
    });
  }
}
