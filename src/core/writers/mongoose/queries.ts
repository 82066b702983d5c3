/** Queries of Mongoose: `Order.find().skip(20).limit(20)`. */
import type { SourceFile } from '../../readers/reader.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { setPairs } from '../shared/callOptions.ts';
import { callBefore, chainAt, linkNamed, startOf } from '../shared/code/chain.ts';
import { hasSpread } from '../shared/code/options.ts';
import { constantParts, withList, writeAtOnceInNode } from '../shared/code/writeNode.ts';
import type { BulkOf } from '../shared/code/writeNode.ts';
import { insertAt } from '../shared/indexWriter.ts';
import { refuse } from '../shared/refusals.ts';
import type { WriteResult } from '../writer.ts';

export const mongooseQueries: CodeWriters = { orderQuery, writeAtOnce: writeAtOnceInNode((chain) => bulkOf(chain)) };

function orderQuery(change: CodeChangeOf<'orderQuery'>, file: SourceFile): WriteResult {
  const chain = chainAt(file, change.at);
  const page = chain?.links.find(({ name }) => name === 'skip' || name === 'limit');
  if (!chain || !page || !linkNamed(chain, 'find'))
    return refuse('The query is put together in several places: sort it there.');
  const sort = linkNamed(chain, 'sort');
  const direction = change.descending ? '-1' : '1';
  const pairs = Object.fromEntries(change.properties.map((property) => [property, direction]));
  if (sort) {
    const given = sort.arguments[0];
    return given?.type === 'object' && !hasSpread(given)
      ? { ok: true, edits: setPairs(file, given, pairs) }
      : refuse('What the query is sorted by is made elsewhere: add the key there.');
  }
  if (change.sorted) return refuse('The query is sorted in another place: add the key there.');
  const at = startOf(page, file.text);
  const keys = change.properties.map((property) => `${property}: ${direction}`).join(', ');
  return { ok: true, edits: [insertAt(file.path, at, callBefore(file.text, at, `.sort({ ${keys} })`))] };
}

const bulkOf: BulkOf = (chain) => {
  const last = chain.links.at(-1);
  const [row, ...others] = last?.arguments ?? [];
  if (last?.name !== 'create' || !row || others.length > 0 || chain.links.length !== 1)
    return 'Only documents that are created without options are inserted at once: do it by hand.';
  return { row, call: (list) => withList(chain, 'insertMany', list), constant: constantParts(chain) };
};
