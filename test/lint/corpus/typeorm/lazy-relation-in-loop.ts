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

  // bad: a lazy collection per row
  async load(workspaceId: string) {
    const members = await this.members.findBy({ workspaceId });
    for (const member of members) {
      const tasks = await member.tasks; // expect
      console.log(member.email, tasks.length);
    }
  }

  // bad: a lazy reference per row
  async assignees(projectId: string) {
    const tasks = await this.tasks.find({ where: { projectId } });
    const names: string[] = [];
    for (const task of tasks) {
      const assignee = await task.assignee; // expect
      if (assignee) names.push(assignee.displayName);
    }
    return names;
  }

  // bad: in a callback
  async inParallel(projectId: string) {
    const tasks = await this.tasks.find({ where: { projectId } });
    return Promise.all(tasks.map(async (task) => (await task.assignee)?.email)); // expect
  }

  // bad: another relation was loaded
  async otherLoaded(projectId: string) {
    const tasks = await this.tasks.find({ where: { projectId }, relations: { comments: true } });
    for (const task of tasks) console.log((await task.assignee)?.email, task.comments.length); // expect
  }

  // bad: rows of a query builder
  async built(projectId: string) {
    const tasks = await this.tasks.createQueryBuilder('t').where('t.projectId = :projectId', { projectId }).getMany();
    for (const task of tasks) {
      const assignee = await task.assignee; // expect
      console.log(assignee);
    }
  }

  // trap: loaded with the rows
  async loadedWith(projectId: string) {
    const tasks = await this.tasks.find({ where: { projectId }, relations: { assignee: true } });
    for (const task of tasks) console.log((await task.assignee)?.email);
  }

  // trap: joined and selected
  async joined(projectId: string) {
    const tasks = await this.tasks
      .createQueryBuilder('t')
      .leftJoinAndSelect('t.assignee', 'a')
      .where('t.projectId = :projectId', { projectId })
      .getMany();
    for (const task of tasks) console.log((await task.assignee)?.email);
  }

  // trap: the key column costs nothing
  async keys(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId });
    for (const task of tasks) console.log(task.assigneeId);
  }

  // trap: one row
  async single(id: string) {
    const task = await this.tasks.findOneByOrFail({ id });
    return (await task.assignee)?.email;
  }

  // trap: not lazy: undefined where it is not loaded, but no query
  async notLazy(workspaceId: string) {
    const projects = await this.projects.findBy({ workspaceId });
    for (const project of projects) console.log(project.tasks?.length);
  }
}
