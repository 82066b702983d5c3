/** Querysets of Django. */
import type { SourceFile } from '../../readers/reader.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { callAfter, chainAt, chainOf, linkNamed, nodeAt, offsetsOf } from '../shared/code/chain.ts';
import type { Chain } from '../shared/code/chain.ts';
import { collect, loopAt, python } from '../shared/code/collect.ts';
import { keysInPython, readAtOnce } from '../shared/code/readAtOnce.ts';
import type { ByKey } from '../shared/code/readAtOnce.ts';
import { readFromRow } from '../shared/code/readFromRow.ts';
import { insertAt } from '../shared/indexWriter.ts';
import { quoteOf } from '../shared/python/quote.ts';
import { refuse } from '../shared/refusals.ts';
import { partsOf } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';

export const djangoQueries: CodeWriters = {
  orderQuery,
  loadRelation: (change, file) => readFromRow(change, file, loadRelation(change, file), '.all()'),
  writeAtOnce,
  readAtOnce: (change, file) => readAtOnce(change, file, (chain) => byKey(chain, change.property, file), keysInPython),
};

/** Links that yield a set of the model's own rows. */
const sets: ReadonlySet<string> = new Set(
  'all filter exclude order_by select_related prefetch_related using distinct only defer annotate reverse'.split(' '),
);

/** The chain is a set of rows of a model, from its manager on. */
function isSet(chain: Chain): boolean {
  return chain.root !== null && /\bobjects$/u.test(chain.root.text) && chain.links.every(({ name }) => sets.has(name));
}

function orderQuery(change: CodeChangeOf<'orderQuery'>, file: SourceFile): WriteResult {
  const chain = setAt(file, change.at);
  if (!chain) return refuse('The rows are put together in several places: sort them there.');
  const { path, text } = file;
  const order = linkNamed(chain, 'order_by');
  const key = `${quoteOf(text)}${change.descending ? '-' : ''}pk${quoteOf(text)}`;
  if (order) {
    const last = order.arguments.at(-1);
    return last?.type === 'string'
      ? { ok: true, edits: [insertAt(path, last.endIndex, `, ${key}`)] }
      : refuse('What the rows are sorted by is made elsewhere: add the key there.');
  }
  // An order that the model states for all of its rows.
  if (change.sorted) return refuse('The rows are sorted by their model: add the key to its Meta.ordering.');
  const at = chain.links.at(-1)?.node.endIndex ?? chain.node.endIndex;
  return { ok: true, edits: [insertAt(path, at, callAfter(text, at, `.order_by(${key})`))] };
}

function loadRelation(change: CodeChangeOf<'loadRelation'>, file: SourceFile): WriteResult {
  const chain = setAt(file, change.at);
  if (!chain) return refuse('The rows are put together in several places: load the relation there.');
  const { path, text } = file;
  const name = change.toMany ? 'prefetch_related' : 'select_related';
  const relation = `${quoteOf(text)}${change.relation}${quoteOf(text)}`;
  const given = linkNamed(chain, name);
  const last = given?.arguments.at(-1);
  if (given && last?.type === 'string') return { ok: true, edits: [insertAt(path, last.endIndex, `, ${relation}`)] };
  const after = chain.links.at(-1);
  if (!after) return refuse('The rows are put together in several places: load the relation there.');
  const { node, list, name: link } = after;
  // `all()` alone says nothing that the next call would not.
  if (link === 'all' && chain.links.length === 1 && list && partsOf(list).length === 0)
    return {
      ok: true,
      edits: [
        {
          file: path,
          start: after.nameNode.startIndex,
          end: node.endIndex,
          newText: `${name}(${relation})`,
        },
      ],
    };
  return {
    ok: true,
    edits: [insertAt(path, node.endIndex, callAfter(text, node.endIndex, `.${name}(${relation})`))],
  };
}

/** `Order.objects.create(…)` of each round becomes one `bulk_create`. */
function writeAtOnce(change: CodeChangeOf<'writeAtOnce'>, file: SourceFile): WriteResult {
  const chain = chainAt(file, change.at);
  const loop = loopAt(file, change.loop);
  const [link, ...others] = chain?.links ?? [];
  const model = /^([\w.]+)\.objects$/u.exec(chain?.root?.text ?? '')?.[1];
  if (!chain?.root || !loop || !link?.list || others.length > 0 || link.name !== 'create' || model === undefined)
    return refuse('Only rows that a manager creates are created at once: do it by hand.');
  const root = chain.root.text;
  const bulk = {
    row: link.list,
    written: `${model}${link.list.text}`,
    call: (list: string) => `${root}.bulk_create(${list})`,
    constant: [chain.root],
  };
  return collect(file, { loop, chain: chain.node, bulk, isList: false, language: python });
}

/** `Author.objects.get(pk=…)`; whoever expects that there is no row expects an exception that a map does not throw. */
function byKey(chain: Chain, property: string, { text }: SourceFile): ByKey | string {
  const [link, ...others] = chain.links;
  const [given, ...more] = link?.arguments ?? [];
  if (!chain.root || others.length > 0 || link?.name !== 'get' || more.length > 0 || given?.type !== 'keyword_argument')
    return 'The query asks for more than a key: read the rows at once by hand.';
  const name = given.childForFieldName('name')?.text;
  const key = given.childForFieldName('value');
  if (!key || !chain.root.text.endsWith('.objects') || (name !== 'pk' && name !== property))
    return 'The query asks for more than a key: read the rows at once by hand.';
  if (/\bDoesNotExist\b/u.test(text)) return 'Missing rows are expected: read the rows at once by hand.';
  const root = chain.root.text;
  return {
    key,
    constant: [chain.root],
    before: ({ map, keys }) => `${map} = ${root}.in_bulk(${keys})`,
    lookUp: (map, value) => `${map}[${value}]`,
  };
}

/** The set itself: a page is a slice of it, and a list is made of it. */
function setAt(file: SourceFile, at: CodeChangeOf<'orderQuery'>['at']): Chain | null {
  const { start, end } = offsetsOf(file, at);
  let node = nodeAt(file, at);
  while (node?.parent && node.parent.startIndex >= start && node.parent.endIndex <= end) node = node.parent;
  for (let depth = 0; node && depth < 3; depth++) {
    const chain = node.hasError ? null : chainOf(node);
    if (chain && isSet(chain)) return chain;
    const isPlain = chain?.root === null && /^(?:list|tuple|set|len|enumerate)$/u.test(chain.links[0]?.name ?? '');
    node =
      node.type === 'subscript'
        ? node.childForFieldName('value')
        : isPlain
          ? (chain.links[0]?.arguments[0] ?? null)
          : null;
  }
  return null;
}
