import { IsBoolean, IsEmail, IsOptional, Length } from 'class-validator';

export class RegisterCustomerDto {
  @IsEmail()
  email!: string;

  @Length(12, 128)
  password!: string;

  @Length(1, 80)
  firstName!: string;

  @Length(1, 80)
  lastName!: string;

  @IsOptional()
  @IsBoolean()
  newsletter?: boolean;
}
