import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { SearchProductsDto } from './dto/search-products.dto';
import { ProductStatus } from './entities/product-status.enum';
import { Product } from './entities/product.entity';

@Injectable()
export class CatalogSearchService {
  constructor(
    @InjectDataSource()
    private readonly dataSource: DataSource,
    @InjectRepository(Product)
    private readonly products: Repository<Product>,
  ) {}

  async search(
    query: SearchProductsDto,
  ): Promise<{ items: Product[]; total: number }> {
    const builder = this.products
      .createQueryBuilder('product')
      .leftJoinAndSelect('product.brand', 'brand')
      .innerJoinAndSelect('product.variants', 'variant')
      .leftJoinAndSelect('product.images', 'image')
      .where('product.status = :status', { status: ProductStatus.Active });
    if (query.term) {
      builder.andWhere(
        `(product.name ILIKE '%${query.term}%' OR product.description ILIKE '%${query.term}%')`,
      );
    }
    if (query.color) {
      builder.andWhere(`variant.attributes ->> 'color' = :color`, {
        color: query.color,
      });
    }
    const [items, total] = await builder
      .orderBy(query.sort ? `product.${query.sort}` : 'product.name')
      .skip((query.page - 1) * query.size)
      .take(query.size)
      .getManyAndCount();
    return { items, total };
  }

  suggest(term: string): Promise<{ name: string; slug: string }[]> {
    return this.dataSource.query(
      `SELECT name, slug FROM products WHERE lower(name) LIKE lower('${term}%') ORDER BY name LIMIT 8`,
    );
  }

  /** Products that are bought together with this one. */
  related(
    productId: string,
  ): Promise<{ id: string; name: string; times: string }[]> {
    return this.dataSource.query(
      `SELECT p.id, p.name, count(*) AS times
         FROM order_lines mine
         JOIN product_variants mv ON mv.id = mine.variant_id
         JOIN order_lines other ON other.order_id = mine.order_id
         JOIN product_variants ov ON ov.id = other.variant_id
         JOIN products p ON p.id = ov.product_id
        WHERE mv.product_id = $1 AND p.id <> $1
        GROUP BY p.id, p.name
        ORDER BY times DESC
        LIMIT 6`,
      [productId],
    );
  }
}
