import { Type } from 'class-transformer';
import {
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';

export class PostalAddressDto {
  @Length(2, 160)
  recipient!: string;

  @Length(2, 200)
  street!: string;

  @IsOptional()
  @Length(0, 200)
  addition: string | null = null;

  @Length(3, 16)
  postalCode!: string;

  @Length(1, 120)
  city!: string;

  @Length(2, 2)
  countryCode!: string;
}

export class PlaceOrderDto {
  @IsString()
  sessionId!: string;

  @IsUUID()
  warehouseId!: string;

  @ValidateNested()
  @Type(() => PostalAddressDto)
  billing!: PostalAddressDto;

  @ValidateNested()
  @Type(() => PostalAddressDto)
  delivery!: PostalAddressDto;
}
