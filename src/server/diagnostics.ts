/** Findings and problems of one folder → LSP diagnostics per file. */
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { Finding, Severity } from '../core/lint/rule.ts';
import type { Problem, SourceRange } from '../core/schema/source.ts';
import type { Analysis } from './engine.ts';
import { fileUri, toRange } from './convert.ts';

export const diagnosticSource = 'Data Engineer';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Where a rule's documentation is; null = nowhere. */
export type RuleLink = (rule: string) => string | null;

export interface FileReport {
  readonly findings: readonly Finding[];
  readonly problems: readonly LocatedProblem[];
}

type LocatedProblem = Problem & { readonly at: SourceRange };

function isLocated(problem: Problem): problem is LocatedProblem {
  return problem.at !== null;
}

/** What is to be said of each file. Problems without a file are for the log and the status, not for here. */
export function reportsByFile(analysis: Analysis): Map<string, FileReport> {
  const files = new Map<string, { findings: Finding[]; problems: LocatedProblem[] }>();
  const entry = (file: string) => {
    const found = files.get(file) ?? { findings: [], problems: [] };
    files.set(file, found);
    return found;
  };
  for (const finding of analysis.findings) entry(finding.file).findings.push(finding);
  for (const problem of allProblems(analysis)) if (isLocated(problem)) entry(problem.at.file).problems.push(problem);
  return files;
}

export function allProblems(analysis: Analysis): readonly Problem[] {
  return [...analysis.snapshot.problems, ...analysis.snapshot.projects.flatMap((project) => project.schema.problems)];
}

export function findingDiagnostic(directory: string, finding: Finding, link: RuleLink): Diagnostic {
  const href = link(finding.rule);
  const related = finding.evidence.flatMap(({ message, at }) =>
    at === null ? [] : [{ location: { uri: fileUri(directory, at.file), range: toRange(at) }, message }],
  );
  const plain = finding.evidence.filter(({ at }) => at === null).map(({ message }) => message);
  return {
    range: toRange(finding.range),
    severity: severities[finding.severity],
    code: finding.rule,
    source: diagnosticSource,
    message: [finding.message, ...plain].join('\n'),
    ...(href === null ? {} : { codeDescription: { href } }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
  };
}

/** What could not be read is never an error of the user's code: the compiler or the ORM reports those itself. */
function problemDiagnostic(problem: FileReport['problems'][number]): Diagnostic {
  return {
    range: toRange(problem.at),
    severity: problem.severity === 'information' ? DiagnosticSeverity.Information : DiagnosticSeverity.Warning,
    code: problem.code,
    source: diagnosticSource,
    message: problem.message,
  };
}

export function fileDiagnostics(directory: string, report: FileReport, link: RuleLink): Diagnostic[] {
  return [
    ...report.findings.map((finding) => findingDiagnostic(directory, finding, link)),
    ...report.problems.map(problemDiagnostic),
  ];
}

/**
 * Remembers what each file was last told and yields only what is new: after a keystroke that is one file, not all.
 * Files that no longer have anything to report get an empty list.
 */
export function diagnosticsChannel(
  directory: string,
  link: RuleLink,
): { update(analysis: Analysis | null): { uri: string; diagnostics: Diagnostic[] }[] } {
  let told = new Map<string, FileReport>();
  return {
    update(analysis) {
      const news: { uri: string; diagnostics: Diagnostic[] }[] = [];
      const next = analysis === null ? new Map<string, FileReport>() : reportsByFile(analysis);
      for (const [file, report] of next) {
        const before = told.get(file);
        if (!before || !saysSame(before, report))
          news.push({ uri: fileUri(directory, file), diagnostics: fileDiagnostics(directory, report, link) });
      }
      for (const file of told.keys())
        if (!next.has(file)) news.push({ uri: fileUri(directory, file), diagnostics: [] });
      told = next;
      return news;
    },
  };
}

/** Mostly they hold the same objects; else what shows of them is compared. */
function saysSame(a: FileReport, b: FileReport): boolean {
  if (sameItems(a.findings, b.findings) && sameItems(a.problems, b.problems)) return true;
  return shownOf(a) === shownOf(b);
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

/** The change behind a fix can be long, and does not show; all else does. */
function shownOf(report: FileReport): string {
  return JSON.stringify(report, (name, value: unknown) => (name === 'fixes' ? undefined : value));
}
