/** Indexes, unique constraints and checks that classes state. */
import type { Index } from '../../schema/model.ts';
import type { JavaAnnotation } from '../shared/java/model.ts';
import { argument, items, nested } from '../shared/java/world.ts';
import { hibernateOwn, jpa, named, repeated } from './annotations.ts';
import type { Context } from './context.ts';
import { physical } from './context.ts';
import { addColumn, addUnique } from './drafts.ts';
import type { DraftTable } from './drafts.ts';
import type { Entity } from './hierarchy.ts';
import { orderedNames } from './keyOrder.ts';
import { sqlType } from '../shared/java/sqlTypes.ts';

export function addConstraints(entity: Entity, table: DraftTable, context: Context): void {
  const { known } = entity;
  const stated = jpa(entity.annotations, 'Table') ?? jpa(entity.inheritedAnnotations, 'Table');
  // A subclass in its parent's table has no table of its own to state anything of.
  if (table.entity !== entity) return;
  for (const constraint of nested(stated, 'uniqueConstraints')) {
    const columns = items(argument(constraint, 'columnNames')).flatMap((value) => {
      const text = context.world.text(value, known);
      return text === null ? [] : [columnNamed(text, table, context)];
    });
    addUnique(table, columns, emptyAsNone(context.world.text(argument(constraint, 'name'), known)), constraint.at);
  }
  for (const index of nested(stated, 'indexes')) addIndex(index, table, context, known);
  for (const check of repeated(entity.annotations, 'Check', 'Checks')) {
    const expression = context.world.text(argument(check, 'constraints') ?? argument(check, 'constraint'), known);
    if (expression !== null)
      table.checks.push({
        name: emptyAsNone(context.world.text(argument(check, 'name'), known)),
        expression,
        at: check.at,
      });
  }
}

function emptyAsNone(text: string | null): string | null {
  return text === '' ? null : text;
}

/** `@Index(columnList = "last_name, created_at DESC")` */
export function addIndex(
  annotation: JavaAnnotation,
  table: DraftTable,
  context: Context,
  owner: Entity['known'],
): void {
  const list = context.world.text(argument(annotation, 'columnList') ?? argument(annotation, 'columnNames'), owner);
  const parts = (list ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, name = part, order] = /^(.*?)(?:\s+(asc|desc))?$/iu.exec(part) ?? [];
      return { name: columnNamed(name.trim(), table, context), descending: order?.toLowerCase() === 'desc' };
    });
  if (parts.length === 0) return;
  const name = emptyAsNone(context.world.text(argument(annotation, 'name'), owner));
  const columns = parts.map((part) => part.name);
  const descending = parts.some((part) => part.descending);
  const unique = context.world.flag(argument(annotation, 'unique'), owner) === true;
  const index: Index = {
    name: name === null ? null : physicalIndexName(name, context),
    columns,
    orders: descending ? parts.map((part) => (part.descending ? 'desc' : 'asc')) : [],
    include: [],
    unique,
    method: null,
    where: null,
    expression: null,
    origin: 'declared',
    at: annotation.at,
  };
  if (unique && !descending) addUnique(table, columns, index.name, annotation.at);
  else table.indexes.push(index);
}

/** Names of indexes go past the naming strategy. */
function physicalIndexName(name: string, { dialect }: Context): string {
  return dialect === 'postgresql' || dialect === 'cockroachdb' ? name.toLowerCase() : name;
}

/** Column of a name as the source may write it: logical, physical, or a property. */
function columnNamed(written: string, table: DraftTable, context: Context): string {
  const name = physical(context, written);
  const columns = [...table.columns.values()];
  return (
    table.columns.get(name.toLowerCase())?.name ??
    columns.find((column) => column.logical.toLowerCase() === written.toLowerCase())?.name ??
    columns.find((column) => column.property === written)?.name ??
    name
  );
}

/** `@NaturalId` properties are unique together. */
export function addNaturalKey(entity: Entity, table: DraftTable): void {
  const names = new Set(
    entity.attributes.filter(({ annotations }) => hibernateOwn(annotations, 'NaturalId')).map(({ name }) => name),
  );
  if (names.size === 0) return;
  const columns = [...table.columns.values()].filter(
    ({ property }) => property !== null && names.has(property.split('.')[0] ?? ''),
  );
  const keys = table.relations
    .filter(({ property, owner }) => owner && names.has(property))
    .flatMap((each) => each.columns);
  addUnique(
    table,
    orderedNames([...columns.map(({ name }) => name), ...keys], table),
    null,
    entity.known.declaration.at,
  );
}

/** `@SoftDelete` adds a column; `@SQLDelete` and `@Where` tell which one there is already. */
export function addSoftDelete(entity: Entity, table: DraftTable, context: Context): void {
  const { annotations, known } = entity;
  const soft = hibernateOwn(annotations, 'SoftDelete');
  if (soft) {
    const stated = emptyAsNone(context.world.text(argument(soft, 'columnName'), known));
    const logical = stated ?? 'deleted';
    addColumn(table, {
      ...sqlType('boolean', { length: null, precision: null, scale: null }, context.dialect, context.hibernate),
      name: physical(context, logical),
      logical,
      property: null,
      array: false,
      nullable: false,
      default: null,
      generated: null,
      enum: null,
      comment: null,
      role: 'deleted-at',
      insertable: true,
      updatable: true,
      transformer: null,
      unique: false,
      table: null,
      at: soft.at,
    });
  }
  const restriction = named(annotations, 'Where', 'SQLRestriction');
  const removal = hibernateOwn(annotations, 'SQLDelete');
  const text = [
    context.world.text(argument(restriction, 'clause') ?? argument(restriction, 'value'), known),
    context.world.text(argument(removal, 'sql'), known)?.replace(/\bwhere\b[\s\S]*$/iu, ''),
  ].join(' ');
  if (text.trim() === '') return;
  for (const [key, column] of table.columns) {
    if (column.role !== null || !/delet|remov|archiv|activ|enabled|status/iu.test(column.name)) continue;
    if (
      new RegExp(`\\b${column.name.replace(/[^\w]/gu, '.')}\\b`, 'iu').test(text) &&
      /delet|remov|archiv/iu.test(column.name)
    )
      table.columns.set(key, { ...column, role: 'deleted-at' });
  }
}
