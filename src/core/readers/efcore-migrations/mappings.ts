import type { Designer } from '../../migrations/efcore/designer.ts';
import type { Dialect } from '../../schema/model.ts';
import type { Fragment } from '../reader.ts';
import type { FileDeclarations } from '../shared/csharp/declarations.ts';

/** What is kept of a migration or of its designer file. */
export interface EfMigrationMappings {
  /** Null of designer files. */
  readonly declarations: FileDeclarations | null;
  readonly designer: Designer | null;
  /** What its annotations and types are of; null = they do not say. */
  readonly engine: Dialect | null;
  readonly reversible: boolean | null;
  readonly inTransaction: boolean;
}

export type EfFragment = Fragment<EfMigrationMappings>;
