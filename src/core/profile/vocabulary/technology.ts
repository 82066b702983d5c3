import type { Dialect } from '../../schema/model.ts';

export type TechnologyCategory =
  | 'languages'
  | 'frameworks'
  | 'orms'
  | 'databases'
  | 'caches'
  | 'messaging'
  | 'testFrameworks'
  | 'security'
  | 'compliance'
  | 'integrations';

export interface Technology {
  readonly id: string;
  /** As people write it: `PostgreSQL`. */
  readonly label: string;
  /** Names in prose, lower case; letters, digits and inner dots, dashes or spaces. A dash or space matches either or none. */
  readonly names: readonly string[];
  /**
   * Names that are everyday words as well (`express`, `spring`): they count only capitalised or in code, and only under a heading about
   * technology, behind a label (`Framework: Express`) or beside another technology.
   */
  readonly everyday?: readonly string[];
  /**
   * npm packages, exact or with a trailing `*`; of other registries with their name in front: `pypi:fastapi`, `maven:hibernate-core`,
   * `nuget:dapper`.
   */
  readonly packages?: readonly string[];
  /** Container images without registry and tag. */
  readonly images?: readonly string[];
  /** Schemes of connection URLs, `jdbc:` left out: `postgres`, `mongodb+srv`. */
  readonly schemes?: readonly string[];
  /** Engine whose DDL is read and written; absent = none of ours. */
  readonly dialect?: Dialect;
  /** Other technologies that this one implies when a text names it: `django` the framework brings its ORM. */
  readonly implies?: readonly { readonly category: TechnologyCategory; readonly id: string }[];
}
