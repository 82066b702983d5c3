import { Between, DataSource, EntityManager, ILike, In, IsNull, LessThan, Like, MoreThan, Not, QueryRunner, Repository } from 'typeorm';
import { HttpService } from '@nestjs/axios';
import axios from 'axios';
import { MailerService } from '@nestjs-modules/mailer';
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
    private readonly mailer: MailerService,
    private readonly httpService: HttpService,
  ) {}
  // bad: fetched while the rows are locked
  async verify(id: string) {
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Task, { id }, { state: TaskState.Done });
      await fetch('https://hooks.example/done', { method: 'POST' }); // expect
    });
  }

  // bad: by a well-known client
  async notify(id: string) {
    await this.dataSource.transaction(async (manager) => {
      await manager.delete(Task, { id });
      await axios.post('https://hooks.example/gone', { id }); // expect
    });
  }

  // bad: a mail that cannot be taken back
  async invite(email: string, workspaceId: string) {
    await this.dataSource.transaction(async (manager) => {
      await manager.insert(Member, { email, workspaceId, displayName: email });
      await this.mailer.sendMail({ to: email }); // expect
    });
  }

  // bad: in a loop
  async all(ids: string[]) {
    await this.dataSource.transaction('SERIALIZABLE', async (manager) => {
      for (const id of ids) await fetch(`https://hooks.example/${id}`); // expect
      await manager.delete(Task, ids);
    });
  }

  // bad: NestJS's own client
  async nest(id: string) {
    await this.dataSource.manager.transaction(async (manager) => {
      await manager.delete(Project, { id });
      await this.httpService.post('https://hooks.example', { id }); // expect
    });
  }

  // trap: before it begins
  async before(id: string) {
    const answer = await fetch('https://hooks.example');
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Task, { id }, { title: answer.statusText });
    });
  }

  // trap: once it is through
  async after(id: string) {
    await this.dataSource.transaction(async (manager) => {
      await manager.delete(Task, { id });
    });
    await axios.post('https://hooks.example/gone', { id });
  }

  // trap: no transaction at all
  async none() {
    return fetch('https://hooks.example');
  }

  // trap: a method of our own that happens to fetch rows
  async rows(id: string) {
    await this.dataSource.transaction(async (manager) => {
      const project = await manager.findOneByOrFail(Project, { id });
      await this.directory.openTasksOf(project as never);
    });
  }

  // trap: a map has a get and a delete
  async map(cache: Map<string, string>, id: string) {
    await this.dataSource.transaction(async (manager) => {
      cache.delete(id);
      await manager.delete(Task, { id: cache.get(id) });
    });
  }
}
