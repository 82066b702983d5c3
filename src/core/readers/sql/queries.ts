/** Queries that stand in files of their own, each with its name above it: sqlc (`-- name: GetAuthor :one`), aiosql, HugSQL (`-- :name all :many`). */
import type { Query } from '../../schema/code.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';

const heading =
  /^[ \t]*(?:--|\/\*)[ \t]*(?:name[ \t]*:|:name)[ \t]*([\w.$!<>*^-]+)?(?:[ \t]+(?:@|:)?(one|many|exec\w*|batch\w*|copyfrom|1|\*|\?|n|!|affected|returning-\w+|raw))?[^\n]*$/gim;

const rowsOf: Readonly<Record<string, Query['rows']>> = {
  one: 'one',
  '1': 'one',
  '?': 'one',
  many: 'many',
  '*': 'many',
};

/** The first statement, without the semicolon that ends it and what stands behind that. */
function statementOf(sql: string): string {
  const end = /;[ \t]*(?:--[^\n]*)?(?:\r?\n|$)/.exec(sql);
  return (end ? sql.slice(0, end.index) : sql).trim();
}

export function queriesOf(text: string, lines: LineIndex): Query[] {
  const heads = [...text.matchAll(heading)];
  return heads.flatMap((head, place): Query[] => {
    const start = head.index + head[0].length;
    const written = text.slice(start, heads[place + 1]?.index ?? text.length);
    const sql = written.replace(/^(?:\s|--[^\n]*\n)+/, '');
    if (sql.trim() === '') return [];
    const from = start + written.length - sql.length;
    const at = lines.range(from, from + sql.trimEnd().length);
    const draft = newDraft(head[1] ?? 'sql', 'raw', 'unknown');
    // sqlc's own way of naming parameters.
    applyStatement(
      statementOf(sql).replace(/\bsqlc\.n?arg\(\s*'?(\w+)'?\s*\)|@(\w+)/g, (_, a: string, b: string) => `:${a || b}`),
      at,
      draft,
    );
    if (draft.operation === 'raw') return [];
    const rows = rowsOf[head[2]?.toLowerCase() ?? ''] ?? (head[2]?.startsWith('exec') ? 'none' : draft.rows);
    const { operation, api, entity, receiver, complete, filters, sorts, joins, loads, selects, writes } = draft;
    const { limit, offset, groups, lock, withDeleted, loading, table, namespace } = draft;
    return [
      {
        ...{ operation, api, entity, receiver, complete, filters, sorts, joins, loads, selects, writes },
        ...{ limit, offset, groups, lock, withDeleted, loading, table, namespace },
        rows,
        sql: { text: sql.trim(), interpolations: [], at },
        uses: [],
        result: null,
        awaited: true,
        function: null,
        loop: null,
        transaction: null,
        inTransactionClient: false,
        at,
      },
    ];
  });
}
