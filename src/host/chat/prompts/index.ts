import type { CommandPrompt } from './prompt.ts';

export const indexPrompt: CommandPrompt = {
  command: 'index',
  task: `say which indexes the queries of this project need and which it can do without. Rest every index on a query you are shown, name the query's place, and choose the order of columns by equality, then sorting, then range. Weigh what an index costs on writes. Give an index as SQL (CREATE INDEX) unless the entity has to change otherwise.`,
  standardQuestion: 'Which indexes are missing, and which are of no use?',
  proposes: true,
  alone: 'indexes',
  generates: null,
  next: ['optimize', 'migrate'],
};
