import type { Relation } from '../../schema/model.ts';
import type { PerElement } from '../code/perElement.ts';
import type { Rows } from '../code/rows.ts';
import { classAround } from '../code/calls.ts';
import { columnsMeant } from '../findColumn.ts';
import type { FileFacts, Query } from '../../schema/code.ts';
import type { ClassFact } from '../../schema/classFacts.ts';
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

/**
 * The same, where the query in the loop asks for all rows that refer to the element, and the element has a relation to them:
 * they are loaded with it, and read from it.
 */
export function loadInstead(found: PerElement, file: FileFacts, context: CodeContext): readonly Fix[] {
  const { rows, query, loop, chain } = found;
  const table = query.table === null ? undefined : context.table(query.table, query.namespace);
  const [filter, ...others] = query.filters;
  const owner = rows?.table;
  if (!rows?.query || !owner || !table || !filter || others.length > 0 || chain.length > 0) return [];
  if (rows.query.at.file !== file.file || filter.comparison !== 'eq' || filter.wrapped || !isWhole(query)) return [];
  const columns = columnsMeant(filter, table);
  const [key, ...more] = owner.primaryKey;
  const relation = owner.relations.find(
    (each) =>
      each.kind === 'one-to-many' &&
      each.target === table.name &&
      each.targetNamespace === table.namespace &&
      isKeyOf(table.relations.find(({ property }) => property === each.inverse)?.columns, columns),
  );
  const property = owner.columns.find(({ name }) => name === key)?.property ?? null;
  const [element = '', ...names] = loop.variables;
  const uses = query.uses.filter((use) => use.split('.')[0] === element);
  const isOfElement = uses.length === 1 && (uses[0] === `${element}.${property ?? ''}` || uses[0] === element);
  if (!relation || property === null || more.length > 0 || names.length > 0 || !isOfElement) return [];
  return loadWithRows(rows, relation, file, context).flatMap((fix) =>
    fix.code?.kind === 'loadRelation'
      ? [{ ...fix, code: { ...fix.code, instead: { at: query.at, element, lazy: relation.fetch === 'lazy' } } }]
      : [],
  );
}

/** All rows that the filter leaves, as they are. */
function isWhole({
  operation,
  rows,
  complete,
  sorts,
  joins,
  loads,
  groups,
  selects,
  limit,
  offset,
  sql,
  lock,
  withDeleted,
}: Query): boolean {
  const lists = [sorts, joins, loads, groups];
  const options = [selects, limit, offset, sql, lock];
  return (
    operation === 'select' &&
    rows === 'many' &&
    complete &&
    !withDeleted &&
    lists.every((list) => list.length === 0) &&
    options.every((option) => option === null)
  );
}

function isKeyOf(given: readonly string[] | undefined, columns: readonly string[] | null): boolean {
  return given?.length === 1 && columns?.length === 1 && given[0] === columns[0];
}
