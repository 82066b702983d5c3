/**
 * Names as the schema has them: engines that do not tell upper case from lower let a script write `[artist]` for `Artist`, and a script that names its database
 * here and not there means the same table.
 */
import type { Comparable } from '../../diff/diff.ts';
import type { Dialect, Table } from '../../schema/model.ts';
import type { DdlOperation, SqlConstraint, SqlName } from '../../syntax/sql/operation.ts';

const tellsCase: ReadonlySet<Dialect> = new Set<Dialect>(['postgresql', 'cockroachdb', 'cassandra']);

export function spelled(operation: DdlOperation, schema: Comparable, dialect: Dialect): DdlOperation {
  const table = (name: SqlName): SqlName => tableName(name, schema, dialect);
  const constraint = (each: SqlConstraint, owner: Table | undefined): SqlConstraint =>
    spelledConstraint(each, owner, schema, dialect);
  switch (operation.kind) {
    case 'createTable': {
      const known = operation.columns.map(({ name }) => name);
      return {
        ...operation,
        constraints: operation.constraints.map((each) =>
          ownColumns(constraint(each, undefined), known, operation.table, dialect),
        ),
        ...(operation.copies ? { copies: operation.copies.map((copy) => ({ ...copy, from: table(copy.from) })) } : {}),
      };
    }
    case 'createView':
    case 'createEnum':
    case 'createDomain':
    case 'dropType':
    case 'dropView':
    case 'renameType':
    case 'addEnumValue':
    case 'renameEnumValue':
    case 'dropSchema':
      return operation;
    case 'dropTable':
      return { ...operation, tables: operation.tables.map(table) };
    case 'dropIndex':
    case 'renameIndex':
      return operation.table === null ? operation : { ...operation, table: table(operation.table) };
    default: {
      const name = table(operation.table);
      const owner = find(name, schema);
      const columns = owner?.columns.map((column) => column.name) ?? [];
      const column = (written: string): string => columnName(written, columns, dialect);
      switch (operation.kind) {
        case 'addConstraint': {
          const read = constraint(operation.constraint, owner);
          return { ...operation, table: name, constraint: ownColumns(read, columns, name, dialect) };
        }
        case 'createIndex':
          return {
            ...operation,
            table: name,
            index: {
              ...operation.index,
              columns: operation.index.columns.map(column),
              include: operation.index.include.map(column),
            },
          };
        case 'dropColumn':
        case 'alterColumn':
          return { ...operation, table: name, column: column(operation.column) };
        case 'renameColumn':
          return { ...operation, table: name, from: column(operation.from) };
        case 'replaceColumn':
          return { ...operation, table: name, name: column(operation.name) };
        default:
          return { ...operation, table: name };
      }
    }
  }
}

function find(name: SqlName, schema: Comparable): Table | undefined {
  return schema.tables.find((table) => table.name === name.name && table.namespace === name.namespace);
}

export function tableName(name: SqlName, schema: Comparable, dialect: Dialect): SqlName {
  if (find(name, schema)) return name;
  const same = (a: string, b: string): boolean =>
    tellsCase.has(dialect) ? a === b : a.toLowerCase() === b.toLowerCase();
  const candidates = schema.tables.filter((table) => same(table.name, name.name));
  const [nearest] = [
    ...candidates.filter(({ namespace }) => same(namespace ?? '', name.namespace ?? '')),
    // Only where it is clear which one is meant.
    ...(candidates.length === 1 && (candidates[0]?.namespace === null || name.namespace === null) ? candidates : []),
  ];
  return nearest ? { name: nearest.name, namespace: nearest.namespace } : name;
}

function columnName(written: string, columns: readonly string[], dialect: Dialect): string {
  if (tellsCase.has(dialect) || columns.includes(written)) return written;
  return columns.find((column) => column.toLowerCase() === written.toLowerCase()) ?? written;
}

function spelledConstraint(
  constraint: SqlConstraint,
  owner: Table | undefined,
  schema: Comparable,
  dialect: Dialect,
): SqlConstraint {
  if (constraint.kind !== 'foreignKey') return constraint;
  const target = tableName(constraint.references, schema, dialect);
  const known = (find(target, schema) ?? owner)?.columns.map(({ name }) => name) ?? [];
  return {
    ...constraint,
    references: { ...target, columns: constraint.references.columns.map((name) => columnName(name, known, dialect)) },
  };
}

function ownColumns(
  constraint: SqlConstraint,
  known: readonly string[],
  table: SqlName,
  dialect: Dialect,
): SqlConstraint {
  const column = (written: string): string => columnName(written, known, dialect);
  switch (constraint.kind) {
    case 'check':
    case 'exclusion':
      return constraint;
    case 'index':
      return { ...constraint, index: { ...constraint.index, columns: constraint.index.columns.map(column) } };
    case 'foreignKey': {
      const { references } = constraint;
      const isOwn = references.name.toLowerCase() === table.name.toLowerCase();
      return {
        ...constraint,
        columns: constraint.columns.map(column),
        references: isOwn ? { ...references, columns: references.columns.map(column) } : references,
      };
    }
    default:
      return { ...constraint, columns: constraint.columns.map(column) };
  }
}
