/** Columns of a table → the properties that values, filters, DTOs and answers have. */
import type { Column, ColumnRole, ColumnType, Table } from '../../schema/model.ts';
import { checkedRange } from './checks.ts';
import type { Constraints, PropertyPlan } from './entityPlan.ts';
import { enumOf } from './lineage.ts';
import type { ProjectPlan } from './project.ts';

/** What the entity's class says of a property. */
export interface DeclaredField {
  /** File of the class that declares it: the entity's own, or that of a class it builds on. */
  readonly file: string;
  readonly property: string;
  /** Without null and undefined. */
  readonly type: string;
}

/** Set by the ORM or the database, so no value is ever taken for them. */
const managedRoles: ReadonlySet<ColumnRole> = new Set<ColumnRole>([
  ...(['created-at', 'updated-at', 'deleted-at', 'version', 'discriminator'] as const),
  ...(['tree-path', 'tree-left', 'tree-right', 'tree-level'] as const),
]);
const shownRoles: ReadonlySet<ColumnRole> = new Set<ColumnRole>(['created-at', 'updated-at', 'version']);

/** Parameters of every list; a filter of the same name would be mistaken for one of them. */
const listParameters = new Set(['limit', 'cursor', 'page', 'sort', 'include']);

const filterableTypes: ReadonlySet<ColumnType> = new Set<ColumnType>([
  ...(['boolean', 'int16', 'int32', 'int64', 'string', 'char', 'uuid', 'enum', 'date'] as const),
]);

/**
 * Types whose order is the same in a comparison and in ORDER BY: MySQL compares enums as text but sorts them by position,
 * and floating-point values do not survive the way to JavaScript and back.
 */
const sortableTypes: ReadonlySet<ColumnType> = new Set<ColumnType>([
  ...(['int16', 'int32', 'int64', 'decimal', 'string', 'uuid', 'date', 'datetime', 'datetime-tz'] as const),
]);

export function scalarProperty(
  project: ProjectPlan,
  table: Table,
  column: Column,
  name: string,
  field: DeclaredField,
): PropertyPlan {
  const declared = field.type.replace(/\[\]$/, '');
  const managed = column.role !== null && managedRoles.has(column.role);
  const writable = !managed && column.generated === null && (column.insertable || column.updatable);
  const open = writable && !isSecret(column) && column.type !== 'binary';
  const shown = !managed || shownRoles.has(column.role);
  const readable = shown && column.selected && !isSecret(column) && column.type !== 'binary';
  return {
    name,
    property: field.property,
    kind: 'scalar',
    type: declared,
    array: column.array || field.type.endsWith('[]'),
    nullable: column.nullable,
    optional: column.nullable || column.default !== null || column.generated !== null,
    columnType: column.type,
    column,
    constraints: constraintsOf(project, table, column, declared),
    enum: column.enum === null ? null : enumOf(project, field.file, field.type),
    embedded: null,
    references: null,
    creatable: open && column.insertable,
    updatable: open && column.updatable && !table.primaryKey.includes(column.name),
    writable,
    readable,
    filterable: readable && isFilterable(table, column, field.type) && !listParameters.has(name),
    sortable: readable && isSortable(table, column, field.type),
  };
}

/** A foreign key that only its relation stands for: `brand` in the entity, `brandId` outside. */
export function referenceProperty(
  project: ProjectPlan,
  table: Table,
  column: Column,
  name: string,
  property: string,
  references: NonNullable<PropertyPlan['references']>,
  keyType: string,
): PropertyPlan {
  const isKey = table.primaryKey.includes(column.name);
  const scalar = scalarProperty(project, table, column, name, { file: '', property, type: keyType });
  return {
    ...scalar,
    kind: 'reference',
    references,
    updatable: scalar.updatable && !isKey,
    filterable: scalar.readable && !listParameters.has(name),
    // The property that the order would name is a relation.
    sortable: false,
  };
}

export function isSecret({ classification }: Column): boolean {
  return classification?.kind === 'secret' || classification?.kind === 'pan';
}

/** Personal data stays out of URLs, and so out of logs. */
function isFilterable(table: Table, column: Column, type: string): boolean {
  if (!filterableTypes.has(column.type) || type.endsWith('[]') || column.array || column.classification) return false;
  if (table.primaryKey.length === 1 && table.primaryKey[0] === column.name) return false;
  return (
    column.type === 'enum' ||
    column.type === 'boolean' ||
    leadsKey(table, column.name) ||
    isForeignKey(table, column.name)
  );
}

/** Without nulls, whose place engines do not agree on, and served by an index or by being unique to a moment. */
function isSortable(table: Table, column: Column, type: string): boolean {
  if (column.nullable || !sortableTypes.has(column.type) || column.array || type.endsWith('[]')) return false;
  return (
    column.role === 'created-at' ||
    column.role === 'updated-at' ||
    (table.primaryKey.length === 1 && table.primaryKey[0] === column.name) ||
    leadsKey(table, column.name)
  );
}

function leadsKey({ primaryKey, uniques, indexes }: Table, column: string): boolean {
  return (
    (primaryKey.length > 1 && primaryKey.includes(column)) ||
    uniques.some(({ columns }) => columns[0] === column) ||
    indexes.some(({ columns, where, expression }) => columns[0] === column && where === null && expression === null)
  );
}

function isForeignKey({ foreignKeys }: Table, column: string): boolean {
  return foreignKeys.some(({ columns }) => columns.includes(column));
}

/** PostgreSQL's and MySQL's ranges of signed integers; https://www.postgresql.org/docs/current/datatype-numeric.html. */
const integerRanges: Readonly<Partial<Record<ColumnType, readonly [number, number]>>> = {
  int16: [-32_768, 32_767],
  int32: [-2_147_483_648, 2_147_483_647],
};

function constraintsOf(project: ProjectPlan, table: Table, column: Column, declared: string): Constraints {
  const range = checkedRange(table.checks, column.name);
  const isInteger = column.type === 'int16' || column.type === 'int32';
  const [least = null, most = null] =
    declared === 'number' ? (tinyRange(column) ?? integerRanges[column.type] ?? []) : [];
  const isText = declared === 'string' && (column.type === 'string' || column.type === 'char');
  return {
    minLength: isText && !column.nullable && column.default === null ? 1 : null,
    maxLength: isText ? column.length : null,
    min: isInteger && range.min !== null ? range.min : least,
    max: isInteger && range.max !== null ? range.max : most,
    precision: column.type === 'decimal' ? column.precision : null,
    scale: column.type === 'decimal' ? column.scale : null,
    values: project.request.schema.enums.find(({ name }) => name === column.enum)?.values ?? null,
    format: declared === 'string' ? (isUuid(project, table, column) ? 'uuid' : formatOf(column)) : null,
  };
}

function tinyRange({ rawType }: Column): readonly [number, number] | null {
  return /^tinyint\b/i.test(rawType) ? [-128, 127] : /^mediumint\b/i.test(rawType) ? [-8_388_608, 8_388_607] : null;
}

/** Engines without a type for it keep UUIDs as text: those that the ORM makes, and foreign keys that hold them. */
function isUuid(project: ProjectPlan, table: Table, column: Column, depth = 0): boolean {
  if (column.type === 'uuid' || column.generated?.kind === 'uuid') return true;
  const foreignKey = table.foreignKeys.find(({ columns }) => columns.includes(column.name));
  if (!foreignKey || depth > 4) return false;
  const { references, columns } = foreignKey;
  const target = project.tableOf(references.table, references.namespace);
  const referenced = references.columns[columns.indexOf(column.name)];
  const key = target?.columns.find(({ name }) => name === referenced);
  return target !== null && key !== undefined && isUuid(project, target, key, depth + 1);
}

function formatOf({ type, property }: Column): Constraints['format'] {
  switch (type) {
    case 'uuid':
      return 'uuid';
    case 'int64':
      return 'integer';
    case 'decimal':
      return 'decimal';
    case 'date':
      return 'date';
    case 'time':
      return 'time';
    case 'network':
      return 'ip';
    case 'string':
      return /(?:^|[.a-z])e[mM]ail$|Email$/.test(property ?? '') ? 'email' : null;
    default:
      return null;
  }
}
