import { ConflictException, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { CartsService } from '@shop/carts/carts.service';
import { Cart } from '@shop/carts/entities/cart.entity';
import { PricingService } from '@shop/catalog/pricing.service';
import { Money } from '@shop/common/values/money';
import { CustomerGroup } from '@shop/customers/entities/customer-group.enum';
import { StockLevel } from '@shop/inventory/entities/stock-level.entity';
import { PaymentGateway } from '@shop/payments/payment-gateway.service';
import { PlaceOrderDto } from './dto/place-order.dto';
import { OrderLine } from './entities/order-line.entity';
import { Order } from './entities/order.entity';

@Injectable()
export class CheckoutService {
  constructor(
    private readonly dataSource: DataSource,
    @InjectRepository(StockLevel)
    private readonly stockLevels: Repository<StockLevel>,
    private readonly carts: CartsService,
    private readonly pricing: PricingService,
    private readonly gateway: PaymentGateway,
  ) {}

  async placeOrder(input: PlaceOrderDto): Promise<Order> {
    const cart = await this.carts.findBySession(input.sessionId);
    const { customer } = cart;
    if (!customer) {
      throw new ConflictException('Sign in to order');
    }
    return this.dataSource.transaction(async (manager) => {
      const lines = await this.lines(cart, customer.group);
      const total = lines.reduce(
        (sum, line) => sum + Number(line.unitPrice.amount) * line.quantity,
        0,
      );
      const order = await manager.save(
        manager.create(Order, {
          number: await this.nextNumber(),
          customer,
          billing: input.billing,
          delivery: input.delivery,
          lines,
          total: Money.of(total.toFixed(2)),
          shippingCost: Money.of('4.90'),
          placedAt: new Date(),
        }),
      );
      for (const line of lines) {
        await this.stockLevels.increment(
          { warehouseId: input.warehouseId, variantId: line.variantId },
          'reserved',
          line.quantity,
        );
      }
      await this.gateway.authorise(order.number, order.total);
      await manager.delete(Cart, { id: cart.id });
      return order;
    });
  }

  private async lines(cart: Cart, group: CustomerGroup): Promise<OrderLine[]> {
    return Promise.all(
      cart.items.map(async (item, index) =>
        Object.assign(new OrderLine(), {
          position: index + 1,
          variantId: item.variant.id,
          title: item.variant.title,
          quantity: item.quantity,
          unitPrice: await this.pricing.unitPrice(
            item.variant,
            group,
            item.quantity,
          ),
        }),
      ),
    );
  }

  private async nextNumber(): Promise<string> {
    const year = new Date().getFullYear();
    const [row] = await this.dataSource.query<{ last: string | null }[]>(
      `SELECT max(number) AS last FROM orders WHERE number LIKE '${year}-%'`,
    );
    const next = Number(row?.last?.slice(5) ?? 0) + 1;
    return `${year}-${String(next).padStart(6, '0')}`;
  }
}
