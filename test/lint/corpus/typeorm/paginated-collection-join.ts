import { Between, DataSource, EntityManager, ILike, In, IsNull, LessThan, Like, MoreThan, Not, QueryRunner, Repository } from 'typeorm';
import { Directory } from './model/directory';
import { Attachment, Comment, Label, Member, Project, Task, TaskState, Workspace } from './model/entities';

export class Cases {
  constructor(
    private readonly dataSource: DataSource,
    private readonly workspaces: Repository<Workspace>,
    private readonly members: Repository<Member>,
    private readonly projects: Repository<Project>,
    private readonly tasks: Repository<Task>,
    private readonly comments: Repository<Comment>,
    private readonly attachments: Repository<Attachment>,
    private readonly labels: Repository<Label>,
    private readonly directory: Directory,
  ) {}
  // bad: rows of the join are counted
  async page() {
    return this.projects.createQueryBuilder('p').leftJoinAndSelect('p.tasks', 't').orderBy('p.id').limit(20).getMany(); // expect
  }

  // bad: with an offset
  async next(offset: number) {
    return this.tasks
      .createQueryBuilder('t')
      .innerJoinAndSelect('t.comments', 'c')
      .orderBy('t.id')
      .offset(offset)
      .limit(10) // expect
      .getMany();
  }

  // bad: many to many
  async labelled() {
    return this.projects.createQueryBuilder('p').leftJoinAndSelect('p.labels', 'l').limit(5).getMany(); // expect
  }

  // bad: the second of two joins
  async both() {
    return this.tasks.createQueryBuilder('t').leftJoinAndSelect('t.project', 'p').leftJoinAndSelect('t.attachments', 'a').limit(20).getMany(); // expect
  }

  // bad: a collection of what is joined
  async deep() {
    return this.comments.createQueryBuilder('c').leftJoinAndSelect('c.task', 't').leftJoinAndSelect('t.attachments', 'a').limit(20).getMany(); // expect
  }

  // trap: entities are counted
  async taken() {
    return this.projects.createQueryBuilder('p').leftJoinAndSelect('p.tasks', 't').orderBy('p.id').take(20).getMany();
  }

  // trap: one row per row
  async toOne() {
    return this.tasks.createQueryBuilder('t').leftJoinAndSelect('t.project', 'p').orderBy('t.id').limit(20).getMany();
  }

  // trap: joined for a condition, and not loaded
  async condition(name: string) {
    return this.projects.createQueryBuilder('p').innerJoin('p.labels', 'l').where('l.name = :name', { name }).orderBy('p.id').limit(20).getMany();
  }

  // trap: find counts entities
  async found() {
    return this.projects.find({ relations: { tasks: true }, order: { id: 'ASC' }, take: 20 });
  }

  // trap: no page
  async all() {
    return this.projects.createQueryBuilder('p').leftJoinAndSelect('p.tasks', 't').getMany();
  }
}
