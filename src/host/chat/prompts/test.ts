import type { CommandPrompt } from './prompt.ts';

export const testPrompt: CommandPrompt = {
  command: 'test',
  task: `write tests for what is asked for, with the test framework of the project: the cases that matter (constraints, paging under inserts, concurrent change, empty and large input), factories for rows, and an assertion on the number of queries where lists are loaded. Where the engine's own code stands in the facts, start from it.`,
  standardQuestion: null,
  proposes: true,
  alone: null,
  generates: 'test',
  next: ['review', 'secure'],
};
