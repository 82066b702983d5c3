/** What the generator of one layer gives for one entity; `assemble.ts` puts all of them together. */
import type { FileEdits } from '../generator.ts';
import type { EntityPlan, NamedFile } from './entityPlan.ts';
import type { ProjectPlan } from './project.ts';

/** A file as its generator wrote it: two spaces, single quotes, semicolons, lines as long as they come. Laid out later. */
export interface Draft {
  readonly path: string;
  readonly text: string;
}

/** A class that a NestJS module has to be told of; a `filter` is provided as `APP_FILTER` by the root module. */
export interface Registration {
  readonly kind: 'provider' | 'controller' | 'entity' | 'filter';
  /** Folder whose module it belongs into; the nearest module above is taken where that has none. */
  readonly folder: string;
  readonly class: NamedFile;
  /** Other modules may inject it. */
  readonly exported: boolean;
}

export interface LayerOutput {
  /** In any order; drafts of the same path are the same and are written once. */
  readonly drafts: readonly Draft[];
  readonly registrations: readonly Registration[];
  /** Of files that are no modules: an application that mounts a router. Several of one file are merged. */
  readonly edits?: readonly FileEdits[];
  /** Files that are not written, with the reason. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

export type LayerGenerator = (project: ProjectPlan, entity: EntityPlan) => LayerOutput;

export const nothing: LayerOutput = { drafts: [], registrations: [], skipped: [], notes: [] };

export function combine(outputs: readonly LayerOutput[]): LayerOutput {
  return {
    drafts: outputs.flatMap(({ drafts }) => drafts),
    registrations: outputs.flatMap(({ registrations }) => registrations),
    edits: outputs.flatMap(({ edits }) => edits ?? []),
    skipped: outputs.flatMap(({ skipped }) => skipped),
    notes: outputs.flatMap(({ notes }) => notes),
  };
}
