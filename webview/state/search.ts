/** Search over table, entity and column names, and over the values of enums. Pure; the order is the one the user sees. */
import type { DiagramModel } from '../../src/core/diagram/model.ts';

export interface SearchHit {
  readonly table: string;
  /** Null where the table itself matched. */
  readonly column: string | null;
  /** What to show, and what stands beside it. */
  readonly label: string;
  readonly description: string;
  /** Where the match lies in `label`: start and exclusive end, in UTF-16 code units; null where only `description` matched. */
  readonly match: readonly [number, number] | null;
}

/** A table whose name has the query at the start of a word stands before columns that start with it. */
const columnHandicap = 3;
/** Values come after the names of columns. */
const valueHandicap = 5;

/** Lower is better: exact, prefix, start of a word, anywhere. */
function quality(text: string, query: string): { score: number; at: number } | null {
  const lower = text.toLowerCase();
  const at = lower.indexOf(query);
  if (at < 0) return null;
  if (lower === query) return { score: 0, at };
  if (at === 0) return { score: 1, at };
  for (let from = at; from >= 0; from = lower.indexOf(query, from + 1)) {
    const before = text[from - 1] ?? '';
    const first = text[from] ?? '';
    if (!/[a-z0-9]/i.test(before) || (/[A-Z]/.test(first) && /[a-z]/.test(before))) return { score: 2, at: from };
  }
  return { score: 3, at };
}

/**
 * At most `limit` hits, tables before columns of nearly the same quality. `table.column` searches the column in the tables that
 * match. An empty query matches nothing.
 */
export function search(model: DiagramModel, text: string, limit = 50): { hits: readonly SearchHit[]; total: number } {
  const query = text.trim().toLowerCase();
  if (query === '') return { hits: [], total: 0 };
  const dot = query.lastIndexOf('.');
  const enums = new Map(model.enums.map(({ name, values }) => [name, values]));
  const found: { hit: SearchHit; score: number }[] = [];
  for (const table of model.tables) {
    const named = quality(table.name, query) ?? qualified(table.id, table.name, query);
    const entity = table.entity === null ? null : quality(table.entity, query);
    const best = named ?? entity;
    if (best !== null)
      found.push({
        score: best.score * 2,
        hit: {
          table: table.id,
          column: null,
          label: table.name,
          description: [table.entity === table.name ? null : table.entity, table.module].filter(Boolean).join(' · '),
          match: named === null ? null : range(named.at, query, table.name),
        },
      });
    const inTable = dot > 0 && table.id.toLowerCase().includes(query.slice(0, dot));
    const wanted = inTable ? query.slice(dot + 1) : query;
    for (const column of table.columns) {
      const value = enums.get(column.enum ?? '')?.find((candidate) => quality(candidate, wanted) !== null);
      const matched = wanted === '' ? { score: 3, at: 0 } : quality(column.name, wanted);
      if (matched === null && value !== undefined && wanted !== '')
        found.push({
          score: (quality(value, wanted)?.score ?? 3) * 2 + valueHandicap,
          hit: {
            table: table.id,
            column: column.name,
            label: value,
            description: `${table.name}.${column.name}`,
            match: range(value.toLowerCase().indexOf(wanted), wanted, value),
          },
        });
      if (matched === null) continue;
      found.push({
        score: matched.score * 2 + columnHandicap,
        hit: {
          table: table.id,
          column: column.name,
          label: column.name,
          description: table.name,
          match: range(matched.at, wanted, column.name),
        },
      });
    }
  }
  // Array.prototype.sort is stable: equal hits keep the model's order.
  found.sort((a, b) => a.score - b.score || a.hit.label.length - b.hit.label.length);
  return { hits: found.slice(0, limit).map(({ hit }) => hit), total: found.length };
}

function qualified(id: string, name: string, query: string): { score: number; at: number } | null {
  return id !== name && id.toLowerCase().startsWith(query) ? { score: 1, at: -1 } : null;
}

function range(at: number, query: string, label: string): readonly [number, number] | null {
  return at < 0 ? null : [at, Math.min(label.length, at + query.length)];
}
