import type { CommandPrompt } from './prompt.ts';

export const dtoPrompt: CommandPrompt = {
  command: 'dto',
  task: `write the DTOs of the entity that is asked for: create, update, query, response. Take lengths, required fields and enum values from the columns. No id, no audit column, no generated value and no classified column comes in by a request; no credential goes out in a response. Where the engine's own code stands in the facts, start from it and change only what the question asks for.`,
  standardQuestion: null,
  proposes: true,
  alone: null,
  generates: 'dto',
  next: ['endpoint', 'test'],
};
