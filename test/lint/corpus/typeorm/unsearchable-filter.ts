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

  // bad: a wildcard in front
  async search(term: string) {
    return this.tasks.find({ where: { title: Like(`%${term}%`) } }); // expect
  }

  // bad: without case
  async insensitive(term: string) {
    return this.members.find({ where: { displayName: ILike(`%${term}`) } }); // expect
  }

  // bad: a function around the column
  async lower(email: string) {
    return this.members.createQueryBuilder('m').where('LOWER(m.email) = LOWER(:email)', { email }).getOne(); // expect
  }

  // bad: a date cut down
  async onDay(day: string) {
    return this.tasks.createQueryBuilder('t').where('DATE(t.dueAt) = :day', { day }).getMany(); // expect
  }

  // bad: raw
  async raw(term: string) {
    return this.dataSource.query("SELECT id FROM comments WHERE body LIKE '%' || $1 || '%'", [term]); // expect
  }

  // trap: nobody counts on an index that there is none of
  async titled(title: string) {
    return this.tasks.createQueryBuilder('t').where('LOWER(t.title) = :title', { title }).getMany();
  }

  // trap: what is kept out is looked for by no index
  async otherDays(day: string) {
    return this.tasks.createQueryBuilder('t').where('DATE(t.dueAt) <> :day', { day }).getMany();
  }

  // trap: the beginning is known
  async prefix(term: string) {
    return this.tasks.find({ where: { title: Like(`${term}%`) } });
  }

  // trap: within one project
  async within(projectId: string, term: string) {
    return this.tasks.find({ where: { projectId, title: ILike(`%${term}%`) } });
  }

  // trap: within one task, by a builder
  async withinTask(taskId: string, term: string) {
    return this.comments
      .createQueryBuilder('c')
      .where('c.taskId = :taskId', { taskId })
      .andWhere('LOWER(c.body) LIKE :term', { term })
      .getMany();
  }

  // trap: the function is around the value
  async value(email: string) {
    return this.members.createQueryBuilder('m').where('m.email = LOWER(:email)', { email }).getOne();
  }

  // trap: a plain comparison
  async plain(slug: string) {
    return this.workspaces.findOneBy({ slug });
  }
}
