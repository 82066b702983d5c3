/** Files that the endpoints and tests of all entities share: written once, kept where they are there already. */
import type { NamedFile } from '../shared/entityPlan.ts';
import type { Draft } from '../shared/layer.ts';
import { plainFileName } from '../shared/layout.ts';
import type { ProjectPlan } from '../shared/project.ts';

export interface SupportFile extends NamedFile {
  /** Other names that are relied on. */
  readonly also: readonly string[];
  text(): string;
}

/** `src/common/http/problem.filter.ts`, or `problemFilter.ts` where roles are not set off by a dot. */
export function sharedPath(project: ProjectPlan, folder: string, words: readonly string[], role?: string): string {
  return `${project.sharedFolder}/${folder}/${roleFileName(project, words, role)}`;
}

export function roleFileName({ layout }: ProjectPlan, words: readonly string[], role?: string): string {
  if (role === undefined) return `${plainFileName(layout, words)}.ts`;
  return layout.dotted ? `${plainFileName(layout, words)}.${role}.ts` : `${plainFileName(layout, [...words, role])}.ts`;
}

/** Drafts of files that are not there; the reason where one is there but lacks a name that is relied on. */
export function supportDrafts(
  project: ProjectPlan,
  files: readonly SupportFile[],
): { readonly drafts: readonly Draft[]; readonly unusable: readonly string[] } {
  const drafts: Draft[] = [];
  const unusable: string[] = [];
  for (const file of files) {
    const declared = project.source(file.path)?.declared;
    if (!declared) drafts.push({ path: file.path, text: file.text() });
    else if (![file.name, ...file.also].every((name) => declared.has(name)))
      unusable.push(`${file.path} is there already but does not declare ${[file.name, ...file.also].join(' and ')}`);
  }
  return { drafts, unusable };
}
