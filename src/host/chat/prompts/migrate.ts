import type { CommandPrompt } from './prompt.ts';

export const migratePrompt: CommandPrompt = {
  command: 'migrate',
  task: `explain the migration that the engine has planned, which stands in the facts: what it does step by step, what it locks and for how long on a large table, what may fail on the data of today, in which order code and migration are deployed, and how it is undone. Where something may be a rename, say what speaks for it. Do not write another migration; the user generates this one with a button below your answer.`,
  standardQuestion: 'What does the next migration do, and what has to be minded?',
  proposes: false,
  alone: null,
  generates: null,
  next: ['review', 'schema'],
};
