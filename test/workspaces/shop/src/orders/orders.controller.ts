import {
  Body,
  Controller,
  Get,
  Header,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import { JwtAuthGuard } from '@shop/common/guards/jwt-auth.guard';
import { AuthenticatedRequest } from '@shop/common/guards/principal';
import { Roles, RolesGuard } from '@shop/common/guards/roles.guard';
import { CheckoutService } from './checkout.service';
import { ListOrdersDto } from './dto/list-orders.dto';
import { PlaceOrderDto } from './dto/place-order.dto';
import { OrderExportService } from './order-export.service';
import { OrdersService } from './orders.service';

@Controller('orders')
@UseGuards(JwtAuthGuard, RolesGuard)
export class OrdersController {
  constructor(
    private readonly orders: OrdersService,
    private readonly checkout: CheckoutService,
    private readonly exports: OrderExportService,
  ) {}

  @Get()
  @Roles('support')
  list(@Query() query: ListOrdersDto) {
    return this.orders.list(query);
  }

  @Get('mine')
  mine(@Req() request: AuthenticatedRequest) {
    return this.orders.ofCustomer(request.principal.sub);
  }

  @Get('export.csv')
  @Roles('accounting')
  @Header('Content-Type', 'text/csv')
  export(@Query('from') from: string, @Query('to') to: string) {
    return this.exports.csv(new Date(from), new Date(to));
  }

  @Get(':id')
  show(@Param('id', ParseUUIDPipe) id: string) {
    return this.orders.get(id);
  }

  @Post()
  place(@Body() body: PlaceOrderDto) {
    return this.checkout.placeOrder(body);
  }

  @Post(':id/cancel')
  cancel(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: AuthenticatedRequest,
  ) {
    return this.orders.cancel(id, request.principal.sub);
  }
}
