import type { CommandPrompt } from './prompt.ts';

export const schemaPrompt: CommandPrompt = {
  command: 'schema',
  task: `explain the part of the schema the question is about: what each table holds, how the tables hang together, which keys, constraints and indexes matter, and what a reader would get wrong. Begin with one sentence that answers the question.`,
  standardQuestion: 'What is in this schema, and how does it hang together?',
  proposes: false,
  alone: 'schema',
  generates: null,
  next: ['review', 'index'],
};
