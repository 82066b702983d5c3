import type { CommandPrompt } from './prompt.ts';

export const designPrompt: CommandPrompt = {
  command: 'design',
  task: `design the change of the data model that is asked for. First say in a few sentences what the tables, keys and relations are and why (grain, cardinality, history, deletion, growth), then give the entities as files in the style of the entities you are shown, both sides of every relation, with indexes for the queries that are to be expected.`,
  standardQuestion: null,
  proposes: true,
  alone: null,
  generates: null,
  next: ['migrate', 'repository'],
};
