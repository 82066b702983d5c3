import Redis from 'ioredis';
import { Repository } from 'typeorm';
import { Member, Project, Task } from './model/entities';

const hour = 3600;

export class ProjectCache {
  constructor(
    private readonly redis: Redis,
    private readonly redisCache: Redis,
    private readonly projects: Repository<Project>,
    private readonly tasks: Repository<Task>,
  ) {}

  // bad: the class is a cache, and nothing ends
  async rememberProject(project: Project) {
    await this.redis.set(`project:${project.id}`, JSON.stringify(project)); // expect
  }

  // bad: the key says that it is a cache
  async rememberTask(task: Task) {
    await this.redis.set('cache:task:' + task.id, JSON.stringify({ id: task.id, title: task.title })); // expect
  }

  // bad: only if it is not there yet, but then for ever
  async rememberOnce(project: Project) {
    await this.redis.set(`cached:${project.id}`, project.name, 'NX'); // expect
  }

  // bad: the client is the cache's
  async rememberMember(member: Member) {
    await this.redisCache.set(member.email, member.id); // expect
  }

  // trap: seconds
  async forAnHour(project: Project) {
    await this.redis.set(`project:${project.id}`, JSON.stringify(project), 'EX', hour);
  }

  // trap: options of another client
  async withOptions(project: Project) {
    await this.redis.set(`project:${project.id}`, JSON.stringify(project), { EX: 60, NX: true });
  }

  // trap: the method is about an expiry
  async withSeconds(project: Project) {
    await this.redis.setex(`project:${project.id}`, 60, JSON.stringify(project));
  }

  // trap: it expires by a call of its own
  async inTwoSteps(project: Project) {
    await this.redis.set(`project:${project.id}`, project.name);
    await this.redis.expire(`project:${project.id}`, 60);
  }

  // trap: a commented line
  async nothing(project: Project) {
    // await this.redis.set(`project:${project.id}`, project.name);
    return project.name;
  }
}

// bad: a function that says so
export async function cacheLabels(redis: Redis, labels: string[]) {
  await redis.set('labels', JSON.stringify(labels)); // expect
}

// trap: a state that is to stay
export async function markDeployed(redis: Redis, version: string) {
  await redis.set('deployed:version', version);
}

// trap: a map in memory
export function cacheInMemory(cache: Map<string, string>, key: string, value: string) {
  cache.set(key, value);
}
