import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { Money } from '@shop/common/values/money';
import { CreateProductDto } from './dto/create-product.dto';
import { Brand } from './entities/brand.entity';
import { Category } from './entities/category.entity';
import { ProductStatus } from './entities/product-status.enum';
import { ProductVariant } from './entities/product-variant.entity';
import { Product } from './entities/product.entity';

@Injectable()
export class ProductsService {
  constructor(
    @InjectRepository(Product)
    private readonly products: Repository<Product>,
    @InjectRepository(ProductVariant)
    private readonly variants: Repository<ProductVariant>,
    @InjectRepository(Category)
    private readonly categories: Repository<Category>,
    @InjectRepository(Brand)
    private readonly brands: Repository<Brand>,
  ) {}

  async findBySlug(slug: string): Promise<Product> {
    const product = await this.products.findOne({
      where: { slug, status: ProductStatus.Active },
      relations: {
        brand: true,
        categories: true,
        variants: { priceTiers: true },
      },
    });
    if (!product) {
      throw new NotFoundException(`No product "${slug}"`);
    }
    return product;
  }

  findVariants(skus: readonly string[]): Promise<ProductVariant[]> {
    return this.variants.findBy({ sku: In([...skus]) });
  }

  async create(input: CreateProductDto): Promise<Product> {
    const categories = await this.categories.findBy({
      id: In(input.categoryIds),
    });
    const brand = input.brandId
      ? await this.brands.findOneByOrFail({ id: input.brandId })
      : null;
    const product = this.products.create({
      name: input.name,
      slug: input.slug,
      description: input.description ?? null,
      brand,
      categories,
      variants: input.variants.map((variant) => ({
        sku: variant.sku,
        title: variant.title,
        price: Money.of(variant.price),
      })),
    });
    return this.products.save(product);
  }

  async remove(id: string): Promise<void> {
    const result = await this.products.softDelete({ id });
    if (!result.affected) {
      throw new NotFoundException('No such product');
    }
  }

  /** Average rating of each product of the landing page. */
  async ratings(slugs: readonly string[]): Promise<Map<string, number>> {
    const ratings = new Map<string, number>();
    const products = await this.products.find({
      where: { slug: In([...slugs]) },
      take: 24,
    });
    for (const product of products) {
      const reviews = await product.reviews;
      const sum = reviews.reduce((total, review) => total + review.rating, 0);
      ratings.set(product.slug, reviews.length > 0 ? sum / reviews.length : 0);
    }
    return ratings;
  }

  async discontinueBrand(brandId: string): Promise<number> {
    const products = await this.products.find({
      where: { brand: { id: brandId } },
    });
    await Promise.all(
      products.map((product) =>
        this.products.update(product.id, {
          status: ProductStatus.Discontinued,
        }),
      ),
    );
    return products.length;
  }
}
