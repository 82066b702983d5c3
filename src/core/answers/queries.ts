import { code, list, place, table } from '../briefs/markdown.ts';
import type { Section } from '../briefs/markdown.ts';
import type { FileFacts, Query } from '../schema/code.ts';
import type { AnswerSource } from './answer.ts';
import { groupBy } from '../schema/groupBy.ts';
import { isWrite } from '../schema/operations.ts';

interface Found {
  readonly query: Query;
  readonly file: FileFacts;
}

const mostRows = 60;

export function querySections({ schema }: AnswerSource): readonly Section[] {
  const all = schema.code.files
    .filter(({ purpose }) => purpose === 'application')
    .flatMap((file) => file.queries.map((query): Found => ({ query, file })));
  const rows = (wanted: (found: Found) => boolean): string =>
    list(
      all
        .filter(wanted)
        .slice(0, mostRows)
        .map(({ query, file }) => `${describe(query)}${within(query, file)} (${place(query.at)})`),
    );
  return [
    {
      title: 'In a loop',
      body: rows(({ query, file }) => query.loop !== null && file.loops[query.loop]?.bounded === false),
    },
    {
      title: 'Many rows, without a limit',
      body: rows(
        ({ query }) =>
          query.operation === 'select' && query.rows === 'many' && query.limit === null && query.loop === null,
      ),
    },
    {
      title: 'Values put into the text of SQL',
      body: rows(({ query }) => query.sql !== null && query.sql.interpolations.length > 0),
    },
    { title: 'Tables by number of queries', body: byTable(all) },
  ];
}

function describe({ operation, table: name, entity, api }: Query): string {
  return `${operation} ${code(name ?? entity ?? 'an unknown table')} by ${code(api)}`;
}

function within({ function: id }: Query, { functions }: FileFacts): string {
  const found = id === null ? undefined : functions[id];
  if (found?.name == null) return '';
  return ` in ${code(found.owner === null ? found.name : `${found.owner}.${found.name}`)}`;
}

function byTable(all: readonly Found[]): string {
  const known = all.filter(({ query }) => query.table !== null);
  const groups = groupBy(known, ({ query }) => query.table ?? '');
  return table(
    ['Table', 'Reads', 'Writes'],
    [...groups]
      .toSorted((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
      .slice(0, 20)
      .map(([name, found]) => {
        const writes = found.filter(({ query }) => isWrite(query)).length;
        return [code(name), String(found.length - writes), String(writes)];
      }),
  );
}
