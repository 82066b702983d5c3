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

  // bad: the repository of the class
  async move(id: string, projectId: string) {
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Task, id, { projectId });
      await this.comments.insert({ taskId: id, body: 'moved' }); // expect
    });
  }

  // bad: the data source itself
  async count(id: string) {
    await this.dataSource.transaction(async (manager) => {
      await manager.delete(Comment, { taskId: id });
      await this.dataSource.query('UPDATE tasks SET number = 0 WHERE id = $1', [id]); // expect
    });
  }

  // bad: a read that does not see what was written
  async check(id: string) {
    await this.dataSource.manager.transaction(async (tx) => {
      await tx.update(Task, id, { state: TaskState.Done });
      const task = await this.tasks.findOneBy({ id }); // expect
      return task;
    });
  }

  // bad: a builder of the class's repository
  async relabel(name: string) {
    await this.dataSource.transaction('SERIALIZABLE', async (manager) => {
      await manager.insert(Label, { name, colour: '#000000' });
      await this.labels.createQueryBuilder().update().set({ colour: '#ffffff' }).where('name = :name', { name }).execute(); // expect
    });
  }

  // bad: within a loop of the callback
  async all(ids: string[]) {
    await this.dataSource.transaction(async (manager) => {
      for (const id of ids) {
        await manager.update(Task, id, { state: TaskState.Done });
        await this.attachments.delete({ taskId: id }); // expect
      }
    });
  }

  // trap: everything on the manager
  async right(id: string, projectId: string) {
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Task, id, { projectId });
      await manager.insert(Comment, { taskId: id, body: 'moved' });
    });
  }

  // trap: repositories of the manager
  async repositories(id: string) {
    await this.dataSource.transaction(async (manager) => {
      await manager.getRepository(Task).update(id, { state: TaskState.Done });
      const comments = manager.getRepository(Comment);
      await comments.delete({ taskId: id });
    });
  }

  // trap: before and after
  async around(id: string) {
    const task = await this.tasks.findOneByOrFail({ id });
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Task, task.id, { state: TaskState.Done });
    });
    return this.tasks.findOneBy({ id });
  }

  // trap: the class's repository, bound to the manager
  async bound(id: string) {
    await this.dataSource.transaction(async (manager) => {
      const tasks = manager.withRepository(this.tasks);
      await tasks.update(id, { state: TaskState.Done });
    });
  }

  // trap: no transaction at all
  async plain(id: string) {
    await this.tasks.update(id, { state: TaskState.Done });
  }
}
