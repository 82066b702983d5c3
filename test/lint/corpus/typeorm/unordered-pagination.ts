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

  // bad: no order
  async page(projectId: string, page: number) {
    return this.tasks.find({ where: { projectId }, skip: page * 20, take: 20 }); // expect
  }

  // bad: a builder without an order
  async built(page: number) {
    return this.tasks.createQueryBuilder('t').skip(page * 20).take(20).getMany(); // expect
  }

  // bad: with a count
  async counted(projectId: string, skip: number, take: number) {
    return this.tasks.findAndCount({ where: { projectId }, skip, take }); // expect
  }

  // bad: many rows share a state
  async byState(skip: number) {
    return this.tasks.find({ order: { state: 'ASC' }, skip, take: 20 }); // expect
  }

  // trap: moments rarely tie
  async byTime(skip: number) {
    return this.comments.find({ order: { createdAt: 'DESC' }, skip, take: 50 });
  }

  // trap: the key decides
  async byTimeAndKey(skip: number) {
    return this.comments.find({ order: { createdAt: 'DESC', id: 'DESC' }, skip, take: 50 });
  }

  // trap: a unique column
  async bySlug(skip: number) {
    return this.workspaces.find({ order: { slug: 'ASC' }, skip, take: 50 });
  }

  // trap: a composite unique index
  async byNumber(skip: number) {
    return this.tasks.find({ order: { projectId: 'ASC', number: 'ASC' }, skip, take: 50 });
  }

  // trap: no second page
  async newest() {
    return this.comments.find({ order: { createdAt: 'DESC' }, take: 5 });
  }

  // trap: a builder with a unique order
  async builtById(page: number) {
    return this.tasks
      .createQueryBuilder('t')
      .orderBy('t.id', 'ASC')
      .skip(page * 20)
      .take(20)
      .getMany();
  }
}
