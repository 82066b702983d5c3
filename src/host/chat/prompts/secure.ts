import type { CommandPrompt } from './prompt.ts';

export const securePrompt: CommandPrompt = {
  command: 'secure',
  task: `review the security of the data: classified columns that leave the server or are stored in the clear, endpoints without a guard, SQL put together from values, mass assignment, missing audit, erasure and retention, least privilege of the database user. Rest each point on a place. Where a standard of the project's compliance applies, name the requirement. Propose code only for what you are sure of.`,
  standardQuestion: 'Is the data of this project protected, and what is missing?',
  proposes: true,
  alone: 'security',
  generates: null,
  next: ['review', 'endpoint'],
};
