/** What one place says, before all places are weighed against each other. */
import type { SourceRange } from '../schema/source.ts';
import type { TechnologyCategory } from './vocabulary.ts';

export type EvidenceCategory = TechnologyCategory | 'domains' | 'requirements';

/**
 * Where a statement comes from, most reliable first: a data source in code, what the application depends on at run time, the
 * containers it is started with, what people wrote, what only tests or development use, what people wrote off.
 */
export const weights = {
  dataSource: 0,
  dependency: 1,
  container: 2,
  instructions: 3,
  development: 4,
  rejected: 5,
} as const;

export interface Evidence {
  readonly category: EvidenceCategory;
  readonly id: string;
  readonly weight: (typeof weights)[keyof typeof weights];
  readonly at: SourceRange;
}
