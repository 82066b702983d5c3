import { Column, Entity, OneToMany } from 'typeorm';
import { BaseEntity } from '@shop/common/entities/base.entity';
import { CouponRedemption } from './coupon-redemption.entity';

@Entity('coupons')
export class Coupon extends BaseEntity {
  @Column({ length: 40 })
  code!: string;

  @Column({ type: 'smallint', nullable: true })
  percent!: number | null;

  @Column({ type: 'numeric', precision: 12, scale: 2, nullable: true })
  amount!: string | null;

  @Column({ type: 'integer', default: 1 })
  usageLimit!: number;

  @Column({ type: 'timestamptz' })
  validFrom!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  validUntil!: Date | null;

  @OneToMany(() => CouponRedemption, (redemption) => redemption.coupon)
  redemptions!: CouponRedemption[];
}
