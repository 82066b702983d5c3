import { IsInt, IsUUID, Length, Max, Min } from 'class-validator';

export class WriteReviewDto {
  @IsUUID()
  productId!: string;

  @IsInt()
  @Min(1)
  @Max(5)
  rating!: number;

  @Length(3, 140)
  title!: string;

  @Length(10, 5000)
  body!: string;
}
