import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, OneToOne, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn() id: number;
  @Column({ length: 80 }) name: string;
  @Column() email: string;
  @Column() city: string;
  @CreateDateColumn() createdAt: Date;
}

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Customer, { nullable: false }) @JoinColumn({ name: 'customer_id' }) customer: Customer;
  // bad: the customer's name
  @Column({ name: 'customer_name', length: 80 }) customerName: string; // expect
  // bad: the customer's address
  @Column({ name: 'customer_email' }) customerEmail: string; // expect
  // trap: something of the order's own
  @Column({ name: 'customer_note' }) customerNote: string;
  // trap: the same name with another meaning and type
  @Column({ name: 'customer_city', type: 'int' }) customerCity: number;
  // trap: every table has one
  @CreateDateColumn() createdAt: Date;
}

@Entity('shipments')
export class Shipment {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Order, { nullable: false }) @JoinColumn({ name: 'order_id' }) order: Order;
  // bad: the order has it
  @ManyToOne(() => Customer) @JoinColumn({ name: 'customer_id' }) customer: Customer; // expect
}

@Entity('returns')
export class Return {
  @PrimaryGeneratedColumn() id: number;
  // trap: without the order only this is known
  @ManyToOne(() => Order, { nullable: true }) @JoinColumn({ name: 'order_id' }) order: Order | null;
  @ManyToOne(() => Customer) @JoinColumn({ name: 'customer_id' }) customer: Customer;
}

@Entity('tenants')
export class Tenant {
  @PrimaryGeneratedColumn() id: number;
  @Column() name: string;
}

@Entity('projects')
export class Project {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Tenant, { nullable: false }) @JoinColumn({ name: 'tenant_id' }) tenant: Tenant;
}

@Entity('tasks')
export class Task {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Project, { nullable: false }) @JoinColumn({ name: 'project_id' }) project: Project;
  // trap: tenants are repeated on purpose
  @ManyToOne(() => Tenant, { nullable: false }) @JoinColumn({ name: 'tenant_id' }) tenant: Tenant;
}

@Entity('reviews')
export class Review {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Order, { nullable: false }) @JoinColumn({ name: 'order_id' }) order: Order;
  // trap: whoever wrote it need not be who ordered
  @ManyToOne(() => Customer) @JoinColumn({ name: 'written_by' }) writtenBy: Customer;
  // bad: the number that the order is known by
  @Column({ name: 'order_customer_name', length: 80 }) orderCustomerName: string; // expect
}

@Entity('profiles')
export class Profile {
  // trap: a shared key
  @PrimaryColumn({ name: 'customer_id' }) customerId: number;
  @OneToOne(() => Customer) @JoinColumn({ name: 'customer_id' }) customer: Customer;
  @Column() bio: string;
  // bad: as in the customer
  @Column({ name: 'customer_city' }) customerCity: string; // expect
}

@Entity('users')
export class User {
  @PrimaryGeneratedColumn() id: number;
  @Column() locale: string;
}

@Entity('lists')
export class List {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => User, { nullable: false }) @JoinColumn({ name: 'user_id' }) user: User;
}

@Entity('shared_lists')
export class SharedList {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => List, { nullable: false }) @JoinColumn({ name: 'list_id' }) list: List;
  // trap: with whom it is shared, not whose it is
  @ManyToOne(() => User, { nullable: false }) @JoinColumn({ name: 'user_id' }) user: User;
}

@Entity('invitations')
export class Invitation {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => User, { nullable: true }) @JoinColumn({ name: 'guest_id' }) guest: User | null;
  // trap: who has no account has a language as well
  @Column({ name: 'guest_locale', nullable: true }) guestLocale: string;
}

@Entity('parcels')
@Index(['carrier', 'customerId'])
export class Parcel {
  @PrimaryGeneratedColumn() id: number;
  @Column() carrier: string;
  @ManyToOne(() => Order, { nullable: false }) @JoinColumn({ name: 'order_id' }) order: Order;
  @Column({ name: 'customer_id' }) customerId: number;
  // trap: an index is begun for it
  @ManyToOne(() => Customer) @JoinColumn({ name: 'customer_id' }) customer: Customer;
}

@Entity('claims')
export class Claim {
  @PrimaryGeneratedColumn() id: number;
  @Column({ name: 'order_id', default: 0 }) orderId: number;
  @ManyToOne(() => Order, { nullable: false, createForeignKeyConstraints: false }) @JoinColumn({ name: 'order_id' }) order: Order;
  // trap: zero stands for no order
  @ManyToOne(() => Customer, { nullable: false }) @JoinColumn({ name: 'customer_id' }) customer: Customer;
}

@Entity('languages')
export class Language {
  @PrimaryGeneratedColumn() id: number;
  @Column() code: string;
}

@Entity('publishers')
export class Publisher {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Language, { nullable: false }) @JoinColumn({ name: 'language_id' }) language: Language;
}

@Entity('leaflets')
export class Leaflet {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Publisher, { nullable: false }) @JoinColumn({ name: 'publisher_id' }) publisher: Publisher;
  // trap: a leaflet may be written in another language than its publisher speaks
  @ManyToOne(() => Language, { nullable: false }) @JoinColumn({ name: 'language_id' }) language: Language;
}

@Entity('order_versions')
export class OrderVersion {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Order, { nullable: false }) @JoinColumn({ name: 'order_id' }) order: Order;
  // trap: a version keeps what was then
  @ManyToOne(() => Customer, { nullable: false }) @JoinColumn({ name: 'customer_id' }) customer: Customer;
}
