/** Transactions of Python's ORMs: blocks opened by `with`, and decorated functions. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { PyOutline } from './outline.ts';
import { textOf } from './outline.ts';

export interface PyTransaction {
  readonly api: string;
  readonly isolation: string | null;
  /** Name that the block gives to what its queries are made with. */
  readonly client: string | null;
  readonly function: number | null;
  /** The decorated function; null = a block. */
  readonly body: number | null;
  readonly start: number;
  readonly end: number;
  /** What runs in it. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** Django's and Peewee's `atomic`, SQLAlchemy's `begin`, Tortoise's `in_transaction`. */
const opening =
  /(?:^|\.)(atomic|begin|begin_nested|in_transaction|transaction|savepoint|manual_commit|db_session|atomic_async)$/;
const decorating = /(?:^|\.)(atomic|commit_on_success|in_transaction|transaction|transactional|db_session)$/;

const transactions = new WeakMap<PyOutline, readonly PyTransaction[]>();

/** In the order of the source; their places in the list are the ids of the model. */
export function transactionsOf(outline: PyOutline): readonly PyTransaction[] {
  let found = transactions.get(outline);
  if (!found) transactions.set(outline, (found = find(outline)));
  return found;
}

function find(outline: PyOutline): readonly PyTransaction[] {
  const { text } = outline;
  const blocks = outline.withs.flatMap(
    ({ node, value, alias, function: owner, bodyStart, bodyEnd }): PyTransaction[] => {
      const callee = value.type === 'call' ? value.childForFieldName('function') : value;
      const api = opening.exec((textOf(callee, text) ?? '').replace(/\s+/g, ''))?.[1];
      if (api === undefined) return [];
      return [
        {
          api,
          isolation: null,
          client: alias,
          function: owner,
          body: null,
          start: node.startIndex,
          end: value.endIndex,
          bodyStart,
          bodyEnd,
        },
      ];
    },
  );
  const functions = outline.functions.flatMap(({ node, decorators }, id): PyTransaction[] =>
    decorators.flatMap(({ name, start, end }) => {
      const api = decorating.exec(name)?.[1];
      if (api === undefined) return [];
      const body = node.childForFieldName('body');
      return [
        {
          api,
          isolation: null,
          client: null,
          function: id,
          body: id,
          start,
          end,
          bodyStart: body?.startIndex ?? node.endIndex,
          bodyEnd: node.endIndex,
        },
      ];
    }),
  );
  return [...blocks, ...functions].toSorted((a, b) => a.start - b.start);
}

/** Innermost transaction around a node; null = none. */
export function transactionAt(outline: PyOutline, node: TreeNode): number | null {
  let found: number | null = null;
  for (const [id, { bodyStart, bodyEnd }] of transactionsOf(outline).entries())
    if (bodyStart <= node.startIndex && node.startIndex < bodyEnd) found = id;
  return found;
}
