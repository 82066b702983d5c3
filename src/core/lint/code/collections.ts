/** Collections that a query loads with its rows. */
import type { Query } from '../../schema/code.ts';
import type { Relation, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { CodeContext } from '../rule.ts';

export interface Collection {
  readonly path: string;
  readonly relation: Relation;
  /** Where it is asked for. */
  readonly at: SourceRange;
}

/** Of the relation paths loaded, those that hold any number of rows. */
export function collectionsLoaded(
  query: Query,
  root: Table,
  context: Pick<CodeContext, 'table'>,
): readonly Collection[] {
  return query.loads.flatMap(({ path, at }): readonly Collection[] => {
    let table: Table | undefined = root;
    let relation: Relation | undefined;
    for (const segment of path.split('.')) {
      relation = table?.relations.find(({ property }) => property === segment);
      table = relation && context.table(relation.target, relation.targetNamespace);
    }
    return relation && (relation.kind === 'one-to-many' || relation.kind === 'many-to-many')
      ? [{ path, relation, at }]
      : [];
  });
}
