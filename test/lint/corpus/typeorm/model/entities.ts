import {
  AfterRemove,
  Column,
  CreateDateColumn,
  DeleteDateColumn,
  Entity,
  Index,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  Unique,
  VersionColumn,
} from 'typeorm';

export enum TaskState {
  Open = 'open',
  Done = 'done',
}

@Entity('workspaces')
export class Workspace {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ unique: true })
  slug: string;

  @Column({ length: 80 })
  name: string;

  @OneToMany(() => Project, (project) => project.workspace)
  projects: Project[];

  @OneToMany(() => Member, (member) => member.workspace)
  members: Member[];
}

@Entity('members')
@Unique(['workspaceId', 'email'])
export class Member {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'workspace_id' })
  workspaceId: string;

  @ManyToOne(() => Workspace, (workspace) => workspace.members)
  @JoinColumn({ name: 'workspace_id' })
  workspace: Workspace;

  @Column({ length: 120 })
  email: string;

  @Column({ length: 80 })
  displayName: string;

  @OneToMany(() => Task, (task) => task.assignee)
  tasks: Promise<Task[]>;
}

@Entity('projects')
@Index(['workspaceId', 'name'])
export class Project {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'workspace_id' })
  workspaceId: string;

  @ManyToOne(() => Workspace, (workspace) => workspace.projects)
  @JoinColumn({ name: 'workspace_id' })
  workspace: Workspace;

  @Column({ length: 120 })
  name: string;

  @OneToMany(() => Task, (task) => task.project)
  tasks: Task[];

  @ManyToMany(() => Label)
  @JoinTable({ name: 'project_labels' })
  labels: Label[];

  @DeleteDateColumn({ type: 'timestamptz' })
  deletedAt: Date | null;
}

@Entity('tasks')
@Index(['projectId', 'number'], { unique: true })
export class Task {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'project_id' })
  projectId: string;

  @ManyToOne(() => Project, (project) => project.tasks)
  @JoinColumn({ name: 'project_id' })
  project: Project;

  @Column()
  number: number;

  @Column({ length: 200 })
  title: string;

  @Column({ type: 'enum', enum: TaskState, default: TaskState.Open })
  state: TaskState;

  @Index()
  @Column('uuid', { name: 'assignee_id', nullable: true })
  assigneeId: string | null;

  @ManyToOne(() => Member, (member) => member.tasks)
  @JoinColumn({ name: 'assignee_id' })
  assignee: Promise<Member | null>;

  @OneToMany(() => Comment, (comment) => comment.task)
  comments: Comment[];

  @OneToMany(() => Attachment, (attachment) => attachment.task)
  attachments: Attachment[];

  @Index()
  @Column('timestamptz', { nullable: true })
  dueAt: Date | null;

  @VersionColumn()
  version: number;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}

@Entity('comments')
export class Comment {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index()
  @Column('uuid', { name: 'task_id' })
  taskId: string;

  @ManyToOne(() => Task, (task) => task.comments, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'task_id' })
  task: Task;

  @Column('text')
  body: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}

@Entity('attachments')
export class Attachment {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index()
  @Column('uuid', { name: 'task_id' })
  taskId: string;

  @ManyToOne(() => Task, (task) => task.attachments, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'task_id' })
  task: Task;

  @Column()
  fileName: string;

  @Column('bigint')
  size: string;
}

@Entity('labels')
export class Label {
  @PrimaryColumn()
  name: string;

  @Column({ length: 7 })
  colour: string;

  @AfterRemove()
  forgetColour() {
    colours.delete(this.name);
  }
}

export const colours = new Map<string, string>();
