import { Column, Entity, Index, PrimaryGeneratedColumn, Between, DataSource, EntityManager, ILike, In, IsNull, LessThan, Like, MoreThan, Not, QueryRunner, Repository } from 'typeorm';
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

  // bad: see the column in the entities below
  async byColour(colour: string) {
    return this.swatches.findBy({ colour });
  }

  // bad: two columns together
  async byMaker(maker: string, series: string) {
    return this.swatches.createQueryBuilder('s').where('s.maker = :maker AND s.series = :series', { maker, series }).getMany();
  }

  // bad: in raw SQL
  async byShelf(shelf: string) {
    return this.dataSource.query('SELECT id FROM swatches WHERE shelf = $1', [shelf]);
  }

  // bad: a list of values
  async byCodes(codes: string[]) {
    return this.swatches.findBy({ code: In(codes) });
  }

  // bad: an update by it
  async retire(batch: string) {
    await this.swatches.update({ batch }, { retired: true });
  }

  // trap: the primary key
  async one(id: string) {
    return this.swatches.findOneBy({ id });
  }

  // trap: an index leads with it
  async byPalette(palette: string) {
    return this.swatches.findBy({ palette, finish: 'matt' });
  }

  // trap: only true or false
  async retired() {
    return this.swatches.findBy({ retired: true });
  }

  // trap: unique already
  async byName(name: string) {
    return this.swatches.findOneBy({ name });
  }

  // trap: within a row that is found by its key
  async check(id: string, finish: string) {
    return this.swatches.existsBy({ id, finish });
  }

  private readonly swatches: Repository<Swatch>;
}

@Entity('swatches')
@Index(['palette', 'finish'])
export class Swatch {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ unique: true })
  name: string;

  @Column()
  colour: string; // expect

  @Column()
  maker: string; // expect

  @Column()
  series: string;

  @Column()
  shelf: string; // expect

  @Column()
  code: string; // expect

  @Column()
  batch: string; // expect

  @Column()
  palette: string;

  @Column()
  finish: string;

  @Column()
  retired: boolean;
}
