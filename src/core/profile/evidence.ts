/** What one place says, before all places are weighed against each other. */
import type { SourceRange } from '../schema/source.ts';
import type { FactCategory } from './profile.ts';

export type EvidenceCategory = FactCategory;

/**
 * Where a statement comes from, most reliable first: a data source in code, a settings file or a sample of the environment, what
 * the application depends on at run time, the containers it is started with, what people wrote, what only tests or development use, what people wrote off.
 */
export const weights = {
  dataSource: 0,
  settings: 1,
  dependency: 2,
  container: 3,
  instructions: 4,
  development: 5,
  rejected: 6,
} as const;

export interface Evidence {
  readonly category: EvidenceCategory;
  readonly id: string;
  readonly weight: (typeof weights)[keyof typeof weights];
  readonly at: SourceRange;
}
