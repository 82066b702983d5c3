import type { SourceRange } from '../schema/source.ts';
import { LineIndex } from '../syntax/lineIndex.ts';
import { readMarkdown } from '../syntax/markdown.ts';
import type { MarkdownBlock } from '../syntax/markdown.ts';
import { stanceOn } from './clause.ts';
import { domains } from './domains/registry.ts';
import { weights } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { copiedSection } from './copy.ts';
import { withoutFrontMatter } from './frontMatter.ts';
import { measuresIn } from './measures.ts';
import { mentionsIn } from './mentions.ts';
import type { Mention } from './mentions.ts';
import type { Measure, ProfileSource } from './profile.ts';

/** Different words of a field that name it together, where nobody names the field itself. */
const wordsThatNameADomain = 4;

/** Items under these headings are requirements, in the author's own words. */
const requirementHeading =
  /(?<![\p{L}])(?:requirements?|constraints?|non-functional|performance|scalability|scale|capacity|service levels?|slas?|slos?|availability|reliability|anforderungen|nichtfunktionale?|leistung|verfügbarkeit|requisitos|requerimientos|rendimiento|disponibilidad)(?![\p{L}])/iu;

/** Requirements on the work or on the machine, not on the application. */
const ofWork =
  /(?<![\p{L}])(?:pull requests?|prs?|merge requests?|commits?|contribut\w*|review\w*|tests?|testing|code|documentation|install\w*|setup|system requirements|prerequisites|style|format\w*)(?![\p{L}])/iu;

/** A mention with the block it stands in. */
export interface PlacedMention extends Mention {
  readonly file: string;
  readonly block: MarkdownBlock;
  readonly lines: LineIndex;
}

export interface ReadInstructions {
  readonly evidence: readonly Evidence[];
  readonly measures: readonly Measure[];
  readonly mentions: readonly PlacedMention[];
}

/** What instructions for people or assistants (Markdown) say of the project. */
export function readInstructions(source: ProfileSource): ReadInstructions {
  const lines = new LineIndex(source.file, source.text);
  const blocks = readMarkdown(withoutMarks(withoutFrontMatter(source.text)));
  const mentions = blocks.flatMap((block) =>
    mentionsIn(block).map((mention): PlacedMention => ({ ...mention, file: source.file, block, lines })),
  );
  const measured = blocks.map((block) => ({ block, measures: measuresOf(block, lines) }));
  return {
    evidence: [
      ...mentions.flatMap(technologies),
      ...domainsIn(blocks, lines),
      ...measured.flatMap(({ block, measures }) => requirement(block, measures, lines)),
    ],
    measures: measured.flatMap(({ measures }) => measures),
    mentions,
  };
}

/** A copy that we keep says what its original says; it is not read a second time. Questions to fill in say nothing yet. */
function withoutMarks(text: string): string {
  return text
    .replace(copiedSection, (section) => section.replace(/[^\r\n]/gu, ' '))
    .replace(/^.*\bTODO\b.*$/gmu, (line) => ' '.repeat(line.length));
}

function technologies({
  category,
  technology,
  stance,
  forTests,
  block,
  lines,
  start,
  end,
}: PlacedMention): readonly Evidence[] {
  if (stance === 'neither') return [];
  const at = lines.range(block.start + start, block.start + end);
  const used = category === 'databases' && forTests ? weights.development : weights.instructions;
  const weight = stance === 'rejected' ? weights.rejected : used;
  const implied = stance === 'used' ? (technology.implies ?? []) : [];
  return [{ category, id: technology.id }, ...implied].map((fact) => ({ ...fact, weight, at }));
}

function measuresOf(block: MarkdownBlock, lines: LineIndex): readonly Measure[] {
  if (block.text.length > longestMeasured) return [];
  return measuresIn(block.text, block.headings.join(' ')).map(({ start, end, ...measure }) => ({
    ...measure,
    at: lines.range(block.start + start, block.start + end),
  }));
}

/** Longer paragraphs are no statement of requirements, and searching them takes its time. */
const longestMeasured = 4_000;

function domainsIn(blocks: readonly MarkdownBlock[], lines: LineIndex): readonly Evidence[] {
  return domains.flatMap(({ id, names, words }) => {
    const named = blocks.flatMap((block) =>
      occurrences(block.text, names)
        .filter(({ start, end }) => stanceOn(block.text, start, end) === 'used')
        .map(({ start, end }) => lines.range(block.start + start, block.start + end)),
    );
    const told = new Map<string, SourceRange>();
    for (const block of blocks)
      for (const { start, end } of occurrences(block.text, words)) {
        const word = block.text.slice(start, end).toLowerCase().replace(/ies$/u, 'y').replace(/s$/u, '');
        if (!told.has(word)) told.set(word, lines.range(block.start + start, block.start + end));
      }
    const at = named[0] ?? (told.size >= wordsThatNameADomain ? [...told.values()][0] : undefined);
    return at
      ? [
          {
            category: 'domains' as const,
            id,
            weight: named.length > 0 ? weights.instructions : weights.development,
            at,
          },
        ]
      : [];
  });
}

/** Where one of the phrases stands as words of their own, singular or plural. */
function occurrences(
  text: string,
  phrases: readonly string[],
): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(anyOf(phrases))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const patterns = new Map<string, RegExp>();

/** Compiled once per list of phrases: the lists are the domains' own. */
function anyOf(phrases: readonly string[]): RegExp {
  const key = phrases.join('|');
  let pattern = patterns.get(key);
  if (!pattern) {
    const alternatives = phrases
      .map((phrase) => phrase.replace(/[ -]/gu, '[ -]').replace(/y$/u, '(?:y|ies)'))
      .join('|');
    patterns.set(key, (pattern = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${alternatives})s?(?![\\p{L}\\p{N}_])`, 'giu')));
  }
  return pattern;
}

/** Longer items are explanations, not requirements. */
const longestRequirement = 200;

/** What stands under a heading about requirements, and what can be measured wherever it stands; rows of tables as they are. */
function requirement(block: MarkdownBlock, measures: readonly Measure[], lines: LineIndex): readonly Evidence[] {
  if (block.kind === 'heading') return [];
  const listed = block.headings.some((heading) => requirementHeading.test(heading) && !ofWork.test(heading));
  const rows = /^\s*\|/u.test(block.text) ? tableRows(block) : [];
  const parts =
    rows.length > 0
      ? rows
      : block.kind === 'item' || measures.length > 0
        ? [{ text: block.text, start: block.start }]
        : [];
  return parts.flatMap(({ text: written, start }) => {
    const at = lines.range(start, start + written.length);
    const measured = measures.some(
      ({ at: place }) =>
        (place.line > at.line || (place.line === at.line && place.column >= at.column)) &&
        (place.line < at.endLine || (place.line === at.endLine && place.column < at.endColumn)),
    );
    const text = written
      .replace(/\s*\|\s*/gu, ' | ')
      .replace(/\s+/gu, ' ')
      .replace(/^ ?\| | \| ?$/gu, '')
      .trim();
    if (text === '' || text.length > longestRequirement || !(measured || (listed && rows.length === 0))) return [];
    return [{ category: 'requirements' as const, id: text, weight: weights.instructions, at }];
  });
}

function tableRows(block: MarkdownBlock): readonly { readonly text: string; readonly start: number }[] {
  return Array.from(block.text.matchAll(/^[^\r\n]+/gmu), (match) => ({
    text: match[0],
    start: block.start + match.index,
  })).filter(({ text }) => !/^[\s|:-]+$/u.test(text));
}
