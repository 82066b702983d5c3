import { code, codes, list, place, table } from '../briefs/markdown.ts';
import type { Section } from '../briefs/markdown.ts';
import { entityTables, tableName } from '../briefs/shared.ts';
import { adviseIndexes } from '../lint/advisor/advise.ts';
import type { TableAdvice } from '../lint/advisor/advise.ts';
import type { Table } from '../schema/model.ts';
import type { AnswerSource } from './answer.ts';

const mostRows = 60;

export function indexSections({ schema, dialect }: AnswerSource): readonly Section[] {
  const advice = adviseIndexes(schema, dialect);
  return [
    { title: 'Indexes that queries ask for', body: proposed(advice) },
    { title: 'Indexes that another one covers', body: list(advice.flatMap(covered)) },
    { title: 'Indexes that no query uses that was read', body: list(advice.flatMap(unused)) },
    { title: 'Tables with most indexes', body: heaviest(entityTables(schema)) },
  ];
}

/** The fewest that serve what nothing serves. A small table may do without. */
function proposed(advice: readonly TableAdvice[]): string {
  return table(
    ['Table', 'Index on', 'Queries', 'For example'],
    advice
      .flatMap((each) => each.proposals.map((proposal) => ({ each, proposal })))
      .toSorted((a, b) => b.proposal.serves.length - a.proposal.serves.length)
      .slice(0, mostRows)
      .map(({ each, proposal: { columns, serves, foreignKeys } }) => {
        const at = serves[0]?.lookup.at ?? foreignKeys[0]?.at;
        return [
          code(tableName(each.table)),
          code(columns.join(', ')),
          String(serves.length),
          at === undefined ? '' : place(at),
        ];
      }),
  );
}

function covered({ table: each, redundant }: TableAdvice): readonly string[] {
  return redundant.map(({ index, covering }) => {
    const name = covering.name === null ? `its ${covering.kind}` : code(covering.name);
    return `${code(tableName(each))}: the index on ${codes(index.columns)} (${place(index.at)}) is covered by ${name} on ${codes(covering.columns)}`;
  });
}

function unused({ table: each, unused: indexes }: TableAdvice): readonly string[] {
  return indexes.map(({ columns, at }) => `${code(tableName(each))}: ${codes(columns)} (${place(at)})`);
}

function heaviest(tables: readonly Table[]): string {
  return table(
    ['Table', 'Indexes', 'On'],
    tables
      .filter(({ indexes }) => indexes.length > 1)
      .toSorted((a, b) => b.indexes.length - a.indexes.length || (a.name < b.name ? -1 : 1))
      .slice(0, 10)
      .map((each) => [
        code(tableName(each)),
        String(each.indexes.length),
        codes(each.indexes.map(({ columns, expression }) => expression ?? columns.join(', '))),
      ]),
  );
}
