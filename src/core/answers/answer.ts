/** What the engine can tell alone, as Markdown: no model and no network, the same on every run. */
import { code, list, place, table } from '../briefs/markdown.ts';
import type { Section } from '../briefs/markdown.ts';
import type { BriefSource } from '../briefs/brief.ts';
import { securitySections } from '../briefs/security.ts';
import type { Finding, Severity } from '../lint/rule.ts';
import { groupBy } from '../schema/groupBy.ts';
import type { SourceRange } from '../schema/source.ts';
import { complianceSections } from './compliance.ts';
import { indexSections } from './indexes.ts';
import { querySections } from './queries.ts';
import { schemaSections } from './schema.ts';

export const answerTopics = ['compliance', 'indexes', 'queries', 'review', 'schema', 'security'] as const;
export type AnswerTopic = (typeof answerTopics)[number];

export interface AnswerSource extends BriefSource {
  /** Link to a place, for a viewer that can follow it; null = places stay as text. */
  readonly linkTo: ((at: SourceRange) => string) | null;
}

interface Topic {
  readonly title: string;
  readonly sections: (source: AnswerSource) => readonly Section[];
  /** Of which rules findings are shown: by the letters their codes begin with; null = all. */
  readonly codes: readonly string[] | null;
}

const topics: Readonly<Record<AnswerTopic, Topic>> = {
  compliance: { title: 'Review of compliance', sections: complianceSections, codes: ['SEC'] },
  schema: { title: 'Schema', sections: schemaSections, codes: [] },
  review: { title: 'Review of the data model', sections: reviewSections, codes: null },
  indexes: { title: 'Review of the indexes', sections: indexSections, codes: ['IDX'] },
  queries: { title: 'Review of the queries', sections: querySections, codes: ['NP', 'PAG', 'QRY', 'TX'] },
  security: { title: 'Review of security', sections: securitySections, codes: ['SEC', 'CFG'] },
};

/** Markdown with a line end. What the source does not tell is left out. */
export function renderAnswer(topic: AnswerTopic, source: AnswerSource): string {
  const { title, sections, codes } = topics[topic];
  const wanted = source.findings.filter(
    (finding) => codes === null || codes.some((prefix) => finding.code.startsWith(prefix)),
  );
  const shown = [
    ...(codes?.length === 0 ? [] : [{ title: 'Findings', body: findings(wanted, source) }]),
    ...sections(source),
  ].filter(({ body }) => body !== '');
  const text = `${[
    `# ${title}: ${source.title.replace(/\s+/gu, ' ').replace(/[\\`*_[\]<>#]/gu, '\\$&')}`,
    'Read from the source by Data Engineer, without a model. Names are those of the database.',
    ...(shown.length === 0 ? ['Nothing to tell.'] : shown.map(({ title: head, body }) => `## ${head}\n\n${body}`)),
  ].join('\n\n')}\n`;
  return source.linkTo === null ? text : linked(text, source.linkTo);
}

const order: readonly Severity[] = ['error', 'warning', 'info'];

function findings(wanted: readonly Finding[], { findings: all }: AnswerSource): string {
  if (wanted.length === 0)
    return all.length === 0 ? 'No rule has anything to report.' : 'No rule of this kind has anything to report.';
  return order
    .flatMap((severity) => {
      const own = wanted.filter((finding) => finding.severity === severity);
      const rules = [...new Set(own.map(({ rule }) => rule))];
      return rules.map((rule) => {
        const rows = own.filter((finding) => finding.rule === rule);
        const heading = `**${severity}** ${code(rule)} (${rows.length})`;
        return `${heading}\n\n${list(rows.slice(0, mostRows).map(({ message, range, fixes }) => `${plain(message)} (${place(range)})${fixes.length > 0 ? ' – a quick fix is offered there' : ''}`))}${more(rows.length)}`;
      });
    })
    .join('\n\n');
}

const mostRows = 50;

function more(count: number): string {
  return count > mostRows ? `\n\n… and ${count - mostRows} more in the Problems view.` : '';
}

function plain(message: string): string {
  return message.replace(/\s+/gu, ' ').replace(/[\\*_[\]<>#!]/gu, '\\$&');
}

function reviewSections({ schema, findings: all }: AnswerSource): readonly Section[] {
  const count = (severity: Severity): number => all.filter((finding) => finding.severity === severity).length;
  const byTable = groupBy(
    all.filter(({ table: name }) => name !== null),
    ({ table: name }) => name ?? '',
  );
  return [
    {
      title: 'In numbers',
      body: table(
        ['Tables', 'Foreign keys', 'Indexes', 'Errors', 'Warnings', 'Hints'],
        [
          [
            schema.tables.length,
            schema.tables.reduce((sum, { foreignKeys }) => sum + foreignKeys.length, 0),
            schema.tables.reduce((sum, { indexes }) => sum + indexes.length, 0),
            count('error'),
            count('warning'),
            count('info'),
          ].map(String),
        ],
      ),
    },
    {
      title: 'Tables with most findings',
      body: table(
        ['Table', 'Findings'],
        [...byTable]
          .toSorted((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
          .slice(0, 10)
          .map(([name, rows]) => [code(name), String(rows.length)]),
      ),
    },
    {
      title: 'What could not be read',
      body: list(
        schema.problems
          .slice(0, mostRows)
          .map(({ message, at }) => `${plain(message)}${at === null ? '' : ` (${place(at)})`}`),
      ),
    },
  ];
}

/** Places are set as code (`src/a.ts:12`) by the same function everywhere, so they can be found again. */
function linked(markdown: string, linkTo: (at: SourceRange) => string): string {
  return markdown.replace(/(?<!`)`([^`\n]+\.\w{1,5}):(\d+)`(?!`)/gu, (whole, file: string, line: string) => {
    const at = Number(line);
    return `[${whole}](<${linkTo({ file, line: at, column: 1, endLine: at, endColumn: 1 })}>)`;
  });
}
