import {
  Body,
  Controller,
  Get,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
  UseGuards,
} from '@nestjs/common';
import { JwtAuthGuard } from '@shop/common/guards/jwt-auth.guard';
import { AuthenticatedRequest } from '@shop/common/guards/principal';
import { WriteReviewDto } from './dto/write-review.dto';
import { ReviewsService } from './reviews.service';

@Controller('reviews')
export class ReviewsController {
  constructor(private readonly reviews: ReviewsService) {}

  @Get('of/:productId')
  list(@Param('productId', ParseUUIDPipe) productId: string) {
    return this.reviews.ofProduct(productId);
  }

  @Post()
  @UseGuards(JwtAuthGuard)
  write(@Body() body: WriteReviewDto, @Req() request: AuthenticatedRequest) {
    return this.reviews.write(request.principal.sub, body);
  }
}
