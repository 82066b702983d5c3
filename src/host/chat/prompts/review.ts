import type { CommandPrompt } from './prompt.ts';

export const reviewPrompt: CommandPrompt = {
  command: 'review',
  task: `review the data model. Take the findings of the rules as facts, weigh them for this project, and add what rules cannot see: wrong grain, missing constraints, columns that belong elsewhere, types that will not hold, history that is lost. Order by what will hurt most, each with the table, the consequence and the change. Propose code only for what you are sure of.`,
  standardQuestion: 'What is wrong with this data model, and what should be changed first?',
  proposes: true,
  alone: 'review',
  generates: null,
  next: ['index', 'secure'],
};
