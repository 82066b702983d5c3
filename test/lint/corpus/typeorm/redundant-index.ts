import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

// bad: a prefix of a longer one
@Entity('a')
@Index(['x']) // expect
@Index(['x', 'y'])
export class A {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column() y: number;
}

// bad: the same twice
@Entity('b')
@Index('b_first', ['x', 'y'])
@Index('b_second', ['x', 'y']) // expect
export class B {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column() y: number;
}

// bad: what a unique constraint leads with
@Entity('c')
@Unique(['x', 'y'])
export class C {
  @PrimaryGeneratedColumn() id: number;
  @Index() // expect
  @Column()
  x: number;
  @Column() y: number;
}

// bad: what the primary key leads with
@Entity('d')
@Index(['x']) // expect
export class D {
  @PrimaryColumn() x: number;
  @PrimaryColumn() y: number;
}

// bad: an index on a unique column
@Entity('e')
export class E {
  @PrimaryGeneratedColumn() id: number;
  @Index() // expect
  @Column({ unique: true })
  x: number;
}

// trap: the second column of the other
@Entity('f')
@Index(['y'])
@Index(['x', 'y'])
export class F {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column() y: number;
}

// trap: a unique index is not replaced by a longer one
@Entity('g')
@Index(['x'], { unique: true })
@Index(['x', 'y'])
export class G {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column() y: number;
}

// trap: a partial index
@Entity('h')
@Index(['x'], { where: 'y > 0' })
@Index(['x', 'y'])
export class H {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column() y: number;
}

// trap: the longer one is partial
@Entity('i')
@Index(['x'])
@Index(['x', 'y'], { where: 'y > 0' })
export class I {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column() y: number;
}

// trap: the order differs
@Entity('j')
@Index(['y', 'x'])
@Index(['x', 'y'])
export class J {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: number;
  @Column() y: number;
}

// trap: full text is another kind of index
@Entity('k')
@Index(['x'], { fulltext: true })
@Index(['x', 'y'])
export class K {
  @PrimaryGeneratedColumn() id: number;
  @Column() x: string;
  @Column() y: number;
}
