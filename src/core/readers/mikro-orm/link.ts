/** Fragments of all files of a project → its tables, enums and queries. */
import type { EnumType, Table } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import { Consultations } from '../shared/typescript/consulted.ts';
import { createEvaluator } from '../shared/typescript/evaluate.ts';
import { createModuleGraph } from '../shared/typescript/moduleGraph.ts';
import { collectEntities } from './declarations.ts';
import { linkQueries } from './linkQueries.ts';
import type { MikroOrmMappings } from './model.ts';
import { settingsFor } from './settings.ts';
import { buildTables } from './tables.ts';
import { createWorld } from './world.ts';

type MikroOrmFragment = Fragment<MikroOrmMappings>;

export interface LinkedSchema {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  /** Table of an entity, those that share one included. */
  readonly byEntity: ReadonlyMap<string, Table>;
  readonly problems: readonly Problem[];
}

interface Remembered {
  readonly mappings: readonly MikroOrmMappings[];
  readonly key: string;
  readonly context: LinkContext;
  readonly linked: LinkedSchema;
}

/** The last result of each project: most links follow a change of what a function does, which leaves the declarations as they are. */
const remembered = new Map<string, Remembered>();

export function link(fragments: readonly MikroOrmFragment[], context: LinkContext): LinkResult {
  const sorted = fragments.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const linked = linkedSchema(sorted, context);
  return {
    tables: linked.tables,
    enums: linked.enums,
    files: linkQueries(
      sorted.map(({ facts }) => facts),
      linked.byEntity,
    ),
    problems: linked.problems,
  };
}

function linkedSchema(fragments: readonly MikroOrmFragment[], context: LinkContext): LinkedSchema {
  const own = fragments.flatMap(({ facts }) => facts.dataSources);
  const mappings = fragments.map((fragment) => fragment.mappings);
  const settings = settingsFor(mappings, own, context);
  const strategy = [...own, ...context.dataSources].map(({ namingStrategy }) => namingStrategy);
  const key = JSON.stringify([
    fragments.map(({ file }) => file),
    settings.dialect,
    settings.major,
    settings.tsMorph,
    strategy,
  ]);
  const before = remembered.get(context.root);
  if (
    before?.key === key &&
    before.context.resolve === context.resolve &&
    before.mappings.every((each, at) => each === mappings[at] || JSON.stringify(each) === JSON.stringify(mappings[at]))
  )
    return before.linked;
  const files = fragments.map((fragment) => ({ file: fragment.file, mappings: fragment.mappings }));
  const graph = createModuleGraph(
    files.map(({ file, mappings: { declarations } }) => ({ file, declarations })),
    (from, module) => context.resolve(from, module),
    new Consultations(),
  );
  const evaluator = createEvaluator(graph, { chains: true });
  const problems: Problem[] = [];
  const entities = collectEntities(files, evaluator);
  const world = createWorld(entities, settings, evaluator, problems);
  const { tables, pivots, enums } = buildTables(world, context.root);
  const byRoot = new Map(tables.map(({ entity, table }) => [entity, table]));
  const byEntity = new Map<string, Table>();
  for (const entity of entities.all) {
    const table = byRoot.get(world.root(entity));
    if (table && !byEntity.has(entity.name)) byEntity.set(entity.name, table);
  }
  for (const pivot of pivots) if (!byEntity.has(pivot.name)) byEntity.set(pivot.name, pivot);
  const linked = {
    tables: [...tables.map(({ table }) => table), ...pivots],
    enums: [...new Map(enums.map((each) => [`${each.namespace ?? ''}.${each.name}`, each])).values()],
    byEntity,
    problems,
  };
  remembered.set(context.root, { mappings, key, context, linked });
  return linked;
}
