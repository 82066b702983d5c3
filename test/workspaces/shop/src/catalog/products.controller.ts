import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import { JwtAuthGuard } from '@shop/common/guards/jwt-auth.guard';
import { Roles, RolesGuard } from '@shop/common/guards/roles.guard';
import { CatalogSearchService } from './catalog-search.service';
import { CreateProductDto } from './dto/create-product.dto';
import { SearchProductsDto } from './dto/search-products.dto';
import { ProductsService } from './products.service';

@Controller('products')
export class ProductsController {
  constructor(
    private readonly products: ProductsService,
    private readonly search: CatalogSearchService,
  ) {}

  @Get()
  list(@Query() query: SearchProductsDto) {
    return this.search.search(query);
  }

  @Get('suggestions')
  suggestions(@Query('term') term: string) {
    return this.search.suggest(term);
  }

  @Get(':slug')
  show(@Param('slug') slug: string) {
    return this.products.findBySlug(slug);
  }

  @Post()
  @UseGuards(JwtAuthGuard, RolesGuard)
  @Roles('catalogue')
  create(@Body() body: CreateProductDto) {
    return this.products.create(body);
  }

  @Delete(':id')
  @UseGuards(JwtAuthGuard, RolesGuard)
  @Roles('catalogue')
  remove(@Param('id', ParseUUIDPipe) id: string) {
    return this.products.remove(id);
  }
}
