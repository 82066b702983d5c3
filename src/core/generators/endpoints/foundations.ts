import type { EntityPlan } from '../shared/entityPlan.ts';

/** What the endpoints of an entity are built on, where the file of that name is something else; null = nothing is in the way. */
export function foreignBelow({ files }: EntityPlan): string | null {
  const { repository, service, createDto, updateDto, queryDto, responseDto, answerDto } = files;
  const below = [repository, service, createDto, updateDto, queryDto, responseDto, answerDto];
  const found = below.find(({ state }) => state === 'foreign');
  return found ? `${found.name} in ${found.path}, which is there already and is something else` : null;
}
