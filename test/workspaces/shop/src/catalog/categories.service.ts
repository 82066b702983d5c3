import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, TreeRepository } from 'typeorm';
import { Category } from './entities/category.entity';
import { Product } from './entities/product.entity';

@Injectable()
export class CategoriesService {
  constructor(
    @InjectRepository(Category)
    private readonly categories: TreeRepository<Category>,
    @InjectRepository(Product)
    private readonly products: Repository<Product>,
  ) {}

  tree(): Promise<Category[]> {
    return this.categories.findTrees({ depth: 3 });
  }

  /** Number of products below each top category, for the menu. */
  async productCounts(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const roots = await this.categories.findRoots();
    for (const root of roots) {
      const descendants = await this.categories.findDescendants(root);
      counts[root.slug] = await this.products
        .createQueryBuilder('product')
        .innerJoin('product.categories', 'category')
        .where('category.id IN (:...ids)', {
          ids: descendants.map(({ id }) => id),
        })
        .getCount();
    }
    return counts;
  }
}
