/** Names that generated code uses for an entity, from its class name. */
import { singular, wordsOf } from '../../schema/words.ts';
import type { EntityNames } from './entityPlan.ts';

/** `entity` is the class (`UserEntity`), `table` its table, whose plural is preferred: it was chosen by the author. */
export function namesOf(entity: string, table: string): EntityNames {
  const type = /.Entity$/.test(entity) ? entity.slice(0, -'Entity'.length) : entity;
  const words = wordsOf(type);
  const last = words.at(-1) ?? type.toLowerCase();
  const inTable = wordsOf(table).at(-1) ?? '';
  const plurals = [...words.slice(0, -1), inTable !== last && singular(inTable) === last ? inTable : plural(last)];
  const types = pascal(plurals);
  return {
    type,
    types,
    variable: variableOf(lowerFirst(type)),
    variables: variableOf(lowerFirst(types)),
    kebab: words.join('-'),
    kebabs: plurals.join('-'),
    words: words.join(' '),
  };
}

const irregular: Readonly<Record<string, string>> = {
  person: 'people',
  child: 'children',
  datum: 'data',
  index: 'indexes',
};

/** Rough English plural; a word that is one already stays. */
export function plural(word: string): string {
  const known = Object.hasOwn(irregular, word) ? irregular[word] : undefined;
  if (known !== undefined) return known;
  if (singular(word) !== word) return word;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (word.endsWith('is')) return `${word.slice(0, -2)}es`;
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return `${word}s`;
}

export function pascal(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** `StockLevel` → `stockLevel`, `SKUCode` → `skuCode`. */
export function lowerFirst(name: string): string {
  const capitals = /^[A-Z]+(?=[A-Z][a-z]|$)/.exec(name)?.[0];
  return capitals === undefined || capitals.length === 1
    ? name.charAt(0).toLowerCase() + name.slice(1)
    : capitals.toLowerCase() + name.slice(capitals.length);
}

/** Words that may not name a variable in a module, and those that mean something else in generated code. */
const taken = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static super switch
  this throw true try typeof var void while with yield values changes key id include manager work isolation cursor limit page sort`.split(
    /\s+/,
  ),
);

function variableOf(name: string): string {
  return taken.has(name) ? `${name}Row` : name;
}
