/** Requirement by requirement: what the source shows, and what it does not. */
import { code, place, table } from '../briefs/markdown.ts';
import type { Section } from '../briefs/markdown.ts';
import { assess } from '../compliance/evidence.ts';
import type { Remark } from '../compliance/evidence.ts';
import { findRegime, regimes } from '../compliance/regimes.ts';
import type { AnswerSource } from './answer.ts';

export function complianceSections({ schema, profile }: AnswerSource): readonly Section[] {
  const declared = profile.compliance.flatMap((id) => findRegime(id) ?? []);
  if (declared.length === 0)
    return [
      {
        title: 'No regime is declared',
        body: `Name the regimes that apply in the instructions of the project (${code('copilot.instructions.md')}): ${regimes.map(({ name }) => name).join(', ')}.`,
      },
    ];
  return [
    {
      title: 'What this is',
      body: 'Evidence from the schema and the code, and gaps where there is none to be found. What policies, contracts and operations say is not to be seen here: this is a list of places to look at, no certificate.',
    },
    ...declared.map((regime) => ({
      title: regime.name,
      body: table(
        ['Requirement', 'Evidence', 'Gap'],
        regime.requirements.map(({ control, text, reference }) => {
          const { evidence, gaps } = assess(control, { schema, regime });
          return [`${text} (${reference})`, cell(evidence), cell(gaps)];
        }),
      ),
    })),
  ];
}

const mostShown = 8;

function cell(remarks: readonly Remark[]): string {
  const shown = remarks
    .slice(0, mostShown)
    .map(({ text, at }) => `${plain(text)}${at === null ? '' : ` (${place(at)})`}`);
  const more = remarks.length > mostShown ? [`and ${remarks.length - mostShown} more`] : [];
  return [...shown, ...more].join('<br>') || '–';
}

/** Names come from the source: they may form no markup. */
function plain(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/[\\`*_[\]<>#|]/gu, '\\$&');
}
