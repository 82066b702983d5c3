import type { CommandPrompt } from './prompt.ts';

export const optimizePrompt: CommandPrompt = {
  command: 'optimize',
  task: `make the queries faster: queries in loops, rows loaded and thrown away, missing limits, offset paging, look-ups without an index, transactions held too long. Say for each what it costs now and what the change saves, with its place. Give a changed file whole, or the query as SQL.`,
  standardQuestion: 'Which queries cost most, and how are they made faster?',
  proposes: true,
  alone: 'queries',
  generates: null,
  next: ['index', 'test'],
};
