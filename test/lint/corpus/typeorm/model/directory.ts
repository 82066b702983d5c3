import { Repository } from 'typeorm';
import { Member, Task } from './entities';

export class Directory {
  constructor(
    private readonly members: Repository<Member>,
    private readonly tasks: Repository<Task>,
  ) {}

  async nameOf(memberId: string): Promise<string> {
    const member = await this.members.findOneByOrFail({ id: memberId });
    return member.displayName;
  }

  async openTasksOf(member: Member): Promise<number> {
    return this.count(member.id);
  }

  private count(assigneeId: string): Promise<number> {
    return this.tasks.countBy({ assigneeId });
  }

  /** Looks up what it is not given. */
  async label(taskId: string, known?: Member): Promise<string> {
    const member = known ?? (await this.members.findOneByOrFail({ id: taskId }));
    return `${member.displayName} (${taskId})`;
  }

  async badge({ memberId, member, withTasks }: Badge): Promise<string> {
    const found = member === undefined ? await this.members.findOneByOrFail({ id: memberId }) : member;
    if (!withTasks) return found.displayName;
    return `${found.displayName}: ${await this.count(memberId)}`;
  }

  initials(name: string): string {
    return name
      .split(' ')
      .map((part) => part[0])
      .join('');
  }
}

export interface Badge {
  readonly memberId: string;
  readonly member?: Member;
  readonly withTasks?: boolean;
}
