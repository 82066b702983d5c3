import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CartsService } from './carts.service';
import { AddItemDto } from './dto/add-item.dto';

@Controller('carts/:session')
export class CartsController {
  constructor(private readonly carts: CartsService) {}

  @Get('total')
  total(@Param('session') session: string) {
    return this.carts.total(session);
  }

  @Post('items')
  add(@Param('session') session: string, @Body() body: AddItemDto) {
    return this.carts.addItem(session, body.variantId, body.quantity);
  }
}
