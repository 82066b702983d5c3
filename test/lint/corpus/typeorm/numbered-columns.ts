import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

// bad: three telephones
@Entity('a')
export class A {
  @PrimaryGeneratedColumn() id: number;
  @Column() phone1: string; // expect
  @Column() phone2: string;
  @Column() phone3: string;
}

// bad: with an underscore
@Entity('b')
export class B {
  @PrimaryGeneratedColumn() id: number;
  @Column({ name: 'image_1' }) image1: string; // expect
  @Column({ name: 'image_2' }) image2: string;
  @Column({ name: 'image_3' }) image3: string;
  @Column({ name: 'image_4' }) image4: string;
}

// bad: numbers
@Entity('c')
export class C {
  @PrimaryGeneratedColumn() id: number;
  @Column() score0: number; // expect
  @Column() score1: number;
  @Column() score2: number;
}

// bad: ids in a text
@Entity('d')
export class D {
  @PrimaryGeneratedColumn() id: number;
  @Column('text') tag_ids: string; // expect
}

// bad: said by its name
@Entity('e')
export class E {
  @PrimaryGeneratedColumn() id: number;
  @Column() recipients_csv: string; // expect
}

// trap: an address has lines
@Entity('f')
export class F {
  @PrimaryGeneratedColumn() id: number;
  @Column() addressLine1: string;
  @Column() addressLine2: string;
  @Column() addressLine3: string;
}

// trap: two sides of a match
@Entity('g')
export class G {
  @PrimaryGeneratedColumn() id: number;
  @Column() team1: string;
  @Column() team2: string;
}

// trap: digests
@Entity('h')
export class H {
  @PrimaryGeneratedColumn() id: number;
  @Column() sha1: string;
  @Column() sha2: string;
  @Column() sha3: string;
}

// trap: not one after the other
@Entity('i')
export class I {
  @PrimaryGeneratedColumn() id: number;
  @Column() percentile50: number;
  @Column() percentile95: number;
  @Column() percentile99: number;
}

// trap: an array of the engine
@Entity('j')
export class J {
  @PrimaryGeneratedColumn() id: number;
  @Column('int', { array: true }) tagIds: number[];
}

// trap: types that have nothing in common
@Entity('k')
export class K {
  @PrimaryGeneratedColumn() id: number;
  @Column() step1: string;
  @Column('int') step2: number;
  @Column('boolean') step3: boolean;
}

// trap: one id
@Entity('l')
export class L {
  @PrimaryGeneratedColumn() id: number;
  @Column() external_id: string;
  @Column() gridSize: string;
}
