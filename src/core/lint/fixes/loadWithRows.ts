import type { Relation } from '../../schema/model.ts';
import type { PerElement } from '../code/perElement.ts';
import type { Rows } from '../code/rows.ts';
import { classAround } from '../code/calls.ts';
import type { ClassFact, FileFacts, Query } from '../../schema/code.ts';
import type { CodeContext, Fix } from '../rule.ts';

/** Loads the relation with the query that read the rows; none where that query is not known. */
export function loadWithRows(
  { query, table }: Rows,
  relation: Relation,
  file: FileFacts,
  context: CodeContext,
): readonly Fix[] {
  // Only rows of the entity itself have its relations, and only a query that nothing goes through can load them by its own means.
  if (!query || table?.entity == null || query.sql !== null || query.selects !== null) return [];
  if (query.through !== undefined || query.operation !== 'select' || query.groups.length > 0) return [];
  const repository = table.reader === 'jpa' ? repositoryOf(query, file, context) : null;
  if (table.reader === 'jpa' && !repository) return [];
  return [
    {
      title: `Load ${relation.property} with the rows`,
      // A method of a repository has other callers, who get the relation too.
      preferred: !repository,
      change: null,
      edits: [],
      code: {
        kind: 'loadRelation',
        orm: table.reader,
        at: repository?.at ?? query.at,
        api: query.api,
        entity: table.entity,
        relation: relation.property,
        toMany: relation.kind === 'one-to-many' || relation.kind === 'many-to-many',
      },
    },
  ];
}

/** The same, where the query in the loop reads all that a relation of the row leads to: `customer.orders.all()`. */
export function loadThrough(
  { rows, query, loop, chain }: PerElement,
  file: FileFacts,
  context: CodeContext,
): readonly Fix[] {
  const [element = '', property, ...more] = query.through?.split('.') ?? [];
  const relation = rows?.table?.relations.find((each) => each.property === property);
  const isAll = query.api === 'all' && query.filters.length === 0 && query.sorts.length === 0 && query.limit === null;
  if (!rows || !relation || more.length > 0 || !loop.variables.includes(element) || !isAll || chain.length > 0)
    return [];
  return loadWithRows(rows, relation, file, context);
}

/** Interface of the field that the query is called on, `members.findAll()`: methods of their own stand in it, others at the call. */
function repositoryOf(query: Query, file: FileFacts, context: CodeContext): ClassFact | null {
  for (const { at, callee, function: id } of file.calls) {
    const [receiver, method, ...more] = callee.replace(/^this\./u, '').split('.');
    if (method !== query.api || more.length > 0) continue;
    const owner = classAround(file, id);
    const type = file.fields.find((field) => field.owner === owner && field.name === receiver)?.type ?? '';
    const found = context.classFile(type)?.classes.find(({ name }) => name === type);
    const isHere = query.at.file === file.file && at.line === query.at.line && at.column === query.at.column;
    if (found && (isHere || found.at.file === query.at.file)) return found;
  }
  return null;
}
