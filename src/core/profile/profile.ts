/** What is known of a project beside its schema, each fact with where it came from. */
import type { Suppression } from '../schema/suppression.ts';
import type { Dialect } from '../schema/model.ts';
import type { SourceRange, TextEdit } from '../schema/source.ts';

/**
 * What kind of place says it. `code`: a data source in the program. `settings`: a settings file or a sample of the environment.
 * `manifest`: what the project depends on. `container`: a compose file. `instructions`: what people wrote.
 */
export type FactSource = 'code' | 'settings' | 'manifest' | 'container' | 'instructions';

export interface Fact<T extends string = string> {
  readonly value: T;
  /** `at.file` names the source. */
  readonly at: SourceRange;
  readonly source: FactSource;
  /** Only tests or tools need it. */
  readonly development?: true;
}

export type MeasureKind =
  | 'throughput'
  | 'latency'
  | 'availability'
  | 'recovery-point'
  | 'recovery-time'
  | 'retention'
  | 'concurrent-users'
  | 'users'
  | 'rows'
  | 'data-volume';

/** A requirement that can be measured. */
export interface Measure {
  readonly kind: MeasureKind;
  /** In `unit`. */
  readonly value: number;
  /** `requests/s`, `ms`, `%`, `s`, `days`, `users`, `rows`, `bytes`. Times are converted; rates keep the span of time they were stated in. */
  readonly unit: string;
  readonly comparison: 'at-most' | 'at-least' | 'stated';
  /** 95 of "p95 below 200 ms"; null = none is named. */
  readonly percentile: number | null;
  /** As written: `p95 < 200 ms`. */
  readonly text: string;
  readonly at: SourceRange;
}

/** The instructions name something that the project does not have, and something else stands in its place. */
export interface Contradiction {
  readonly category: 'frameworks' | 'orms' | 'databases' | 'testFrameworks';
  /** As written: `Prisma`. */
  readonly said: string;
  /** What is there instead, most reliable first: `TypeORM`. */
  readonly found: readonly { readonly label: string; readonly at: SourceRange }[];
  /** The words in the instructions. */
  readonly at: SourceRange;
  /** Puts what is there in the place of these words; null where several things are. */
  readonly edit: TextEdit | null;
}

/** A copy of the instructions for tools that do not read the original, which says something else by now. */
export interface StaleCopy {
  readonly original: string;
  readonly at: SourceRange;
  readonly edit: TextEdit;
}

/** Values are canonical lower-case ids: `nestjs`, `typeorm`, `postgresql`, `e-commerce`, `pci-dss`. */
export interface Profile {
  readonly language: string | null;
  readonly framework: string | null;
  readonly orms: readonly string[];
  readonly databases: readonly string[];
  readonly caches: readonly string[];
  readonly messaging: readonly string[];
  readonly domains: readonly string[];
  readonly security: readonly string[];
  readonly compliance: readonly string[];
  readonly testFrameworks: readonly string[];
  readonly integrations: readonly string[];
  readonly dialect: Dialect | null;
  /** In the order of the instructions. */
  readonly measures: readonly Measure[];
  readonly contradictions: readonly Contradiction[];
  readonly staleCopies: readonly StaleCopy[];
  /** Comments in instructions that switch rules off. */
  readonly suppressions: readonly { readonly file: string; readonly suppression: Suppression }[];
  readonly facts: Readonly<Record<FactCategory, readonly Fact[]>>;
}

/** The most reliable fact of a category first. */
export type FactCategory =
  | 'languages'
  | 'frameworks'
  | 'orms'
  | 'databases'
  | 'caches'
  | 'messaging'
  | 'domains'
  | 'security'
  | 'compliance'
  | 'testFrameworks'
  | 'requirements'
  | 'integrations';

/** Text of a file the profile is read from. */
export interface ProfileSource {
  readonly file: string;
  readonly text: string;
}
