/** Code around entities, between server and host. */
import type { Layer } from '../core/generators/generator.ts';
import type { SourceRange } from '../core/schema/source.ts';

export type { Layer };

export interface GenerateParams {
  /** URI of the project's root, as `ProjectSummary.id`. */
  readonly project: string;
  /** Entity names or physical table names. */
  readonly entities: readonly string[];
  readonly layers: readonly Layer[];
}

export interface GeneratedFile {
  readonly uri: string;
  /** Relative to the project's root, for people. */
  readonly path: string;
  readonly text: string;
}

/** Positions count from 0, as the editor's do. */
export interface GeneratedEdit {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly newText: string;
}

export interface GeneratedEdits {
  readonly uri: string;
  readonly path: string;
  /** `Register OrdersRepository in OrdersModule`. */
  readonly label: string;
  readonly edits: readonly GeneratedEdit[];
  /** Text that the edits were made for: they are worth nothing for another. */
  readonly base: string;
}

export interface SkippedCode {
  readonly path: string;
  readonly reason: string;
}

export type GenerateReply =
  | {
      readonly ok: true;
      readonly files: readonly GeneratedFile[];
      readonly edits: readonly GeneratedEdits[];
      readonly skipped: readonly SkippedCode[];
      readonly notes: readonly string[];
    }
  /** In a sentence for the user. */
  | { readonly ok: false; readonly reason: string };

/** A table that an entity stands for. */
export interface EntityRow {
  readonly entity: string;
  /** As `showDiagram` takes it. */
  readonly table: string;
  /** Folder of its file, relative to the project's root. */
  readonly folder: string;
  /** The entity, with an absolute URI in `file`. */
  readonly at: SourceRange;
}

export interface EntityPlace {
  readonly project: string;
  readonly entity: string;
}
