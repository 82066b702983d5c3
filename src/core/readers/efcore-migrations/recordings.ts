/** What migrations ask of their builder. Each is run once, as long as neither it nor what it may call changes. */
import { record, upOf } from '../../migrations/efcore/record.ts';
import type { Recorded } from '../../migrations/efcore/record.ts';
import type { FileFacts } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import { createProject } from '../shared/csharp/project.ts';
import type { CsProject } from '../shared/csharp/project.ts';
import type { EfFragment, EfMigrationMappings } from './mappings.ts';

export interface Recording {
  readonly dialect: Dialect;
  readonly helpers: readonly EfFragment[];
  /** By the full names of the classes of the file. */
  readonly byClass: ReadonlyMap<string, Recorded>;
  /** Made of it, once they were asked for. */
  facts: FileFacts | null;
}

const kept = new WeakMap<EfMigrationMappings, Recording>();

/** @param helpers files without migrations of their own, whose methods they may call */
export function recordingOf(fragment: EfFragment, helpers: readonly EfFragment[], dialect: Dialect): Recording {
  const before = kept.get(fragment.mappings);
  if (
    before?.dialect === dialect &&
    before.helpers.length === helpers.length &&
    before.helpers.every(({ mappings }, place) => mappings === helpers[place]?.mappings)
  )
    return before;
  const project = projectOf([fragment, ...helpers]);
  const byClass = new Map<string, Recorded>();
  for (const info of project.classes) {
    const up = info.files.includes(fragment.file) ? upOf(info, project) : null;
    if (up) byClass.set(info.key, record(info, up, project, dialect));
  }
  const next: Recording = { dialect, helpers, byClass, facts: null };
  kept.set(fragment.mappings, next);
  return next;
}

export function projectOf(fragments: readonly EfFragment[]): CsProject {
  return createProject(
    fragments.flatMap(({ file, mappings: { declarations } }) => (declarations ? [{ file, declarations }] : [])),
  );
}
