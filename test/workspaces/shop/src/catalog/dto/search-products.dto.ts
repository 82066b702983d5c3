import { IsOptional, IsString } from 'class-validator';
import { PageDto } from '@shop/common/dto/page.dto';

export class SearchProductsDto extends PageDto {
  @IsOptional()
  @IsString()
  term?: string;

  @IsOptional()
  @IsString()
  color?: string;

  @IsOptional()
  @IsString()
  sort?: string;
}
