/** Which tables a prompt shows: those a question names, those it is about, and what lies next to them. */
import type { Finding } from '../lint/rule.ts';
import { relevantTables } from '../retrieval/relevantTables.ts';
import type { Schema, Table } from '../schema/model.ts';
import { tableName } from './piece.ts';

export interface SliceRequest {
  readonly schema: Schema;
  readonly findings: readonly Finding[];
  readonly domains: readonly string[];
  readonly question: string;
  /** What the same person asked before, latest first: `and its indexes?` is about the table of the question before it. */
  readonly earlier: readonly string[];
  /** Files that were attached to the question. */
  readonly files: readonly string[];
}

/** More do not fit into a prompt. */
const most = 24;
/** Neighbours of this many of the best come along. */
const withNeighbours = 4;

const pointsBack = /\b(?:it|its|they|them|their|theirs|this|these|those|that one|same|there)\b/iu;

/** Best first. Where no word points at a table: those with most findings, then those that most refer to. */
export function sliceOf(request: SliceRequest): readonly Table[] {
  const { schema, question, earlier, files } = request;
  const attached = schema.tables.filter(({ at }) => files.includes(at.file));
  const named = namedIn(schema.tables, question);
  // `And its indexes?` is about what came before, whatever tables its own words happen to hit.
  const asked = pointsBack.test(question) && named.length === 0 ? [...earlier, question] : [question, ...earlier];
  const about = asked
    .map((text) => relevantTables(schema, text, most, request.domains).map(({ table }) => table))
    .find((tables) => tables.length > 0);
  const best = [...new Set([...named, ...attached, ...(about ?? [])])];
  if (best.length === 0) return busiest(request).slice(0, most);
  const head = best.slice(0, withNeighbours);
  // A table without what it refers to cannot be queried or changed; the other hits follow.
  const near = head.flatMap((table) => neighbours(schema.tables, table));
  return [...new Set([...head, ...best.slice(withNeighbours, most / 2), ...near, ...best])].slice(0, most);
}

/** By the name as the source writes it: `order_lines`, `sales.orders`, `OrderLine`. */
function namedIn(tables: readonly Table[], question: string): readonly Table[] {
  const words = new Set(question.split(/[^\p{L}\p{N}_.]+/u).map((word) => word.replace(/^\.+|\.+$/gu, '')));
  const lower = new Set([...words].map((word) => word.toLowerCase()));
  return tables.filter(
    (table) =>
      (table.entity !== null && words.has(table.entity)) ||
      lower.has(tableName(table).toLowerCase()) ||
      // A plain word such as `order` may mean anything; with an underscore it is a name.
      (table.name.includes('_') && lower.has(table.name.toLowerCase())),
  );
}

function neighbours(tables: readonly Table[], table: Table): readonly Table[] {
  const isTarget = (other: Table): boolean =>
    table.foreignKeys.some(
      ({ references }) => references.table === other.name && references.namespace === other.namespace,
    );
  const refersTo = (other: Table): boolean =>
    other.foreignKeys.some(
      ({ references }) => references.table === table.name && references.namespace === table.namespace,
    );
  return [...tables.filter(isTarget), ...tables.filter((other) => !isTarget(other) && refersTo(other))].filter(
    (other) => other !== table,
  );
}

function busiest({ schema, findings }: SliceRequest): readonly Table[] {
  const found = new Map<string, number>();
  for (const { table } of findings) if (table !== null) found.set(table, (found.get(table) ?? 0) + 1);
  const referred = new Map<string, number>();
  for (const { foreignKeys } of schema.tables)
    for (const { references } of foreignKeys) referred.set(references.table, (referred.get(references.table) ?? 0) + 1);
  const weight = (table: Table): number =>
    100 * (found.get(table.name) ?? found.get(tableName(table)) ?? 0) + (referred.get(table.name) ?? 0);
  return schema.tables.toSorted((a, b) => weight(b) - weight(a) || (a.name < b.name ? -1 : 1));
}
