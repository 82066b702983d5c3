import type { Finding } from '../../core/lint/rule.ts';
import type { Engine } from '../../server/engine.ts';
import { changedSince } from '../../server/gitChanges.ts';
import { UsageError } from '../usageError.ts';
import { groupBy } from '../../core/schema/groupBy.ts';

export interface SinceOptions {
  /** Folder that paths of findings are relative to. */
  readonly directory: string;
  readonly ref: string;
  readonly engine: Engine;
}

/**
 * The findings on lines that differ from a commit.
 *
 * @throws UsageError where there is no repository or no such commit
 */
export async function findingsSince(
  findings: readonly Finding[],
  { directory, ref, engine }: SinceOptions,
): Promise<readonly Finding[]> {
  const changed = await changedSince(directory, ref).catch((error: unknown) => {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  });
  const near = new Set<Finding>();
  for (const [file, own] of groupBy(findings, (finding) => finding.file)) {
    const lines = ((await engine.text(file)) ?? '').split('\n');
    for (const finding of own)
      if (changed.touches(file, firstLineOf(lines, finding.range.line), finding.range.endLine)) near.add(finding);
  }
  return findings.filter((finding) => near.has(finding));
}

/** Decorators and annotations above a declaration belong to it: the first of their lines, counted from 1. */
function firstLineOf(lines: readonly string[], line: number): number {
  let first = line;
  for (let at = line - 1; at >= 1; at--) {
    const text = lines[at - 1]?.trim() ?? '';
    if (text === '' || text.endsWith(';') || text === '}' || (text.endsWith('{') && !text.includes('('))) break;
    if (text.startsWith('@')) first = at;
  }
  return first;
}
