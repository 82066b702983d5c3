/** What the workspace yields after each change: immutable, and the same for the same files whatever came before. */
import type { Dialect, Schema } from '../schema/model.ts';
import type { Problem } from '../schema/source.ts';
import type { Profile } from '../profile/profile.ts';

export interface Project {
  /** Folder of the project relative to the analysed directory; '' = that directory. */
  readonly root: string;
  readonly dialect: Dialect | null;
  readonly profile: Profile;
  readonly schema: Schema;
  /** Parsed `.data-engineer.json`. */
  readonly settings: ProjectSettings;
}

/** `.data-engineer.json` at the project's root; its JSON schema is `media/data-engineer.schema.json`. */
export interface ProjectSettings {
  readonly dialect: Dialect | null;
  readonly rules: Readonly<Record<string, 'off' | 'info' | 'warning' | 'error'>>;
  /** Globs relative to the project's root that are not read. */
  readonly exclude: readonly string[];
  /** `table.column` → kind, or `none` where the model's own judgement is wrong. */
  readonly classification: Readonly<Record<string, 'pii' | 'phi' | 'pan' | 'secret' | 'none'>>;
  readonly suppressions: readonly { readonly rule: string; readonly table?: string; readonly reason?: string }[];
}

export interface Snapshot {
  /** Sorted by root. Projects without a table, a data source or instructions are left out. */
  readonly projects: readonly Project[];
  /** Problems that belong to no project (unreadable files outside one). */
  readonly problems: readonly Problem[];
}
