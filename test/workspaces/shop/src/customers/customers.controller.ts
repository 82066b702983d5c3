import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  UseGuards,
} from '@nestjs/common';
import { JwtAuthGuard } from '@shop/common/guards/jwt-auth.guard';
import { Roles, RolesGuard } from '@shop/common/guards/roles.guard';
import { CustomersService } from './customers.service';
import { RegisterCustomerDto } from './dto/register-customer.dto';
import { Customer } from './entities/customer.entity';

@Controller('customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Post()
  register(@Body() body: RegisterCustomerDto) {
    return this.customers.register(body);
  }

  @Get()
  @UseGuards(JwtAuthGuard, RolesGuard)
  @Roles('support')
  list() {
    return this.customers.list();
  }

  @Get(':id')
  show(@Param('id', ParseUUIDPipe) id: string) {
    return this.customers.get(id);
  }

  @Patch(':id')
  @UseGuards(JwtAuthGuard)
  update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: Partial<Customer>,
  ) {
    return this.customers.update(id, body);
  }

  @Delete(':id')
  @UseGuards(JwtAuthGuard, RolesGuard)
  @Roles('privacy')
  erase(@Param('id', ParseUUIDPipe) id: string) {
    return this.customers.erase(id);
  }
}
