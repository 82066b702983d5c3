/** All fragments of a project → tables of its models, and queries with the tables they mean. */
import { replayDjango } from '../../migrations/django/replay.ts';
import type { DjangoReplay } from '../../migrations/django/replay.ts';
import type { Dialect, Table } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import { createEvaluator } from '../shared/python/evaluate.ts';
import { linkManagerQueries } from '../shared/python/linkManagerQueries.ts';
import { createModuleGraph } from '../shared/python/moduleGraph.ts';
import { withMigration } from '../shared/withMigration.ts';
import { createApps } from './apps.ts';
import type { DjangoMappings } from './declarations.ts';
import { createModels, isKnown } from './models.ts';
import { userModel } from './queries.ts';
import { createSettings } from './settings.ts';
import { buildTables } from './tables.ts';
import type { Built } from './tables.ts';
import type { World } from './world.ts';
import { isSequence } from '../shared/python/values.ts';

export interface Linked {
  readonly world: World;
  readonly built: Built;
  /** What the migrations do; made when it is asked for. */
  readonly replay: (tables: boolean) => DjangoReplay;
}

interface Remembered {
  readonly mappings: readonly DjangoMappings[];
  readonly key: string;
  readonly linked: Linked;
}

/** The last result of each project: a change of code that declares nothing leaves the schema as it is. */
const remembered = new Map<string, Remembered>();

export function link(fragments: readonly Fragment<DjangoMappings>[], context: LinkContext): LinkResult {
  const { world, built, replay } = linkedModels(fragments, context);
  const replays = context.source === 'migrations';
  const { schema, facts, problems } = replay(replays);
  return {
    tables: replays ? schema.tables : built.tables,
    enums: [],
    files: linkManagerQueries(
      fragments.map((fragment) => fragment.facts),
      { tables: built.tables, aliases: proxies(world, built), orders: orders(world, built), resolve: context.resolve },
    ).map((file) => withMigration(file, facts)),
    problems: replays ? problems : built.tables.length === 0 ? [] : world.problems,
  };
}

/** `Meta.ordering`: what rows come by where a query asks for no order of its own. */
function orders({ models }: World, { byModel }: Built): ReadonlyMap<Table, readonly string[]> {
  return new Map(
    models.all.flatMap((model) => {
      const table = byModel.get(model);
      const stated = model.meta.get('ordering');
      if (!table || !isSequence(stated) || stated.items.length === 0) return [];
      // An expression is an order that nobody here can name.
      return [
        [table, stated.items.map((each) => (typeof each === 'string' ? each.replace(/^[-+]/u, '') : ''))] as const,
      ];
    }),
  );
}

/** Proxies are asked by names of their own, and users by what the settings call them. */
function proxies({ models, settings }: World, { byModel }: Built): ReadonlyMap<string, Table> {
  const stated = settings.text('AUTH_USER_MODEL')?.toLowerCase();
  const user = models.all.find(({ app, name }) => `${app.label}.${name}`.toLowerCase() === stated);
  const table = user && byModel.get(user);
  return new Map<string, Table>([
    ...(table ? [[userModel, table] as const] : []),
    ...models.all.flatMap(({ name, proxyOf }) => {
      const table = proxyOf && !isKnown(proxyOf) ? byModel.get(proxyOf) : undefined;
      return table ? [[name, table] as const] : [];
    }),
  ]);
}

function linkedModels(fragments: readonly Fragment<DjangoMappings>[], context: LinkContext): Linked {
  const mappings = fragments.map((fragment) => fragment.mappings);
  const key = JSON.stringify([dialectOf(context), fragments.map(({ file }) => file)]);
  const before = remembered.get(context.root);
  if (before?.key === key && before.mappings.every((each, at) => each === mappings[at])) return before.linked;
  const linked = build(fragments, context);
  remembered.set(context.root, { mappings, key, linked });
  return linked;
}

/** Django's own default is SQLite, but a project that names no engine is rather a part of something that runs elsewhere. */
function dialectOf({ dialect, dataSources }: LinkContext): Dialect {
  return dialect ?? dataSources.find((each) => each.dialect !== null)?.dialect ?? 'postgresql';
}

function build(fragments: readonly Fragment<DjangoMappings>[], context: LinkContext): Linked {
  const evaluator = createEvaluator(
    createModuleGraph(
      fragments.map(({ file, mappings }) => ({ file, module: mappings.module })),
      outside(context.resolve),
    ),
  );
  const fieldClasses = new Map(fragments.map(({ file, mappings }) => [file, mappings.fieldClasses]));
  const settings = createSettings(evaluator);
  const problems: Problem[] = [];
  const project = {
    evaluator,
    settings,
    apps: createApps(evaluator, settings, context.resolve, context.root),
    dialect: dialectOf(context),
    fieldContext: {
      evaluator,
      fieldClass: (cls: { readonly file: string; readonly qualifiedName: string }) => {
        const told = fieldClasses.get(cls.file);
        return told && Object.hasOwn(told, cls.qualifiedName) ? told[cls.qualifiedName] : undefined;
      },
    },
    problems,
  };
  const world: World = { ...project, models: createModels(project) };
  const replays = new Map<boolean, DjangoReplay>();
  const replay = (tables: boolean): DjangoReplay => {
    let result = replays.get(tables);
    if (!result) replays.set(tables, (result = replayDjango(project, tables)));
    return result;
  };
  return { world, built: buildTables(world), replay };
}

/** The library's own source may lie in the workspace: its names mean the same all the same. */
function outside(resolve: LinkContext['resolve']): LinkContext['resolve'] {
  return (fromFile, module) => (/^(?:django)(?:\.|$)/.test(module) ? [] : resolve(fromFile, module));
}
