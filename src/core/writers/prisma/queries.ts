/** Queries of Prisma's client: `findMany({ orderBy })`. */
import type { SourceFile } from '../../readers/reader.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { pairOf, setPairs } from '../shared/callOptions.ts';
import { chainAt } from '../shared/code/chain.ts';
import type { Chain } from '../shared/code/chain.ts';
import { keysInNode, readAtOnce } from '../shared/code/readAtOnce.ts';
import type { ByKey } from '../shared/code/readAtOnce.ts';
import { addItem, addOption, hasSpread, optionsOf } from '../shared/code/options.ts';
import { constantParts, withList, writeAtOnceInNode } from '../shared/code/writeNode.ts';
import type { BulkOf } from '../shared/code/writeNode.ts';
import { readFromRow } from '../shared/code/readFromRow.ts';
import { insertAt } from '../shared/indexWriter.ts';
import { refuse } from '../shared/refusals.ts';
import { partsOf, quoted, styleOf } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';

export const prismaQueries: CodeWriters = {
  orderQuery,
  loadRelation: (change, file) => readFromRow(change, file, loadRelation(change, file)),
  writeAtOnce: writeAtOnceInNode((chain) => bulkOf(chain)),
  readAtOnce: (change, file) => readAtOnce(change, file, (chain) => byKey(chain, change.property), keysInNode),
};

function orderQuery(change: CodeChangeOf<'orderQuery'>, file: SourceFile): WriteResult {
  const finder = chainAt(file, change.at)?.links.at(-1);
  if (finder?.name !== 'findMany') return refuse(`The query was not found in ${file.path}.`);
  const style = styleOf(file.text);
  const direction = quoted(change.descending ? 'desc' : 'asc', style);
  const items = change.properties.map((property) => `{ ${property}: ${direction} }`);
  const [only = '', ...others] = items;
  const value = others.length > 0 ? `[${items.join(', ')}]` : only;
  return addOption(file, finder, 0, { key: 'orderBy', value }, (given) => {
    if (given.type === 'array') return addItem(file, given, items.join(', '));
    if (given.type !== 'object') return null;
    return [insertAt(file.path, given.startIndex, '['), insertAt(file.path, given.endIndex, `, ${items.join(', ')}]`)];
  });
}

/** Prisma takes either what to include or what to select. */
function loadRelation(change: CodeChangeOf<'loadRelation'>, file: SourceFile): WriteResult {
  const finder = chainAt(file, change.at)?.links.at(-1);
  if (!finder || !/^find(?:Many|First|Unique)/u.test(finder.name))
    return refuse(`The query was not found in ${file.path}.`);
  const options = optionsOf(finder, 0);
  if (options !== 'none' && 'reason' in options) return refuse(options.reason);
  if (options !== 'none' && pairOf(options, 'select'))
    return refuse(`${finder.name} selects columns: select the relation by hand.`);
  const option = { key: 'include', value: `{ ${change.relation}: true }` };
  return addOption(file, finder, 0, option, (value) =>
    value.type === 'object' && !hasSpread(value) ? setPairs(file, value, { [change.relation]: 'true' }) : null,
  );
}

/** `create({ data })` of plain values. */
const bulkOf: BulkOf = (chain) => {
  const last = chain.links.at(-1);
  const [options, ...others] = last?.arguments ?? [];
  const pairs = options?.type === 'object' ? partsOf(options) : [];
  const row = pairs[0]?.type === 'pair' ? pairs[0].childForFieldName('value') : null;
  if (last?.name !== 'create' || others.length > 0 || pairs.length !== 1 || row?.type !== 'object')
    return 'Only rows of plain values are created at once: do it by hand.';
  // Nested writes are for `create` alone.
  if (/\b(?:connect|create|connectOrCreate|createMany|set)\s*:/u.test(row.text))
    return 'Rows that are created with others cannot be created at once.';
  return { row, call: (list) => withList(chain, 'createMany', `{ data: ${list} }`), constant: constantParts(chain) };
};

/** `findUnique({ where: { id } })`, with what it includes. */
function byKey(chain: Chain, property: string): ByKey | string {
  const finder = chain.links.at(-1);
  const [given, ...others] = finder?.arguments ?? [];
  if (!finder || given?.type !== 'object' || others.length > 0 || !/^find(?:Unique|First)$/u.test(finder.name))
    return 'The query is made elsewhere, or fails where there is no row: read the rows at once by hand.';
  const where = pairOf(given, 'where')?.childForFieldName('value');
  const options = partsOf(given).filter(({ text }) => !/^where\b/u.test(text));
  const key =
    where?.type === 'object' && partsOf(where).length === 1
      ? pairOf(where, property)?.childForFieldName('value')
      : null;
  if (!key || options.some(({ text }) => !/^include\b/u.test(text)))
    return 'The query asks for more than a key: read the rows at once by hand.';
  const head = chain.node.text.slice(0, finder.nameNode.startIndex - chain.node.startIndex);
  const more = options.map(({ text }) => `, ${text}`).join('');
  return {
    key,
    constant: [...constantParts({ ...chain, links: chain.links.slice(0, -1) }), ...options],
    before: ({ map, keys }) =>
      `const ${map} = new Map((await ${head}findMany({ where: { ${property}: { in: ${keys} } }${more} })).map((row) => [row.${property}, row]));`,
    lookUp: (map, value) => `${map}.get(${value}) ?? null`,
  };
}
