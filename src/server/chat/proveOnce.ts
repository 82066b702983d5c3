/** The same proposal on the same workspace has the same proof: a model that repeats itself, and applying, need no second run. */
import { createHash } from 'node:crypto';
import type { Block } from '../../core/chat/block.ts';
import type { ProveResult } from '../../protocol/chat.ts';
import type { FolderProject } from '../projects.ts';
import { proveBlocks, unprovable } from './proveBlocks.ts';

const known = new WeakMap<object, Map<string, ProveResult>>();
const mostKept = 20;

/** @param gone said where there is no such project any more */
export async function proveOnce(
  entry: FolderProject | undefined,
  blocks: readonly Block[],
  signal: AbortSignal,
  gone: string,
): Promise<ProveResult> {
  if (entry === undefined) return { ...unprovable(blocks, gone), basis: '' };
  const { project, folder } = entry;
  const results = known.get(project.schema) ?? new Map<string, ProveResult>();
  known.set(project.schema, results);
  const before = await Promise.all(
    blocks.map(({ path }) => (path === null || path.includes('..') ? Promise.resolve(null) : folder.text(path))),
  );
  const key = hashOf([entry.id, blocks, before]);
  const found = results.get(key);
  if (found) return found;
  const result = { ...(await proveBlocks(entry, blocks, signal)), basis: basisOf(entry) };
  // What was stopped or ran out of time may come to a result another time.
  const isDecided = !result.proofs.some(({ problems }) =>
    problems.some((each) => /\bwas stopped\b|\bwithout a result\b|\bcould not run\b/u.test(each)),
  );
  if (isDecided && !signal.aborted) results.set(key, result);
  const [oldest] = results.keys();
  if (results.size > mostKept && oldest !== undefined) results.delete(oldest);
  return result;
}

/** Changes where a table does, wherever it stands. */
export function basisOf({ project }: FolderProject): string {
  return hashOf([project.dialect, project.schema.tables, project.schema.enums], ['at']);
}

function hashOf(value: unknown, without: readonly string[] = []): string {
  const text = JSON.stringify(value, (key, each: unknown) => (without.includes(key) ? undefined : each));
  return createHash('sha256').update(text).digest('base64url');
}
