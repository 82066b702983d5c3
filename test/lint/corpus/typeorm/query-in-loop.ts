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

  // bad: a look-up per row
  async digest(workspaceId: string) {
    const members = await this.members.findBy({ workspaceId });
    const lines: string[] = [];
    for (const member of members) {
      const open = await this.tasks.countBy({ assigneeId: member.id, state: TaskState.Open }); // expect
      lines.push(`${member.displayName}: ${open}`);
    }
    return lines;
  }

  // bad: Promise.all over rows
  async withLatest(projectId: string) {
    const tasks = await this.tasks.find({ where: { projectId } });
    return Promise.all(
      tasks.map(async (task) => ({
        task,
        latest: await this.comments.findOne({ where: { taskId: task.id }, order: { createdAt: 'DESC' } }), // expect
      })),
    );
  }

  // bad: the rows come from the head of the loop
  async sizes() {
    const sizes = new Map<string, number>();
    for (const project of await this.projects.find()) {
      const files = await this.attachments.find({ where: { task: { projectId: project.id } } }); // expect
      sizes.set(project.name, files.length);
    }
    return sizes;
  }

  // bad: a query builder per row
  async overdue(workspaceId: string) {
    const projects = await this.projects.findBy({ workspaceId });
    const found: Task[] = [];
    for (const project of projects) {
      const tasks = await this.tasks // expect
        .createQueryBuilder('task')
        .where('task.projectId = :id AND task.dueAt < now()', { id: project.id })
        .getMany();
      found.push(...tasks);
    }
    return found;
  }

  // bad: the query is in another class
  async names(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId });
    const names: string[] = [];
    for (const task of tasks) {
      if (task.assigneeId !== null) names.push(await this.directory.nameOf(task.assigneeId)); // expect
    }
    return names;
  }

  // bad: two calls away
  async load(workspaceId: string) {
    const members = await this.members.findBy({ workspaceId });
    return Promise.all(members.map(async (member) => [member.email, await this.directory.openTasksOf(member)])); // expect
  }

  // bad: the rows were read by another method of the class
  async attachmentsOfOpen(projectId: string) {
    const open = await this.openTasks(projectId);
    for (const task of open) {
      console.log(await this.attachments.findBy({ taskId: task.id })); // expect
    }
  }

  private async openTasks(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId, state: TaskState.Open });
    return tasks;
  }

  // bad: raw SQL per row
  async raw() {
    const projects = await this.projects.find();
    for (const project of projects) {
      const [row] = await this.dataSource.query('SELECT count(*) FROM tasks WHERE project_id = $1', [project.id]); // expect
      console.log(project.name, row);
    }
  }

  // bad: nested loops, one query in the inner one
  async matrix() {
    const projects = await this.projects.find();
    const members = await this.members.find();
    for (const project of projects)
      for (const member of members)
        console.log(await this.tasks.countBy({ projectId: project.id, assigneeId: member.id })); // expect
  }

  // bad: a manager in a transaction, per row
  async audit(projectId: string) {
    await this.dataSource.transaction(async (manager) => {
      const tasks = await manager.find(Task, { where: { projectId } });
      for (const task of tasks) {
        const comments = await manager.find(Comment, { where: { taskId: task.id } }); // expect
        console.log(task.number, comments.length);
      }
    });
  }

  // trap: one query with IN
  async batched(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId });
    const comments = await this.comments.findBy({ taskId: In(tasks.map(({ id }) => id)) });
    const byTask = new Map<string, Comment[]>();
    for (const comment of comments) byTask.set(comment.taskId, [...(byTask.get(comment.taskId) ?? []), comment]);
    return tasks.map((task) => ({ task, comments: byTask.get(task.id) ?? [] }));
  }

  // trap: what is loaded is only read
  async loaded(workspaceId: string) {
    const projects = await this.projects.find({ where: { workspaceId }, relations: { tasks: true } });
    for (const project of projects) console.log(project.name, project.tasks.length);
  }

  // trap: a fixed list
  async states() {
    const counts: Record<string, number> = {};
    for (const state of [TaskState.Open, TaskState.Done]) counts[state] = await this.tasks.countBy({ state });
    return counts;
  }

  // trap: paging through a table
  async *all() {
    for (let page = 0; ; page++) {
      const tasks = await this.tasks.find({ order: { id: 'ASC' }, skip: page * 500, take: 500 });
      if (tasks.length === 0) return;
      yield* tasks;
    }
  }

  // trap: batches
  async inBatches(ids: string[]) {
    const found: Task[] = [];
    for (let start = 0; start < ids.length; start += 1000)
      found.push(...(await this.tasks.findBy({ id: In(ids.slice(start, start + 1000)) })));
    return found;
  }

  // trap: polling
  async untilDone(id: string) {
    while (!(await this.tasks.existsBy({ id, state: TaskState.Done }))) {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  // trap: each name once
  async remembered(tasks: Task[]) {
    const names = new Map<string, string>();
    for (const task of tasks) {
      if (task.assigneeId === null || names.has(task.assigneeId)) continue;
      const member = await this.members.findOneByOrFail({ id: task.assigneeId });
      names.set(task.assigneeId, member.displayName);
    }
    return names;
  }

  // trap: rows are locked one by one, in order
  async lockAll(ids: string[]) {
    await this.dataSource.transaction(async (manager) => {
      const tasks = await manager.find(Task, { where: { id: In(ids) }, order: { id: 'ASC' } });
      for (const task of tasks)
        await manager.findOne(Task, { where: { id: task.id }, lock: { mode: 'pessimistic_write' } });
    });
  }

  // trap: a helper without a query
  async badges(workspaceId: string) {
    const members = await this.members.findBy({ workspaceId });
    return members.map((member) => this.directory.initials(member.displayName));
  }

  // bad: the function looks up what could be handed to it
  async taskLabels(projectId: string) {
    const tasks = await this.tasks.findBy({ projectId });
    return Promise.all(tasks.map((task) => this.directory.label(task.id))); // expect
  }

  // trap: it is handed over
  async knownLabels(projectId: string, owner: Member) {
    const tasks = await this.tasks.findBy({ projectId });
    return Promise.all(tasks.map((task) => this.directory.label(task.id, owner)));
  }

  // bad: of the options one asks for a query
  async badgesOf(workspaceId: string) {
    const members = await this.members.findBy({ workspaceId });
    for (const member of members) {
      await this.directory.badge({ memberId: member.id, member, withTasks: true }); // expect
    }
  }

  // trap: the options hand over what is known and ask for no more
  async plainBadges(workspaceId: string) {
    const members = await this.members.findBy({ workspaceId });
    for (const member of members) await this.directory.badge({ memberId: member.id, member });
  }

  // trap: what leaves the loop runs once
  async firstOverdue(tasks: Task[]) {
    for (const task of tasks) {
      if (task.dueAt !== null && task.dueAt < new Date()) {
        const comments = await this.comments.findBy({ taskId: task.id });
        return { task, comments };
      }
    }
    for (const task of tasks) {
      if (task.state === TaskState.Done) continue;
      if (task.assigneeId === null) {
        await this.members.findOneBy({ id: task.projectId });
        throw new Error('nobody');
      }
      if (task.title === '') {
        await this.labels.find();
        break;
      }
    }
    return null;
  }

  // bad: the body ends by returning, but goes on before that; an error is caught in the loop
  async firstKnown(ids: string[]) {
    for (const id of ids) {
      const member = await this.members.findOneBy({ id }); // expect
      if (!member) continue;
      return member;
    }
    for (const id of ids) {
      try {
        if (id !== '') {
          await this.projects.findOneByOrFail({ id }); // expect
          throw new Error('found');
        }
      } catch (error) {
        console.log(error);
      }
    }
    return null;
  }

  // trap: a retry
  async patiently(id: string) {
    for (let attempt = 0; attempt < 3; attempt++) {
      const task = await this.tasks.findOneBy({ id });
      if (task) return task;
    }
    return null;
  }

  // trap: what is sent is looked up and changed piece by piece
  async retitle(sent: { id: string; title: string }[]) {
    for (const each of sent) {
      const task = await this.tasks.findOneBy({ id: each.id });
      if (!task) throw new Error('unknown');
      task.title = each.title;
      await this.tasks.save(task);
    }
  }

  // trap: the first few of each of a few
  async latest(memberIds: string[]) {
    return Promise.all(memberIds.map((assigneeId) => this.tasks.find({ where: { assigneeId }, take: 3 })));
  }

  // trap: a function that keeps what it has asked for
  async titled(workspaceId: string) {
    const projects = new Map<string, Project | null>();
    const projectOf = async (id: string) => {
      if (!projects.has(id)) projects.set(id, await this.projects.findOneBy({ id }));
      return projects.get(id);
    };
    for (const task of await this.tasks.find({ where: { title: workspaceId } })) await projectOf(task.projectId);
  }
}
