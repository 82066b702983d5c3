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

  // bad: a value in a template
  async byTitle(title: string) {
    return this.dataSource.query(`SELECT * FROM tasks WHERE title = '${title}'`); // expect
  }

  // bad: concatenated
  async byState(filter: { state: string }) {
    return this.dataSource.query("SELECT id FROM tasks WHERE state = '" + filter.state + "'"); // expect
  }

  // bad: inside of a builder's condition
  async search(term: string) {
    return this.tasks.createQueryBuilder('t').where(`t.title ILIKE '%${term}%'`).getMany(); // expect
  }

  // bad: the caller orders
  async sorted(column: string, direction: string) {
    return this.dataSource.query(`SELECT id, title FROM tasks ORDER BY title ${direction} LIMIT 20`); // expect
  }

  // bad: an update
  async retitle(id: string, title: string) {
    await this.dataSource.query(`UPDATE tasks SET title = '${title}' WHERE id = $1`, [id]); // expect
  }

  // bad: a list of values joined into the text
  async byNames(names: string[]) {
    return this.tasks.createQueryBuilder('t').where(`t.title IN ('${names.join("','")}')`).getMany(); // expect
  }

  // trap: bound
  async bound(title: string) {
    return this.dataSource.query('SELECT * FROM tasks WHERE title = $1', [title]);
  }

  // trap: bound by name
  async boundByName(term: string) {
    return this.tasks.createQueryBuilder('t').where('t.title ILIKE :term', { term: `%${term}%` }).getMany();
  }

  // trap: an enum member
  async open() {
    return this.dataSource.query(`SELECT id FROM tasks WHERE state = '${TaskState.Open}'`);
  }

  // trap: a number
  async top(limit: number) {
    return this.dataSource.query(`SELECT id FROM tasks ORDER BY created_at DESC LIMIT ${limit}`);
  }

  // trap: one of two words
  async ordered(direction: 'ASC' | 'DESC') {
    return this.dataSource.query(`SELECT id FROM tasks ORDER BY created_at ${direction}`);
  }

  // trap: placeholders
  async byIds(ids: string[]) {
    const placeholders = ids.map((_, index) => `$${index + 1}`).join(', ');
    return this.dataSource.query(`SELECT id FROM tasks WHERE id IN (${placeholders})`, ids);
  }

  // trap: the ORM's own name of the table
  async rows() {
    return this.dataSource.query(`SELECT count(*) FROM ${this.tasks.metadata.tablePath}`);
  }

  // trap: a subquery of the builder
  async withComments() {
    const subQuery = this.comments.createQueryBuilder('c').select('c.taskId').getQuery();
    return this.tasks.createQueryBuilder('t').where(`t.id IN (${subQuery})`).getMany();
  }

  // trap: a constant
  async recent() {
    const DAYS = 30;
    return this.dataSource.query(`SELECT id FROM tasks WHERE created_at > now() - interval '${DAYS} days'`);
  }
}
