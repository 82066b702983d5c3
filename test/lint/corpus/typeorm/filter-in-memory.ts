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
  // bad: all tasks, for the open ones
  async open() {
    return (await this.tasks.find()).filter((task) => task.state === TaskState.Open); // expect
  }

  // bad: one of all
  async named(name: string) {
    return (await this.projects.find()).find((project) => project.name === name); // expect
  }

  // bad: with relations, all the same
  async late() {
    const late = (await this.tasks.find({ relations: { project: true } })).filter((task) => task.dueAt !== null); // expect
    return late;
  }

  // bad: through the entity manager
  async of(manager: EntityManager, body: string) {
    return (await manager.find(Comment)).filter((comment) => comment.body === body); // expect
  }

  // bad: a builder
  async builder(name: string) {
    return (await this.labels.createQueryBuilder('l').getMany()).filter((label) => label.name === name); // expect
  }

  // trap: the query finds them
  async found() {
    return this.tasks.findBy({ state: TaskState.Open });
  }

  // trap: the rest of a condition that the database does not know
  async rest(projectId: string) {
    return (await this.tasks.findBy({ projectId })).filter((task) => task.title.length > 10);
  }

  // trap: the rows serve both
  async both() {
    const all = await this.tasks.find();
    return { all, open: all.filter((task) => task.state === TaskState.Open) };
  }

  // trap: every row is answered, in another form
  async shown() {
    return (await this.labels.find()).map((label) => label.name);
  }

  // trap: a page
  async page() {
    return (await this.tasks.find({ order: { id: 'ASC' }, take: 20 })).filter((task) => task.dueAt !== null);
  }

  // trap: no rows of a table
  async local(names: string[]) {
    return names.filter((name) => name !== '');
  }
}
