/**
 * What a `*.hbm.xml` file says, as Hibernate and NHibernate share it (hibernate-mapping-3.0.dtd, nhibernate-mapping.xsd). Names of classes, types
 * and tables are as written; an attribute that is not there is null, so that each library can fill in its own default. JSON-safe.
 */
import type { SourceRange } from '../../../schema/source.ts';

export interface HbmFile {
  /** Java: prefix of class names without a dot. */
  readonly package: string | null;
  /** .NET: the same. */
  readonly namespace: string | null;
  readonly assembly: string | null;
  readonly schema: string | null;
  readonly catalog: string | null;
  readonly defaultCascade: string | null;
  readonly defaultLazy: boolean | null;
  readonly classes: readonly HbmClass[];
  /** `<query>` (in the library's own language) and `<sql-query>`. */
  readonly queries: readonly HbmQuery[];
}

export interface HbmClass {
  readonly kind: 'class' | 'subclass' | 'joined-subclass' | 'union-subclass';
  readonly name: string;
  readonly entityName: string | null;
  /** Of subclasses that stand at the top: the class they extend. */
  readonly extends: string | null;
  readonly table: string | null;
  readonly schema: string | null;
  readonly catalog: string | null;
  readonly discriminatorValue: string | null;
  readonly abstract: boolean | null;
  readonly mutable: boolean | null;
  readonly lazy: string | null;
  readonly where: string | null;
  readonly check: string | null;
  readonly comment: string | null;
  /** It stands for this query instead of a table. */
  readonly subselect: string | null;
  readonly id: HbmId | null;
  readonly discriminator: HbmDiscriminator | null;
  readonly version: HbmProperty | null;
  /** Of `joined-subclass`: the columns that refer to the parent's table. */
  readonly key: HbmKey | null;
  readonly members: readonly HbmMember[];
  readonly joins: readonly HbmJoin[];
  readonly subclasses: readonly HbmClass[];
  /** The opening tag. */
  readonly at: SourceRange;
}

/** A `<column>`, or the column that attributes of the mapping itself describe. */
export interface HbmColumn {
  /** Null = named by the library's naming strategy. */
  readonly name: string | null;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly notNull: boolean | null;
  readonly unique: boolean;
  /** Names of the unique constraints it is part of, split at commas. */
  readonly uniqueKeys: readonly string[];
  /** Names of the indexes it is part of, split at commas. */
  readonly indexes: readonly string[];
  readonly sqlType: string | null;
  readonly default: string | null;
  readonly check: string | null;
  readonly comment: string | null;
  readonly at: SourceRange;
}

export interface HbmId {
  /** `composite` = `<composite-id>`, with its parts in `members`. */
  readonly kind: 'id' | 'composite';
  readonly name: string | null;
  /** Of a composite id: the class it is kept in. */
  readonly class: string | null;
  readonly type: string | null;
  readonly columns: readonly HbmColumn[];
  /** `native`, `identity`, `sequence`, `hilo`, `assigned`, `foreign`, `guid.comb`… */
  readonly generator: string | null;
  readonly generatorParameters: Readonly<Record<string, string>>;
  readonly unsavedValue: string | null;
  /** `key-property` as `property`, `key-many-to-one` as `many-to-one`. */
  readonly members: readonly HbmMember[];
  readonly at: SourceRange;
}

export interface HbmDiscriminator {
  readonly type: string | null;
  readonly column: HbmColumn;
  readonly formula: string | null;
  readonly notNull: boolean | null;
  readonly at: SourceRange;
}

export interface HbmKey {
  readonly columns: readonly HbmColumn[];
  readonly propertyRef: string | null;
  /** Name of the constraint; `none` = there is none. */
  readonly foreignKey: string | null;
  readonly onDelete: 'cascade' | 'noaction' | null;
  readonly notNull: boolean | null;
  readonly unique: boolean | null;
  readonly at: SourceRange;
}

export type HbmMember = HbmProperty | HbmComponent | HbmManyToOne | HbmOneToOne | HbmAny | HbmCollection;

export interface HbmProperty {
  readonly kind: 'property';
  /** `version` and `timestamp` are the optimistic lock of the class. */
  readonly role: 'property' | 'version' | 'timestamp';
  readonly name: string;
  readonly type: string | null;
  /** Of `<type name="…"><param name="…">`. */
  readonly typeParameters: Readonly<Record<string, string>>;
  readonly columns: readonly HbmColumn[];
  readonly formula: string | null;
  readonly insert: boolean | null;
  readonly update: boolean | null;
  readonly lazy: boolean | null;
  /** `never`, `insert`, `always`: the database makes its value. */
  readonly generated: string | null;
  readonly naturalId: boolean;
  readonly at: SourceRange;
}

export interface HbmComponent {
  readonly kind: 'component';
  readonly dynamic: boolean;
  readonly name: string;
  readonly class: string | null;
  readonly unique: boolean;
  readonly insert: boolean | null;
  readonly update: boolean | null;
  readonly naturalId: boolean;
  readonly members: readonly HbmMember[];
  readonly at: SourceRange;
}

export interface HbmManyToOne {
  readonly kind: 'many-to-one';
  readonly name: string;
  readonly class: string | null;
  readonly entityName: string | null;
  readonly columns: readonly HbmColumn[];
  readonly formula: string | null;
  readonly propertyRef: string | null;
  readonly foreignKey: string | null;
  readonly cascade: string | null;
  readonly fetch: string | null;
  readonly lazy: string | null;
  readonly insert: boolean | null;
  readonly update: boolean | null;
  /** `ignore`: a missing row means null, so there is no constraint. */
  readonly notFound: string | null;
  readonly naturalId: boolean;
  readonly at: SourceRange;
}

export interface HbmOneToOne {
  readonly kind: 'one-to-one';
  readonly name: string;
  readonly class: string | null;
  readonly entityName: string | null;
  /** The primary key refers to the other table. */
  readonly constrained: boolean;
  readonly foreignKey: string | null;
  readonly propertyRef: string | null;
  readonly cascade: string | null;
  readonly fetch: string | null;
  readonly lazy: string | null;
  readonly at: SourceRange;
}

/** A reference to several tables: a column that names the class, and the key. */
export interface HbmAny {
  readonly kind: 'any';
  readonly name: string;
  readonly idType: string | null;
  readonly metaType: string | null;
  /** The first holds the class, the others the key. */
  readonly columns: readonly HbmColumn[];
  readonly at: SourceRange;
}

export interface HbmCollection {
  readonly kind: 'collection';
  readonly collection: 'set' | 'list' | 'map' | 'bag' | 'idbag' | 'array' | 'primitive-array';
  readonly name: string;
  readonly table: string | null;
  readonly schema: string | null;
  readonly catalog: string | null;
  readonly inverse: boolean;
  readonly lazy: string | null;
  readonly fetch: string | null;
  readonly cascade: string | null;
  readonly where: string | null;
  readonly orderBy: string | null;
  readonly key: HbmKey | null;
  /** Of lists, arrays and maps: the position or map key; of `idbag` null. */
  readonly index: HbmIndex | null;
  /** Of `idbag`: the surrogate key of the collection's table. */
  readonly collectionId: HbmId | null;
  readonly element: HbmElement | null;
  readonly at: SourceRange;
}

export interface HbmIndex {
  readonly kind: 'position' | 'key' | 'key-many-to-many' | 'composite-key';
  readonly type: string | null;
  readonly class: string | null;
  readonly columns: readonly HbmColumn[];
  readonly members: readonly HbmMember[];
  readonly at: SourceRange;
}

export type HbmElement =
  | {
      readonly kind: 'element';
      readonly type: string | null;
      readonly typeParameters: Readonly<Record<string, string>>;
      readonly columns: readonly HbmColumn[];
      readonly at: SourceRange;
    }
  | {
      readonly kind: 'one-to-many';
      readonly class: string | null;
      readonly entityName: string | null;
      readonly notFound: string | null;
      readonly at: SourceRange;
    }
  | {
      readonly kind: 'many-to-many';
      readonly class: string | null;
      readonly entityName: string | null;
      readonly columns: readonly HbmColumn[];
      readonly foreignKey: string | null;
      readonly propertyRef: string | null;
      readonly unique: boolean;
      readonly notFound: string | null;
      readonly at: SourceRange;
    }
  | {
      readonly kind: 'composite-element';
      readonly class: string | null;
      readonly members: readonly HbmMember[];
      readonly at: SourceRange;
    }
  | {
      readonly kind: 'many-to-any';
      readonly idType: string | null;
      readonly metaType: string | null;
      readonly columns: readonly HbmColumn[];
      readonly at: SourceRange;
    };

/** A secondary table of the class. */
export interface HbmJoin {
  readonly table: string;
  readonly schema: string | null;
  readonly catalog: string | null;
  readonly inverse: boolean;
  readonly optional: boolean;
  readonly key: HbmKey | null;
  readonly members: readonly HbmMember[];
  readonly at: SourceRange;
}

export interface HbmQuery {
  readonly kind: 'query' | 'sql-query';
  readonly name: string;
  readonly text: string;
  readonly at: SourceRange;
}
