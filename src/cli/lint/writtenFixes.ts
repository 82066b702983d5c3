/** Findings with the fixes that can be made: of changes of code with their edits, without those that the source does not allow. */
import type { Finding, Fix } from '../../core/lint/rule.ts';
import type { Engine } from '../../server/engine.ts';

export async function withWrittenFixes(
  findings: readonly Finding[],
  engine: Pick<Engine, 'fix'>,
): Promise<readonly Finding[]> {
  const told: Finding[] = [];
  for (const finding of findings) {
    if (!finding.fixes.some(({ code }) => code)) {
      told.push(finding);
      continue;
    }
    const fixes: Fix[] = [];
    for (const fix of finding.fixes) {
      const written = fix.code ? await engine.fix(finding, fix) : fix;
      if (!('reason' in written)) fixes.push({ ...fix, edits: written.edits });
    }
    told.push({ ...finding, fixes });
  }
  return told;
}
