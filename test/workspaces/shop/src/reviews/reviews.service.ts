import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { InsertResult, Repository } from 'typeorm';
import { WriteReviewDto } from './dto/write-review.dto';
import { Review } from './entities/review.entity';

@Injectable()
export class ReviewsService {
  constructor(
    @InjectRepository(Review)
    private readonly reviews: Repository<Review>,
  ) {}

  ofProduct(productId: string): Promise<Review[]> {
    return this.reviews.find({
      where: { product: { id: productId }, published: true },
      relations: { customer: true },
      order: { createdAt: 'DESC' },
    });
  }

  write(customerId: string, input: WriteReviewDto): Promise<InsertResult> {
    const { productId, ...data } = input;
    return this.reviews
      .createQueryBuilder()
      .insert()
      .values({
        ...data,
        product: { id: productId },
        customer: { id: customerId },
      })
      .execute();
  }

  async unpublishOf(customerId: string): Promise<void> {
    await this.reviews
      .createQueryBuilder()
      .update()
      .set({ published: false })
      .where('customer_id = :customerId', { customerId })
      .execute();
  }

  /** Products with the best ratings of the last month. */
  best(
    limit: number,
  ): Promise<{ productId: string; rating: string; count: string }[]> {
    return this.reviews
      .createQueryBuilder('review')
      .select('review.product_id', 'productId')
      .addSelect('AVG(review.rating)', 'rating')
      .addSelect('COUNT(*)', 'count')
      .where(`review.createdAt > now() - interval '30 days'`)
      .andWhere('review.published')
      .groupBy('review.product_id')
      .having('COUNT(*) >= 3')
      .orderBy('rating', 'DESC')
      .limit(limit)
      .getRawMany();
  }
}
