/** What the parts of a schema ask of each other while it is built. */
import type { Dialect, EnumType } from '../../schema/model.ts';
import type { JavaAnnotation, JavaType } from '../shared/java/model.ts';
import type { JavaWorld, KnownClass } from '../shared/java/world.ts';
import type { DraftColumn, DraftTable } from './drafts.ts';
import type { Access, Attribute, Entity, Hierarchy } from './hierarchy.ts';
import { physicalName } from './naming.ts';
import type { Naming } from './naming.ts';

export interface Context {
  readonly world: JavaWorld;
  readonly hierarchy: Hierarchy;
  readonly naming: Naming;
  readonly dialect: Dialect | null;
  readonly hibernate: 5 | 6;
  readonly defaultSchema: string | null;
  /** Converters that apply by themselves: full name of the attribute's type → type in the database. */
  readonly converters: ReadonlyMap<string, Converter>;
  /** Enumerated types that the engine is told of. */
  readonly enums: Map<string, EnumType>;
  /** Columns of an entity's primary key, in order. */
  keyOf(entity: Entity): readonly DraftColumn[];
  /** A column of an entity that is no relation's, by its logical or physical name. */
  columnNamed(entity: Entity, name: string): DraftColumn | undefined;
  tableOf(entity: Entity): DraftTable;
}

export interface Converter {
  readonly name: string;
  readonly type: JavaType;
  readonly owner: KnownClass;
}

/** Where an attribute is placed: what surrounds it decides about its columns. */
export interface Place {
  readonly entity: Entity | null;
  /** Properties on the way: `address.` */
  readonly prefix: string;
  /** `@Column` by attribute path, of the overrides around it. */
  readonly columns: ReadonlyMap<string, JavaAnnotation>;
  /** `@AssociationOverride` by attribute path. */
  readonly associations: ReadonlyMap<string, JavaAnnotation>;
  readonly access: Access;
  /** Columns of subclasses in one table with others may be null, whatever is stated. */
  readonly forcedNull: boolean;
  /** Part of an embeddable that may be missing as a whole: what only types and validations say does not hold (Hibernate 6). */
  readonly mayMiss: boolean;
  readonly isKey: boolean;
  /** Of `@MapsId`: attribute path of the key → names of the columns that stand for it. */
  readonly mapsId: ReadonlyMap<string, readonly DraftColumn[]>;
}

export function physical(context: Context, name: string): string {
  return physicalName(name, context.naming);
}

/** Of a column: strategies of a project may treat those otherwise. */
export function physicalColumn(context: Context, name: string): string {
  const made = physical(context, name);
  return context.naming.stripsColumns ? made.replaceAll('_', '') : made;
}

/** The entity a relation leads to: as stated, else by its type or the type of its elements. */
export function targetOf(attribute: Attribute, stated: JavaType | null, context: Context): Entity | undefined {
  const { type } = attribute;
  const element = type.arguments.at(-1) ?? type;
  const written = stated !== null && stated.name !== 'void' ? stated : element;
  const known = context.world.resolve(written.name, attribute.owner);
  return known && context.hierarchy.entity(known);
}
