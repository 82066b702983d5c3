/** `lint --fix`: makes the preferred fixes in the sources, one per file and round, because each moves what comes after it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../core/lint/rule.ts';
import { purposeOf } from '../../core/schema/filePurpose.ts';
import { applyEdits } from '../../core/writers/shared/edits.ts';
import type { Analysis, Engine } from '../../server/engine.ts';
import { readEditable } from '../editableText.ts';

export interface Fixed {
  readonly analysis: Analysis;
  /** Titles of the fixes made, in order, with the file of each. */
  readonly made: readonly { readonly file: string; readonly title: string }[];
  /** Findings whose fix could not be made, and why. */
  readonly refused: readonly { readonly finding: Finding; readonly reason: string }[];
}

/** Ends when nothing is left to fix: a fix that does not silence its finding is made once only. */
export async function applyFixes(
  engine: Engine,
  directory: string,
  wanted: (finding: Finding) => boolean,
): Promise<Fixed> {
  const made: { file: string; title: string }[] = [];
  const refused = new Map<string, { finding: Finding; reason: string }>();
  const tried = new Set<string>();
  for (;;) {
    const changed = new Set<string>();
    for (const finding of engine.analysis.findings) {
      const fix = finding.fixes.find(({ preferred }) => preferred);
      const key = JSON.stringify([finding.rule, finding.file, finding.message, fix?.title]);
      // A migration has run, and is what it was then.
      if (!fix || !wanted(finding) || tried.has(key) || purposeOf(finding.file) === 'migration') continue;
      const written = await engine.fix(finding, fix);
      if ('reason' in written) {
        tried.add(key);
        // Rules do not see how code is written: a fix that its writer does not take was never offered.
        if (!fix.code) refused.set(key, { finding, reason: written.reason });
        continue;
      }
      const files = [...new Set(written.edits.map(({ file }) => file))];
      if (files.some((file) => changed.has(file))) continue;
      tried.add(key);
      const reason = await writeEdits(engine, directory, files, written.edits);
      if (reason === null) {
        made.push({ file: finding.file, title: fix.title });
        for (const file of files) changed.add(file);
      } else refused.set(key, { finding, reason });
    }
    if (changed.size === 0) return { analysis: engine.analysis, made, refused: [...refused.values()] };
    await engine.refresh([...changed]);
  }
}

/** Null = written. A file that is not byte for byte what was analysed is left alone. */
async function writeEdits(
  engine: Engine,
  directory: string,
  files: readonly string[],
  edits: Parameters<typeof applyEdits>[1],
): Promise<string | null> {
  const texts: { readonly path: string; readonly text: string }[] = [];
  for (const file of files) {
    const path = join(directory, file);
    const [analysed, onDisk] = [await engine.text(file), await readEditable(path).catch(() => null)];
    if (!onDisk) return `${file} is gone, or is not UTF-8. Save it as UTF-8 and run this again.`;
    if (onDisk.text !== analysed) return `${file} has changed meanwhile.`;
    const own = edits.filter((edit) => edit.file === file);
    texts.push({ path, text: onDisk.mark + applyEdits(onDisk.text, own) });
  }
  for (const { path, text } of texts) await writeFile(path, text);
  return null;
}
