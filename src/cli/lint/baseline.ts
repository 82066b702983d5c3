/** Findings that are known and left alone, so that a project with a past can ask for nothing worse than today. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Finding } from '../../core/lint/rule.ts';
import { UsageError } from '../usageError.ts';

interface Entry {
  readonly rule: string;
  readonly file: string;
  /** What it says, without numbers: lines move and counts change while the finding stays the same. */
  readonly message: string;
  readonly count: number;
}

interface BaselineFile {
  readonly version: 1;
  readonly findings: readonly Entry[];
}

/** Writes all findings down, sorted, one entry per rule, file and message, so that merging the file is easy. */
export async function writeBaseline(path: string, findings: readonly Finding[]): Promise<void> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  const entries = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, count]): Entry => {
      const [file = '', rule = '', message = ''] = JSON.parse(key) as string[];
      return { rule, file, message, count };
    });
  const body: BaselineFile = { version: 1, findings: entries };
  await writeFile(path, `${JSON.stringify(body, null, 2)}\n`);
}

/** The findings that the baseline does not know. Throws `UsageError` where the file is missing or is no baseline. */
export async function beyondBaseline(path: string, findings: readonly Finding[]): Promise<readonly Finding[]> {
  const left = new Map<string, number>();
  for (const { file, rule, message, count } of await readBaseline(path))
    left.set(JSON.stringify([file, rule, message]), count);
  return findings.filter((finding) => {
    const known = left.get(keyOf(finding)) ?? 0;
    if (known > 0) left.set(keyOf(finding), known - 1);
    return known === 0;
  });
}

async function readBaseline(path: string): Promise<readonly Entry[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new UsageError(`The baseline ${path} cannot be read. Write it with --update-baseline.`);
  }
  try {
    const { version, findings } = JSON.parse(text) as Partial<BaselineFile>;
    if (version === 1 && findings !== undefined) return findings;
  } catch {
    // Said below, as for any other file that is no baseline.
  }
  throw new UsageError(`${path} is no baseline of data-engineer. Write it anew with --update-baseline.`);
}

function keyOf({ file, rule, message }: Finding): string {
  return JSON.stringify([file, rule, message.replace(/\d+/gu, '#')]);
}
