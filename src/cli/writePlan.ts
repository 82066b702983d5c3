/** New files and edits of files that are there: shown, or written without ever replacing one. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TextEdit } from '../core/schema/source.ts';
import { applyEdits } from '../core/writers/shared/edits.ts';
import { readEditable } from './editableText.ts';
import { UsageError } from './usageError.ts';

export interface PlannedEdits {
  readonly path: string;
  readonly label: string;
  readonly edits: readonly TextEdit[];
}

/** Paths are relative to the project's root. */
export interface Plan {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly edits: readonly PlannedEdits[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

export interface EditedFile {
  readonly edited: PlannedEdits;
  /** What the file starts with beside its text: a byte order mark or nothing. */
  readonly mark: string;
  readonly before: string;
  readonly after: string;
}

/** What the edits make of the files as they are on disk. */
export async function textsOf(root: string, edits: readonly PlannedEdits[]): Promise<readonly EditedFile[]> {
  return Promise.all(
    edits.map(async (edited) => {
      const found = await readEditable(join(root, edited.path));
      if (!found)
        throw new UsageError(`${edited.path} is not UTF-8 and is left as it is. Save it as UTF-8 and run this again.`);
      return { edited, mark: found.mark, before: found.text, after: applyEdits(found.text, edited.edits) };
    }),
  );
}

/** New files first, so that nothing is registered that is not there. Gives the paths written. */
export async function writePlan(
  root: string,
  { files }: Plan,
  edits: readonly EditedFile[],
): Promise<readonly string[]> {
  for (const { path, text } of files) {
    const file = join(root, path);
    await orUsage(file, async () => {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { flag: 'wx' });
    });
  }
  for (const { edited, mark, after } of edits) {
    const file = join(root, edited.path);
    // By another name first: whoever is interrupted leaves the file as it was.
    await orUsage(file, async () => {
      await writeFile(`${file}.tmp`, mark + after, { flag: 'wx' });
      await rename(`${file}.tmp`, file);
    });
  }
  return [...files.map(({ path }) => path), ...edits.map(({ edited }) => edited.path)];
}

async function orUsage(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function summarizePlan({ files, edits, skipped, notes }: Plan, verb: string): string {
  const nothing = files.length === 0 && edits.length === 0;
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
  return [
    ...(nothing ? ['Nothing is left to generate.', ''] : []),
    ...section(
      `${verb}:`,
      files.map(({ path, text }) => `${path} (${text.split('\n').length - 1} lines)`),
    ),
    ...section(
      'Edited:',
      edits.map(({ path, label }) => `${path}: ${label}`),
    ),
    ...section(
      'Left as it is:',
      skipped.map(({ path, reason }) => `${path}: ${reason}`),
    ),
    ...section('Mind:', notes),
  ]
    .join('\n')
    .replace(/\n*$/, '\n');
}

export function previewPlan(result: Plan, edits: readonly EditedFile[]): string {
  return [
    summarizePlan(result, 'Would write').replace('\nEdited:', '\nWould edit:'),
    ...edits.map((edited) => `--- ${edited.edited.path}\n${diffOf(edited)}`),
    ...result.files.map(({ path, text }) => `+++ ${path}\n${text}`),
  ].join('\n');
}

/** Lines that go and lines that come, each change with the number of its first line. */
function diffOf({ edited, before }: EditedFile): string {
  const lines = (text: string, sign: string): string[] =>
    text === ''
      ? []
      : text
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => `${sign} ${line}`);
  return edited.edits
    .flatMap(({ start, end, newText }) => [
      `@ line ${before.slice(0, start).split('\n').length}`,
      ...lines(before.slice(start, end), '-'),
      ...lines(newText, '+'),
    ])
    .concat('')
    .join('\n');
}
