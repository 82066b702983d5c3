import type { ChatCommand } from '../../../core/chat/command.ts';
import { designPrompt } from './design.ts';
import { dtoPrompt } from './dto.ts';
import { endpointPrompt } from './endpoint.ts';
import { freePrompt } from './free.ts';
import { indexPrompt } from './index.ts';
import { migratePrompt } from './migrate.ts';
import { optimizePrompt } from './optimize.ts';
import type { CommandPrompt } from './prompt.ts';
import { repositoryPrompt } from './repository.ts';
import { reviewPrompt } from './review.ts';
import { schemaPrompt } from './schema.ts';
import { securePrompt } from './secure.ts';
import { testPrompt } from './test.ts';

const prompts: Readonly<Record<ChatCommand, CommandPrompt>> = {
  design: designPrompt,
  dto: dtoPrompt,
  endpoint: endpointPrompt,
  index: indexPrompt,
  migrate: migratePrompt,
  optimize: optimizePrompt,
  repository: repositoryPrompt,
  review: reviewPrompt,
  schema: schemaPrompt,
  secure: securePrompt,
  test: testPrompt,
};

/** @param command null = a free question */
export function promptFor(command: ChatCommand | null): CommandPrompt {
  return command === null ? freePrompt : prompts[command];
}
