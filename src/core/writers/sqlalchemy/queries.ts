/** Queries of SQLAlchemy: `select(Order)…` and `session.query(Order)…`. */
import type { SourceFile } from '../../readers/reader.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { callAfter, callBefore, chainAt, chainOf, linkNamed, nodeAt, startOf } from '../shared/code/chain.ts';
import type { Chain } from '../shared/code/chain.ts';
import { collect, loopAt, python } from '../shared/code/collect.ts';
import { keysInPython, readAtOnce } from '../shared/code/readAtOnce.ts';
import type { ByKey } from '../shared/code/readAtOnce.ts';
import { insertAt } from '../shared/indexWriter.ts';
import { importPython } from '../shared/python/imports.ts';
import { descendants } from '../shared/python/source.ts';
import { refuse } from '../shared/refusals.ts';
import { indentAt } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';

export const sqlalchemyQueries: CodeWriters = {
  orderQuery,
  loadRelation,
  writeAtOnce,
  readAtOnce: (change, file) => readAtOnce(change, file, (chain) => byKey(chain, change.property, file), keysInPython),
};

interface Statement {
  readonly chain: Chain;
  /** The entity as the statement names it: `Order`, `models.Order`. */
  readonly entity: string;
}

/** The statement about an entity, which may stand inside of a call that runs it: `session.scalars(select(Order))`. */
function statementAt(file: SourceFile, at: CodeChangeOf<'orderQuery'>['at'], entity: string): Statement | null {
  const whole = chainAt(file, at);
  const own = whole && statementOf(whole, entity);
  if (own) return own;
  const node = nodeAt(file, at);
  const inner = (node ? descendants(node, ['call']) : []).flatMap((call): readonly Statement[] => {
    if (call.parent?.type === 'attribute') return [];
    const chain = chainOf(call);
    const statement = chain && statementOf(chain, entity);
    return statement ? [statement] : [];
  });
  const [only, ...others] = inner;
  return only && others.length === 0 ? only : null;
}

function statementOf(chain: Chain, entity: string): Statement | null {
  const [first] = chain.links;
  if (!first || (first.name !== 'select' && first.name !== 'query')) return null;
  const [subject, ...others] = first.arguments;
  const isEntity = subject !== undefined && (subject.text === entity || subject.text.endsWith(`.${entity}`));
  return isEntity && others.length === 0 ? { chain, entity: subject.text } : null;
}

function orderQuery(change: CodeChangeOf<'orderQuery'>, file: SourceFile): WriteResult {
  const found = statementAt(file, change.at, change.entity);
  if (!found) return refuse('The statement is put together in several places: sort it there.');
  const { chain, entity } = found;
  const { path, text } = file;
  const keys = change.properties
    .map((property) => `${entity}.${property}${change.descending ? '.desc()' : ''}`)
    .join(', ');
  const order = linkNamed(chain, 'order_by');
  const last = order?.arguments.at(-1);
  if (last && last.type !== 'list_splat') return { ok: true, edits: [insertAt(path, last.endIndex, `, ${keys}`)] };
  const page = chain.links.find(({ name }) => name === 'limit' || name === 'offset' || name === 'slice');
  if (order || change.sorted || !page || linkNamed(chain, 'distinct', 'group_by', 'union'))
    return refuse('The statement is put together in several places: sort it there.');
  const at = startOf(page, text);
  return { ok: true, edits: [insertAt(path, at, callBefore(text, at, `.order_by(${keys})`))] };
}

function loadRelation(change: CodeChangeOf<'loadRelation'>, file: SourceFile): WriteResult {
  const found = statementAt(file, change.at, change.entity);
  const first = found?.chain.links[0];
  if (!found || !first) return refuse('The statement is put together in several places: load the relation there.');
  const { path, text } = file;
  const { root } = file.parsed();
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const name = 'selectinload';
  const load = `${name}(${found.entity}.${change.relation})`;
  const imports = importPython({ path, text, eol, root }, name, 'sqlalchemy.orm');
  const given = linkNamed(found.chain, 'options');
  const last = given?.arguments.at(-1);
  if (given && last && last.type !== 'list_splat')
    return { ok: true, edits: [...imports, insertAt(path, last.endIndex, `, ${load}`)] };
  const at = first.node.endIndex;
  return { ok: true, edits: [...imports, insertAt(path, at, callAfter(text, at, `.options(${load})`))] };
}

/** `session.get(Customer, …)`. */
function byKey(chain: Chain, property: string, file: SourceFile): ByKey | string {
  const [link, ...others] = chain.links;
  const [entity, key, ...more] = link?.arguments ?? [];
  if (!chain.root || link?.name !== 'get' || others.length > 0 || !entity || !key || more.length > 0)
    return 'The query asks for more than a key: read the rows at once by hand.';
  if (chain.node.parent?.type === 'await') return 'The session is asynchronous: read the rows at once by hand.';
  const { path, text } = file;
  const session = chain.root.text;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    key,
    constant: [chain.root, entity],
    imports: importPython({ path, text, eol, root: file.parsed().root }, 'select', 'sqlalchemy'),
    before: ({ map, keys }) =>
      `${map} = {row.${property}: row for row in ${session}.scalars(select(${entity.text}).where(${entity.text}.${property}.in_(${keys})))}`,
    lookUp: (map, value) => `${map}.get(${value})`,
  };
}

/** `session.execute(insert(Order).values(…))` of each round becomes one call that is given all rows; of no rows it would insert an empty one. */
function writeAtOnce(change: CodeChangeOf<'writeAtOnce'>, file: SourceFile): WriteResult {
  const chain = chainAt(file, change.at);
  const loop = loopAt(file, change.loop);
  const [execute, ...others] = chain?.links ?? [];
  const [statement, ...more] = execute?.arguments ?? [];
  const inserted = statement ? chainOf(statement) : null;
  const [insert, values, ...rest] = inserted?.links ?? [];
  const [entity, ...entities] = insert?.arguments ?? [];
  if (!chain?.root || !loop || others.length > 0 || more.length > 0 || execute?.name !== 'execute')
    return refuse('Only rows that a session inserts are inserted at once: do it by hand.');
  if (insert?.name !== 'insert' || values?.name !== 'values' || !values.list || rest.length > 0)
    return refuse('Only rows that are inserted by their values are inserted at once: do it by hand.');
  const isNamed = values.arguments.length > 0 && values.arguments.every(({ type }) => type === 'keyword_argument');
  if (inserted?.root !== null || !entity || entities.length > 0 || !isNamed)
    return refuse('The values are made elsewhere: insert the rows at once by hand.');
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  const indent = indentAt(file.text, chain.node.startIndex);
  const isAwaited = chain.node.parent?.type === 'await';
  const call = `${isAwaited ? 'await ' : ''}${chain.root.text}.execute(insert(${entity.text}), `;
  const bulk = {
    row: values.list,
    written: `dict${values.list.text}`,
    call: (list: string) => `if ${list}:${eol}${indent}    ${call}${list})`,
    constant: [chain.root, entity],
  };
  return collect(file, { loop, chain: chain.node, bulk, isList: false, language: python });
}
