import type { CommandPrompt } from './prompt.ts';

export const repositoryPrompt: CommandPrompt = {
  command: 'repository',
  task: `write the repository (data access class) of the entity that is asked for, in the style of the project: typed filters, a whitelist for sorting, paging with a limit, relations loaded without a query per row, soft delete and optimistic lock where the entity has the columns, broken constraints turned into errors that the caller understands. Where the engine's own code stands in the facts, start from it and change only what the question asks for.`,
  standardQuestion: null,
  proposes: true,
  alone: null,
  generates: 'repository',
  next: ['dto', 'test'],
};
