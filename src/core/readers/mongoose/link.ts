/** Fragments of all files of a project → its collections. Pure: the same fragments give the same tables. */
import type { Problem } from '../../schema/source.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import { Consultations } from '../shared/typescript/consulted.ts';
import { createEvaluator } from '../shared/typescript/evaluate.ts';
import { createModuleGraph } from '../shared/typescript/moduleGraph.ts';
import { linkQueries } from './linkQueries.ts';
import type { Mappings } from './model.ts';
import { findModels } from './models.ts';
import { collectSchemas } from './schemas.ts';
import { tablesOf } from './tables.ts';

export function link(fragments: readonly Fragment<Mappings>[], context: LinkContext): LinkResult {
  const sorted = fragments.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const graph = createModuleGraph(
    sorted.map(({ file, mappings }) => ({ file, declarations: mappings.declarations })),
    context.resolve,
    new Consultations(),
  );
  const evaluator = createEvaluator(graph, { paths: true });
  const problems = new Map<string, Problem>();
  const report = (problem: Problem): void => void problems.set(JSON.stringify(problem), problem);
  const schemas = collectSchemas(sorted, evaluator, report);
  const models = findModels(sorted, schemas, report);
  const { tables, enums, byModel } = tablesOf(models, evaluator, context);
  const repositories = sorted.flatMap(({ file, mappings }) =>
    mappings.repositories.map(({ name, model }) => ({ name, model, file })),
  );
  return {
    tables,
    enums,
    files: linkQueries(
      sorted.map(({ facts }) => facts),
      { models, byModel, graph, repositories },
    ),
    problems: [...problems.values()],
  };
}
