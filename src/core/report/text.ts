/** Findings for people at a terminal: by file, each with the lines it is about. */
import type { Finding, Severity } from '../lint/rule.ts';
import type { SourceRange } from '../schema/source.ts';
import { count } from './style.ts';
import type { Dress, Style } from './style.ts';

export interface FindingsTextOptions {
  readonly style: Style;
  /** Text of a file, for the code frames; undefined = none is shown. */
  readonly textOf: (file: string) => string | undefined;
}

/** Lines shown before the one a finding points at. */
const context = 1;
const maxLineLength = 160;

export function renderFindingsText(findings: readonly Finding[], { style, textOf }: FindingsTextOptions): string {
  const lines: string[] = [];
  let file: string | null = null;
  let source: readonly string[] = [];
  for (const finding of findings) {
    if (finding.file !== file) {
      file = finding.file;
      source = textOf(file)?.split(/\r\n|\r|\n/u) ?? [];
      lines.push(style.bold(file), '');
    }
    lines.push(...findingLines(finding, source, style), '');
  }
  return [...lines, summaryOf(findings, style), ''].join('\n');
}

function findingLines(finding: Finding, source: readonly string[], style: Style): readonly string[] {
  const { range, severity, message, rule, code, evidence, fixes } = finding;
  const fix = fixes.find(({ preferred }) => preferred) ?? fixes[0];
  return [
    `  ${style.dim(`${range.line}:${range.column}`)}  ${colourOf(severity, style)(severity)}  ${message}  ${style.dim(`${rule} ${code}`)}`,
    ...frame(range, source, severity, style),
    ...evidence.map(
      (each) => `    ${style.dim('·')} ${each.message}${each.at ? `  ${style.dim(place(each.at))}` : ''}`,
    ),
    ...(fix ? [`    ${style.green('fix')} ${fix.title}`] : []),
  ];
}

function place({ file, line, column }: SourceRange): string {
  return `${file}:${line}:${column}`;
}

function frame(range: SourceRange, source: readonly string[], severity: Severity, style: Style): readonly string[] {
  const line = source[range.line - 1];
  if (line === undefined) return [];
  const first = Math.max(1, range.line - context);
  const width = String(range.line).length;
  const shown = source.slice(first - 1, range.line).map((text, index) => {
    const number = String(first + index).padStart(width);
    return `    ${style.dim(`${number} │`)} ${untabbed(text).slice(0, maxLineLength)}`.trimEnd();
  });
  const start = untabbed(line.slice(0, range.column - 1)).length;
  if (start >= maxLineLength) return shown;
  const end = range.endLine === range.line ? range.endColumn - 1 : line.length;
  const length = Math.max(1, Math.min(untabbed(line.slice(0, end)).length, maxLineLength) - start);
  const marker = colourOf(severity, style)('^'.repeat(length));
  return [...shown, `    ${style.dim(`${' '.repeat(width)} │`)} ${' '.repeat(start)}${marker}`];
}

/** A tab would take another width in the line than in the marker below it. */
function untabbed(text: string): string {
  return text.replaceAll('\t', '  ');
}

function colourOf(severity: Severity, style: Style): Dress {
  return severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.blue;
}

function summaryOf(findings: readonly Finding[], style: Style): string {
  if (findings.length === 0) return style.green('No findings.');
  const by = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const parts = [
    { number: by('error'), text: (number: number) => style.red(count(number, 'error')) },
    { number: by('warning'), text: (number: number) => style.yellow(count(number, 'warning')) },
    { number: by('info'), text: (number: number) => style.blue(`${number} info`) },
  ]
    .filter(({ number }) => number > 0)
    .map(({ number, text }) => text(number));
  const files = new Set(findings.map(({ file }) => file)).size;
  return `${style.bold(count(findings.length, 'finding'))} in ${count(files, 'file')}: ${parts.join(', ')}`;
}
