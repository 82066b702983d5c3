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
  // bad: look, then insert
  async renameable(projectId: string, title: string) {
    const taken = await this.tasks.findOneBy({ projectId, title }); // expect
    if (taken) throw new Error('taken');
    return this.tasks.insert({ projectId, title });
  }

  // bad: asked whether it is there
  async addWorkspace(name: string, slug: string) {
    if (await this.workspaces.existsBy({ name })) throw new Error('taken'); // expect
    return this.workspaces.save({ name, slug });
  }

  // bad: counted
  async addProject(name: string, workspaceId: string) {
    const known = await this.projects.countBy({ workspaceId, name }); // expect
    if (known > 0) throw new Error('taken');
    await this.projects.insert({ workspaceId, name });
  }

  // bad: through the entity manager
  async attach(manager: EntityManager, taskId: string, fileName: string) {
    const known = await manager.findOne(Attachment, { where: { taskId, fileName } }); // expect
    if (known) return known;
    return manager.save(Attachment, { taskId, fileName, size: '0' });
  }

  // bad: find or create
  async labelOf(colour: string, name: string) {
    const known = await this.labels.findOne({ where: { colour } }); // expect
    if (known) return known;
    return this.labels.save(this.labels.create({ colour, name }));
  }

  // trap: a unique column
  async bySlug(slug: string, name: string) {
    if (await this.workspaces.findOneBy({ slug })) throw new Error('taken');
    return this.workspaces.save({ slug, name });
  }

  // trap: a unique key of two
  async member(workspaceId: string, email: string) {
    const known = await this.members.findOneBy({ workspaceId, email });
    return known ?? this.members.save({ workspaceId, email, displayName: email });
  }

  // trap: the primary key
  async label(name: string) {
    const known = await this.labels.findOneBy({ name });
    return known ?? this.labels.save({ name, colour: '#000000' });
  }

  // trap: what was found is changed
  async retitle(title: string, to: string) {
    const task = await this.tasks.findOneBy({ title });
    if (task) await this.tasks.save({ ...task, title: to });
  }

  // trap: the newest, to go on from its number
  async next(projectId: string, title: string) {
    const last = await this.tasks.findOne({ where: { projectId }, order: { number: 'DESC' } });
    return this.tasks.insert({ projectId, title, number: (last?.number ?? 0) + 1 });
  }

  // trap: the parent, and a child of it
  async comment(title: string, body: string) {
    const task = await this.tasks.findOneBy({ title });
    if (!task) throw new Error('no such task');
    return this.comments.insert({ taskId: task.id, body });
  }

  // trap: children of one row may be many
  async addComment(taskId: string, body: string) {
    const count = await this.comments.countBy({ taskId });
    if (count > 100) throw new Error('enough');
    return this.comments.insert({ taskId, body });
  }

  // trap: the row that was found, with other values
  async retitle(number: number, values: Partial<Task>) {
    const found = await this.tasks.findOneBy({ number });
    const updated = Object.assign(found ?? {}, values);
    return this.tasks.save(updated);
  }
}
