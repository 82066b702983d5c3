import { Between, Column, Entity, In, Index, LessThan, MoreThan, MoreThanOrEqual, PrimaryGeneratedColumn, Repository, Unique } from 'typeorm';

@Entity('events')
@Index(['at', 'kind'])
export class Event {
  @PrimaryGeneratedColumn() id: number;
  @Column('timestamptz') at: Date;
  @Column() kind: string;
  @Column() source: string;
}

@Entity('visits')
@Index(['page', 'at'])
export class Visit {
  @PrimaryGeneratedColumn() id: number;
  @Column('timestamptz') at: Date;
  @Column() page: string;
  @Column() visitor: string;
}

@Entity('readings')
@Unique(['at', 'sensor', 'metric'])
export class Reading {
  @PrimaryGeneratedColumn() id: number;
  @Column('timestamptz') at: Date;
  @Column() sensor: string;
  @Column() metric: string;
}

@Entity('jobs')
@Index(['at', 'queue'])
@Index(['queue'])
export class Job {
  @PrimaryGeneratedColumn() id: number;
  @Column('timestamptz') at: Date;
  @Column() queue: string;
}

export class Cases {
  constructor(
    private readonly events: Repository<Event>,
    private readonly visits: Repository<Visit>,
    private readonly readings: Repository<Reading>,
    private readonly jobs: Repository<Job>,
  ) {}

  // bad: since then
  async since(kind: string, since: Date) {
    return this.events.find({ where: { kind, at: MoreThan(since) } }); // expect
  }

  // bad: between two times
  async between(kind: string, from: Date, to: Date) {
    return this.events.findBy({ kind, at: Between(from, to) }); // expect
  }

  // bad: one of several kinds
  async kinds(kinds: string[], until: Date) {
    return this.events.countBy({ kind: In(kinds), at: LessThan(until) }); // expect
  }

  // bad: a key of three
  async metric(sensor: string, metric: string, since: Date) {
    return this.readings.findBy({ sensor, metric, at: MoreThanOrEqual(since) }); // expect
  }

  // bad: by a builder
  async built(kind: string, since: Date) {
    return this.events.createQueryBuilder('e').where('e.kind = :kind', { kind }).andWhere('e.at > :since', { since }).getMany(); // expect
  }

  // trap: equality comes first
  async page(page: string, since: Date) {
    return this.visits.find({ where: { page, at: MoreThan(since) } });
  }

  // trap: only a range
  async recent(since: Date) {
    return this.events.findBy({ at: MoreThan(since) });
  }

  // trap: only equality of the leading column
  async exactly(at: Date, kind: string) {
    return this.events.findBy({ at, kind });
  }

  // trap: another index begins with it
  async queue(queue: string, since: Date) {
    return this.jobs.findBy({ queue, at: MoreThan(since) });
  }

  // trap: the index does not hold the column
  async source(source: string, since: Date) {
    return this.events.findBy({ source, at: MoreThan(since) });
  }

  // trap: the primary key finds the row
  async one(id: number, since: Date) {
    return this.events.findOneBy({ id, at: MoreThan(since) });
  }
}
