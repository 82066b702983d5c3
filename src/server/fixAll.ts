/** All fixes of a rule in a file that can be made together, as one edit. */
import type { Finding } from '../core/lint/rule.ts';
import type { TextEdit } from '../core/schema/source.ts';
import type { Folder } from './folder.ts';

/** Findings of the rule in the file whose preferred fix may be made with the others. */
export function fixableTogether(findings: readonly Finding[], file: string, rule: string): readonly Finding[] {
  return findings.filter(
    (each) => each.file === file && each.rule === rule && each.fixes.some(({ preferred }) => preferred),
  );
}

/**
 * Edits of the preferred fixes. One that touches what another has touched is left out: it is offered again for the text that
 * the others make.
 */
export async function editsTogether(
  folder: Pick<Folder, 'fix'>,
  findings: readonly Finding[],
): Promise<readonly TextEdit[]> {
  const made: TextEdit[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find(({ preferred }) => preferred);
    const written = fix ? await folder.fix(finding, fix) : null;
    if (!written || 'reason' in written) continue;
    const fresh = written.edits.filter((edit) => !made.some((each) => isSame(each, edit)));
    if (!fresh.some((edit) => made.some((each) => touches(each, edit)))) made.push(...fresh);
  }
  return made;
}

/** An import that two fixes need is made once. */
function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end && a.newText === b.newText;
}

function touches(a: TextEdit, b: TextEdit): boolean {
  return a.file === b.file && a.start <= b.end && b.start <= a.end;
}
