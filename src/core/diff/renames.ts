/** Which drop and add are probably one rename. Suggestions only: a rename is applied when the user has said so. */
import type { Change } from '../schema/change.ts';
import type { Column, Table } from '../schema/model.ts';
import { plainType } from './diff.ts';
import type { Rename } from './diff.ts';

export interface RenameCandidate {
  readonly rename: Rename;
  /** 0 to 1, best first. */
  readonly score: number;
  /** Why, for the user: `same type, similar name`. */
  readonly reason: string;
}

/** `orders.client=customer` for a column, `clients=customers` for a table; null = neither. */
export function parseRename(text: string): Rename | null {
  const match = /^\s*([^.=\s]+)(?:\.([^.=\s]+))?\s*=\s*([^.=\s]+)\s*$/.exec(text);
  if (!match) return null;
  const [, table = '', column, to = ''] = match;
  return column === undefined
    ? { kind: 'table', table, namespace: null, to, toNamespace: null }
    : { kind: 'column', table, namespace: null, from: column, to };
}

/** What `parseRename` takes. */
export function renderRename(rename: Rename): string {
  return rename.kind === 'table' ? `${rename.table}=${rename.to}` : `${rename.table}.${rename.from}=${rename.to}`;
}

/** `orders.client → customer`, `clients → customers`. */
export function describeRename(rename: Rename): string {
  const owner = `${rename.namespace === null ? '' : `${rename.namespace}.`}${rename.table}`;
  return rename.kind === 'column' ? `${owner}.${rename.from} → ${rename.to}` : `${owner} → ${rename.to}`;
}

/** From here on it is asked. A column of the same type is worth the question whatever it is called: its values are at stake. */
const offered = { table: 0.5, column: 0.35 } as const;

/** Candidates among the changes, best first; each element stands in one candidate at most. What the user has refused makes room for the next best. */
export function findRenames(changes: readonly Change[], refused: readonly Rename[] = []): readonly RenameCandidate[] {
  const no = new Set(refused.map(keyOf));
  const candidates = [...tableRenames(changes), ...columnRenames(changes)].filter(
    ({ rename }) => !no.has(keyOf(rename)),
  );
  const taken = new Set<string>();
  return candidates
    .filter((candidate) => candidate.score >= offered[candidate.rename.kind])
    .sort((a, b) => b.score - a.score || (keyOf(a.rename) < keyOf(b.rename) ? -1 : 1))
    .filter(({ rename }) => {
      const ends =
        rename.kind === 'table'
          ? [`t:${rename.namespace ?? ''}.${rename.table}`, `t+${rename.toNamespace ?? ''}.${rename.to}`]
          : [
              `c:${rename.namespace ?? ''}.${rename.table}.${rename.from}`,
              `c+${rename.namespace ?? ''}.${rename.table}.${rename.to}`,
            ];
      if (ends.some((end) => taken.has(end))) return false;
      for (const end of ends) taken.add(end);
      return true;
    });
}

function keyOf(rename: Rename): string {
  const to = rename.kind === 'table' ? [rename.to, rename.toNamespace] : [rename.from, rename.to];
  return JSON.stringify([rename.kind, rename.namespace, rename.table, ...to]);
}

function tableRenames(changes: readonly Change[]): RenameCandidate[] {
  const dropped = changes.flatMap((change) => (change.kind === 'dropTable' ? [change.table] : []));
  const created = changes.flatMap((change) => (change.kind === 'createTable' ? [change.table] : []));
  return dropped.flatMap((old) =>
    created.map((table) => {
      const shared = sharedColumns(old, table);
      const name = similarity(old.name, table.name);
      const entity = old.entity !== null && old.entity === table.entity;
      const score = entity ? Math.max(0.9, shared) : 0.75 * shared + 0.25 * name;
      const reason = entity
        ? `both are the entity ${old.entity}`
        : `${String(Math.round(shared * 100))} % of the columns are the same`;
      return {
        rename: {
          kind: 'table',
          table: old.name,
          namespace: old.namespace,
          to: table.name,
          toNamespace: table.namespace,
        },
        // Columns decide: two tables that share few are two tables, whatever they are called.
        score: shared < 0.5 && !entity ? 0 : score,
        reason,
      };
    }),
  );
}

/** Share of columns, of both tables together, that have a twin of the same name and type. */
function sharedColumns(a: Table, b: Table): number {
  const types = new Map(a.columns.map((column) => [column.name, plainType(column)]));
  const same = b.columns.filter((column) => types.get(column.name) === plainType(column)).length;
  const all = a.columns.length + b.columns.length - same;
  return all === 0 ? 0 : same / all;
}

function columnRenames(changes: readonly Change[]): RenameCandidate[] {
  const added = changes.flatMap((change) => (change.kind === 'addColumn' ? [change] : []));
  return changes.flatMap((drop) => {
    if (drop.kind !== 'dropColumn') return [];
    const inTable = added.filter((add) => add.table === drop.table && add.namespace === drop.namespace);
    const sameType = inTable.filter((add) => plainType(add.column) === plainType(drop.column));
    return inTable.map((add) => {
      const { score, reason } = columnScore(drop.column, add.column, sameType.length === 1);
      return {
        rename: {
          kind: 'column',
          table: drop.table,
          namespace: drop.namespace,
          from: drop.column.name,
          to: add.column.name,
        },
        score,
        reason,
      } satisfies RenameCandidate;
    });
  });
}

function columnScore(from: Column, to: Column, onlyOfItsType: boolean): { score: number; reason: string } {
  const name = similarity(from.name, to.name);
  const sameType = plainType(from) === plainType(to);
  // The property is what the code calls it: a new physical name for the same property is a rename beyond doubt.
  if (from.property !== null && from.property === to.property)
    return { score: 1, reason: `both are the property ${to.property}` };
  if (!sameType && from.type !== to.type) return { score: 0.4 * name, reason: 'similar name' };
  const words = [
    sameType ? 'same type' : 'same kind of type',
    ...(name >= 0.5 ? ['similar name'] : []),
    ...(onlyOfItsType ? ['the only new column of its type'] : []),
  ];
  return {
    score: 0.3 + 0.5 * name + (onlyOfItsType ? 0.15 : 0) + (from.nullable === to.nullable ? 0.05 : 0),
    reason: words.join(', '),
  };
}

/** 0 to 1: the better of shared words (`customer_id`, `client_id` share one of three) and edit distance over the longer name. */
export function similarity(a: string, b: string): number {
  const words = (name: string): Set<string> =>
    new Set(
      name
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .filter(Boolean),
    );
  const [left, right] = [words(a), words(b)];
  const shared = [...left].filter((word) => right.has(word)).length;
  const all = left.size + right.size - shared;
  const longest = Math.max(a.length, b.length);
  return Math.max(
    all === 0 ? 0 : shared / all,
    longest === 0 ? 1 : 1 - distance(a.toLowerCase(), b.toLowerCase()) / longest,
  );
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
