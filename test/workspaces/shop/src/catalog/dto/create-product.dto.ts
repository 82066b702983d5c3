import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';

export class CreateVariantDto {
  @Length(3, 64)
  sku!: string;

  @Length(1, 160)
  title!: string;

  @Matches(/^\d+\.\d{2}$/)
  price!: string;
}

export class CreateProductDto {
  @Length(2, 200)
  name!: string;

  @Matches(/^[a-z0-9-]+$/)
  slug!: string;

  @IsOptional()
  @IsString()
  description?: string;

  @IsOptional()
  @IsUUID()
  brandId?: string;

  @IsUUID(4, { each: true })
  categoryIds!: string[];

  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => CreateVariantDto)
  variants!: CreateVariantDto[];
}
