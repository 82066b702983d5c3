import { Repository } from 'typeorm';
import { Comment, Member } from './entities';

export interface MailProvider {
  send(to: string, text: string): Promise<void>;
}

export class Post {
  constructor(
    private readonly comments: Repository<Comment>,
    private readonly mailProvider: MailProvider,
  ) {}

  async deliver(member: Member): Promise<void> {
    await this.mailProvider.send(member.email, 'hello');
    await this.note(member);
  }

  async note({ displayName }: Member): Promise<void> {
    await this.comments.insert({ body: displayName });
  }
}
