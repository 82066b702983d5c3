import { Column } from 'typeorm';

/** Amounts stay decimal strings: JavaScript numbers lose cents. */
export class Money {
  @Column({ type: 'numeric', precision: 12, scale: 2 })
  amount!: string;

  @Column({ type: 'char', length: 3, default: 'EUR' })
  currency!: string;

  static of(amount: string, currency = 'EUR'): Money {
    return Object.assign(new Money(), { amount, currency });
  }
}
