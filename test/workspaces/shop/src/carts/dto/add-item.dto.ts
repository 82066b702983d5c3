import { IsInt, IsUUID, Max, Min } from 'class-validator';

export class AddItemDto {
  @IsUUID()
  variantId!: string;

  @IsInt()
  @Min(1)
  @Max(999)
  quantity!: number;
}
