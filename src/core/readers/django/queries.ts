/** Where Django's queries start: managers of models, and related managers of rows. */
import type { FileFacts } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { chainOf } from '../shared/python/chains.ts';
import type { PyChain } from '../shared/python/chains.ts';
import { uncertainModel } from '../shared/python/linkManagerQueries.ts';
import { isQueryMethod, readManagerQueries } from '../shared/python/managerQueries.ts';
import type { Continued, Start } from '../shared/python/managerQueries.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import { textOf } from '../shared/python/outline.ts';
import type { PyOutline } from '../shared/python/outline.ts';
import { attributesOf } from './attributes.ts';

const queries =
  /\.objects\b|\.(?:filter|exclude|get_or_create|update_or_create|select_related|prefetch_related|bulk_create|order_by|values_list)\(|\.execute\(|_set\.\w+\(|\.all\(\)|\.raw\(|\bget_queryset\(\)/;

/** What `AUTH_USER_MODEL` names, until the settings are known. */
export const userModel = 'get_user_model()';

export function mayHoldQueries(text: string): boolean {
  return queries.test(text);
}

export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  return readManagerQueries(file, facts, { start, continues });
}

/** `Order.objects.filter(…)`, `models.Order._default_manager.get(…)`, `order.items.all()`. */
function start({ rootName, links }: PyChain): Start | null {
  if (rootName === null) return null;
  const manager = links.findIndex(({ kind, name }, at) => kind === 'call' && at > 0 && isQueryMethod(name));
  if (manager === -1) return null;
  const [called, named] = links;
  if (rootName === 'get_user_model' && manager === 2 && called?.name === '' && named?.kind === 'name')
    return { entity: userModel, receiver: null, first: manager };
  const names = [rootName, ...links.slice(0, manager).map(({ name }) => name)];
  if (links.slice(0, manager).some(({ kind }) => kind !== 'name')) return null;
  const model = names.at(-2) ?? '';
  if (/^[A-Z][a-z]\w*$|^[A-Z]{2,}[a-z]\w*$/.test(model) && isManager(names.at(-1) ?? ''))
    return { entity: model, receiver: null, first: manager };
  if (names.length === 2 && rootName === 'cls' && isManager(names.at(-1) ?? '')) return null;
  // `order.lines.values()` says of a relation what it says of any dictionary, whose values are objects.
  if (links[manager]?.name === 'values' && links[manager].args.length === 0 && links.length === manager + 1)
    return null;
  // `product.metadata.get(name)` and `counts.update(more)` ask dictionaries: managers take look-ups.
  const given = links[manager]?.args ?? [];
  if (/^a?(?:get|update|count|exists|delete|create)$/.test(links[manager]?.name ?? '') && !given.every(isLookup))
    return null;
  // A module or a constant is no row.
  if (names.length < 2 || /^[A-Z]/.test(names.at(-1) ?? '')) return null;
  return { entity: null, receiver: names.join('.').replace(/^(?:self|cls)\./, 'this.'), first: manager };
}

/** `cls.objects.filter(…)` in a class method of a model. */
function ofOwnClass(chain: PyChain, outline: PyOutline): Continued | null {
  const [manager, called] = chain.links;
  const owner = chain.rootName === 'cls' ? outline.classOf(chain.node) : null;
  const name = owner === null ? undefined : outline.classes[owner]?.name;
  if (name === undefined || manager?.kind !== 'name' || !isManager(manager.name)) return null;
  if (called?.kind !== 'call' || !isQueryMethod(called.name)) return null;
  return { chain, start: { entity: name, receiver: uncertainModel, first: 1 } };
}

/** `super().get_queryset().filter(…)`, `self.queryset.all()`: rows of the model or the set that the view states. */
function continues(chain: PyChain, outline: PyOutline): Continued | null {
  const own = ofOwnClass(chain, outline);
  if (own) return own;
  const { rootName, links } = chain;
  const ofSuper = rootName === 'super' && links[0]?.kind === 'call' && links[1]?.name === 'get_queryset';
  const ofSelf = rootName === 'self' && links[0]?.kind === 'name' && links[0].name === 'queryset';
  const owner = outline.classOf(chain.node);
  const cls = owner === null ? undefined : outline.classes[owner];
  const last = links[ofSuper ? 1 : 0];
  if (!cls || !last || (!ofSuper && !ofSelf)) return null;
  const attributes = attributesOf(cls, outline.text);
  const rest = links.slice(ofSuper ? 2 : 1);
  const stated = attributes.get('queryset');
  if (stated) {
    const before = chainOf(stated, outline.text);
    const begins = start(before);
    return begins && { chain: { ...chain, links: [...before.links, ...rest] }, start: begins };
  }
  const model = /^(?:\w+\.)*([A-Z]\w*)$/.exec(textOf(attributes.get('model') ?? null, outline.text) ?? '')?.[1];
  if (model === undefined) return null;
  const all = { kind: 'call', name: 'all', args: [], node: last.node } as const;
  return { chain: { ...chain, links: [all, ...rest] }, start: { entity: model, receiver: null, first: 0 } };
}

/** `name="a"`, `**found`, `Q(…)`, `~Q(…) | Q(…)`. */
function isLookup({ type }: TreeNode): boolean {
  return /^(?:keyword_argument|dictionary_splat|list_splat|call|binary_operator|unary_operator|parenthesized_expression|comment)$/.test(
    type,
  );
}

function isManager(name: string): boolean {
  return /^(?:objects|_default_manager|_base_manager|all_objects|\w*_objects|objects_\w+|published|active|live|available|manager)$/.test(
    name,
  );
}
