/**
 * Relations that come with the rows: of models that `select` names beside its own and that are joined, and of those that `prefetch`
 * reads at once (docs.peewee-orm.com: Relationships and Joins, avoiding the N+1 problem). A query names models; which relation is
 * meant is known when all of them are.
 */
import type { FileFacts, Load, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { PyChain } from '../shared/python/chains.ts';
import { partsOf } from '../shared/python/expressions.ts';

const modelName = /^(?:\w+\.)*([A-Z]\w*)$/u;

/** Models among the arguments: `Brewer`, `models.Brewer`, `Review.select().where(…)`. */
export function modelsNamed(args: readonly TreeNode[], text: string): readonly string[] {
  return args.flatMap((arg) => {
    const source = text.slice(arg.startIndex, arg.endIndex);
    return modelName.exec(source.replace(/\s*\.\s*select\s*\([\s\S]*$/u, ''))?.[1] ?? [];
  });
}

/**
 * Models whose rows, or columns of theirs, `select` takes beside those of its own: `Review, Brewer`, `Brewer.city`; what a variable
 * holds, only running would tell.
 */
export function modelsSelected(args: readonly TreeNode[], text: string): readonly string[] {
  const named = args.flatMap((arg) => {
    const source = text.slice(arg.startIndex, arg.endIndex);
    if (/^\*?[a-z_]\w*$/u.test(source)) return '*';
    return /^(?:[a-z_]\w*\.)*([A-Z]\w*)(?:\.\w+(?:\.alias\(.*\))?)?$/u.exec(source)?.[1] ?? [];
  });
  return [...new Set(named)];
}

/** `prefetch(Beer.select(), Review.select())`: the first is given what the others read. */
export function prefetchedWith({ node }: PyChain, text: string): readonly string[] {
  const list = node.parent;
  const call = list?.type === 'argument_list' ? list.parent : null;
  const callee = call?.childForFieldName('function');
  if (!list || !callee || !/^(?:\w+\.)?prefetch$/u.test(text.slice(callee.startIndex, callee.endIndex))) return [];
  const [first, ...others] = partsOf(list);
  return first?.startIndex === node.startIndex ? modelsNamed(others, text) : [];
}

/** Names of models become the relations that lead to them, from the rows or from what is loaded already. */
export function resolveLoads(files: readonly FileFacts[], tables: readonly Table[]): readonly FileFacts[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const resolved = (query: Query): Query => {
    const own = query.table === null ? undefined : byName.get(query.table);
    if (!own || !query.loads.some(({ path }) => modelName.test(path))) return query;
    const reached: { readonly path: string; readonly table: Table }[] = [{ path: '', table: own }];
    const loads = query.loads.flatMap((load): readonly Load[] => {
      if (load.path === '*') return [load];
      for (const from of reached)
        for (const { property, target } of from.table.relations) {
          const table = byName.get(target);
          if (table?.entity !== load.path) continue;
          const path = from.path === '' ? property : `${from.path}.${property}`;
          reached.push({ path, table });
          return [{ ...load, path }];
        }
      return [];
    });
    return { ...query, loads };
  };
  return files.map((file) =>
    file.queries.some(({ loads }) => loads.length > 0) ? { ...file, queries: file.queries.map(resolved) } : file,
  );
}
