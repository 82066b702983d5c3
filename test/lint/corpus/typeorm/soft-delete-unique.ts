import { Column, DeleteDateColumn, Entity, Index, JoinColumn, OneToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';

// bad: a unique column
@Entity('a')
export class A {
  @PrimaryGeneratedColumn() id: number;
  @Column({ unique: true }) slug: string; // expect
  @DeleteDateColumn() deletedAt: Date | null;
}

// bad: a unique constraint
@Entity('b')
@Unique(['tenant', 'code']) // expect
export class B {
  @PrimaryGeneratedColumn() id: number;
  @Column() tenant: string;
  @Column() code: string;
  @DeleteDateColumn() removedAt: Date | null;
}

// bad: a unique index
@Entity('c')
@Index(['email'], { unique: true }) // expect
export class C {
  @PrimaryGeneratedColumn() id: number;
  @Column() email: string;
  @DeleteDateColumn({ name: 'deleted_at' }) deletedAt: Date | null;
}

// bad: a partial one that is about something else
@Entity('d')
@Index(['email']) 
@Unique(['phone']) // expect
export class D {
  @PrimaryGeneratedColumn() id: number;
  @Column() email: string;
  @Column() phone: string;
  @DeleteDateColumn() deletedAt: Date | null;
}

// bad: two columns, one with a default
@Entity('e')
@Unique(['name', 'locale']) // expect
export class E {
  @PrimaryGeneratedColumn() id: number;
  @Column() name: string;
  @Column({ default: 'en' }) locale: string;
  @DeleteDateColumn() deletedAt: Date | null;
}

// trap: live rows only
@Entity('f')
@Index(['email'], { unique: true, where: '"deletedAt" IS NULL' })
export class F {
  @PrimaryGeneratedColumn() id: number;
  @Column() email: string;
  @DeleteDateColumn() deletedAt: Date | null;
}

// trap: nothing is soft-deleted
@Entity('g')
export class G {
  @PrimaryGeneratedColumn() id: number;
  @Column({ unique: true }) slug: string;
}

// trap: one row per referenced row
@Entity('h')
export class H {
  @PrimaryGeneratedColumn() id: number;
  @OneToOne(() => G) @JoinColumn() g: G;
  @DeleteDateColumn() deletedAt: Date | null;
}

// trap: the deletion is part of the key
@Entity('i')
@Unique(['email', 'deletedAt'])
export class I {
  @PrimaryGeneratedColumn() id: number;
  @Column() email: string;
  @DeleteDateColumn() deletedAt: Date | null;
}

// trap: a plain index
@Entity('j')
@Index(['email'])
export class J {
  @PrimaryGeneratedColumn() id: number;
  @Column() email: string;
  @DeleteDateColumn() deletedAt: Date | null;
}

// trap: a code that is sent once and expires
@Entity('login_codes')
export class LoginCode {
  @PrimaryGeneratedColumn() id: number;
  @Column({ unique: true }) code: string;
  @Column() expiresAt: Date;
  @DeleteDateColumn() deletedAt: Date | null;
}
