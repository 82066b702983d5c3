import {
  Body,
  Controller,
  Get,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import { JwtAuthGuard } from '@shop/common/guards/jwt-auth.guard';
import { Roles, RolesGuard } from '@shop/common/guards/roles.guard';
import { PaymentsService } from './payments.service';

@Controller('payments')
@UseGuards(JwtAuthGuard, RolesGuard)
@Roles('accounting')
export class PaymentsController {
  constructor(private readonly payments: PaymentsService) {}

  @Get()
  list(@Query('status') status: string) {
    return this.payments.withStatus(status);
  }

  @Post(':id/refunds')
  refund(
    @Param('id', ParseUUIDPipe) id: string,
    @Body('amount') amount: number,
    @Body('reason') reason: string,
  ) {
    return this.payments.refund(id, amount, reason);
  }
}
