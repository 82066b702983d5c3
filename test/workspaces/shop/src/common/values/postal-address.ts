import { Column } from 'typeorm';

/** A copy of an address at the time of use: orders must not change when a customer moves. */
export class PostalAddress {
  @Column({ length: 160 })
  recipient!: string;

  @Column({ length: 200 })
  street!: string;

  @Column({ type: 'varchar', length: 200, nullable: true })
  addition!: string | null;

  @Column({ length: 16 })
  postalCode!: string;

  @Column({ length: 120 })
  city!: string;

  @Column({ type: 'char', length: 2 })
  countryCode!: string;
}
