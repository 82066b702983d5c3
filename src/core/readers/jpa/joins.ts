/** Columns that refer to another table, and the foreign keys they make. */
import type { ForeignKey } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { JavaAnnotation } from '../shared/java/model.ts';
import { argument, constantName, nested } from '../shared/java/world.ts';
import type { KnownClass } from '../shared/java/world.ts';
import { hibernateOwn, repeated } from './annotations.ts';
import type { Context } from './context.ts';
import { physicalColumn } from './context.ts';
import type { DraftColumn, DraftTable } from './drafts.ts';
import { definitionOf } from './definition.ts';
import type { Entity } from './hierarchy.ts';

export interface JoinOptions {
  /** Start of the implicit names: property or entity, `customer` of `customer_id`. */
  readonly base: string;
  readonly nullable: boolean;
  readonly unique: boolean;
  readonly at: SourceRange;
  /** Class whose source the annotations stand in. */
  readonly owner: KnownClass;
}

export interface Join {
  readonly columns: readonly DraftColumn[];
  /** Columns of the other table, in the same order. */
  readonly references: readonly string[];
  readonly foreignKeyName: string | null;
  readonly enforced: boolean;
}

/** `@JoinColumn`, `@JoinColumns`, also those in `@JoinColumnOrFormula`. */
export function joinColumnsOf(annotations: readonly JavaAnnotation[]): readonly JavaAnnotation[] {
  const plain = repeated(annotations, 'JoinColumn', 'JoinColumns');
  if (plain.length > 0) return plain;
  const either = repeated(annotations, 'JoinColumnOrFormula', 'JoinColumnsOrFormulas');
  return either.flatMap((each) => nested(each, 'column'));
}

/** Columns of the referring table: one for each column of the other's key, or for those that are named. */
export function joinTo(
  target: Entity,
  stated: readonly JavaAnnotation[],
  options: JoinOptions,
  context: Context,
): Join {
  const { world } = context;
  const { owner } = options;
  const key = context.keyOf(target);
  const text = (annotation: JavaAnnotation | undefined, name: string): string | null => {
    const value = world.text(argument(annotation, name), owner);
    return value === '' ? null : value;
  };
  const named = stated.map(
    (annotation): { annotation: JavaAnnotation | undefined; referenced: DraftColumn | undefined } => {
      const reference = text(annotation, 'referencedColumnName');
      const name = reference === null ? null : physicalColumn(context, reference).toLowerCase();
      const referenced =
        name === null
          ? undefined
          : (key.find((column) => column.name.toLowerCase() === name || column.logical === reference) ??
            context.columnNamed(target, reference ?? ''));
      return { annotation, referenced };
    },
  );
  // Without `referencedColumnName` columns refer to the key in order.
  let next = 0;
  const free = key.filter((column) => !named.some(({ referenced }) => referenced === column));
  const pairs =
    stated.length === 0
      ? key.map((referenced) => ({ annotation: undefined, referenced }))
      : named.map((each) => ({ ...each, referenced: each.referenced ?? free[next++] }));
  const columns = pairs.map(({ annotation, referenced }): DraftColumn => {
    const logical = text(annotation, 'name') ?? `${options.base}_${referenced?.name ?? 'id'}`;
    const definition = definitionOf(text(annotation, 'columnDefinition'), context.dialect);
    // What is no type that an engine has says less than the key that is referred to.
    const stated = definition && definition.sql.type !== 'unknown' ? definition.sql : null;
    const type = stated ?? (referenced ? typeOf(referenced) : unknownType);
    return {
      ...type,
      name: physicalColumn(context, logical),
      logical,
      property: null,
      array: false,
      nullable:
        options.nullable && world.flag(argument(annotation, 'nullable'), owner) !== false && !definition?.notNull,
      default: definition?.default ?? null,
      generated: null,
      enum: referenced?.enum ?? null,
      comment: text(annotation, 'comment'),
      role: null,
      insertable: world.flag(argument(annotation, 'insertable'), owner) !== false,
      updatable: world.flag(argument(annotation, 'updatable'), owner) !== false,
      transformer: null,
      unique: (options.unique && pairs.length === 1) || world.flag(argument(annotation, 'unique'), owner) === true,
      table: text(annotation, 'table'),
      at: options.at,
    };
  });
  const constraint = stated.flatMap((each) => nested(each, 'foreignKey'))[0];
  return {
    columns,
    references: pairs.map(({ referenced }) => {
      const place = referenced ? key.indexOf(referenced) : -1;
      return keyNamesOf(target, context)[place] ?? referenced?.name ?? 'id';
    }),
    foreignKeyName: text(constraint, 'name'),
    enforced: !isNoConstraint(constraint),
  };
}

/** The key as the table of the entity calls it: a joined subclass may have other names for it than its parent. */
export function keyNamesOf(entity: Entity, context: Context): readonly string[] {
  const key = context.keyOf(entity);
  if (entity.parent === null || entity.strategy !== 'joined') return key.map(({ name }) => name);
  const stated = repeated(entity.annotations, 'PrimaryKeyJoinColumn', 'PrimaryKeyJoinColumns');
  return key.map(({ name }, index) => {
    const written = context.world.text(argument(stated[index], 'name'), entity.known);
    return written === null || written === '' ? name : physicalColumn(context, written);
  });
}

const unknownType = { type: 'unknown', rawType: 'unknown', length: null, precision: null, scale: null } as const;

export function typeOf({
  type,
  rawType,
  length,
  precision,
  scale,
}: DraftColumn): Pick<DraftColumn, 'type' | 'rawType' | 'length' | 'precision' | 'scale'> {
  return { type, rawType, length, precision, scale };
}

export function isNoConstraint(foreignKey: JavaAnnotation | undefined): boolean {
  return (
    constantName(argument(foreignKey, 'value')) === 'NO_CONSTRAINT' ||
    constantName(argument(foreignKey, 'name')) === 'none'
  );
}

/** The constraint of a relation: Hibernate restricts by default; `@OnDelete` lets the database cascade. */
export function foreignKeyOf(
  join: Join,
  target: DraftTable,
  annotations: readonly JavaAnnotation[],
  owner: KnownClass,
  at: SourceRange,
  context: Context,
): ForeignKey {
  const own = hibernateOwn(annotations, 'ForeignKey');
  const ownName = context.world.text(argument(own, 'name'), owner);
  const ignored = constantName(argument(hibernateOwn(annotations, 'NotFound'), 'action')) === 'IGNORE';
  const action = constantName(argument(hibernateOwn(annotations, 'OnDelete'), 'action'));
  return {
    name: join.foreignKeyName ?? ownName,
    columns: join.columns.map(({ name }) => name),
    references: { table: target.name, namespace: target.namespace, columns: join.references },
    onDelete:
      action === 'CASCADE'
        ? 'CASCADE'
        : action === 'SET_NULL'
          ? 'SET NULL'
          : action === 'SET_DEFAULT'
            ? 'SET DEFAULT'
            : 'NO ACTION',
    onUpdate: 'NO ACTION',
    deferrable: null,
    enforced: join.enforced && !ignored && ownName !== 'none',
    origin: 'declared',
    at,
  };
}
