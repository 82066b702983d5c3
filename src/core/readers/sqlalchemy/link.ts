/** All fragments of a project → its tables, and queries with the tables they mean. */
import type { Dialect } from '../../schema/model.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import { createEvaluator } from '../shared/python/evaluate.ts';
import { createModuleGraph } from '../shared/python/moduleGraph.ts';
import { build } from './build.ts';
import type { Built } from './build.ts';
import { linkQueries } from './linkQueries.ts';
import type { SqlAlchemyMappings } from './reader.ts';

interface Remembered {
  readonly modules: readonly SqlAlchemyMappings['module'][];
  readonly paths: string;
  readonly dialect: Dialect;
  readonly resolve: LinkContext['resolve'];
  readonly built: Built;
}

/** The last result of each project: most links follow a change of code, which leaves the declarations as they are. */
const remembered = new Map<string, Remembered>();

export function link(fragments: readonly Fragment<SqlAlchemyMappings>[], context: LinkContext): LinkResult {
  const built = builtOf(fragments, context);
  return {
    tables: built.tables,
    enums: built.enums,
    files: linkQueries(
      fragments.map(({ facts }) => facts),
      built,
    ),
    problems: built.discovered.problems,
  };
}

function builtOf(fragments: readonly Fragment<SqlAlchemyMappings>[], context: LinkContext): Built {
  const dialect = context.dialect ?? context.dataSources.find((each) => each.dialect !== null)?.dialect ?? 'postgresql';
  const paths = fragments.map(({ file }) => file).join('\0');
  const before = remembered.get(context.root);
  const { resolve } = context;
  if (
    before?.dialect === dialect &&
    before.paths === paths &&
    before.resolve === resolve &&
    before.modules.every((module, at) => module === fragments[at]?.mappings.module)
  )
    return before.built;
  const graph = createModuleGraph(
    fragments.map(({ file, mappings }) => ({ file, module: mappings.module })),
    resolve,
  );
  const built = build(createEvaluator(graph), dialect, context.root);
  remembered.set(context.root, {
    modules: fragments.map(({ mappings }) => mappings.module),
    paths,
    dialect,
    resolve,
    built,
  });
  return built;
}
