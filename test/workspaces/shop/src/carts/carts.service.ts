import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { PricingService } from '@shop/catalog/pricing.service';
import { CustomerGroup } from '@shop/customers/entities/customer-group.enum';
import { CartItem } from './entities/cart-item.entity';
import { Cart } from './entities/cart.entity';

@Injectable()
export class CartsService {
  constructor(
    @InjectRepository(Cart)
    private readonly carts: Repository<Cart>,
    @InjectRepository(CartItem)
    private readonly items: Repository<CartItem>,
    private readonly pricing: PricingService,
  ) {}

  findBySession(sessionId: string): Promise<Cart> {
    return this.carts.findOneOrFail({
      where: { sessionId },
      relations: { customer: true, coupon: true, items: { variant: true } },
    });
  }

  async addItem(
    sessionId: string,
    variantId: string,
    quantity: number,
  ): Promise<void> {
    const cart = await this.carts.findOneByOrFail({ sessionId });
    await this.items
      .createQueryBuilder()
      .insert()
      .values({ cart: { id: cart.id }, variant: { id: variantId }, quantity })
      .orUpdate(['quantity'], ['cart_id', 'variant_id'])
      .execute();
  }

  async total(sessionId: string): Promise<number> {
    const cart = await this.findBySession(sessionId);
    const group = cart.customer?.group ?? CustomerGroup.Retail;
    let total = 0;
    for (const item of cart.items) {
      total += await this.linePrice(item, group);
    }
    return total;
  }

  private async linePrice(
    item: CartItem,
    group: CustomerGroup,
  ): Promise<number> {
    const price = await this.pricing.unitPrice(
      item.variant,
      group,
      item.quantity,
    );
    return Number(price.amount) * item.quantity;
  }

  @Cron(CronExpression.EVERY_HOUR)
  async removeExpired(): Promise<void> {
    await this.carts.delete({ expiresAt: LessThan(new Date()) });
  }
}
