/**
 * What a sentence says about a technology it names: that it is used, that it is not, or neither. Patterns of plain English, and of the commonest German and Spanish, because instructions
 * are written for people: "We do not use MongoDB", "migrating away from MySQL", "PostgreSQL instead of MySQL".
 */

export type Stance = 'used' | 'rejected' | 'neither';

type Marker = 'deny' | 'deny-verb' | 'leave' | 'replace' | 'aside' | 'maybe' | 'affirm' | 'towards' | 'comma';

/** Read from left to right up to the name; the last one that counts decides. */
const markers: readonly (readonly [Marker, RegExp])[] = [
  [
    'leave',
    /(?:migrat|mov|switch|transition|port|mov(?:ing|ed)?)\w*\s+(?:[\w.+#-]+\s+){0,3}?(?:away\s+)?(?:from|off)\b|\baway from\b|(?:migrat|mov|switch)\w*\s+to\s+[\w.+# -]{1,30}?\s+from\b|\bmigr(?:ieren|ation)\s+(?:weg\s+)?von\b|\b(?:migramos|migración|migrando) (?:de|desde)\b/iu,
  ],
  [
    'deny-verb',
    /(?:\bnot\b|n['’]t\b|\bnever\b|\bno longer\b|\bcannot\b|\bavoid)(?:ing)?\s+(?:\w+\s+){0,2}?(?:use|using|used|add|adding|introduce|introducing|import|depend on|rely on|switch to|support|supported)\b/iu,
  ],
  ['replace', /\breplac(?:e|es|ed|ing)\b/iu],
  [
    'maybe',
    /\b(?:plan(?:s|ned|ning)?|consider(?:s|ed|ing)?|evaluat(?:e|es|ed|ing)|might|someday|in (?:the )?future|roadmap)\b/iu,
  ],
  [
    'aside',
    /\b(?:instead of|rather than|unlike|compared (?:to|with)|similar to|except(?: for)?|without|formerly|previously|legacy|old|used to|statt|anstatt|anstelle von|ohne|früher|en (?:lugar|vez) de|sin)\b/iu,
  ],
  [
    'deny',
    /\b(?:not|no|nor|neither|never|avoid|forbidden|prohibited|banned|drop(?:s|ped)?|remov(?:e|es|ed|ing)|retir(?:e|ed|ing)|deprecat(?:ed|ing)|abandon(?:ed|ing)|cannot|kein(?:e|en|er)?|nicht|niemals|vermeiden|evitar|nunca|ningún)\b|n['’]t\b/iu,
  ],
  [
    'affirm',
    /\b(?:but|however|uses?|using|prefers?|instead(?!\s+of)|in favou?r of|chose|choose|sondern|verwenden|nutzen|usamos|utilizamos|sino)\b|[;—–]|\s-\s/iu,
  ],
  ['towards', /\b(?:to|with|by|onto|nach|auf|zu|hacia)\b/iu],
  ['comma', /,/u],
];

const anyMarker = new RegExp(markers.map(([, pattern]) => `(${pattern.source})`).join('|'), 'giu');

/** Stance of `text` towards the name that stands from `start` to `end` in it. */
export function stanceOn(text: string, start: number, end: number): Stance {
  const after = text.slice(end);
  if (/^-(?:style|like|compatible|inspired|flavou?red)\b/iu.test(after)) return 'neither';
  if (rejectedBehind(after)) return 'rejected';
  const before = sentenceBefore(text, start);
  let state = 'affirm' as Marker;
  for (const match of before.matchAll(anyMarker)) {
    const groups: readonly (string | undefined)[] = match.slice(1);
    const marker = markers[groups.findIndex((group) => group !== undefined)]?.[0] ?? 'comma';
    if (marker === 'comma') state = state === 'aside' ? 'affirm' : state;
    else if (marker === 'towards') state = state === 'leave' || state === 'replace' ? 'affirm' : state;
    else state = marker;
  }
  if (state === 'affirm') return 'used';
  if (state === 'maybe') return 'neither';
  // "Do not use TypeORM's synchronize" is about a part of it: the thing itself is there.
  return state === 'deny-verb' && isPart(after) ? 'used' : 'rejected';
}

/** Whether the name is said to be for tests only: a second database beside the one of production. */
export function isForTests(text: string, start: number, end: number): boolean {
  const before =
    sentenceBefore(text, start)
      .split(/,|\band\b/u)
      .at(-1) ?? '';
  const after = /^[^.;,]*/u.exec(text.slice(end))?.[0] ?? '';
  const around = `${before} ${after}`;
  return (
    !/\bprod(?:uction|uktiv\w*|ucción)?\b/iu.test(around) &&
    /\b(?:tests?|testing|in-memory|e2e|ci|unit tests?|integration tests?|pruebas|local(?:ly)?|development|dev|prototyp\w*|demos?|lokal\w*)\b/iu.test(
      around,
    )
  );
}

/** Sentences end with a mark and a space, so that `Node.js` does not; table cells and list lines stand alone. */
function sentenceBefore(text: string, start: number): string {
  return (
    text
      .slice(0, start)
      .split(/[.!?;](?=\s)|\||\n(?=\s*(?:[-*|]|\d+\.))/u)
      .at(-1) ?? ''
  );
}

function rejectedBehind(after: string): boolean {
  return (
    /^[^.;]{0,12}\((?:[^)]*\b)?(?:legacy|deprecated|removed|retired|not used|unused|old)\b/iu.test(after) ||
    /^(?:\s*(?:,|\/|\band\b|\bor\b)\s*[\w.#+-]+)*\s+(?:(?:is|are|was|were|wird|werden|se)(?:\s+not|n['’]t|\s+no longer|\s+nicht|\s+nicht mehr)\s+(?:used|allowed|supported|permitted|needed|an option|part of|verwendet|benutzt|genutzt)|(?:must|should|may|can)\s+not\s+be\s+(?:used|added|introduced)|(?:is|are|was|were|has been|have been|will be)\s+(?:being\s+)?(?:deprecated|removed|dropped|forbidden|prohibited|replaced|retired|phased out))\b/iu.test(
      after,
    )
  );
}

function isPart(after: string): boolean {
  return (
    /^['’]s\s|^-specific\b/iu.test(after) ||
    /^\s+(?!(?:or|and|nor|in|on|for|as|at|here|any|anymore|anywhere|directly|yet|with|because|since|unless|except|to|by|but|is|are|was|instead|until|under|within|inside|when|if|from|either|too|again|it|we|that|which)\b)[a-z`]/u.test(
      after,
    )
  );
}
