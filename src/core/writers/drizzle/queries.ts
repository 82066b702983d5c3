/** Queries of Drizzle: `db.select().from(orders).limit(20).offset(20)`. */
import type { SourceFile } from '../../readers/reader.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { callBefore, chainAt, linkNamed, startOf } from '../shared/code/chain.ts';
import { writeAtOnceInNode } from '../shared/code/writeNode.ts';
import type { BulkOf } from '../shared/code/writeNode.ts';
import { insertAt } from '../shared/indexWriter.ts';
import { partsOf } from '../shared/style.ts';
import { refuse } from '../shared/refusals.ts';
import type { WriteResult } from '../writer.ts';

export const drizzleQueries: CodeWriters = { orderQuery, writeAtOnce: writeAtOnceInNode((chain) => bulkOf(chain)) };

function orderQuery(change: CodeChangeOf<'orderQuery'>, file: SourceFile): WriteResult {
  const chain = chainAt(file, change.at);
  const page = chain?.links.find(({ name }) => name === 'limit' || name === 'offset');
  const table = chain && linkNamed(chain, 'from')?.arguments[0];
  if (!chain || !page || table?.type !== 'identifier' || linkNamed(chain, 'groupBy', 'selectDistinct', 'union'))
    return refuse('The query is put together in several places: sort it there.');
  const keys = change.properties.map((property) => `${table.text}.${property}`);
  const order = linkNamed(chain, 'orderBy');
  if (order) {
    const last = order.arguments.at(-1);
    return last && last.type !== 'arrow_function' && last.type !== 'spread_element'
      ? { ok: true, edits: [insertAt(file.path, last.endIndex, `, ${keys.join(', ')}`)] }
      : refuse('What the query is sorted by is made elsewhere: add the key there.');
  }
  if (change.sorted) return refuse('The query is sorted in another place: add the key there.');
  const at = startOf(page, file.text);
  return { ok: true, edits: [insertAt(file.path, at, callBefore(file.text, at, `.orderBy(${keys.join(', ')})`))] };
}

/** `insert(orders).values({…})`, which takes a list as well, but no empty one. */
const bulkOf: BulkOf = ({ root, links, node }) => {
  const values = links.find(({ name }) => name === 'values');
  const [row, ...others] = values?.arguments ?? [];
  const [table] = linkNamed({ root, links, node }, 'insert')?.arguments ?? [];
  if (!root || !values || !row || others.length > 0 || table?.type !== 'identifier')
    return 'Only rows that are inserted by their values are inserted at once: do it by hand.';
  if (links.some(({ name }) => name === 'returning')) return 'Each round goes on with the row that it has written.';
  const text = (from: number, to: number): string => node.text.slice(from - node.startIndex, to - node.startIndex);
  return {
    row,
    needsRows: true,
    call: (list) => text(node.startIndex, row.startIndex) + list + text(row.endIndex, node.endIndex),
    constant: [root, ...links.flatMap(({ list }) => (list ? partsOf(list) : [])).filter((part) => part.id !== row.id)],
  };
};
