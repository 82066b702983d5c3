/** Fragments of all files of a project → its tables. Pure: the same fragments give the same tables. */
import type { DataSource, FileFacts } from '../../schema/code.ts';
import type { Problem } from '../../schema/source.ts';
import type { Table } from '../../schema/model.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import type { Declarations } from '../shared/typescript/declarations.ts';
import { createEvaluator } from '../shared/typescript/evaluate.ts';
import { createModuleGraph } from '../shared/typescript/moduleGraph.ts';
import { buildEntities } from './build.ts';
import { namingStrategies } from './customNaming.ts';
import { linkQueries } from './linkQueries.ts';
import type { EntityMeta } from './model.ts';
import { settingsFor } from './settings.ts';
import { tablesOf } from './tables.ts';
import { collectTargets, lineage } from './targets.ts';
import type { Targets } from './targets.ts';

export function link(fragments: readonly Fragment<Declarations>[], context: LinkContext): LinkResult {
  const sorted = fragments.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const files = sorted.map(({ file, mappings }) => ({ file, declarations: mappings }));
  const evaluator = createEvaluator(createModuleGraph(files, (from, module) => context.resolve(from, module)));
  const targets = collectTargets(files, evaluator);
  const problems: Problem[] = [];
  const legacy = /^[~^]?0\./.test(context.versions?.typeorm ?? '');
  const namingOf = namingStrategies(evaluator, (problem) => problems.push(problem), legacy);
  const dataSources = distinct(context.dataSources);
  const built = buildEntities(
    targets,
    evaluator,
    settingsFor({ dialect: context.dialect, dataSources, legacy, namingOf }),
  );
  const { tables, enums, byEntity } = tablesOf(built.entities, context.root, evaluator);
  problems.push(...targetProblems(targets, built.entities), ...built.problems);
  return {
    tables,
    enums,
    files: linkQueries(factsOf(sorted), entitiesByName(byEntity)),
    problems: problems.toSorted(byPlace),
  };
}

function factsOf(fragments: readonly Fragment<Declarations>[]): readonly FileFacts[] {
  return fragments.map((fragment) => fragment.facts);
}

function distinct(sources: readonly DataSource[]): readonly DataSource[] {
  return [...new Set(sources)];
}

function byPlace(a: Problem, b: Problem): number {
  const [one, other] = [a.at, b.at];
  if (!one || !other) return 0;
  return one.file < other.file ? -1 : one.file > other.file ? 1 : one.line - other.line || one.column - other.column;
}

function entitiesByName(byEntity: ReadonlyMap<EntityMeta, Table>): ReadonlyMap<string, Table> {
  const names = new Map<string, Table>();
  for (const [entity, table] of byEntity) {
    if (entity.target && !names.has(entity.target.name)) names.set(entity.target.name, table);
  }
  return names;
}

/** Of the classes whose columns ended in a table; what another class says wrongly is nobody's table. */
function targetProblems(targets: Targets, entities: readonly EntityMeta[]): readonly Problem[] {
  const used = new Set(entities.flatMap((entity) => entity.tree));
  const problems: Problem[] = [...targets.problems];
  for (const target of used) {
    problems.push(...target.args.problems);
    for (const embedded of target.args.embeddeds) {
      const type = targets.ofReference(embedded.type);
      if (type !== null && typeof type !== 'string') problems.push(...type.args.problems);
      else
        problems.push({
          code: 'unresolved-embedded',
          message: `The class embedded as ${target.name}.${embedded.property} was not found, so its columns are missing here.`,
          severity: 'warning',
          at: embedded.at,
        });
    }
    const foreign = lineage(target).at(-1)?.class?.foreignBase;
    if (foreign && !(foreign.module === 'typeorm' && foreign.name === 'BaseEntity') && foreign.name !== 'BaseEntity') {
      problems.push({
        code: 'unresolved-base-class',
        message: `${target.name} extends ${foreign.name}, which is not in this workspace: columns it declares are missing here.`,
        severity: 'information',
        at: target.at,
      });
    }
  }
  return [...new Set(problems)];
}
