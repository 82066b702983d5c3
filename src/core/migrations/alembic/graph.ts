/** The order in which Alembic runs revisions on a new database: by what each rests on, never by the names of files (alembic/script/revision.py). */
import type { Evaluator } from '../../readers/shared/python/evaluate.ts';
import type { PyValue } from '../../readers/shared/python/values.ts';
import { isSequence, rangeOf } from '../../readers/shared/python/values.ts';
import { directoryOf } from '../../readers/shared/paths.ts';
import type { Revision } from '../../readers/sqlalchemy/revisions.ts';
import { groupBy } from '../../schema/groupBy.ts';
import type { Problem, SourceRange } from '../../schema/source.ts';

export interface RevisionFile {
  readonly file: string;
  readonly code: Revision;
}

export interface AlembicRevision extends RevisionFile {
  readonly id: string;
  /** Of `down_revision` and `depends_on`, as written. */
  readonly parents: readonly string[];
  readonly labels: readonly string[];
  readonly at: SourceRange;
}

export interface Ordered {
  readonly order: readonly AlembicRevision[];
  readonly problems: readonly Problem[];
}

export function orderRevisions(files: readonly RevisionFile[], evaluator: Evaluator): Ordered {
  const revisions = files
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
    .flatMap((each) => revisionOf(each, evaluator) ?? []);
  const folders = groupBy(revisions, ({ file }) => directoryOf(file));
  const ids = new Map<string, string>();
  // Folders that each have a revision of one id are environments of their own: schemas, or databases.
  const apart = revisions.some(({ id, file }) => {
    const folder = directoryOf(file);
    const first = ids.get(id) ?? folder;
    ids.set(id, first);
    return first !== folder;
  });
  const ordered = (apart ? [...folders.values()] : [revisions]).map(orderTogether);
  return { order: ordered.flatMap(({ order }) => order), problems: ordered.flatMap(({ problems }) => problems) };
}

function orderTogether(revisions: readonly AlembicRevision[]): Ordered {
  const problems: Problem[] = [];
  const byId = new Map<string, AlembicRevision>();
  for (const revision of revisions) {
    const twin = byId.get(revision.id);
    if (twin) problems.push(doubled(revision, twin));
    else byId.set(revision.id, revision);
  }
  const parents = new Map<string, readonly string[]>();
  for (const [id, revision] of byId)
    parents.set(
      id,
      revision.parents.flatMap((written) => {
        const found = resolve(written, byId);
        if (found === null) problems.push(missing(written, revision));
        return found === null || found === id ? [] : [found];
      }),
    );
  const heads = headsOf(byId, parents);
  for (const group of groupBy(heads, (id) => rootOf(id, byId, parents)).values())
    if (group.length > 1) problems.push(several(group, byId));
  return { order: sorted(byId, parents, heads, problems), problems };
}

function revisionOf(each: RevisionFile, evaluator: Evaluator): AlembicRevision | null {
  const value = (name: string): PyValue | undefined => evaluator.global(each.file, name);
  const texts = (given: PyValue | undefined): readonly string[] =>
    typeof given === 'string'
      ? [given]
      : isSequence(given)
        ? given.items.filter((item) => typeof item === 'string')
        : [];
  const id = value('revision');
  if (typeof id !== 'string') return null;
  return {
    ...each,
    id,
    parents: [...texts(value('down_revision')), ...texts(value('depends_on'))].filter((written) => written !== ''),
    labels: texts(value('branch_labels')),
    at: rangeOf(each.file, each.code.at),
  };
}

/** The whole id, the start of one, or the label of a branch: `shop@head`. */
function resolve(written: string, byId: ReadonlyMap<string, AlembicRevision>): string | null {
  if (byId.has(written)) return written;
  const [label = ''] = written.split('@');
  const starting = [...byId.keys()].filter((id) => label.length > 3 && id.startsWith(label));
  if (starting.length === 1) return starting[0] ?? null;
  return [...byId.values()].find(({ labels }) => labels.includes(label))?.id ?? null;
}

function headsOf(
  byId: ReadonlyMap<string, AlembicRevision>,
  parents: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const inner = new Set([...parents.values()].flat());
  return [...byId.keys()].filter((id) => !inner.has(id)).sort((a, b) => byFile(a, b, byId));
}

function byFile(a: string, b: string, byId: ReadonlyMap<string, AlembicRevision>): number {
  const [left, right] = [byId.get(a)?.file ?? '', byId.get(b)?.file ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Revisions that rest on one first revision, or lie in one folder, belong together. */
function rootOf(
  id: string,
  byId: ReadonlyMap<string, AlembicRevision>,
  parents: ReadonlyMap<string, readonly string[]>,
): string {
  let at = id;
  const seen = new Set<string>();
  for (let next = parents.get(at)?.[0]; next !== undefined && !seen.has(next); next = parents.get(at)?.[0]) {
    seen.add(next);
    at = next;
  }
  return directoryOf(byId.get(at)?.file ?? '');
}

/** Each after all that it rests on. */
function sorted(
  byId: ReadonlyMap<string, AlembicRevision>,
  parents: ReadonlyMap<string, readonly string[]>,
  heads: readonly string[],
  problems: Problem[],
): readonly AlembicRevision[] {
  const order: AlembicRevision[] = [];
  const state = new Map<string, 'open' | 'done'>();
  // What no head leads to is part of a circle.
  for (const start of [...heads, ...byId.keys()]) {
    const stack: { readonly id: string; readonly rest: string[] }[] = [];
    const open = (id: string): void => {
      state.set(id, 'open');
      stack.push({ id, rest: [...(parents.get(id) ?? [])].reverse() });
    };
    if (!state.has(start)) open(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.rest.pop();
      const revision = byId.get(top.id);
      if (next === undefined) {
        stack.pop();
        state.set(top.id, 'done');
        if (revision) order.push(revision);
      } else if (!state.has(next)) open(next);
      else if (state.get(next) === 'open' && revision) problems.push(circular(revision, next));
    }
  }
  return order;
}

function doubled({ id, at }: AlembicRevision, { file }: AlembicRevision): Problem {
  return {
    code: 'migration-doubled',
    message: `Revision ${id} is in ${file} as well; that one is shown. Give one of the two another id.`,
    severity: 'warning',
    at,
  };
}

function missing(written: string, { id, at }: AlembicRevision): Problem {
  return {
    code: 'migration-missing',
    message: `Revision ${id} rests on ${written}, which is not there: Alembic will refuse to run. Correct down_revision, or bring the file back.`,
    severity: 'warning',
    at,
  };
}

function circular({ id, at }: AlembicRevision, other: string): Problem {
  return {
    code: 'migration-circle',
    message: `Revisions ${id} and ${other} rest on each other, so there is no order to run them in.`,
    severity: 'warning',
    at,
  };
}

function several(heads: readonly string[], byId: ReadonlyMap<string, AlembicRevision>): Problem {
  const found = heads.flatMap((id) => byId.get(id) ?? []);
  const labelled = found.some(({ labels }) => labels.length > 0);
  const list = found.map(({ id, file }) => `${id} in ${file.slice(file.lastIndexOf('/') + 1)}`).join(', ');
  return {
    code: 'migration-heads',
    message: `There are several heads (${list}): "alembic upgrade head" refuses, "upgrade heads" runs them all, and so is what is shown. Join them by "alembic merge heads".`,
    severity: labelled ? 'information' : 'warning',
    at: found.at(-1)?.at ?? null,
  };
}
