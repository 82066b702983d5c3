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

  // bad: two collections of each row
  async all(projectId: string) {
    return this.tasks.find({ where: { projectId }, relations: { comments: true, attachments: true } }); // expect
  }

  // bad: as a list of names
  async named(projectId: string) {
    return this.tasks.find({ where: { projectId }, relations: ['comments', 'attachments'] }); // expect
  }

  // bad: joined by a builder
  async built(projectId: string) {
    return this.tasks
      .createQueryBuilder('t')
      .leftJoinAndSelect('t.comments', 'c')
      .leftJoinAndSelect('t.attachments', 'a') // expect
      .where('t.projectId = :projectId', { projectId })
      .getMany();
  }

  // bad: of one row
  async one(id: string) {
    return this.workspaces.findOne({ where: { id }, relations: { projects: true, members: true } }); // expect
  }

  // bad: below a reference
  async below() {
    return this.comments.find({ relations: { task: { comments: true, attachments: true } } }); // expect
  }

  // trap: one after the other
  async nested(workspaceId: string) {
    return this.projects.find({ where: { workspaceId }, relations: { tasks: { comments: true } } });
  }

  // trap: a query each
  async split(projectId: string) {
    return this.tasks.find({
      where: { projectId },
      relations: { comments: true, attachments: true },
      relationLoadStrategy: 'query',
    });
  }

  // trap: one collection and references
  async references() {
    return this.tasks.find({ relations: { project: { workspace: true }, comments: true } });
  }

  // trap: joined to filter by, not selected
  async filtered() {
    return this.tasks
      .createQueryBuilder('t')
      .innerJoin('t.comments', 'c')
      .innerJoin('t.attachments', 'a')
      .where('c.body = :body AND a.size > 0', { body: 'x' })
      .getMany();
  }

  // trap: references only
  async twoReferences() {
    return this.tasks.find({ relations: { project: true, assignee: true } });
  }
}
