import type { CommandPrompt } from './prompt.ts';

export const freePrompt: CommandPrompt = {
  command: null,
  task: `answer the question.`,
  standardQuestion: null,
  proposes: true,
  alone: null,
  generates: null,
  next: ['schema', 'review'],
};
