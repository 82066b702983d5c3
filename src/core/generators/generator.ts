/**
 * Turns tables of the schema into code of the application around them: repository, service, DTOs, endpoints, tests.
 * One folder per target (`nestjs`, `express`); `registry.ts` lists them and `generate.ts` chooses by the profile.
 */
import type { Profile } from '../profile/profile.ts';
import type { Dialect, Schema } from '../schema/model.ts';
import type { TextEdit } from '../schema/source.ts';
import type { Syntax } from '../syntax/syntax.ts';

export const layers = ['repository', 'service', 'dto', 'endpoint', 'test'] as const;

export type Layer = (typeof layers)[number];

/** The project's own files, to follow their style and to see what exists already. Paths are relative to the project's root. */
export interface ProjectFiles {
  /** Every source file, manifest and configuration file of the project, sorted by code unit. */
  readonly paths: readonly string[];
  /** Null where the file does not exist or cannot be read. Open buffers win over the disk. */
  read(path: string): string | null;
}

export interface GenerateRequest {
  readonly schema: Schema;
  readonly profile: Profile;
  readonly dialect: Dialect | null;
  readonly files: ProjectFiles;
  /** Root of the project relative to the analysed directory, which positions in the schema are relative to; absent = the same. */
  readonly root?: string;
  /** With the grammar `typescript` loaded. */
  readonly syntax: Syntax;
  /** Entity names (`Order`) or physical table names; tables that no entity stands for cannot be asked for. */
  readonly entities: readonly string[];
  readonly layers: readonly Layer[];
}

export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** What is to be added to a file that exists: an import and a registration, never a change of what stands there. */
export interface FileEdits {
  readonly path: string;
  readonly edits: readonly TextEdit[];
  /** In words, for the preview: `Register OrdersRepository in OrdersModule`. */
  readonly label: string;
}

/** A file that would have been written but is there already; it is left as it is. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

export type GenerateResult =
  | {
      readonly ok: true;
      readonly files: readonly NewFile[];
      readonly edits: readonly FileEdits[];
      readonly skipped: readonly SkippedFile[];
      /** What the user has to do or to know: a package to install, a guard that was not found. */
      readonly notes: readonly string[];
    }
  /** Why not, in a sentence for the user. */
  | { readonly ok: false; readonly reason: string };

/** One stack's generator. */
export interface Generator {
  /** `nestjs-typeorm`, `express-typeorm`. */
  readonly id: string;
  /** As the user is told: `NestJS with TypeORM`. */
  readonly label: string;
  /** Whether it can serve the project. */
  matches(profile: Profile): boolean;
  generate(request: GenerateRequest): Promise<GenerateResult>;
}
