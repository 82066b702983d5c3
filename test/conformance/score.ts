/** Precision and recall of what was read against what the library creates, facet by facet. */
import type { Described, DescribedIndex, DescribedTable } from './described.ts';

export const facets = ['tables', 'columns', 'primary keys', 'foreign keys', 'indexes', 'uniques', 'enums'] as const;
export type Facet = (typeof facets)[number];

export interface Score {
  readonly expected: number;
  readonly actual: number;
  readonly common: number;
  /** Elements that only one side has: `- …` was not read, `+ …` was read and is not there. */
  readonly differences: readonly string[];
}

export type Scores = Readonly<Record<Facet, Score>>;

/** Everything a facet consists of, one line per element; equal lines are equal elements. Names count where both sides give them. */
function elements(facet: Facet, { tables, enums }: Described): readonly string[] {
  const of = (lines: (table: DescribedTable) => readonly string[]): readonly string[] =>
    tables.flatMap((table) => lines(table).map((line) => `${table.name}: ${line}`));
  switch (facet) {
    case 'tables':
      return tables.map(({ name }) => name);
    case 'columns':
      return of(({ columns }) =>
        columns.map(({ name, type, nullable }) => `${name} ${type}${nullable ? '' : ' not null'}`),
      );
    case 'primary keys':
      return of(({ primaryKey }) => (primaryKey.length > 0 ? [primaryKey.join(', ')] : []));
    case 'foreign keys':
      return of(({ foreignKeys }) =>
        foreignKeys.map(
          ({ columns, table, references, onDelete, onUpdate }) =>
            `(${columns.join(', ')}) → ${table}(${references.join(', ')}) on delete ${onDelete} on update ${onUpdate}`,
        ),
      );
    case 'indexes':
      return of(({ indexes }) => indexes.map(indexLine));
    case 'uniques':
      return of(({ uniques }) => uniques.map(indexLine));
    case 'enums':
      return enums ?? [];
  }
}

function indexLine({ columns, method, partial, descending }: DescribedIndex): string {
  const list = columns.map((column) => (descending.includes(column) ? `${column} desc` : column));
  return `(${list.join(', ')})${method === null ? '' : ` ${method}`}${partial ? ' partial' : ''}`;
}

export function score(expected: Described, actual: Described): Scores {
  const ofFacet = (facet: Facet): Score => {
    if (facet === 'enums' && (expected.enums === null || actual.enums === null)) return nothing;
    return compare(elements(facet, expected), elements(facet, actual));
  };
  return Object.fromEntries(facets.map((facet) => [facet, ofFacet(facet)])) as Record<Facet, Score>;
}

const nothing: Score = { expected: 0, actual: 0, common: 0, differences: [] };

function compare(expected: readonly string[], actual: readonly string[]): Score {
  const left = [...actual];
  const missing: string[] = [];
  let common = 0;
  for (const line of expected) {
    const at = left.indexOf(line);
    if (at === -1) missing.push(line);
    else {
      left.splice(at, 1);
      common++;
    }
  }
  return {
    expected: expected.length,
    actual: actual.length,
    common,
    differences: [...missing.map((line) => `- ${line}`), ...left.map((line) => `+ ${line}`)],
  };
}

export function sum(scores: readonly Scores[]): Scores {
  const add = (facet: Facet): Score => ({
    expected: scores.reduce((total, each) => total + each[facet].expected, 0),
    actual: scores.reduce((total, each) => total + each[facet].actual, 0),
    common: scores.reduce((total, each) => total + each[facet].common, 0),
    differences: scores.flatMap((each) => each[facet].differences),
  });
  return Object.fromEntries(facets.map((facet) => [facet, add(facet)])) as Record<Facet, Score>;
}

/** 1 where there is nothing to find. */
export function precision({ actual, common }: Score): number {
  return actual === 0 ? 1 : common / actual;
}

export function recall({ expected, common }: Score): number {
  return expected === 0 ? 1 : common / expected;
}

/** Names of keys, indexes and constraints that both sides give and that differ; for tests that want them equal too. */
export function nameDifferences(expected: Described, actual: Described): readonly string[] {
  const names = ({ tables }: Described): Set<string> =>
    new Set(
      tables.flatMap((table) =>
        [
          ...(table.primaryKeyName === null ? [] : [`primary key ${table.primaryKeyName}`]),
          ...table.foreignKeys.map(({ name }) => `foreign key ${name ?? ''}`),
          ...table.indexes.map(({ name }) => `index ${name ?? ''}`),
          ...table.uniques.map(({ name }) => `unique ${name ?? ''}`),
        ].map((line) => `${table.name}: ${line}`),
      ),
    );
  const [wanted, found] = [names(expected), names(actual)];
  return [
    ...[...wanted].filter((line) => !found.has(line)).map((line) => `- ${line}`),
    ...[...found].filter((line) => !wanted.has(line)).map((line) => `+ ${line}`),
  ];
}
