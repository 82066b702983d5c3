import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { JwtAuthGuard } from '@shop/common/guards/jwt-auth.guard';
import { Roles, RolesGuard } from '@shop/common/guards/roles.guard';
import { ReportingService } from './reporting.service';

@Controller('reports')
@UseGuards(JwtAuthGuard, RolesGuard)
@Roles('management')
export class ReportingController {
  constructor(private readonly reporting: ReportingService) {}

  @Get('sales')
  sales(@Query('currency') currency: string) {
    return this.reporting.dailySales(currency);
  }

  @Get('top-customers')
  topCustomers(@Query('order') order: string) {
    return this.reporting.topCustomers(order);
  }
}
