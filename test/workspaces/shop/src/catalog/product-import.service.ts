import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Money } from '@shop/common/values/money';
import { Brand } from './entities/brand.entity';
import { ProductVariant } from './entities/product-variant.entity';
import { Product } from './entities/product.entity';

export interface SupplierRow {
  readonly brand: string;
  readonly productSlug: string;
  readonly productName: string;
  readonly sku: string;
  readonly title: string;
  readonly price: string;
}

@Injectable()
export class ProductImportService {
  constructor(
    @InjectRepository(Brand)
    private readonly brands: Repository<Brand>,
    @InjectRepository(Product)
    private readonly products: Repository<Product>,
    @InjectRepository(ProductVariant)
    private readonly variants: Repository<ProductVariant>,
  ) {}

  /** Reads a supplier's price list; several thousand rows each night. */
  async import(rows: readonly SupplierRow[]): Promise<void> {
    for (const row of rows) {
      const product = await this.productOf(row);
      const variant = await this.variants.findOneBy({ sku: row.sku });
      await this.variants.save({
        ...(variant ?? { sku: row.sku, product }),
        title: row.title,
        price: Money.of(row.price),
      });
    }
  }

  private async productOf(row: SupplierRow): Promise<Product> {
    const known = await this.products.findOneBy({ slug: row.productSlug });
    if (known) {
      return known;
    }
    const brand =
      (await this.brands.findOneBy({ name: row.brand })) ??
      (await this.brands.save({
        name: row.brand,
        slug: row.brand.toLowerCase(),
      }));
    return this.products.save({
      name: row.productName,
      slug: row.productSlug,
      brand,
    });
  }
}
