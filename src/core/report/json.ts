import type { Finding, Fix } from '../lint/rule.ts';

/** Findings as `lint --format json` prints them: a list, pretty-printed, with a line end. */
export function renderFindingsJson(findings: readonly Finding[]): string {
  return `${JSON.stringify(findings.map(findingJson), null, 2)}\n`;
}

function findingJson(finding: Finding) {
  return {
    rule: finding.rule,
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
    file: finding.file,
    range: placeJson(finding.range),
    project: finding.project,
    table: finding.table,
    evidence: finding.evidence.map(({ message, at }) => ({
      message,
      at: at && { file: at.file, ...placeJson(at) },
    })),
    fixes: finding.fixes.map(fixJson),
  };
}

function fixJson({ title, preferred, change, edits }: Fix) {
  return { title, preferred, change, edits };
}

function placeJson(at: {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}) {
  return { line: at.line, column: at.column, endLine: at.endLine, endColumn: at.endColumn };
}
