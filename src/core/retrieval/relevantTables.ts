/** Which tables a question is about: a ranking by words, with no model and no network, the same on every run. */
import type { Schema, Table } from '../schema/model.ts';
import { nameTerms, questionTerms, rootOf } from './terms.ts';
import { synonymsOf } from './synonyms.ts';

export interface RelevantTable {
  readonly table: Table;
  /** Comparable within one answer only. */
  readonly score: number;
  /** What of the table answers the question, best first: `name "orders"`, `column customer_id`, `next to orders`. */
  readonly reasons: readonly string[];
}

/** What a word in each place of a table tells: a name says what the table is, a column only what it also holds. */
const weights = { name: 6, entity: 5, relation: 1.6, column: 2, comment: 2, module: 1.5, value: 1.5 } as const;

/** How much a match counts that is not the word itself. */
const kinds = { exact: 1, root: 0.8, synonym: 0.6 } as const;

/** Bonus where every word of the table's name is in the question: `order lines` means `order_lines` more than `orders`. */
const wholeName = 3;

/** Share of a neighbour's score that a table inherits through a foreign key: what joins two hits is part of the answer. */
const inherited = 0.15;

interface Term {
  readonly text: string;
  readonly root: string;
  readonly synonyms: ReadonlySet<string>;
}

interface Place {
  readonly weight: number;
  readonly what: string;
  readonly words: readonly string[];
}

interface Hit {
  readonly strength: number;
  readonly what: string;
}

/**
 * The tables a question is about, best first; those that no word of it points at are left out.
 *
 * @param question in words, or names as the source writes them (`orderLines`, `order_lines`)
 * @param limit most tables to yield
 * @param domains of the project's profile: they decide between words that mean different things in different fields
 */
export function relevantTables(
  schema: Pick<Schema, 'tables' | 'enums'>,
  question: string,
  limit: number,
  domains: readonly string[] = [],
): readonly RelevantTable[] {
  const terms = questionTerms(question).map((text): Term => ({
    text,
    root: rootOf(text),
    synonyms: synonymsOf(text, domains),
  }));
  const values = new Map(schema.enums.map((each) => [each.name, each.values]));
  const places = schema.tables.map((table) => placesOf(table, values));
  // One list of hits per table, one entry per term.
  const hits = places.map((each) => terms.map((term) => bestHit(term, each)));
  const rarity = terms.map((_term, index) => {
    const count = hits.filter((each) => each[index] !== null).length;
    return Math.log(1 + schema.tables.length / (1 + count));
  });
  const own = schema.tables.map((table, index) => {
    const found = hits[index] ?? [];
    const score = found.reduce((sum, hit, at) => sum + (hit?.strength ?? 0) * (rarity[at] ?? 0), 0);
    return score === 0 ? 0 : score + wholeNameBonus(table, terms);
  });

  const neighbours = neighboursOf(schema.tables);
  return schema.tables
    .map((table, index): RelevantTable => {
      const near = [...(neighbours[index] ?? [])]
        .filter((other) => (own[other] ?? 0) > 0)
        .sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0))
        // Two are what a join table joins; a hub with many neighbours shall not win by their number.
        .slice(0, 2);
      const score = (own[index] ?? 0) + near.reduce((sum, other) => sum + inherited * (own[other] ?? 0), 0);
      return { table, score, reasons: reasonsOf(hits[index] ?? [], near, schema.tables) };
    })
    .filter(({ score }) => score > 0)
    .sort(
      (a, b) => b.score - a.score || compare(a.table.name, b.table.name) || compare(a.table.at.file, b.table.at.file),
    )
    .slice(0, Math.max(0, limit));
}

function placesOf(table: Table, values: ReadonlyMap<string, readonly string[]>): readonly Place[] {
  const place = (weight: number, what: string, text: string | null): readonly Place[] => {
    const words = text === null ? [] : nameTerms(text);
    return words.length === 0 ? [] : [{ weight, what, words }];
  };
  return [
    ...place(weights.name, `name "${table.name}"`, table.name),
    ...place(weights.entity, `entity ${table.entity ?? ''}`, table.entity),
    ...place(weights.comment, 'its comment', table.comment),
    ...place(weights.module, `module ${table.module}`, table.module),
    ...table.columns.flatMap((column) => [
      ...place(weights.column, `column ${column.name}`, column.name),
      ...place(weights.column, `column ${column.name}`, column.property),
      ...place(weights.comment, `comment of column ${column.name}`, column.comment),
      ...place(weights.value, `values of column ${column.name}`, values.get(column.enum ?? '')?.join(' ') ?? null),
    ]),
    ...table.relations.flatMap(({ property }) => place(weights.relation, `relation ${property}`, property)),
  ];
}

function bestHit(term: Term, places: readonly Place[]): Hit | null {
  let best: Hit | null = null;
  for (const { weight, what, words } of places) {
    const match = Math.max(0, ...words.map((word) => matchOf(term, word)));
    // Half of a long name is less than the whole of a short one.
    const share = 0.6 + 0.4 / words.length;
    const strength = weight * match * share;
    if (strength > (best?.strength ?? 0)) best = { strength, what };
  }
  return best;
}

function matchOf({ text, root, synonyms }: Term, word: string): number {
  if (word === text) return kinds.exact;
  if (root.length >= 3 && rootOf(word) === root) return kinds.root;
  return synonyms.has(word) ? kinds.synonym : 0;
}

function wholeNameBonus(table: Table, terms: readonly Term[]): number {
  const asked = new Set(terms.map(({ text }) => text));
  const names = [table.name, table.entity ?? table.name].map(nameTerms);
  const longest = Math.max(
    0,
    ...names.filter((name) => name.every((word) => asked.has(word))).map((name) => name.length),
  );
  return longest * wholeName;
}

/** Indices of the tables at either end of a foreign key, and on both sides of a join table. */
function neighboursOf(tables: readonly Table[]): readonly ReadonlySet<number>[] {
  const byName = new Map<string, number[]>();
  tables.forEach(({ name }, index) => byName.set(name, [...(byName.get(name) ?? []), index]));
  const found = tables.map(() => new Set<number>());
  tables.forEach((table, index) => {
    for (const { references } of table.foreignKeys)
      for (const other of byName.get(references.table) ?? []) {
        if (other === index) continue;
        found[index]?.add(other);
        found[other]?.add(index);
      }
  });
  return found;
}

/** Enough to see why, little enough to read. */
const maxReasons = 4;

function reasonsOf(
  hits: readonly (Hit | null)[],
  near: readonly number[],
  tables: readonly Table[],
): readonly string[] {
  const own = hits
    .filter((hit) => hit !== null)
    .sort((a, b) => b.strength - a.strength)
    .map(({ what }) => what);
  const names = near.map((index) => tables[index]?.name).filter((name) => name !== undefined);
  return [...new Set([...own, ...names.map((name) => `next to ${name}`)])].slice(0, maxReasons);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
