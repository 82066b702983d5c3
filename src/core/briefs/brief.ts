/** Hand-off briefs: what the next role has to know of a project, written from its source alone. What is not known is left out. */
import type { Finding } from '../lint/rule.ts';
import type { Profile } from '../profile/profile.ts';
import type { Dialect, Schema } from '../schema/model.ts';
import { apiSections } from './api.ts';
import { deploymentSections } from './deployment.ts';
import { frontendSections } from './frontend.ts';
import { codes, list, place } from './markdown.ts';
import type { Section } from './markdown.ts';
import { qaSections } from './qa.ts';
import { securitySections } from './security.ts';

export const briefRoles = ['api', 'deployment', 'frontend', 'qa', 'security'] as const;
export type BriefRole = (typeof briefRoles)[number];

export interface BriefSource {
  /** Name of the project for the heading. */
  readonly title: string;
  readonly dialect: Dialect | null;
  readonly profile: Profile;
  readonly schema: Schema;
  readonly findings: readonly Finding[];
}

interface Role {
  /** Who gets it: `API engineer`. */
  readonly label: string;
  readonly sections: (source: BriefSource) => readonly Section[];
}

export const roles: Readonly<Record<BriefRole, Role>> = {
  api: { label: 'API engineer', sections: apiSections },
  deployment: { label: 'deployment engineer', sections: deploymentSections },
  frontend: { label: 'frontend engineer', sections: frontendSections },
  qa: { label: 'QA engineer', sections: qaSections },
  security: { label: 'security engineer', sections: securitySections },
};

/** Markdown with a line end; the same source gives the same text. */
export function renderBrief(role: BriefRole, source: BriefSource): string {
  const { label, sections } = roles[role];
  const shown = [{ title: 'Stack', body: stack(source) }, ...sections(source), findingsSection(source)];
  return `${[
    `# Hand-off to the ${label}: ${source.title.replace(/\s+/gu, ' ').replace(/[\\`*_[\]<>#]/gu, '\\$&')}`,
    'Written from the source of the project by Data Engineer: names are those of the database, places are `file:line`. What the source does not tell is not in it.',
    ...shown.filter(({ body }) => body !== '').map(({ title, body }) => `## ${title}\n\n${body}`),
  ].join('\n\n')}\n`;
}

function stack({ profile, dialect, schema }: BriefSource): string {
  const facts: readonly (readonly [string, readonly string[]])[] = [
    ['Language', profile.language === null ? [] : [profile.language]],
    ['Framework', profile.framework === null ? [] : [profile.framework]],
    ['Data access', profile.orms],
    ['Database', dialect === null ? profile.databases : [dialect]],
    ['Field of business', profile.domains],
    ['Compliance', profile.compliance],
    ['Tests', profile.testFrameworks],
  ];
  const tables = schema.tables.length;
  const stated = profile.facts.requirements.map(({ value, at }) => `Requirement: ${codes([value])} (${place(at)})`);
  return list([
    ...facts.filter(([, values]) => values.length > 0).map(([name, values]) => `${name}: ${codes(values)}`),
    `Tables: ${tables}`,
    ...stated,
  ]);
}

/** Most findings to list: the rest is a number, and `data-engineer lint` has them. */
const maxFindings = 40;

function findingsSection({ findings }: BriefSource): Section {
  const ranks = { error: 0, warning: 1, info: 2 } as const;
  const sorted = findings.toSorted((a, b) => ranks[a.severity] - ranks[b.severity]);
  const rows = sorted
    .slice(0, maxFindings)
    .map(({ severity, message, rule, range }) => `${severity}: ${plain(message)} (${codes([rule])}, ${place(range)})`);
  const more = findings.length - rows.length;
  return {
    title: 'Open findings',
    body: list([...rows, ...(more > 0 ? [`… and ${more} more: \`data-engineer lint\` lists them.`] : [])]),
  };
}

/** A message is a sentence of ours with names of the user's in it: its Markdown is shown, not obeyed. */
function plain(message: string): string {
  return message.replace(/\s+/gu, ' ').replace(/[\\*_[\]<>#!]/gu, '\\$&');
}
