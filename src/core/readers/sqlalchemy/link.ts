/** All fragments of a project → its tables, and queries with the tables they mean. */
import { replayAlembic } from '../../migrations/alembic/replay.ts';
import type { AlembicReplay } from '../../migrations/alembic/replay.ts';
import type { Dialect } from '../../schema/model.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import { createEvaluator } from '../shared/python/evaluate.ts';
import { createModuleGraph } from '../shared/python/moduleGraph.ts';
import { withMigration } from '../shared/withMigration.ts';
import { build } from './build.ts';
import type { Built } from './build.ts';
import { linkQueries } from './linkQueries.ts';
import { defaultMetadata } from './metadata.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import type { SqlAlchemyMappings } from './reader.ts';

interface Remembered {
  readonly modules: readonly SqlAlchemyMappings[];
  readonly paths: string;
  readonly dialect: Dialect;
  readonly resolve: LinkContext['resolve'];
  readonly linked: Linked;
}

interface Linked {
  readonly built: Built;
  /** What the revisions do; made when it is asked for. */
  readonly replay: (tables: boolean) => AlembicReplay;
}

/** The last result of each project: most links follow a change of code, which leaves the declarations as they are. */
const remembered = new Map<string, Remembered>();

export function link(fragments: readonly Fragment<SqlAlchemyMappings>[], context: LinkContext): LinkResult {
  const { built, replay } = linkedModels(fragments, context);
  const replays = context.source === 'migrations';
  const { schema, facts, problems } = replay(replays);
  const files = linkQueries(
    fragments.map((fragment) => fragment.facts),
    built,
  ).map((file) => withMigration(file, facts));
  return replays
    ? { tables: schema.tables, enums: schema.enums, files, problems }
    : { tables: built.tables, enums: built.enums, files, problems: built.discovered.problems };
}

function linkedModels(fragments: readonly Fragment<SqlAlchemyMappings>[], context: LinkContext): Linked {
  const dialect = context.dialect ?? context.dataSources.find((each) => each.dialect !== null)?.dialect ?? 'postgresql';
  const paths = fragments.map(({ file }) => file).join('\0');
  const before = remembered.get(context.root);
  const { resolve } = context;
  if (
    before?.dialect === dialect &&
    before.paths === paths &&
    before.resolve === resolve &&
    before.modules.every((mappings, at) => mappings === fragments[at]?.mappings)
  )
    return before.linked;
  const graph = createModuleGraph(
    fragments.map(({ file, mappings }) => ({ file, module: mappings.module })),
    resolve,
  );
  const evaluator = createEvaluator(graph);
  const revisionFiles = new Set(fragments.flatMap(({ file, mappings }) => (mappings.revision ? [file] : [])));
  const built = build(evaluator, dialect, context.root, revisionFiles);
  const revisions = fragments.flatMap(({ file, mappings }) =>
    mappings.revision && purposeOf(file) !== 'test' ? [{ file, code: mappings.revision }] : [],
  );
  // Alembic names what is left unnamed as the metadata of the project does.
  const metadata = { ...(built.discovered.tables[0]?.metadata ?? defaultMetadata), namespace: null };
  const replays = new Map<boolean, AlembicReplay>();
  const replay = (tables: boolean): AlembicReplay => {
    let result = replays.get(tables);
    if (!result) replays.set(tables, (result = replayAlembic({ evaluator, dialect, metadata, revisions }, tables)));
    return result;
  };
  const linked = { built, replay };
  remembered.set(context.root, {
    modules: fragments.map(({ mappings }) => mappings),
    paths,
    dialect,
    resolve,
    linked,
  });
  return linked;
}
