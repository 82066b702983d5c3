// rules: missing-foreign-key-index, redundant-index, narrow-primary-key, lossy-column-type, soft-delete-unique, nullable-unique-column
import { BigIntType, Collection, Entity, Index, ManyToMany, ManyToOne, OneToOne, PrimaryKey, Property, Unique } from '@mikro-orm/core';

@Entity({ tableName: 'venues' })
// bad nullable-unique-column: a hall without a wing
// bad soft-delete-unique: the hall of a closed venue
@Unique({ properties: ['hall', 'wing'] }) // expect nullable-unique-column, soft-delete-unique
// trap nullable-unique-column: both are required
@Unique({ properties: ['hall', 'street'] }) // expect soft-delete-unique
export class Venue {
  // trap narrow-primary-key: few
  @PrimaryKey()
  id!: number;

  // bad soft-delete-unique: a closed venue keeps it
  @Property()
  @Unique()
  slug!: string; // expect soft-delete-unique

  @Property()
  hall!: string;

  @Property({ nullable: true })
  wing?: string;

  @Property()
  street!: string;

  @Property({ nullable: true })
  deletedAt?: Date;
}

@Entity({ tableName: 'artists' })
export class Artist {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  // trap soft-delete-unique: rows go for good
  @Property({ unique: true })
  stageName!: string;

  // bad lossy-column-type: double precision for money
  @Property({ type: 'double' })
  fee!: number; // expect lossy-column-type

  // trap lossy-column-type: decimal comes as text
  @Property({ type: 'decimal', precision: 10, scale: 2 })
  advance!: string;

  // trap lossy-column-type: minutes
  @Property({ type: 'float' })
  minutes!: number;
}

@Entity({ tableName: 'concerts' })
// bad redundant-index: the next begins with it
@Index({ properties: ['startsAt'] }) // expect redundant-index
@Index({ properties: ['startsAt', 'title'] })
// trap redundant-index: the second of the other
@Index({ properties: ['title'] })
// bad redundant-index: named, it is no better
@Index({ name: 'concerts_venue', properties: ['venue'] }) // expect redundant-index
@Index({ properties: ['venue', 'startsAt'] })
export class Concert {
  @PrimaryKey()
  id!: number;

  @Property()
  title!: string;

  @Property()
  startsAt!: Date;

  // trap missing-foreign-key-index: two indexes of the class begin with it
  @ManyToOne(() => Venue)
  venue!: Venue;

  // bad missing-foreign-key-index: MikroORM indexes keys by itself for SQLite and MySQL, not for PostgreSQL
  @ManyToOne(() => Artist)
  artist!: Artist; // expect missing-foreign-key-index

  // bad missing-foreign-key-index: removed with the row that it refers to
  @ManyToOne(() => Artist, { nullable: true, deleteRule: 'cascade' })
  support?: Artist; // expect missing-foreign-key-index

  // trap missing-foreign-key-index: a one-to-one is unique
  @OneToOne(() => Poster, { owner: true })
  poster!: Poster;

  // bad lossy-column-type: real
  @Property({ columnType: 'real' })
  price!: number; // expect lossy-column-type
}

@Entity({ tableName: 'posters' })
// bad nullable-unique-column: as an index
@Unique({ name: 'posters_printed', properties: ['printer', 'run'] }) // expect nullable-unique-column
export class Poster {
  @PrimaryKey()
  id!: number;

  @Property({ nullable: true })
  printer?: string;

  @Property()
  run!: number;

  // trap nullable-unique-column: alone it may be NULL
  @Property({ nullable: true, unique: true })
  barcode?: string;
}

@Entity({ tableName: 'ticket_events' })
export class TicketEvent {
  // bad narrow-primary-key: number is an integer of 32 bits
  @PrimaryKey()
  id!: number; // expect narrow-primary-key

  @Property()
  at!: Date;
}

@Entity({ tableName: 'door_messages' })
export class DoorMessage {
  // bad narrow-primary-key: stated
  @PrimaryKey({ type: 'integer', autoincrement: true })
  id!: number; // expect narrow-primary-key

  @Property()
  sentAt!: Date;
}

@Entity({ tableName: 'scan_logs' })
export class ScanLog {
  // trap narrow-primary-key: 64 bits
  @PrimaryKey({ type: new BigIntType('bigint') })
  id!: bigint;

  @Property()
  at!: Date;

  // trap redundant-index: unique keeps rows apart
  @Property()
  // trap soft-delete-unique: a log is not deleted softly
  @Unique()
  code!: string;
}
