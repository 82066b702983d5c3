import { Between, DataSource, EntityManager, ILike, In, IsNull, LessThan, Like, MoreThan, Not, QueryRunner, Repository } from 'typeorm';
import { Directory } from './model/directory';
import { Attachment, Comment, Label, Member, Project, Task, TaskState, Workspace } from './model/entities';
import { Post } from './model/post';

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
    private readonly post: Post,
  ) {}

  // bad: an update per row
  async close(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId });
    for (const task of tasks) await this.tasks.update(task.id, { state: TaskState.Done }); // expect
  }

  // bad: a save per row
  async rename(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId });
    for (const task of tasks) {
      task.title = task.title.trim();
      await this.tasks.save(task); // expect
    }
  }

  // bad: an insert per row, at once
  async copyComments(from: string, to: string) {
    const comments = await this.comments.findBy({ taskId: from });
    await Promise.all(comments.map((comment) => this.comments.insert({ taskId: to, body: comment.body }))); // expect
  }

  // bad: a delete per row
  async purge(projectId: string) {
    const tasks = await this.tasks.find({ where: { projectId, state: TaskState.Done } });
    for (const task of tasks) await this.attachments.delete({ taskId: task.id }); // expect
  }

  // bad: raw SQL per row
  async renumber(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId });
    for (const [index, task] of tasks.entries())
      await this.dataSource.query('UPDATE tasks SET number = $1 WHERE id = $2', [index, task.id]); // expect
  }

  // trap: one statement
  async closeAll(projectId: string) {
    await this.tasks.update({ projectId }, { state: TaskState.Done });
  }

  // trap: a list is saved
  async renameAll(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId });
    for (const task of tasks) task.title = task.title.trim();
    await this.tasks.save(tasks);
  }

  // trap: batches
  async importBatches(batches: Partial<Comment>[][]) {
    for (const batch of batches) await this.comments.insert(batch as Comment[]);
  }

  // trap: slices of a list
  async importAll(comments: Partial<Comment>[]) {
    for (let start = 0; start < comments.length; start += 500)
      await this.comments.insert(comments.slice(start, start + 500) as Comment[]);
  }

  // trap: rows are only put together
  async copies(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId });
    const copies = tasks.map((task) => this.tasks.create({ ...task, id: undefined }));
    return this.tasks.save(copies);
  }

  // trap: each is sent, and written down once it is
  async deliverAll(workspaceId: string) {
    const members = await this.members.findBy({ workspaceId });
    for (const member of members) await this.post.deliver(member);
  }

  // bad: nothing is sent
  async noteAll(workspaceId: string) {
    const members = await this.members.findBy({ workspaceId });
    for (const member of members) await this.post.note(member); // expect
  }

  // trap: what is sent is looked up, and changed or made, piece by piece
  async assign(projectId: string, sent: { id: string; title: string }[]) {
    for (const each of sent) {
      const task = await this.tasks.findOneBy({ id: each.id, projectId });
      if (!task) throw new Error('unknown');
      await this.tasks.update(each.id, { title: each.title });
    }
  }

  // trap: of what a service does with each of a few nothing is known
  async noteSome(members: { id: string }[]) {
    for (const member of members) await this.post.note(member as Member);
  }

  // bad: nothing but a statement for each key
  async drop(ids: string[]) {
    await Promise.all(ids.map((id) => this.comments.delete(id))); // expect
  }

  // trap: what the model does with each row that is removed no statement for all would do
  async clear() {
    for (const label of await this.labels.find()) await this.labels.remove(label);
  }

  // trap: as many as a number says
  async fill(count: number) {
    await Promise.all(Array(count).fill(0).map((_, at) => this.comments.insert({ taskId: 't', body: String(at) })));
  }

  // trap: each row gets what its round has asked for
  async announce(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId });
    for (const task of tasks) {
      const title = await this.post.subjectOf(task.title);
      await this.tasks.update(task.id, { title });
    }
  }

  // trap: parts of one thing that is sent
  async attach(sent: { taskId: string; names: string[] }) {
    for (const name of sent.names) await this.attachments.insert({ taskId: sent.taskId, name });
  }
}
