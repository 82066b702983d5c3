/** Finds the technologies of the vocabulary in prose. */
import type { MarkdownBlock } from '../syntax/markdown.ts';
import { isForTests, stanceOn } from './clause.ts';
import type { Stance } from './clause.ts';
import { vocabulary } from './vocabulary.ts';
import type { Technology, TechnologyCategory } from './vocabulary.ts';

export interface Mention {
  readonly category: TechnologyCategory;
  readonly technology: Technology;
  readonly stance: Stance;
  readonly forTests: boolean;
  /** Offsets in the block's text. */
  readonly start: number;
  readonly end: number;
}

interface Entry {
  readonly category: TechnologyCategory;
  readonly technology: Technology;
  readonly everyday: boolean;
}

const entries = indexNames();

function indexNames(): ReadonlyMap<string, readonly Entry[]> {
  const index = new Map<string, Entry[]>();
  const add = (name: string, entry: Entry): void => {
    const known = index.get(squeeze(name)) ?? [];
    if (!known.some(({ technology }) => technology === entry.technology)) index.set(squeeze(name), [...known, entry]);
  };
  for (const [category, technologies] of Object.entries(vocabulary) as [TechnologyCategory, readonly Technology[]][])
    for (const technology of technologies) {
      for (const name of technology.names) add(name, { category, technology, everyday: false });
      for (const name of technology.everyday ?? []) add(name, { category, technology, everyday: true });
    }
  return index;
}

const anyName = new RegExp(
  `(?<![\\p{L}\\p{N}_@/.-])(?:${Object.values(vocabulary)
    .flat()
    .flatMap(({ names, everyday = [] }) => [...names, ...everyday])
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&').replace(/[ -]/gu, '[ -]?'))
    .join('|')})(?![\\p{L}\\p{N}_])`,
  'giu',
);

/** Headings under which a bare name means a technology. */
const technologyHeading =
  /\b(?:tech|technolog(?:y|ies)|stack|frameworks?|tools?|tooling|backend|database|persistence|data|architecture|dependencies|libraries|testing|tests?|technologien|technik|werkzeuge|datenbank(?:en)?|architektur|tecnologías?|herramientas|base de datos|bases de datos|arquitectura|pruebas|messaging|caching?|infrastructure|orms?|conventions?)(?![\p{L}])/iu;

/** Headings under which names are listed because they are not used. */
const rejectingHeading =
  /\b(?:avoid|do not use|don['’]?t use|not used|never use|forbidden|prohibited|out of scope|non-goals?|deprecated|rejected|alternatives considered|do(?:es)? not use|not allowed|nicht verwenden|vermeiden|verboten|no usar|evitar|prohibido|replaced|retired|removed)\b/iu;

/** Mentions in the order of the text. */
export function mentionsIn(block: MarkdownBlock): readonly Mention[] {
  const hits = [...block.text.matchAll(anyName)];
  const plain = hits.some(([name]) => entries.get(squeeze(name))?.some(({ everyday }) => !everyday));
  const listed = block.headings.some((heading) => technologyHeading.test(heading));
  // `Database: Oracle` names what it speaks of; `Oracle: reviews the code` gives something a name.
  const label = /^[*_`]*[\p{L} ]{2,30}[*_`]*:/u.exec(block.text)?.[0].length ?? Infinity;
  const rejecting = block.headings.some((heading) => rejectingHeading.test(heading));
  return hits.flatMap((hit) => {
    const [name] = hit;
    const start = hit.index;
    const end = start + name.length;
    const inCode = block.text[start - 1] === '`';
    const clear = (inCode || /^\p{Lu}/u.test(name)) && (plain || listed || start >= label || inCode);
    const stance = stanceOn(block.text, start, end);
    return (entries.get(squeeze(name)) ?? [])
      .filter(({ everyday }) => !everyday || clear)
      .map(({ category, technology }) => ({
        category,
        technology,
        stance: rejecting
          ? stance === 'used' && start <= 4
            ? 'rejected'
            : stance === 'used'
              ? 'neither'
              : stance
          : stance,
        forTests: isForTests(block.text, start, end),
        start,
        end,
      }));
  });
}

/** Spaces and dashes are optional in names: `EF Core`, `ef-core`, `efcore`. */
function squeeze(name: string): string {
  return name.toLowerCase().replace(/[ -]/gu, '');
}
