/** What is wrong with the classes behind entities. */
import type { Problem } from '../../schema/source.ts';
import type { EntityMeta } from './model.ts';
import { lineage } from './targets.ts';
import type { Targets } from './targets.ts';

/** Of the classes whose columns ended in a table; what another class says wrongly is nobody's table. */
export function targetProblems(targets: Targets, entities: readonly EntityMeta[]): readonly Problem[] {
  const used = new Set(entities.flatMap((entity) => entity.tree));
  const problems: Problem[] = [];
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
  return problems;
}
