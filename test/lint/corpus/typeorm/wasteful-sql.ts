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
  // bad: every column
  async everything() {
    return this.dataSource.query('SELECT * FROM tasks WHERE state = $1', ['open']); // expect
  }

  // bad: every column of one of them
  async joined() {
    return this.dataSource.query('select t.* from tasks t join projects p on p.id = t.project_id'); // expect
  }

  // bad: one by chance
  async chance() {
    return this.dataSource.query('SELECT id FROM members ORDER BY random() LIMIT 1'); // expect
  }

  // bad: in the way of MySQL
  async mysql() {
    return this.dataSource.query('SELECT id FROM members ORDER BY RAND() LIMIT 3'); // expect
  }

  // bad: whatever the columns are
  async insert(name: string) {
    await this.dataSource.query('INSERT INTO labels VALUES ($1, $2)', [name, '#fff']); // expect
  }

  // trap: rows are counted
  async count() {
    return this.dataSource.query('SELECT count(*) FROM tasks');
  }

  // trap: behind EXISTS no column is read
  async exists() {
    return this.dataSource.query('SELECT id FROM projects p WHERE EXISTS (SELECT * FROM tasks t WHERE t.project_id = p.id)');
  }

  // trap: a text that speaks of it
  async text() {
    return this.dataSource.query("SELECT id FROM comments WHERE body = 'SELECT * FROM x ORDER BY RANDOM()'");
  }

  // trap: what is multiplied
  async product() {
    return this.dataSource.query('SELECT number * 2 FROM tasks ORDER BY number');
  }

  // trap: with its columns
  async named(name: string) {
    await this.dataSource.query('INSERT INTO labels (name, colour) VALUES ($1, $2)', [name, '#fff']);
  }

  // trap: the ORM names them
  async orm() {
    return this.tasks.find({ where: { state: TaskState.Open } });
  }
}
