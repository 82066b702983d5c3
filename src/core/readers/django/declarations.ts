/** What a fragment keeps of a file: its declarations, and what its own fields tell Django in code that is not evaluated. */
import type { PyModule } from '../shared/python/declarations.ts';

export interface DjangoMappings {
  readonly module: PyModule;
  /** By name of the class. */
  readonly fieldClasses: Readonly<Record<string, FieldClass>>;
}

/** A class of the project that is a field. */
export interface FieldClass {
  /** Options its constructor sets: source of the value by name. */
  readonly defaults: Readonly<Record<string, string>>;
  /** What `db_type` and `get_internal_type` return, where that is a literal. */
  readonly dbType: string | null;
  readonly internalType: string | null;
}
