/**
 * Technologies by the names people give them, the packages that bring them and the images that run them. Data only: a new
 * technology is one more line in one of the lists.
 */
import { caches } from './vocabulary/caches.ts';
import { compliance } from './vocabulary/compliance.ts';
import { databases } from './vocabulary/databases.ts';
import { frameworks } from './vocabulary/frameworks.ts';
import { integrations } from './vocabulary/integrations.ts';
import { languages } from './vocabulary/languages.ts';
import { messaging } from './vocabulary/messaging.ts';
import { orms } from './vocabulary/orms.ts';
import { security } from './vocabulary/security.ts';
import type { Technology, TechnologyCategory } from './vocabulary/technology.ts';
import { testFrameworks } from './vocabulary/testFrameworks.ts';

export type { Technology, TechnologyCategory } from './vocabulary/technology.ts';

export const vocabulary: Readonly<Record<TechnologyCategory, readonly Technology[]>> = {
  languages,
  frameworks,
  orms,
  databases,
  caches,
  messaging,
  testFrameworks,
  security,
  compliance,
  integrations,
};

export const technologies = Object.entries(vocabulary) as readonly (readonly [
  TechnologyCategory,
  readonly Technology[],
])[];

export function findTechnology(category: TechnologyCategory, id: string): Technology | undefined {
  return vocabulary[category].find((technology) => technology.id === id);
}
