/** One set of facts per file, where several readers read it: the file's bones are the same in each, its queries are each reader's own. */
import type { FileFacts, Query } from '../schema/code.ts';
import { memoize } from '../schema/memo.ts';

/** Sorted by file; ids of functions and loops mean the same in all facts of a file, those of transactions are renumbered. */
export function mergeFacts(files: readonly FileFacts[]): readonly FileFacts[] {
  const byFile = new Map<string, FileFacts[]>();
  for (const facts of files) {
    const known = byFile.get(facts.file);
    if (known) known.push(facts);
    else byFile.set(facts.file, [facts]);
  }
  return [...byFile]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .flatMap(([, [first, ...others]]) => (first ? [others.length === 0 ? first : mergeAll(first, others)] : []));
}

/** Equal parts give the same object again, so that what rests on it is not made anew. */
const mergeOne = memoize((first: FileFacts, look: { readonly others: () => FileFacts | undefined }): FileFacts => {
  const second = look.others();
  return second ? merge(first, second) : first;
});

function mergeAll(first: FileFacts, others: readonly FileFacts[]): FileFacts {
  return others.reduce((merged, next) => mergeOne(merged, { others: () => next }), first);
}

function merge(a: FileFacts, b: FileFacts): FileFacts {
  // A reader that found nothing but declarations did not look for functions, and one may know of loops that only its ORM makes.
  const bones = sizeOf(a) >= sizeOf(b) ? a : b;
  const transactions = [...a.transactions];
  const renumbered = b.transactions.map((each) => {
    const text = JSON.stringify(each);
    const known = transactions.findIndex((other) => JSON.stringify(other) === text);
    return known === -1 ? transactions.push(each) - 1 : known;
  });
  const fields = new Map([...b.fields, ...a.fields].map((field) => [`${field.owner}.${field.name}`, field]));
  return {
    ...bones,
    fields: [...fields.values()],
    transactions,
    queries: mergeQueries(
      a.queries,
      b.queries.map((query) =>
        query.transaction === null ? query : { ...query, transaction: renumbered[query.transaction] ?? null },
      ),
    ),
    dataSources: [...a.dataSources, ...b.dataSources],
    endpoints: a.endpoints.length >= b.endpoints.length ? a.endpoints : b.endpoints,
    ...((a.migration ?? b.migration) ? { migration: a.migration ?? b.migration } : {}),
    ...((a.indexed ?? b.indexed) ? { indexed: a.indexed ?? b.indexed } : {}),
    ...(a.loadPaths || b.loadPaths
      ? { loadPaths: [...new Set([...(a.loadPaths ?? []), ...(b.loadPaths ?? [])])].sort() }
      : {}),
    ...(a.stores || b.stores ? { stores: a.stores ?? b.stores ?? [] } : {}),
    ...(a.alternatives || b.alternatives
      ? { alternatives: [...(a.alternatives ?? []), ...(b.alternatives ?? [])] }
      : {}),
    ...(a.suppressions || b.suppressions ? { suppressions: a.suppressions ?? b.suppressions ?? [] } : {}),
  };
}

function sizeOf({ functions, loops }: FileFacts): number {
  return functions.length + loops.length;
}

/** In the order of the source. Of two readings of one call, or of one beginning of a chain of calls, that which knows its table counts. */
function mergeQueries(a: readonly Query[], b: readonly Query[]): readonly Query[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const byPlace = new Map<string, Query>();
  for (const query of [...a, ...b]) {
    const key = `${query.at.line}:${query.at.column}:${query.at.endLine}:${query.at.endColumn}`;
    const known = byPlace.get(key);
    if (!known || (known.table === null && query.table !== null)) byPlace.set(key, query);
  }
  const begun = new Set([...byPlace.values()].flatMap((query) => (query.table === null ? [] : [beginningOf(query)])));
  return [...byPlace.values()]
    .filter((query) => query.table !== null || query.entity !== null || !begun.has(beginningOf(query)))
    .sort((x, y) => x.at.line - y.at.line || x.at.column - y.at.column);
}

function beginningOf({ operation, at }: Query): string {
  return `${operation} ${at.line}:${at.column}`;
}
