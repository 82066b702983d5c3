import { Collection, Entity, Enum, Index, ManyToOne, OneToMany, PrimaryKey, Property, Unique } from '@mikro-orm/core';

@Entity({ tableName: 'libraries' })
export class Library {
  @PrimaryKey()
  id!: number;

  @Property()
  name!: string;

  @Property()
  city!: string;

  @OneToMany(() => Volume, (volume) => volume.library)
  volumes = new Collection<Volume>(this);
}

@Entity({ tableName: 'writers' })
export class Writer {
  @PrimaryKey()
  id!: number;

  @Property()
  @Unique()
  email!: string;

  @Property()
  name!: string;

  @OneToMany(() => Volume, (volume) => volume.writer)
  volumes = new Collection<Volume>(this);
}

@Entity({ tableName: 'volumes' })
@Index({ properties: ['library', 'title'] })
export class Volume {
  @PrimaryKey()
  id!: number;

  @Property()
  title!: string;

  @Property()
  shelf!: string;

  @Property()
  @Unique()
  isbn!: string;

  @Property()
  lentOut: boolean = false;

  @ManyToOne(() => Library)
  library!: Library;

  @Index()
  @ManyToOne(() => Writer)
  writer!: Writer;

  @Property({ version: true })
  version!: number;
}
