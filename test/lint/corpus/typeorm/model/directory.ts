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

  initials(name: string): string {
    return name
      .split(' ')
      .map((part) => part[0])
      .join('');
  }
}
