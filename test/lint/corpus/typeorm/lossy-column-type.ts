import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

@Entity('invoices')
export class Invoice {
  @PrimaryGeneratedColumn() id: number;

  // bad: money in floating point
  @Column('float')
  total: number; // expect

  // bad: in single precision
  @Column('real')
  taxAmount: number; // expect

  // bad: a price
  @Column({ type: 'double precision', name: 'unit_price' })
  unitPrice: number; // expect

  // bad: a balance
  @Column('double precision')
  balance: number; // expect

  // bad: time without a zone among times with one
  @Column('timestamp')
  paidAt: Date; // expect

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;

  @Column('timestamptz')
  dueAt: Date;

  // trap: exact
  @Column('numeric', { precision: 12, scale: 2 })
  discountAmount: string;

  // trap: cents
  @Column('bigint')
  feeCents: string;

  // trap: a share
  @Column('double precision')
  taxRate: number;

  // trap: a measurement
  @Column('double precision')
  weight: number;

  // trap: a date has no zone
  @Column('date')
  issuedOn: string;

  // trap: a share of a price
  @Column('real')
  pricePercent: number;
}

@Entity('feedings')
export class Feeding {
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  id: string;

  // trap: so much milk
  @Column('real')
  amount: number;
}

@Entity('imports')
export class Import {
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  id: string;

  // trap: so many rows
  @Column('double precision')
  total: number;

  @Column('double precision')
  current: number;

  // trap: so many checks
  @Column('double precision')
  totalChecks: number;
}

@Entity('opening_hours')
export class OpeningHours {
  @PrimaryGeneratedColumn()
  id: number;

  // trap: local times, as all of the table
  @Column('timestamp')
  opensAt: Date;
}
