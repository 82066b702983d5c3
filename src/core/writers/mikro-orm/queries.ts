/** Queries of MikroORM: `find(Order, where, { orderBy })`. */
import type { SourceFile } from '../../readers/reader.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { pairOf, setPairs } from '../shared/callOptions.ts';
import { chainAt } from '../shared/code/chain.ts';
import type { Chain } from '../shared/code/chain.ts';
import { keysInNode, readAtOnce } from '../shared/code/readAtOnce.ts';
import type { ByKey } from '../shared/code/readAtOnce.ts';
import { writeAtOnceInNode } from '../shared/code/writeNode.ts';
import type { BulkOf } from '../shared/code/writeNode.ts';
import { addItem, addOption, hasSpread } from '../shared/code/options.ts';
import { refuse } from '../shared/refusals.ts';
import { partsOf, quoted, styleOf } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';

export const mikroOrmQueries: CodeWriters = {
  orderQuery,
  writeAtOnce: writeAtOnceInNode((chain) => bulkOf(chain)),
  readAtOnce: (change, file) => readAtOnce(change, file, (chain) => byKey(chain, change.property), keysInNode),
};

function orderQuery(change: CodeChangeOf<'orderQuery'>, file: SourceFile): WriteResult {
  const finder = chainAt(file, change.at)?.links.at(-1);
  if (!finder || !/^(?:find|findAll|findAndCount)$/u.test(finder.name))
    return refuse(`The query was not found in ${file.path}.`);
  const style = styleOf(file.text);
  const direction = quoted(change.descending ? 'desc' : 'asc', style);
  const ofManager = /^[A-Z]/u.test(finder.arguments[0]?.text ?? '');
  const place = (finder.name === 'findAll' ? 0 : 1) + (ofManager ? 1 : 0);
  const pairs = change.properties.map((property) => [property, direction] as const);
  const value = `{ ${pairs.map(([key, written]) => `${key}: ${written}`).join(', ')} }`;
  return addOption(file, finder, place, { key: 'orderBy', value }, (given) => {
    if (given.type === 'array') return addItem(file, given, value);
    return given.type === 'object' && !hasSpread(given) ? setPairs(file, given, Object.fromEntries(pairs)) : null;
  });
}

/** What a manager is told the entity by; a repository knows it. */
function entityOf(arguments_: Chain['links'][number]['arguments']): { readonly count: 0 | 1; readonly text: string } {
  const [first] = arguments_;
  const isEntity = first?.type === 'identifier' && /^[A-Z]/u.test(first.text);
  return isEntity ? { count: 1, text: `${first.text}, ` } : { count: 0, text: '' };
}

/** `insert(Order, {…})` becomes `insertMany`, which needs rows; `persistAndFlush` takes a list as well. */
const bulkOf: BulkOf = (chain) => {
  const last = chain.links.at(-1);
  if (!last?.list || !chain.root) return 'The write was not found.';
  const entity = entityOf(last.arguments);
  const [row, ...more] = last.arguments.slice(entity.count);
  if (
    !row ||
    more.length > 0 ||
    chain.links.length > 1 ||
    !/^(?:insert|persistAndFlush|removeAndFlush)$/u.test(last.name)
  )
    return 'Only rows that are inserted or flushed one by one are written at once: do it by hand.';
  const name = last.name === 'insert' ? 'insertMany' : last.name;
  const head = chain.node.text.slice(0, last.nameNode.startIndex - chain.node.startIndex);
  return {
    row,
    ...(last.name === 'insert' ? { needsRows: true as const } : {}),
    call: (list) => `${head}${name}(${entity.text}${list})`,
    constant: [chain.root],
  };
};

/** `findOne(Customer, id)`, `findOne(Customer, { id }, options)`. */
function byKey(chain: Chain, property: string): ByKey | string {
  const finder = chain.links.at(-1);
  if (!finder || !chain.root || chain.links.length > 1 || finder.name !== 'findOne')
    return 'The query is made elsewhere, or fails where there is no row: read the rows at once by hand.';
  const entity = entityOf(finder.arguments);
  const [where, options, ...others] = finder.arguments.slice(entity.count);
  const stated = where?.type === 'object' ? partsOf(where) : [];
  const pair = stated.length === 1 && where ? pairOf(where, property) : null;
  const key = where?.type === 'object' ? (pair?.childForFieldName('value') ?? null) : (where ?? null);
  if (!key || others.length > 0) return 'The query asks for more than a key: read the rows at once by hand.';
  const head = chain.node.text.slice(0, finder.nameNode.startIndex - chain.node.startIndex);
  const more = options ? `, ${options.text}` : '';
  return {
    key,
    constant: [chain.root, ...(options ? [options] : [])],
    before: ({ map, keys }) =>
      `const ${map} = new Map((await ${head}find(${entity.text}{ ${property}: { $in: ${keys} } }${more})).map((row) => [row.${property}, row]));`,
    lookUp: (map, value) => `${map}.get(${value}) ?? null`,
  };
}
