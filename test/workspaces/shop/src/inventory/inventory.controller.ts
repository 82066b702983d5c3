import {
  Controller,
  Get,
  Param,
  ParseUUIDPipe,
  UseGuards,
} from '@nestjs/common';
import { JwtAuthGuard } from '@shop/common/guards/jwt-auth.guard';
import { Roles, RolesGuard } from '@shop/common/guards/roles.guard';
import { InventoryService } from './inventory.service';

@Controller('inventory')
@UseGuards(JwtAuthGuard, RolesGuard)
@Roles('warehouse')
export class InventoryController {
  constructor(private readonly inventory: InventoryService) {}

  @Get('low-stock')
  lowStock() {
    return this.inventory.lowStock();
  }

  @Get('variants/:id/movements')
  movements(@Param('id', ParseUUIDPipe) id: string) {
    return this.inventory.movementsOf(id);
  }
}
