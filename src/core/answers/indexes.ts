import { code, codes, list, place, table } from '../briefs/markdown.ts';
import type { Section } from '../briefs/markdown.ts';
import { entityTables, tableName } from '../briefs/shared.ts';
import { accessPaths, obstacleTo } from '../dialects/indexCoverage.ts';
import type { AccessPath } from '../dialects/indexCoverage.ts';
import { lookupsOf } from '../lint/lookups.ts';
import type { Table } from '../schema/model.ts';
import type { AnswerSource } from './answer.ts';

const mostRows = 60;

export function indexSections(source: AnswerSource): readonly Section[] {
  const tables = entityTables(source.schema);
  return [
    { title: 'Look-ups that no index serves', body: unserved(source) },
    { title: 'Indexes that another one covers', body: list(tables.flatMap(covered)) },
    { title: 'Tables with most indexes', body: heaviest(tables) },
  ];
}

/** What queries search by, and what would serve it. A small table may do without. */
function unserved({ schema, dialect }: AnswerSource): string {
  const rows = entityTables(schema).flatMap((each) => {
    const paths = accessPaths(each);
    const missing = lookupsOf(each, schema).filter(
      ({ columns }) => !paths.some((path) => columns.some((column) => obstacleTo(path, [column], dialect) === null)),
    );
    const byColumns = Map.groupBy(missing, ({ columns }) => [...columns].sort().join(', '));
    return [...byColumns].map(([columns, uses]) => ({ each, columns, uses }));
  });
  return table(
    ['Table', 'Searched by', 'Times', 'For example'],
    rows
      .toSorted((a, b) => b.uses.length - a.uses.length)
      .slice(0, mostRows)
      .map(({ each, columns, uses }) => [
        code(tableName(each)),
        code(columns),
        String(uses.length),
        uses[0] === undefined ? '' : place(uses[0].at),
      ]),
  );
}

/** A plain index whose columns lead another one of the same kind does nothing that the other does not. */
function covered(each: Table): readonly string[] {
  const paths = accessPaths(each);
  return each.indexes.flatMap((index) => {
    if (index.unique || index.origin !== 'declared' || index.where !== null || index.expression !== null) return [];
    const other = paths.find((path) => path.index !== index && leads(index.columns, path, index.method, index.orders));
    if (!other) return [];
    const name = other.name === null ? `its ${other.kind}` : code(other.name);
    return [
      `${code(tableName(each))}: the index on ${codes(index.columns)} (${place(index.at)}) is covered by ${name} on ${codes(other.columns)}`,
    ];
  });
}

function leads(
  columns: readonly string[],
  path: AccessPath,
  method: string | null,
  orders: readonly string[],
): boolean {
  const { index } = path;
  const isLonger = path.columns.length > columns.length || index === null || index.unique;
  const isPlain = index === null || (index.where === null && index.expression === null && index.method === method);
  const sameOrder = !orders.includes('desc') && !(index?.orders.includes('desc') ?? false);
  return isLonger && isPlain && sameOrder && columns.every((column, at) => path.columns[at] === column);
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
