import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { encrypted } from './crypto';

@Entity('payment_methods')
export class PaymentMethod {
  @PrimaryGeneratedColumn() id: number;

  // bad: the number of the card
  @Column()
  cardNumber: string; // expect

  // bad: the security code
  @Column({ length: 4 })
  cvv: string; // expect

  // trap: encrypted
  @Column({ transformer: encrypted })
  creditCardNumber: string;

  // trap: what may be shown
  @Column({ length: 4 })
  lastFour: string;

  // trap: the provider's token
  @Column()
  cardToken: string;

  // trap: the kind of card
  @Column()
  cardBrand: string;
}

@Entity('users')
export class User {
  @PrimaryGeneratedColumn() id: number;

  // bad: every select has the hash
  @Column()
  passwordHash: string; // expect

  // bad: and the key
  @Column()
  apiKey: string; // expect

  // bad: the second factor
  @Column({ nullable: true })
  totpSecret: string; // expect

  // bad: for life, and enough to pass for its owner
  @Column()
  socialSecurityNumber: string; // expect

  // bad: so is this
  @Column({ nullable: true })
  passportNumber: string; // expect

  // trap: the part that may be shown
  @Column({ length: 4 })
  ssnLastFour: string;

  // trap: encrypted
  @Column({ transformer: encrypted })
  nationalId: string;

  // trap: a name is read all day long
  @Column()
  lastName: string;

  // trap: only on demand
  @Column({ select: false })
  password: string;

  // trap: when, not what
  @Column()
  passwordChangedAt: Date;

  // trap: whether
  @Column()
  passwordExpired: boolean;

  // trap: personal, but no credential
  @Column()
  displayName: string;
}

@Entity('gift_cards')
export class GiftCard {
  @PrimaryGeneratedColumn() id: number;

  // trap: not a payment card
  @Column()
  giftCardNumber: string;

  // trap: the number of a seller's pass
  @Column({ name: 'distribution_card_no' })
  distributionCardNo: string;
}
