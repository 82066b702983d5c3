/** What is known of a project beside its schema, each fact with where it came from. */
import type { Dialect } from '../schema/model.ts';
import type { SourceRange } from '../schema/source.ts';

export interface Fact<T extends string = string> {
  readonly value: T;
  /** `at.file` names the source: instructions, manifest, data source. */
  readonly at: SourceRange;
}

/** Values are canonical lower-case ids: `nestjs`, `typeorm`, `postgresql`, `e-commerce`, `pci-dss`. */
export interface Profile {
  readonly language: string | null;
  readonly framework: string | null;
  readonly orms: readonly string[];
  readonly databases: readonly string[];
  readonly domains: readonly string[];
  readonly compliance: readonly string[];
  readonly testFrameworks: readonly string[];
  readonly dialect: Dialect | null;
  readonly facts: {
    readonly languages: readonly Fact[];
    readonly frameworks: readonly Fact[];
    readonly orms: readonly Fact[];
    readonly databases: readonly Fact[];
    readonly domains: readonly Fact[];
    readonly compliance: readonly Fact[];
    readonly testFrameworks: readonly Fact[];
    readonly requirements: readonly Fact[];
    readonly integrations: readonly Fact[];
  };
}

/** Text of a file the profile is read from. */
export interface ProfileSource {
  readonly file: string;
  readonly text: string;
}
