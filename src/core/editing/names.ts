/** Names in the spelling that a project has. */
import type { Schema, Table } from '../schema/model.ts';
import { singular, wordsOf } from '../schema/words.ts';

type Case = 'snake' | 'camel' | 'pascal';

const caseOf = (name: string): Case | null =>
  /^\p{Lu}/u.test(name) && !name.includes('_')
    ? 'pascal'
    : /\p{L}_\p{L}/u.test(name)
      ? 'snake'
      : /\p{Ll}\p{Lu}/u.test(name)
        ? 'camel'
        : null;

/** The spelling that most names have which show one; null = none shows any. */
function commonCase(names: readonly string[]): Case | null {
  const counts = new Map<Case, number>();
  for (const name of names) {
    const found = caseOf(name);
    if (found !== null) counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

export function spelled(words: readonly string[], style: Case): string {
  if (style === 'snake') return words.join('_');
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return style === 'pascal' ? pascal : pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** How a language has it, where no name of the project shows any. */
function usualCase({ at: { file } }: Table): Case {
  return file.endsWith('.py') ? 'snake' : file.endsWith('.cs') ? 'pascal' : 'camel';
}

const propertiesOf = (table: Table): readonly string[] => [
  ...table.columns.flatMap(({ property }) => (property === null || property.includes('.') ? [] : [property])),
  ...table.relations.map(({ property }) => property),
];

/** How the properties of an entity are spelled: as its own, else as those of all entities of the same ORM. */
export function propertyName(entered: string, table: Table, schema: Schema): string {
  const others = schema.tables.filter(({ reader }) => reader === table.reader);
  const style = commonCase(propertiesOf(table)) ?? commonCase(others.flatMap(propertiesOf)) ?? usualCase(table);
  return spelled(wordsOf(entered), style);
}

/** How the columns are named: as those of the table, else of all tables of the same ORM, else as the property. */
export function columnName(entered: string, property: string, table: Table, schema: Schema): string {
  const names = ({ columns }: Table): readonly string[] => columns.map(({ name }) => name);
  const others = schema.tables.filter(({ reader }) => reader === table.reader);
  const style = commonCase(names(table)) ?? commonCase(others.flatMap(names));
  return style === null ? property : spelled(wordsOf(entered), style);
}

/** `WishList` → its class and its table; a name in lower case is the table's, word for word. */
export function tableNames(entered: string, like: Table): { readonly name: string; readonly entity: string } {
  const words = wordsOf(entered);
  const last = words.at(-1) ?? '';
  if (!/^\p{Lu}/u.test(entered))
    return { name: entered, entity: spelled([...words.slice(0, -1), singular(last)], 'pascal') };
  const own = wordsOf(like.name).at(-1) ?? '';
  const isPlural = singular(own) !== own;
  const style = commonCase([like.name]) ?? (/^\p{Lu}/u.test(like.name) ? 'pascal' : 'snake');
  return { name: spelled(isPlural ? [...words.slice(0, -1), plural(last)] : words, style), entity: entered };
}

/** Rough English plural, to suggest names by. */
export function plural(word: string): string {
  if (singular(word) !== word) return word;
  if (/[^aeiou]y$/u.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/u.test(word) ? `${word}es` : `${word}s`;
}

/** Names for a relation from one entity to another, in the spelling of each. */
export function relationNames(from: Table, to: Table, schema: Schema): readonly [name: string, inverse: string] {
  const words = (entity: Table): readonly string[] =>
    wordsOf((entity.entity ?? entity.name).replace(/(?<=.)(?:Entity|Model)$/u, ''));
  const others = words(from);
  const inverse = [...others.slice(0, -1), plural(others.at(-1) ?? '')];
  const free = (name: string, table: Table): string => {
    const taken = new Set(propertiesOf(table));
    let candidate = name;
    for (let number = 2; taken.has(candidate); number++) candidate = `${name}${number}`;
    return candidate;
  };
  return [
    free(propertyName(words(to).join('_'), from, schema), from),
    free(propertyName(inverse.join('_'), to, schema), to),
  ];
}
