import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, Repository } from 'typeorm';
import { Money } from '@shop/common/values/money';
import { CustomerGroup } from '@shop/customers/entities/customer-group.enum';
import { PriceTier } from './entities/price-tier.entity';
import { ProductVariant } from './entities/product-variant.entity';

@Injectable()
export class PricingService {
  constructor(
    @InjectRepository(PriceTier)
    private readonly tiers: Repository<PriceTier>,
  ) {}

  /** The price of one unit when this many are bought. */
  async unitPrice(
    variant: ProductVariant,
    group: CustomerGroup,
    quantity: number,
  ): Promise<Money> {
    const tier = await this.tiers.findOne({
      where: {
        variant: { id: variant.id },
        customerGroup: group,
        minQuantity: LessThanOrEqual(quantity),
      },
      order: { minQuantity: 'DESC' },
    });
    return tier?.unitPrice ?? variant.price;
  }
}
