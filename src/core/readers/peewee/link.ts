/** All fragments of a project → tables of its models, and queries with the tables they mean. */
import type { Dialect } from '../../schema/model.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import type { PyModule } from '../shared/python/declarations.ts';
import { createEvaluator } from '../shared/python/evaluate.ts';
import { linkManagerQueries } from '../shared/python/linkManagerQueries.ts';
import { createModuleGraph } from '../shared/python/moduleGraph.ts';
import { resolveLoads } from './loads.ts';
import { createWorld } from './models.ts';
import type { World } from './models.ts';
import { buildTables } from './tables.ts';
import type { Built } from './tables.ts';

export interface Linked {
  readonly world: World;
  readonly built: Built;
}

interface Remembered {
  readonly modules: readonly PyModule[];
  readonly key: string;
  readonly linked: Linked;
}

/** The last result of each project: a change of code that declares nothing leaves the schema as it is. */
const remembered = new Map<string, Remembered>();

export function link(fragments: readonly Fragment<PyModule>[], context: LinkContext): LinkResult {
  const { world, built } = linkedModels(fragments, context);
  return {
    tables: built.tables,
    enums: [],
    files: resolveLoads(
      linkManagerQueries(
        fragments.map(({ facts }) => facts),
        { tables: built.tables, aliases: new Map(), resolve: context.resolve },
      ),
      built.tables,
    ),
    problems: world.problems,
  };
}

function linkedModels(fragments: readonly Fragment<PyModule>[], context: LinkContext): Linked {
  const modules = fragments.map(({ mappings }) => mappings);
  const key = JSON.stringify([dialectOf(context), fragments.map(({ file }) => file)]);
  const before = remembered.get(context.root);
  if (before?.key === key && before.modules.every((each, at) => each === modules[at])) return before.linked;
  const files = fragments.map(({ file, mappings }) => ({ file, module: mappings }));
  const world = createWorld(createEvaluator(createModuleGraph(files, outside(context.resolve))), dialectOf(context));
  const linked = { world, built: buildTables(world) };
  remembered.set(context.root, { modules, key, linked });
  return linked;
}

function dialectOf({ dialect, dataSources }: LinkContext): Dialect {
  return dialect ?? dataSources.find((each) => each.dialect !== null)?.dialect ?? 'postgresql';
}

/** The library's own source may lie in the workspace: its names mean the same all the same. */
function outside(resolve: LinkContext['resolve']): LinkContext['resolve'] {
  return (fromFile, module) => (/^(?:peewee|playhouse)(?:\.|$)/.test(module) ? [] : resolve(fromFile, module));
}
