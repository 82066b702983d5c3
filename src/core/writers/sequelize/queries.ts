/** Queries of Sequelize: `findAll({ order })`. */
import type { SourceFile } from '../../readers/reader.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { chainAt } from '../shared/code/chain.ts';
import type { Chain } from '../shared/code/chain.ts';
import { keysInNode, readAtOnce } from '../shared/code/readAtOnce.ts';
import type { ByKey } from '../shared/code/readAtOnce.ts';
import { addItem, addOption } from '../shared/code/options.ts';
import { constantParts, withList, writeAtOnceInNode } from '../shared/code/writeNode.ts';
import type { BulkOf } from '../shared/code/writeNode.ts';
import { refuse } from '../shared/refusals.ts';
import { partsOf, quoted, styleOf } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';

export const sequelizeQueries: CodeWriters = {
  orderQuery,
  writeAtOnce: writeAtOnceInNode((chain) => bulkOf(chain)),
  readAtOnce: (change, file) => readAtOnce(change, file, (chain) => byKey(chain, change.property), keysInNode),
};

function orderQuery(change: CodeChangeOf<'orderQuery'>, file: SourceFile): WriteResult {
  const finder = chainAt(file, change.at)?.links.at(-1);
  if (finder?.name !== 'findAll' && finder?.name !== 'findAndCountAll')
    return refuse(`The query was not found in ${file.path}.`);
  const style = styleOf(file.text);
  const direction = quoted(change.descending ? 'DESC' : 'ASC', style);
  const items = change.properties.map((property) => `[${quoted(property, style)}, ${direction}]`);
  return addOption(file, finder, 0, { key: 'order', value: `[${items.join(', ')}]` }, (given) => {
    // `order: ['name', 'ASC']` is two columns or one and its direction, depending on the version.
    const isList = given.type === 'array' && partsOf(given).every(({ type }) => type === 'array');
    return isList ? addItem(file, given, items.join(', ')) : null;
  });
}

/** `bulkCreate` validates only where it is told to. */
const bulkOf: BulkOf = (chain) => {
  const last = chain.links.at(-1);
  const [row, ...others] = last?.arguments ?? [];
  if (last?.name !== 'create' || !row || others.length > 0 || chain.links.length !== 1)
    return 'Only rows that are created without options are created at once: do it by hand.';
  return {
    row,
    call: (list) => withList(chain, 'bulkCreate', list, '{ validate: true }'),
    constant: constantParts(chain),
  };
};

/** `findByPk(id)`. */
function byKey(chain: Chain, property: string): ByKey | string {
  const finder = chain.links.at(-1);
  const [key, ...others] = finder?.arguments ?? [];
  if (finder?.name !== 'findByPk' || !key || others.length > 0)
    return 'The query asks for more than a key: read the rows at once by hand.';
  const head = chain.node.text.slice(0, finder.nameNode.startIndex - chain.node.startIndex);
  return {
    key,
    constant: constantParts({ ...chain, links: chain.links.slice(0, -1) }),
    before: ({ map, keys }) =>
      `const ${map} = new Map((await ${head}findAll({ where: { ${property}: ${keys} } })).map((row) => [row.${property}, row]));`,
    lookUp: (map, value) => `${map}.get(${value}) ?? null`,
  };
}
