import type { CommandPrompt } from './prompt.ts';

export const endpointPrompt: CommandPrompt = {
  command: 'endpoint',
  task: `write the REST endpoints of the entity that is asked for, in the style of the controllers that are there: right status codes, one shape for errors, paging, guards and roles. Where the engine's own code stands in the facts, start from it and change only what the question asks for.`,
  standardQuestion: null,
  proposes: true,
  alone: null,
  generates: 'endpoint',
  next: ['test', 'secure'],
};
