import { IsEnum, IsOptional } from 'class-validator';
import { PageDto } from '@shop/common/dto/page.dto';
import { OrderStatus } from '../entities/order-status.enum';

export class ListOrdersDto extends PageDto {
  @IsOptional()
  @IsEnum(OrderStatus)
  status?: OrderStatus;
}
