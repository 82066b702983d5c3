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

  // bad: a builder without a condition
  async reopen(project: Project) {
    await this.tasks.createQueryBuilder().update().set({ state: TaskState.Open }).execute(); // expect
  }

  // bad: a delete without one
  async discard(task: Task) {
    await this.dataSource.createQueryBuilder().delete().from(Comment).execute(); // expect
  }

  // trap: the name says that every row is meant
  async clearComments() {
    await this.dataSource.query('DELETE FROM comments');
  }

  // trap: the table is built anew
  async project(rows: Partial<Comment>[]) {
    await this.dataSource.query('DELETE FROM comments');
    await this.comments.insert(rows);
  }

  // bad: raw
  async rawDelete() {
    await this.dataSource.query('DELETE FROM comments'); // expect
  }

  // bad: a raw update
  async rawUpdate() {
    await this.dataSource.query("UPDATE tasks SET state = 'open'"); // expect
  }

  // bad: soft delete of everything
  async forget() {
    await this.projects.createQueryBuilder().softDelete().execute(); // expect
  }

  // trap: a condition
  async resetProject(projectId: string) {
    await this.tasks.createQueryBuilder().update().set({ state: TaskState.Open }).where({ projectId }).execute();
  }

  // trap: a condition on the builder of the row's id
  async removeOne(id: string) {
    await this.dataSource.createQueryBuilder().delete().from(Comment).whereInIds([id]).execute();
  }

  // trap: named for what it does
  async empty() {
    await this.labels.clear();
  }

  // trap: raw with a condition
  async rawDone() {
    await this.dataSource.query("DELETE FROM tasks WHERE state = 'done'");
  }

  // trap: the delete of something that is no table
  async cache(cache: Map<string, string>, key: string) {
    cache.delete(key);
  }
}
