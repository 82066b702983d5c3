/** SARIF 2.1.0 (OASIS standard), as GitHub code scanning and other viewers take it. */
import { renderRule } from '../lint/explain.ts';
import type { Finding, Rule, Severity } from '../lint/rule.ts';
import type { SourceRange } from '../schema/source.ts';
import { fingerprint } from './hash.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

export interface SarifOptions {
  /** All rules, whether they found something or not. */
  readonly rules: readonly Rule[];
  /** Of the product. */
  readonly version: string;
}

/** One run; paths are relative to the analysed directory (`SRCROOT`). Pretty-printed, with a line end. */
export function renderSarif(findings: readonly Finding[], options: SarifOptions): string {
  const sarif = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Data Engineer',
            semanticVersion: options.version,
            rules: options.rules.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The analysed directory.' } } },
        results: resultsOf(findings, options.rules),
      },
    ],
  };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

function descriptor(rule: Rule) {
  const { docs } = rule;
  return {
    id: rule.code,
    name: rule.id.replace(/(?:^|-)(\w)/gu, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: plain(docs.what) },
    fullDescription: { text: plain(`${docs.what} ${docs.why}`) },
    help: { text: plain(`${docs.why} ${docs.fix}`), markdown: renderRule(rule) },
    ...(docs.references[0] ? { helpUri: docs.references[0].url } : {}),
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { tags: ['database', rule.on], id: rule.id },
  };
}

function resultsOf(findings: readonly Finding[], rules: readonly Rule[]) {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    // Without the line, so that it stays the same when the code around it moves; told apart by a count where it repeats.
    const name = fingerprint([finding.rule, finding.file, finding.table ?? '', finding.message].join('\0'));
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const ruleIndex = rules.findIndex(({ id }) => id === finding.rule);
    const related = finding.evidence.flatMap(({ message, at }) => (at ? [{ message, at }] : []));
    return {
      ruleId: finding.code,
      ...(ruleIndex < 0 ? {} : { ruleIndex }),
      level: levels[finding.severity],
      message: { text: messageOf(finding) },
      locations: [{ physicalLocation: physicalLocation(finding.range) }],
      ...(related.length === 0
        ? {}
        : {
            relatedLocations: related.map(({ message, at }, index) => ({
              id: index + 1,
              message: { text: message },
              physicalLocation: physicalLocation(at),
            })),
          }),
      partialFingerprints: { 'dataEngineer/v1': `${name}:${count}` },
    };
  });
}

/** Evidence that stands nowhere in the source goes with the message. */
function messageOf({ message, evidence }: Finding): string {
  return [message, ...evidence.filter(({ at }) => at === null).map((each) => each.message)].join(' ');
}

function physicalLocation(at: SourceRange) {
  return {
    artifactLocation: { uri: at.file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' },
    region: {
      startLine: at.line,
      startColumn: at.column,
      endLine: at.endLine,
      endColumn: at.endColumn,
    },
  };
}

/** Markdown's code marks mean nothing where plain text is asked for. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replaceAll('**', '');
}
