/** Preconditions that the schema as it is at that point decides. */
import { findTable } from '../shared/replayState.ts';
import type { ReplaySchema } from '../shared/replayState.ts';
import type { Dialect } from '../../schema/model.ts';
import { nameAs, tableAs } from './columns.ts';
import type { ChangeNode } from './model.ts';
import { matchesEngine, withProperties } from './properties.ts';

interface Known {
  readonly schema: ReplaySchema;
  readonly dialect: Dialect;
  readonly properties: ReadonlyMap<string, string>;
  /** Change sets that ran: id, author and file, with NUL between them. */
  readonly done: ReadonlySet<string>;
}

/** Null = only the database can tell. */
export function conditionHolds(written: ChangeNode, known: Known): boolean | null {
  return holds(withProperties(written, known.properties), known);
}

function all(children: readonly ChangeNode[], known: Known): boolean | null {
  const results = children.map((child) => holds(child, known));
  if (results.includes(false)) return false;
  return results.includes(null) ? null : true;
}

function holds(node: ChangeNode, known: Known): boolean | null {
  const { attributes, children } = node;
  const { schema, dialect } = known;
  const table = findTable(
    schema,
    tableAs(attributes.tableName ?? attributes.foreignKeyTableName ?? '', attributes.schemaName, dialect),
  );
  const same = (a: string | null, b: string | undefined): boolean =>
    b !== undefined && a?.toLowerCase() === nameAs(b, dialect).toLowerCase();
  switch (node.name) {
    case 'preConditions':
    case 'and':
      return all(children, known);
    case 'or': {
      const results = children.map((child) => holds(child, known));
      if (results.includes(true)) return true;
      return results.includes(null) ? null : false;
    }
    case 'not': {
      const inner = all(children, known);
      return inner === null ? null : !inner;
    }
    case 'dbms':
      return matchesEngine(attributes.type ?? null, dialect);
    case 'tableExists':
      return table !== undefined;
    case 'viewExists':
      return schema.tables.some(({ name, kind }) => kind !== 'table' && same(name, attributes.viewName));
    case 'columnExists':
      return table?.columns.some(({ name }) => same(name, attributes.columnName)) === true;
    case 'primaryKeyExists':
      return attributes.tableName === undefined ? null : (table?.primaryKey.length ?? 0) > 0;
    case 'uniqueConstraintExists':
      return table?.uniques.some(({ name }) => same(name, attributes.constraintName)) === true;
    case 'foreignKeyConstraintExists':
      return schema.tables.some(({ foreignKeys }) =>
        foreignKeys.some(({ name }) => same(name, attributes.foreignKeyName)),
      );
    case 'indexExists':
      return schema.tables.some(({ indexes, uniques }) =>
        [...indexes, ...uniques].some(({ name }) => same(name, attributes.indexName)),
      );
    case 'changeSetExecuted':
      return [...known.done].some((key) => key.startsWith(`${attributes.id ?? ''}\0${attributes.author ?? ''}\0`));
    case 'changeLogPropertyDefined':
      return known.properties.has(attributes.property ?? '');
    // Settings of the conditions, which YAML has beside them.
    case 'onFail':
    case 'onError':
    case 'onFailMessage':
    case 'onErrorMessage':
    case 'onSqlOutput':
      return true;
    default:
      return null;
  }
}
