/**
 * First instructions for a project, from what its source shows, and what instructions that are there leave out. What cannot be known is a question, marked TODO;
 * lines so marked say nothing yet, neither to people nor to us.
 */
import type { Schema } from '../schema/model.ts';
import type { TextEdit } from '../schema/source.ts';
import { readMarkdown } from '../syntax/markdown.ts';
import { conventionsOf } from './conventions.ts';
import { copiedSection, copyName, copyOf, newCopy, originalName } from './copy.ts';
import { domains } from './domains/registry.ts';
import { readInstructions } from './instructions.ts';
import type { Fact, FactCategory, Profile } from './profile.ts';
import { findTechnology } from './vocabulary.ts';
import type { TechnologyCategory } from './vocabulary.ts';

export interface InstructionsSource {
  readonly title: string;
  /** Project's root, relative to the analysed directory. */
  readonly root: string;
  readonly profile: Profile;
  readonly schema: Schema;
  /** Texts of the files that are there, without byte order marks; null = the file is not there. */
  readonly original: string | null;
  readonly copy: string | null;
}

/** Paths are relative to the project's root. */
export interface InstructionsPlan {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly edits: readonly {
    readonly path: string;
    readonly label: string;
    readonly edits: readonly TextEdit[];
  }[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

/** Never writes over anything: a file that is there is added to, between our own marks it is brought up to date. */
export function setUpInstructions(source: InstructionsSource): InstructionsPlan {
  const { original, copy } = source;
  const additions = original === null ? [] : missingLines(source, original);
  const text = original === null ? renderInstructions(source) : withInsertions(original, additions);
  const lineEnd = copy?.includes('\r\n') ? '\r\n' : '\n';
  const section = copy === null ? undefined : [...copy.matchAll(copiedSection)][0];
  const wanted = copyOf(text, lineEnd);
  const copyEdits: readonly TextEdit[] =
    copy === null || section?.[0] === wanted
      ? []
      : [
          section
            ? { file: copyName, start: section.index, end: section.index + section[0].length, newText: wanted }
            : {
                file: copyName,
                start: copy.length,
                end: copy.length,
                newText: `${gapBehind(copy, lineEnd)}${wanted}${lineEnd}`,
              },
        ];
  return {
    files: [
      ...(original === null ? [{ path: originalName, text }] : []),
      ...(copy === null ? [{ path: copyName, text: newCopy(text) }] : []),
    ],
    edits: [
      ...(additions.length === 0
        ? []
        : [
            {
              path: originalName,
              label: `Add what the project has and ${originalName} does not say`,
              edits: additions,
            },
          ]),
      ...(copyEdits.length === 0
        ? []
        : [{ path: copyName, label: `Copy ${originalName}, which VS Code does not read`, edits: copyEdits }]),
    ],
    skipped:
      original !== null && additions.length === 0
        ? [{ path: originalName, reason: 'It says everything that is known of the project.' }]
        : [],
    notes: [
      ...(original === null ? [`Lines with TODO in ${originalName} are questions: answer them or delete them.`] : []),
      ...(source.root === ''
        ? []
        : [
            `VS Code reads ${copyName} of the folder that is opened: open ${source.root}, or refer to the file from that of the folder above.`,
          ]),
    ],
  };
}

/** Lines of technologies, by what they are called. */
const stackLines: readonly (readonly [label: string, category: TechnologyCategory & FactCategory])[] = [
  ['Language', 'languages'],
  ['Framework', 'frameworks'],
  ['Data access', 'orms'],
  ['Tests', 'testFrameworks'],
  ['Messaging', 'messaging'],
];
const databaseLines: typeof stackLines = [
  ['Engine', 'databases'],
  ['Cache', 'caches'],
];

export function renderInstructions({ title, root, profile, schema }: InstructionsSource): string {
  const section = (heading: string, lines: readonly string[]): readonly string[] => [
    `## ${heading}`,
    '',
    ...lines.map((line) => `- ${line}`),
    '',
  ];
  const known = (lines: typeof stackLines): readonly string[] =>
    lines.flatMap(([label, category]) => {
      const names = labelsOf(profile, category);
      return names.length === 0 ? [] : [`${label}: ${names.join(', ')}`];
    });
  const conventions = conventionsOf(schema, root);
  return [
    `# ${title}`,
    '',
    'What assistants and new colleagues have to know of this project. Found in its source; lines with TODO are questions to answer or to delete.',
    '',
    ...section('Backend – technologies and tools', [
      ...known(stackLines),
      ...(profile.language === null ? ['TODO: Which language and framework is the backend written in?'] : []),
    ]),
    ...section('Database', [
      ...known(databaseLines),
      ...(profile.databases.length === 0
        ? ['TODO: Which database, in which version?']
        : ['TODO: Which version runs in production?']),
    ]),
    ...section('Business domains', domainLines(profile, schema)),
    ...section('Non-functional requirements', [
      ...[...new Set(profile.facts.requirements.map(({ value }) => value))],
      ...missingMeasures(profile),
    ]),
    ...section('Security and compliance', [
      ...labelsOf(profile, 'compliance'),
      ...labelsOf(profile, 'security'),
      ...sensitiveLine(profile, schema),
    ]),
    ...section(
      'Integrations',
      profile.integrations.length > 0
        ? labelsOf(profile, 'integrations')
        : ['TODO: Which systems is data exchanged with?'],
    ),
    ...section('Conventions', [
      ...conventions,
      'TODO: What else do reviewers ask for (naming, layers, transactions, errors)?',
    ]),
  ]
    .join('\n')
    .replace(/\n+$/u, '\n');
}

/** Of what tests and tools alone need, only where nothing else is there. */
function labelsOf(profile: Profile, category: TechnologyCategory & FactCategory): readonly string[] {
  const facts: readonly Fact[] = profile.facts[category];
  const firm = facts.filter(({ development }) => !development);
  const values = [...new Set((firm.length > 0 ? firm : facts).map(({ value }) => value))];
  // TypeScript is compiled to it, and is what people call the language.
  const shown =
    category === 'languages'
      ? values.filter((value) => value !== 'javascript' || !values.includes('typescript'))
      : values;
  return shown.map((value) => findTechnology(category, value)?.label ?? value);
}

function domainLines(profile: Profile, schema: Schema): readonly string[] {
  if (profile.domains.length > 0)
    return profile.domains.map((id) => domains.find((domain) => domain.id === id)?.label ?? id);
  const names = schema.tables.map(({ name }) => name.toLowerCase().replace(/[_-]/gu, ' '));
  const [best] = domains
    .map((domain) => ({
      domain,
      told: names.filter((name) =>
        domain.words.some((word) => new RegExp(`(?<!\\p{L})${word}(?:s|es)?(?!\\p{L})`, 'u').test(name)),
      ),
    }))
    .sort((a, b) => b.told.length - a.told.length);
  return best && best.told.length >= fewestTables
    ? [
        `TODO: Is this ${best.domain.label} (${best.told
          .slice(0, 4)
          .map((name) => `\`${name}\``)
          .join(', ')})? Say what the application is for.`,
      ]
    : [
        'TODO: Which field of business is this for (e-commerce, fintech, healthcare, SaaS, IoT, …), and what does the application do?',
      ];
}

const fewestTables = 2;

const questions: readonly (readonly [kinds: readonly Profile['measures'][number]['kind'][], question: string])[] = [
  [['throughput'], 'How many requests per second at the peak?'],
  [['latency'], 'How fast must answers be (p95, p99 in ms)?'],
  [['rows', 'data-volume'], 'How many rows have the largest tables, and how fast do they grow?'],
  [['concurrent-users', 'users'], 'How many users at the same time?'],
  [['availability'], 'Which availability, in percent?'],
  [['recovery-point', 'recovery-time'], 'Which RPO and RTO?'],
  [['retention'], 'How long must data be kept, and when deleted?'],
];

function missingMeasures({ measures }: Profile): readonly string[] {
  return questions.flatMap(([kinds, question]) =>
    measures.some(({ kind }) => kinds.includes(kind)) ? [] : [`TODO: ${question}`],
  );
}

function sensitiveLine({ compliance }: Profile, { tables }: Schema): readonly string[] {
  if (compliance.length > 0) return [];
  const columns = tables.flatMap((table) =>
    table.columns
      .filter(({ classification }) => classification?.confidence === 'certain')
      .map(({ name }) => `\`${table.name}.${name}\``),
  );
  return [
    columns.length === 0
      ? 'TODO: Which rules hold (GDPR, HIPAA, PCI DSS, SOX, none)?'
      : `TODO: Which rules hold (GDPR, HIPAA, PCI DSS, SOX)? Sensitive data was found: ${columns.slice(0, 4).join(', ')}${columns.length > 4 ? ` and ${columns.length - 4} more` : ''}`,
  ];
}

/** Headings that lines go under in instructions that are there, in whatever words. */
const homes = [
  {
    heading: 'Backend – technologies and tools',
    pattern:
      /(?<![\p{L}])(?:tech(?:nolog(?:y|ies))?|stack|backend|tools?|frameworks?|technologien|werkzeuge|tecnologías|herramientas)(?![\p{L}])/iu,
    lines: stackLines,
  },
  {
    heading: 'Database',
    pattern: /(?<![\p{L}])(?:databases?|persistence|storage|data layer|datenbank(?:en)?|bases? de datos)(?![\p{L}])/iu,
    lines: databaseLines,
  },
] as const;

/** Insertions of what is known and not said, below the heading it belongs to, or in a section of its own at the end. */
function missingLines({ profile }: InstructionsSource, original: string): readonly TextEdit[] {
  const { mentions } = readInstructions({ file: originalName, text: original });
  const named = new Set(mentions.map(({ category, technology: { id } }) => `${category} ${id}`));
  const lineEnd = original.includes('\r\n') ? '\r\n' : '\n';
  const blocks = readMarkdown(original);
  const atEnd: string[] = [];
  const edits: TextEdit[] = [];
  for (const { heading, pattern, lines } of homes) {
    const missing = lines.flatMap(([label, category]) => {
      const known = labelsOf(profile, category).filter((name) => {
        const fact = profile.facts[category].find(
          ({ value }) => (findTechnology(category, value)?.label ?? value) === name,
        );
        return fact !== undefined && fact.source !== 'instructions' && !named.has(`${category} ${fact.value}`);
      });
      // What the language is says the framework too; a second one of a kind is a matter for people.
      const told = profile.facts[category].some(({ value }) => named.has(`${category} ${value}`));
      return known.length === 0 || (told && category !== 'testFrameworks') ? [] : [`- ${label}: ${known.join(', ')}`];
    });
    if (missing.length === 0) continue;
    const last = blocks
      .filter(({ kind, text, headings }) =>
        kind === 'heading' ? pattern.test(text) : pattern.test(headings.at(-1) ?? ''),
      )
      .at(-1);
    if (!last) {
      atEnd.push(`## ${heading}`, '', ...missing, '');
      continue;
    }
    const end = original.indexOf('\n', last.start + last.text.trimEnd().length);
    const at = end < 0 ? original.length : end + 1;
    const first = end < 0 ? lineEnd : '';
    const gap = last.kind === 'item' ? '' : lineEnd;
    edits.push({ file: originalName, start: at, end: at, newText: `${first}${gap}${missing.join(lineEnd)}${lineEnd}` });
  }
  if (atEnd.length > 0)
    edits.push({
      file: originalName,
      start: original.length,
      end: original.length,
      newText: `${gapBehind(original, lineEnd)}${atEnd.slice(0, -1).join(lineEnd)}${lineEnd}`,
    });
  return edits;
}

/** What separates a new block from the text before it. */
function gapBehind(text: string, lineEnd: string): string {
  if (text.trim() === '') return '';
  return /\n\s*\n$/u.test(text) ? '' : text.endsWith('\n') ? lineEnd : `${lineEnd}${lineEnd}`;
}

function withInsertions(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}
