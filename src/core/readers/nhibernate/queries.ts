/** LINQ on sessions: `session.Query<Order>().Where(…)`, `session.Get<Order>(id)`; HQL is told as text. */
import type { FileFacts, PathUse, Query, Transaction } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';
import type { SourceFile } from '../reader.ts';
import { csChainOf } from '../shared/csharp/chain.ts';
import type { Link } from '../shared/csharp/chain.ts';
import { draftOf } from '../shared/csharp/linq.ts';
import { csFunctionAt, csLoopAt, csOutlineOf } from '../shared/csharp/outline.ts';
import { namesIn } from '../shared/csharp/names.ts';
import { constantsIn, csSqlOf } from '../shared/csharp/sqlText.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { applyJpql } from '../shared/sql/jpql.ts';
import { fieldsOfDraft } from '../shared/csharp/draftFields.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { assignmentBefore } from '../shared/typescript/scan.ts';
import type { Mapped } from './collect.ts';

const changes: Readonly<Record<string, Query['operation']>> = {
  Save: 'insert',
  Persist: 'insert',
  Update: 'update',
  SaveOrUpdate: 'upsert',
  Merge: 'upsert',
  Delete: 'delete',
};

export function readSessionQueries(file: SourceFile, facts: FileFacts): FileFacts {
  const outline = csOutlineOf(file.parsed());
  const { text, lines } = file;
  const constantOf = constantsIn(text);
  const transactions: Transaction[] = outline.calls
    .filter(({ method }) => method === 'BeginTransaction')
    .map((call) => ({
      api: call.method,
      isolation: /IsolationLevel\.(\w+)/u.exec(text.slice(call.argsStart, call.end))?.[1] ?? null,
      client: null,
      function: call.function,
      body: call.function,
      at: lines.range(call.start, call.end),
    }));
  const queries: Query[] = [];
  for (const call of outline.calls) {
    if (call.chained) continue;
    const { root, links } = csChainOf(call.node, text);
    const [first, ...rest] = links;
    const session = /(?:^|\.)_?\w*[sS]ession$/u.test(root);
    if (!first || !session) continue;
    const name = first.name.replace(/Async$/u, '');
    let draft: Draft | null = null;
    let changed: string | null = null;
    if (name === 'Query' && /^[A-Z]\w*$/u.test(first.types)) draft = draftOf(rest, text, lines);
    else if (name === 'QueryOver' && /^[A-Z]\w*$/u.test(first.types)) {
      draft = newDraft(
        'QueryOver',
        'select',
        /SingleOrDefault|RowCount/u.test(links.at(-1)?.name ?? '') ? 'one' : 'many',
      );
      draft.complete = rest.length <= 1;
    } else if (name === 'Get' && /^[A-Z]\w*$/u.test(first.types)) {
      draft = newDraft(first.name, 'select', 'one');
      draft.filters.push({
        path: 'id',
        at: lines.range(first.start, first.end),
        comparison: 'eq',
        orGroup: 0,
        wrapped: false,
        constant: false,
      });
    } else if (/^Create(?:SQL)?Query$/u.test(name)) {
      const sql = first.args[0] ? csSqlOf(first.args[0], text, lines, false, constantOf) : null;
      draft = newDraft(first.name, 'raw', 'many');
      draft.complete = false;
      if (sql) {
        draft.sql = sql.raw;
        if (name === 'CreateSQLQuery') applyStatement(sql.sql, sql.raw.at, draft);
        else if (/^\s*(?:update|delete)\b/iu.test(sql.sql)) {
          // What HQL changes at once is written as in SQL, with classes in place of tables.
          applyStatement(sql.sql.replace(/^\s*delete\s+(?!from\b)/iu, 'DELETE FROM '), sql.raw.at, draft);
          changed = draft.table;
          draft.table = null;
        } else if (sql.raw.interpolations.length === 0) {
          applyJpql(sql.sql, sql.raw.at, draft);
          changed = draft.entity;
          applyBounds(rest, draft, lines);
        }
      }
    } else if (name === 'Flush') draft = newDraft(first.name, 'unknown', 'none');
    else if (Object.hasOwn(changes, name)) draft = newDraft(first.name, changes[name] ?? 'unknown', 'none');
    if (!draft) continue;
    draft.entity = first.types === '' ? changed : first.types;
    if (draft.loads.length > 0) {
      draft.loading = 'join';
      // `firstResult/maxResults specified with collection fetch; applying in memory` (NHibernate, QueryTranslatorImpl).
      if (draft.limit) draft.limit = { ...draft.limit, counts: 'in-memory' };
    }
    const read = fieldsOfDraft(draft);
    const assignment = assignmentBefore(text, call.start);
    const owner = csFunctionAt(outline, call.start);
    const transaction = transactions.findIndex(
      ({ body, at }) => body !== null && body === owner && lines.offset(at.line, at.column) < call.start,
    );
    queries.push({
      ...read,
      uses: namesIn(
        links.flatMap(({ args }) => args),
        text,
      ),
      result: assignment.target,
      awaited: assignment.awaited || !draft.api.endsWith('Async'),
      function: owner,
      loop: csLoopAt(outline, call.start),
      transaction: transaction === -1 ? null : transaction,
      inTransactionClient: transaction !== -1,
      // A session writes when it is flushed, not with each call.
      ...(Object.hasOwn(changes, name) ? { batched: true } : {}),
      at: lines.range(call.start, call.end),
    });
  }
  return { ...facts, queries, transactions };
}

/** `.SetFirstResult(20).SetMaxResults(20).UniqueResult<Order>()` */
function applyBounds(links: readonly Link[], draft: Draft, lines: LineIndex): void {
  for (const { name, start, end } of links) {
    const found = { value: null, at: lines.range(start, end) };
    if (name === 'SetMaxResults') draft.limit = found;
    else if (name === 'SetFirstResult') draft.offset = found;
    else if (name.startsWith('UniqueResult')) draft.rows = 'one';
  }
}

export function linkQueries(
  files: readonly FileFacts[],
  mapped: readonly Mapped[],
  tables: readonly Table[],
): readonly FileFacts[] {
  const entities = new Map<string, Table>();
  for (const table of tables) if (table.entity !== null) entities.set(table.entity, table);
  for (const each of mapped) {
    const parent = each.parent ? entities.get(each.parent.name) : undefined;
    if (!entities.has(each.name) && parent) entities.set(each.name, parent);
  }
  const tableOf = tableFinder(entities);
  const paths = pathResolver({ entity: (name) => entities.get(name), table: tableOf });
  return files.map((file) => ({
    ...file,
    queries: file.queries.map((query) => {
      const table =
        query.entity !== null
          ? entities.get(query.entity)
          : query.table !== null
            ? tableOf(query.table, query.namespace)
            : undefined;
      if (!table) return query;
      const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
        uses.map((use) => {
          const found = paths.resolve(table, use.path, query.entity);
          return found ? { ...use, target: found } : use;
        });
      return {
        ...query,
        entity: query.entity ?? table.entity,
        table: table.name,
        namespace: table.namespace,
        filters: target(query.filters),
        sorts: target(query.sorts),
        loads: target(query.loads),
        groups: target(query.groups),
      };
    }),
  }));
}
