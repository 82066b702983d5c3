import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogSearchService } from './catalog-search.service';
import { CategoriesService } from './categories.service';
import { Brand } from './entities/brand.entity';
import { Category } from './entities/category.entity';
import { PriceTier } from './entities/price-tier.entity';
import { ProductImage } from './entities/product-image.entity';
import { ProductVariant } from './entities/product-variant.entity';
import { Product } from './entities/product.entity';
import { PricingService } from './pricing.service';
import { ProductImportService } from './product-import.service';
import { ProductsController } from './products.controller';
import { ProductsService } from './products.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Brand,
      Category,
      PriceTier,
      Product,
      ProductImage,
      ProductVariant,
    ]),
  ],
  controllers: [ProductsController],
  providers: [
    CatalogSearchService,
    CategoriesService,
    PricingService,
    ProductImportService,
    ProductsService,
  ],
  exports: [PricingService, ProductsService],
})
export class CatalogModule {}
