/** Queries of TypeORM: find options and query builders. */
import type { SourceFile } from '../../readers/reader.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { pairOf, setPairs } from '../shared/callOptions.ts';
import { callAfter, callBefore, chainAt, linkNamed, startOf } from '../shared/code/chain.ts';
import type { Chain, Link } from '../shared/code/chain.ts';
import { readAtOnce, keysInNode } from '../shared/code/readAtOnce.ts';
import type { ByKey } from '../shared/code/readAtOnce.ts';
import { addItem, addOption, hasSpread } from '../shared/code/options.ts';
import { refuse } from '../shared/refusals.ts';
import { constantParts, withList, writeAtOnceInNode } from '../shared/code/writeNode.ts';
import type { BulkOf } from '../shared/code/writeNode.ts';
import { importName } from '../shared/imports.ts';
import { readFromRow } from '../shared/code/readFromRow.ts';
import { insertAt } from '../shared/indexWriter.ts';
import { partsOf, quoted, styleOf } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';

export const typeormQueries: CodeWriters = {
  orderQuery,
  loadRelation: (change, file) => readFromRow(change, file, loadRelation(change, file)),
  writeAtOnce: writeAtOnceInNode((chain) => bulkOf(chain)),
  readAtOnce: (change, file) => readAtOnce(change, file, (chain) => byKey(chain, change.property, file), keysInNode),
};

const finders: ReadonlySet<string> = new Set(['find', 'findAndCount', 'findOne', 'findOneOrFail']);
const byCondition: Readonly<Record<string, string>> = {
  findBy: 'find',
  findAndCountBy: 'findAndCount',
  findOneBy: 'findOne',
  findOneByOrFail: 'findOneOrFail',
};

/** `manager.find(Order, {…})` is given the entity first. */
function optionsPlace({ arguments: given }: Link): number {
  return given[0]?.type === 'identifier' && /^[A-Z]/u.test(given[0].text) ? 1 : 0;
}

/** The name by which the conditions of a builder call its own rows. */
function aliasOf(chain: Chain): string | null {
  const builder = linkNamed(chain, 'createQueryBuilder');
  const alias = builder?.arguments.findLast(({ type }) => type === 'string')?.text.slice(1, -1);
  return alias !== undefined && /^\w+$/u.test(alias) ? alias : null;
}

function orderQuery(change: CodeChangeOf<'orderQuery'>, file: SourceFile): WriteResult {
  const chain = chainAt(file, change.at);
  if (!chain) return refuse(`The query was not found in ${file.path}.`);
  const style = styleOf(file.text);
  const direction = quoted(change.descending ? 'DESC' : 'ASC', style);
  const finder = chain.links.at(-1);
  if (finder && finders.has(finder.name)) {
    const pairs = change.properties.map((property) => `${property}: ${direction}`);
    return addOption(file, finder, optionsPlace(finder), { key: 'order', value: `{ ${pairs.join(', ')} }` }, (value) =>
      value.type === 'object' && !hasSpread(value)
        ? setPairs(file, value, Object.fromEntries(change.properties.map((property) => [property, direction])))
        : null,
    );
  }
  const alias = aliasOf(chain);
  const page = chain.links.find(({ name }) => /^(?:skip|take|offset|limit)$/u.test(name));
  if (alias === null || !page) return refuse('The query builder is put together in several places: sort it there.');
  const isSorted = linkNamed(chain, 'orderBy') !== undefined;
  if (isSorted !== change.sorted) return refuse('The query builder is sorted in another place: add the key there.');
  const calls = change.properties.map(
    (property, at) =>
      `.${at === 0 && !change.sorted ? 'orderBy' : 'addOrderBy'}(${quoted(`${alias}.${property}`, style)}, ${direction})`,
  );
  const last = linkNamed(chain, 'orderBy', 'addOrderBy');
  if (last) {
    const at = last.node.endIndex;
    return { ok: true, edits: [insertAt(file.path, at, calls.map((call) => callAfter(file.text, at, call)).join(''))] };
  }
  const at = startOf(page, file.text);
  const text = calls.map((call) => callBefore(file.text, at, call)).join('');
  return { ok: true, edits: [insertAt(file.path, at, text)] };
}

function loadRelation(change: CodeChangeOf<'loadRelation'>, file: SourceFile): WriteResult {
  const chain = chainAt(file, change.at);
  if (!chain) return refuse(`The query was not found in ${file.path}.`);
  const { path, text } = file;
  const style = styleOf(text);
  const { relation } = change;
  const finder = chain.links.at(-1);
  if (!finder) return refuse(`The query was not found in ${path}.`);
  const written = byCondition[finder.name];
  if (written !== undefined) {
    const condition = finder.arguments[optionsPlace(finder)];
    if (!condition || finder.arguments.length !== optionsPlace(finder) + 1)
      return refuse(`${finder.name} is called with other arguments than expected.`);
    return {
      ok: true,
      edits: [
        { file: path, start: finder.nameNode.startIndex, end: finder.nameNode.endIndex, newText: written },
        insertAt(path, condition.startIndex, '{ where: '),
        insertAt(path, condition.endIndex, `, relations: { ${relation}: true } }`),
      ],
    };
  }
  if (finders.has(finder.name)) {
    const option = { key: 'relations', value: `{ ${relation}: true }` };
    return addOption(file, finder, optionsPlace(finder), option, (value) => {
      if (value.type === 'array') return addItem(file, value, quoted(relation, style));
      return value.type === 'object' && !hasSpread(value) ? setPairs(file, value, { [relation]: 'true' }) : null;
    });
  }
  const alias = aliasOf(chain);
  const builder = linkNamed(chain, 'createQueryBuilder');
  if (alias === null || !builder || !/^get(?:Many|One)/u.test(finder.name))
    return refuse('The query builder is put together in several places: join the relation there.');
  if (linkNamed(chain, 'select', 'groupBy', 'distinctOn'))
    return refuse('The query builder selects columns: join the relation by hand.');
  if (new RegExp(`\\b${relation}\\.|['"\`]${relation}['"\`]`, 'u').test(chain.node.text))
    return refuse(`The query builder has a name ${relation} already: join the relation by hand.`);
  const call = `.leftJoinAndSelect(${quoted(`${alias}.${relation}`, style)}, ${quoted(relation, style)})`;
  const at = builder.node.endIndex;
  return { ok: true, edits: [insertAt(path, at, callAfter(text, at, call))] };
}

/** `save`, `remove` and `insert` take lists. */
const bulkOf: BulkOf = (chain) => {
  const last = chain.links.at(-1);
  const [row, options, ...others] = last?.arguments ?? [];
  const name = last?.name ?? '';
  if (!row || others.length > 0 || !/^(?:save|remove|softRemove|insert)$/u.test(name))
    return `${name} takes no list: write the rows at once by hand.`;
  if (options && options.type !== 'object') return `${name} is called with other arguments than expected.`;
  return { row, call: (list) => withList(chain, name, list), constant: constantParts(chain) };
};

/** `findOneBy({ id })` and `findOne({ where: { id } })`; those that fail where there is no row do so for each of them. */
function byKey(chain: Chain, property: string, file: SourceFile): ByKey | string {
  const finder = chain.links.at(-1);
  const place = finder ? optionsPlace(finder) : 0;
  const given = finder?.arguments[place];
  if (!finder || !given || finder.arguments.length !== place + 1 || given.type !== 'object')
    return 'The query is made elsewhere: read the rows at once by hand.';
  const isPlain = finder.name === 'findOneBy';
  if (!isPlain && finder.name !== 'findOne')
    return `${finder.name} fails where there is no row: read the rows at once by hand.`;
  const where = isPlain ? given : pairOf(given, 'where')?.childForFieldName('value');
  const options = isPlain ? [] : partsOf(given).filter(({ text }) => !/^where\b/u.test(text));
  const pair = where?.type === 'object' && partsOf(where).length === 1 ? pairOf(where, property) : undefined;
  const key = pair?.childForFieldName('value');
  if (
    !where ||
    !key ||
    options.some(({ text }) => !/^(?:relations|relationLoadStrategy|withDeleted|loadEagerRelations)\b/u.test(text))
  )
    return 'The query asks for more than a key: read the rows at once by hand.';
  const imported = importName(
    { ...file, root: file.parsed().root, style: styleOf(file.text) },
    'In',
    'typeorm',
    'TypeOrmIn',
  );
  const head = chain.node.text.slice(0, finder.nameNode.startIndex - chain.node.startIndex);
  const entity = finder.arguments
    .slice(0, place)
    .map(({ text }) => `${text}, `)
    .join('');
  return {
    key,
    constant: [...constantParts({ ...chain, links: chain.links.slice(0, -1) }), ...options],
    imports: imported.edits,
    before: ({ map, keys }) => {
      const found = `{ ${property}: ${imported.reference}(${keys}) }`;
      const more = options.map(({ text }) => `, ${text}`).join('');
      const read = isPlain ? `findBy(${entity}${found})` : `find(${entity}{ where: ${found}${more} })`;
      return `const ${map} = new Map((await ${head}${read}).map((row) => [row.${property}, row]));`;
    },
    lookUp: (map, value) => `${map}.get(${value}) ?? null`,
  };
}
