import { Column, DeleteDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';

// bad: one of two can be null
@Entity('a')
@Unique(['x', 'y']) // expect
export class A {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column({ nullable: true }) y: number;
}

// bad: as a unique index
@Entity('b')
@Index(['x', 'y'], { unique: true }) // expect
export class B {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column({ nullable: true }) y: number;
}

// bad: live rows have no time of deletion
@Entity('c')
@Unique(['email', 'deletedAt']) // expect
export class C {
  @PrimaryGeneratedColumn() id: number;
  @Column() email: string;
  @DeleteDateColumn() deletedAt: Date | null;
}

// bad: three columns
@Entity('d')
@Unique('d_key', ['x', 'y', 'z']) // expect
export class D {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column() y: number;
  @Column({ nullable: true }) z: string;
}

// trap: all of them, so that it is a key of the rows that have both
@Entity('e')
@Unique(['x', 'y'])
export class E {
  @PrimaryGeneratedColumn() id: number;
  @Column({ nullable: true }) x: number;
  @Column({ nullable: true }) y: number;
}

// trap: none can
@Entity('f')
@Unique(['x', 'y'])
export class F {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column() y: number;
}

// trap: one column: "unique where given"
@Entity('g')
export class G {
  @PrimaryGeneratedColumn() id: number;
  @Column({ nullable: true, unique: true }) taxNumber: string;
}

// trap: only rows that have it
@Entity('h')
@Index(['x', 'y'], { unique: true, where: 'y IS NOT NULL' })
export class H {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column({ nullable: true }) y: number;
}

// trap: live rows only
@Entity('i')
@Index(['email'], { unique: true, where: '"deletedAt" IS NULL' })
export class I {
  @PrimaryGeneratedColumn() id: number;
  @Column() email: string;
  @DeleteDateColumn() deletedAt: Date | null;
}

// trap: a plain index keeps nothing apart
@Entity('j')
@Index(['x', 'y'])
export class J {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column({ nullable: true }) y: number;
}

// trap: originals have no parent, and another key of the locale keeps them apart
@Entity('translated_page')
@Unique(['parentId', 'locale'])
@Unique(['slug', 'locale'])
export class TranslatedPage {
  @PrimaryGeneratedColumn() id: number;
  @Column({ nullable: true }) parentId: number | null;
  @ManyToOne(() => TranslatedPage) @JoinColumn({ name: 'parentId' }) parent: TranslatedPage | null;
  @Column() slug: string;
  @Column() locale: string;
}

// bad: roots of the same name
@Entity('folder')
@Unique(['parentId', 'name']) // expect
export class Folder {
  @PrimaryGeneratedColumn() id: number;
  @Column({ nullable: true }) parentId: number | null;
  @ManyToOne(() => Folder) @JoinColumn({ name: 'parentId' }) parent: Folder | null;
  @Column() name: string;
}
