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
    private readonly redisClient: Redis,
    private readonly documentClient: DocumentClient,
  ) {}
  // bad: all keys
  async keys(redis: Redis) {
    return redis.keys('session:*'); // expect
  }

  // bad: by a field
  async field() {
    await this.redisClient.keys('*'); // expect
  }

  // bad: every item
  async scan() {
    return this.documentClient.scan({ TableName: 'orders' }).promise(); // expect
  }

  // bad: all nodes
  async filtering() {
    return this.dataSource.query("SELECT id FROM tasks WHERE state = 'x' ALLOW FILTERING"); // expect
  }

  // bad: everything is thrown away
  async flush(redis: Redis) {
    await redis.flushall(); // expect
  }

  // trap: a cursor
  async cursor(redis: Redis) {
    return redis.scan('0', 'MATCH', 'session:*');
  }

  // trap: one key
  async one(redis: Redis, id: string) {
    return redis.get(`session:${id}`);
  }

  // trap: keys of an object
  async object(settings: object) {
    return Object.keys(settings);
  }

  // trap: keys of a map
  async map(known: Map<string, string>) {
    return [...known.keys()];
  }

  // trap: by a key
  async query(id: string) {
    return this.documentClient.query({ TableName: 'orders', KeyConditionExpression: 'id = :id' }).promise();
  }

  // trap: a scanner of something else
  async scanner(scanner: Scanner) {
    return scanner.scan('code');
  }
}
