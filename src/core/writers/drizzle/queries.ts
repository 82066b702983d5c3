/** Queries of Drizzle: `db.select().from(orders).limit(20).offset(20)`. */
import type { SourceFile } from '../../readers/reader.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { callBefore, chainAt, linkNamed, startOf } from '../shared/code/chain.ts';
import type { Chain } from '../shared/code/chain.ts';
import { keysInNode, readAtOnce } from '../shared/code/readAtOnce.ts';
import type { ByKey } from '../shared/code/readAtOnce.ts';
import { constantParts, writeAtOnceInNode } from '../shared/code/writeNode.ts';
import type { BulkOf } from '../shared/code/writeNode.ts';
import { pairOf } from '../shared/callOptions.ts';
import { importName } from '../shared/imports.ts';
import { insertAt } from '../shared/indexWriter.ts';
import { partsOf, styleOf } from '../shared/style.ts';
import { refuse } from '../shared/refusals.ts';
import type { WriteResult } from '../writer.ts';

export const drizzleQueries: CodeWriters = {
  orderQuery,
  writeAtOnce: writeAtOnceInNode((chain) => bulkOf(chain)),
  readAtOnce: (change, file) => readAtOnce(change, file, (chain) => byKey(chain, change.property, file), keysInNode),
};

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

/**
 * `query.customers.findFirst({ where: eq(customers.id, …) })`, with the relations it loads; `const [customer] = await select().from(customers)
 * .where(eq(customers.id, …))`, whose rows are a list.
 */
function byKey(chain: Chain, property: string, file: SourceFile): ByKey | string {
  const last = chain.links.at(-1);
  const select = linkNamed(chain, 'where');
  const isFirst = last?.name === 'findFirst';
  const [given] = (isFirst ? last : select)?.arguments ?? [];
  const others = 'The query asks for more than a key: read the rows at once by hand.';
  if (!last || !given) return others;
  const options = isFirst ? partsOf(given).filter(({ text }) => !/^where\b/u.test(text)) : [];
  const condition = isFirst ? pairOf(given, 'where')?.childForFieldName('value') : given;
  const [column, key, ...more] = condition?.childForFieldName('arguments')?.namedChildren ?? [];
  if (condition?.childForFieldName('function')?.text !== 'eq' || !column || !key || more.length > 0) return others;
  if (!new RegExp(`^\\w+\\.${property}$`, 'u').test(column.text)) return others;
  if (options.some(({ text }) => !/^with\b/u.test(text))) return others;
  if (
    !isFirst &&
    (!isTakenApart(chain) || chain.links.some(({ name }) => !/^(?:select|from|where|limit)$/u.test(name)))
  )
    return 'The rows are a list: read them at once by hand.';
  const imported = importName(
    { ...file, root: file.parsed().root, style: styleOf(file.text) },
    'inArray',
    'drizzle-orm',
    'isIn',
  );
  const head = chain.node.text.slice(
    0,
    (isFirst ? last : (select ?? last)).nameNode.startIndex - chain.node.startIndex,
  );
  return {
    key,
    constant: [...constantParts({ ...chain, links: chain.links.slice(0, 1) }), column, ...options],
    imports: imported.edits,
    before: ({ map, keys }) => {
      const found = `${imported.reference}(${column.text}, ${keys})`;
      const loaded = options.map(({ text }) => `, ${text}`).join('');
      const read = isFirst ? `findMany({ where: ${found}${loaded} })` : `where(${found})`;
      return `const ${map} = new Map((await ${head}${read}).map((row) => [row.${property}, row]));`;
    },
    lookUp: (map, value) => (isFirst ? `${map}.get(${value})` : `[${map}.get(${value})]`),
  };
}

/** `const [row] = await …`: the first of the rows alone is used. */
function isTakenApart({ node }: Chain): boolean {
  const declared = node.parent?.type === 'await_expression' ? node.parent.parent : null;
  const name = declared?.type === 'variable_declarator' ? declared.childForFieldName('name') : null;
  return name?.type === 'array_pattern' && name.namedChildren.length === 1;
}
