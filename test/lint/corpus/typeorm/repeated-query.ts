import { DataSource, In, LessThan, Repository } from 'typeorm';
import { Comment, Member, Project, Task, TaskState, Workspace } from './model/entities';

export class Cases {
  private readonly limit = 5;

  constructor(
    private readonly dataSource: DataSource,
    private readonly workspaces: Repository<Workspace>,
    private readonly members: Repository<Member>,
    private readonly projects: Repository<Project>,
    private readonly tasks: Repository<Task>,
    private readonly comments: Repository<Comment>,
  ) {}

  // bad: the workspace is the same for every task
  async announce(tasks: Task[], workspaceId: string) {
    for (const task of tasks) {
      const workspace = await this.workspaces.findOneBy({ id: workspaceId }); // expect
      console.log(workspace?.name, task.title);
    }
  }

  // bad: nothing about the project is asked
  async rank(projects: Project[]) {
    const ranked: string[] = [];
    for (const project of projects) {
      const members = await this.members.count(); // expect
      ranked.push(`${project.name} of ${members}`);
    }
    return ranked;
  }

  // bad: in a callback
  async labels(tasks: Task[], projectId: string) {
    return Promise.all(
      tasks.map(async (task) => {
        const project = await this.projects.findOneBy({ id: projectId }); // expect
        return `${project?.name}: ${task.title}`;
      }),
    );
  }

  // bad: the inner loop does not name what the outer one does
  async matrix(members: Member[], tasks: Task[], projectId: string) {
    for (const member of members)
      for (const task of tasks) {
        const open = await this.tasks.countBy({ projectId, state: TaskState.Open }); // expect
        console.log(member.email, task.title, open);
      }
  }

  // bad: asked twice for one answer
  async summary(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId });
    const titles = tasks.map(({ title }) => title);
    const all = await this.tasks.findBy({ projectId }); // expect
    return { titles, count: all.length };
  }

  // trap: the element is asked for
  async perTask(tasks: Task[]) {
    for (const task of tasks) console.log(await this.comments.countBy({ taskId: task.id }));
  }

  // trap: what is asked for is made of the element
  async perKey(tasks: Task[]) {
    for (const task of tasks) {
      const key = task.title.split(':')[0];
      console.log(await this.projects.findOneBy({ name: key }));
    }
  }

  // trap: the loop changes the table
  async drain(tasks: Task[], projectId: string) {
    for (const task of tasks) {
      await this.tasks.update({ id: task.id }, { state: TaskState.Done });
      const left = await this.tasks.countBy({ projectId, state: TaskState.Open });
      console.log(left);
    }
  }

  // trap: it waits for the others
  async wait(projectId: string) {
    for (let attempt = 0; attempt < 10; attempt++) {
      if ((await this.tasks.countBy({ projectId, state: TaskState.Open })) === 0) return;
    }
  }

  // trap: written in between
  async close(projectId: string) {
    const before = await this.tasks.findBy({ projectId });
    await this.tasks.update({ projectId }, { state: TaskState.Done });
    const after = await this.tasks.findBy({ projectId });
    return [before.length, after.length];
  }

  // trap: two states of one table
  async board(projectId: string) {
    const open = await this.tasks.findBy({ projectId, state: TaskState.Open });
    const done = await this.tasks.findBy({ projectId, state: TaskState.Done });
    return { open, done };
  }

  // trap: something unknown happens in between
  async refresh(projectId: string, sync: (id: string) => Promise<void>) {
    const before = await this.tasks.findBy({ projectId });
    await sync(projectId);
    const after = await this.tasks.findBy({ projectId });
    return after.length - before.length;
  }
}
