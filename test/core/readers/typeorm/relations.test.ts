import assert from 'node:assert/strict';
import { analyzeFiles } from '../../../support/analyze.ts';

describe('TypeORM relations across files', () => {
  it('lead to what a module gives in place, as entities do that import each other in a circle', async () => {
    const { schema } = await analyzeFiles(
      {
        'package.json': '{ "dependencies": { "typeorm": "0.3.20" } }',
        'src/message.ts': `import { Entity, OneToMany, PrimaryColumn } from 'typeorm';
@Entity('messages') export class Message {
  @PrimaryColumn() id: string;
  @OneToMany(() => require('./attachment').Attachment, (each: import('./attachment').Attachment) => each.message)
  attachments: unknown[];
}`,
        'src/attachment.ts': `import { Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
@Entity('attachments') export class Attachment {
  @PrimaryColumn() id: string;
  @JoinColumn({ name: 'message_id' })
  @ManyToOne(() => require("./message").Message, (message: import("./message").Message) => message.attachments, { onDelete: 'CASCADE' })
  message: import("./message").Message;
}`,
      },
      'postgresql',
    );
    assert.deepEqual(schema.problems, []);
    assert.deepEqual(
      schema.tables.map(({ name, foreignKeys, relations }) => [
        name,
        ...foreignKeys.map(({ columns, references }) => `${columns.join()} → ${references.table}`),
        ...relations.map(({ property, kind, target }) => `${property} ${kind} ${target}`),
      ]),
      [
        ['attachments', 'message_id → messages', 'message many-to-one messages'],
        ['messages', 'attachments one-to-many attachments'],
      ],
    );
  });
});
