import type { SourceRange } from '../schema/source.ts';
import { LineIndex } from '../syntax/lineIndex.ts';
import { readMarkdown } from '../syntax/markdown.ts';
import type { MarkdownBlock } from '../syntax/markdown.ts';
import { stanceOn } from './clause.ts';
import { domains } from './domains/registry.ts';
import { weights } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { mentionsIn } from './mentions.ts';
import type { ProfileSource } from './profile.ts';

/** Different words of a field that name it together, where nobody names the field itself. */
const wordsThatNameADomain = 4;

/** Items under these headings are requirements, in the author's own words. */
const requirementHeading =
  /\b(?:requirements?|constraints?|non-functional|performance|scalability|service levels?|slas?|slos?)\b/iu;

/** What instructions for people or assistants (Markdown) say of the project. */
export function readInstructions(source: ProfileSource): readonly Evidence[] {
  const lines = new LineIndex(source.file, source.text);
  const blocks = readMarkdown(source.text);
  return [
    ...blocks.flatMap((block) => technologies(block, lines)),
    ...domainsIn(blocks, lines),
    ...blocks.flatMap((block) => requirement(block, lines)),
  ];
}

function technologies(block: MarkdownBlock, lines: LineIndex): readonly Evidence[] {
  return mentionsIn(block).flatMap(({ category, technology, stance, forTests, start, end }) => {
    if (stance === 'neither') return [];
    const at = lines.range(block.start + start, block.start + end);
    const used = category === 'databases' && forTests ? weights.development : weights.instructions;
    const weight = stance === 'rejected' ? weights.rejected : used;
    const implied = stance === 'used' ? (technology.implies ?? []) : [];
    return [{ category, id: technology.id }, ...implied].map((fact) => ({ ...fact, weight, at }));
  });
}

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

function requirement(block: MarkdownBlock, lines: LineIndex): readonly Evidence[] {
  if (block.kind !== 'item' || !block.headings.some((heading) => requirementHeading.test(heading))) return [];
  const text = block.text.replace(/\s+/gu, ' ').trim();
  if (text === '' || text.length > longestRequirement) return [];
  const at = lines.range(block.start, block.start + block.text.length);
  return [{ category: 'requirements', id: text, weight: weights.instructions, at }];
}
