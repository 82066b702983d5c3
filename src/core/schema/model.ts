/**
 * The one schema model. Every reader produces it, every consumer reads it, none asks which ORM it came from:
 * if a rule or a generator needs to know, a field is missing here.
 * Readonly and JSON-safe throughout: it crosses process borders and is compared byte by byte in tests.
 */
import type { CodeFacts } from './code.ts';
import type { Problem, SourceRange } from './source.ts';

/** Database engines whose behaviour the model tells apart. */
export type Dialect =
  | 'postgresql'
  | 'mysql'
  | 'mariadb'
  | 'sqlite'
  | 'mssql'
  | 'oracle'
  | 'cockroachdb'
  | 'mongodb'
  | 'cassandra'
  | 'spanner'
  | 'sap';

/** Physical names are those the ORM would create in the database, with its naming strategy applied. */
export interface Schema {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly code: CodeFacts;
  readonly problems: readonly Problem[];
}

export type TableKind = 'table' | 'view' | 'materialized-view' | 'join-table' | 'closure-table' | 'collection';

export interface Table {
  readonly name: string;
  /** Database schema (PostgreSQL, SQL Server), or database where the engine has no schemas; null = the default one. */
  readonly namespace: string | null;
  /** Class or model name in the source; null for tables that no class stands for (join tables). */
  readonly entity: string | null;
  /** Id of the reader it came from: `typeorm`, `prisma`, … For display only; rules must not look at it. */
  readonly reader: string;
  readonly kind: TableKind;
  readonly columns: readonly Column[];
  /** Physical column names, in key order; empty = none. */
  readonly primaryKey: readonly string[];
  readonly primaryKeyName: string | null;
  /** Cassandra: how many of the primary key's first columns choose the partition of a row. Absent = the engine has no such key, or it is not known. */
  readonly partitionKeyLength?: number;
  readonly uniques: readonly Unique[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly relations: readonly Relation[];
  /** References to rows of any table, by its kind and its key. Absent = none, or the ORM has no such thing. */
  readonly polymorphicKeys?: readonly PolymorphicKey[];
  readonly checks: readonly Check[];
  readonly exclusions: readonly Check[];
  readonly inheritance: Inheritance | null;
  /** The query of a view, where the source states it as text. */
  readonly viewExpression: string | null;
  readonly comment: string | null;
  /** False where the ORM is told not to create or migrate it (`synchronize: false`, `managed = False`). */
  readonly managed: boolean;
  /** It has a primary key that the source does not show: that of a library's class. Absent = `primaryKey` tells all. */
  readonly keyUnread?: true;
  /** Folder or module it belongs to, relative to the project root: `src/orders`. */
  readonly module: string;
  /** The declaration (class name or model head), not the whole body. */
  readonly at: SourceRange;
}

/** `class` of types that mean the same in every engine, so that rules need no type tables of their own. */
export type ColumnType =
  | 'boolean'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'decimal'
  | 'float32'
  | 'float64'
  | 'money'
  | 'string'
  | 'text'
  | 'char'
  | 'binary'
  | 'uuid'
  | 'date'
  | 'time'
  | 'datetime'
  | 'datetime-tz'
  | 'interval'
  | 'json'
  | 'xml'
  | 'enum'
  | 'array'
  | 'geometry'
  | 'vector'
  | 'network'
  | 'range'
  | 'object-id'
  | 'object'
  | 'unknown';

export interface Column {
  readonly name: string;
  /** Property path in the entity: `customerId`, `address.street`; null where no property stands for it. */
  readonly property: string | null;
  readonly type: ColumnType;
  /** The type as the engine would be told: `varchar`, `timestamp with time zone`, `numeric`. */
  readonly rawType: string;
  /** MySQL and MariaDB: no negative numbers. Readers may state it in `rawType` (`int unsigned`) instead. */
  readonly unsigned?: boolean;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  /** Element is an array of the type. */
  readonly array: boolean;
  readonly nullable: boolean;
  /** SQL text of the default as the ORM would write it (`'draft'`, `0`, `now()`); null = none. */
  readonly default: string | null;
  readonly generated: Generated | null;
  /** Name of an `EnumType` of the schema. */
  readonly enum: string | null;
  /** Its values are those of an enumeration of the program, of which the engine is not told. Absent = they are not, or it is. */
  readonly listed?: true;
  readonly collation: string | null;
  readonly comment: string | null;
  /** What the application uses it for, where the ORM is told or the name is a convention of that ORM. */
  readonly role: ColumnRole | null;
  readonly classification: Classification | null;
  /** False for columns that the ORM leaves out of a plain select (`select: false`). */
  readonly selected: boolean;
  /** The ORM has an option that leaves a column out of a plain select. Absent = it has none. */
  readonly hideable?: true;
  /** False where writes through the ORM are barred. */
  readonly insertable: boolean;
  readonly updatable: boolean;
  /** A value transformer / converter / encryption is declared on it; its source text, for evidence. */
  readonly transformer: string | null;
  readonly at: SourceRange;
}

export interface Generated {
  readonly kind: 'increment' | 'identity' | 'uuid' | 'rowid' | 'sequence' | 'stored' | 'virtual' | 'application';
  /** Expression of a computed column. */
  readonly expression: string | null;
}

export type ColumnRole =
  | 'created-at'
  | 'updated-at'
  | 'deleted-at'
  | 'version'
  | 'discriminator'
  | 'tree-path'
  | 'tree-left'
  | 'tree-right'
  | 'tree-level'
  | 'tree-parent'
  | 'tenant'
  | 'position';

/** pii: personal data; phi: health data; pan: payment card data; secret: credentials. Decided once, in `classification.ts`. */
export interface Classification {
  readonly kind: 'pii' | 'phi' | 'pan' | 'secret';
  /** Why: the words that decided it, or the setting that did. */
  readonly evidence: string;
  readonly confidence: 'certain' | 'likely';
}

/** Who creates it: the user's source, the ORM by itself, or the database engine by itself. */
export type Origin = 'declared' | 'orm' | 'engine';

export interface Unique {
  readonly name: string | null;
  readonly columns: readonly string[];
  /** `NULLS NOT DISTINCT` */
  readonly nullsNotDistinct: boolean;
  readonly deferrable: string | null;
  readonly origin: Origin;
  readonly at: SourceRange;
}

export interface Index {
  readonly name: string | null;
  readonly columns: readonly string[];
  /** Sort order per column, where stated; empty = all ascending. */
  readonly orders: readonly ('asc' | 'desc')[];
  readonly include: readonly string[];
  readonly unique: boolean;
  /** Rows without a value are equal as well. Absent = they are not, or it is not unique. */
  readonly nullsNotDistinct?: true;
  /** btree, hash, gin, gist, brin, fulltext, spatial, text, 2dsphere…; null = the engine's default. */
  readonly method: string | null;
  /** Predicate of a partial index. */
  readonly where: string | null;
  /** Expression of an expression index; then `columns` lists only what is plainly indexed. */
  readonly expression: string | null;
  readonly origin: Origin;
  readonly at: SourceRange;
}

export type ReferentialAction = 'CASCADE' | 'SET NULL' | 'SET DEFAULT' | 'RESTRICT' | 'NO ACTION';

export interface ForeignKey {
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly references: {
    readonly table: string;
    readonly namespace: string | null;
    readonly columns: readonly string[];
  };
  readonly onDelete: ReferentialAction | null;
  readonly onUpdate: ReferentialAction | null;
  readonly deferrable: string | null;
  /** False where the ORM creates no constraint (`createForeignKeyConstraints: false`, `relationMode = "prisma"`). */
  readonly enforced: boolean;
  /** Only a relation states it: nothing asks for a constraint, and nothing against one. Then it is not enforced. */
  readonly implied?: true;
  readonly origin: Origin;
  readonly at: SourceRange;
}

export type RelationKind = 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many';

/** A relation as the entity declares it; several relations can rest on one foreign key. */
export interface Relation {
  readonly property: string;
  readonly kind: RelationKind;
  /** Physical name (and namespace) of the target table. */
  readonly target: string;
  readonly targetNamespace: string | null;
  /** True on the side that holds the foreign key or the join table. */
  readonly owner: boolean;
  /** Physical columns of this table that hold the key, on the owning side. */
  readonly columns: readonly string[];
  /** Property on the other side. */
  readonly inverse: string | null;
  /** Table in between, for many-to-many. */
  readonly joinTable: string | null;
  readonly nullable: boolean;
  /**
   * How the ORM loads it without being asked: `eager` with every find, `lazy` on access (a query each time it is not
   * loaded yet), `explicit` only when a query asks for it.
   */
  readonly fetch: 'eager' | 'lazy' | 'explicit';
  /** What is not loaded yet is a proxy that knows its key: reading that alone asks nothing. Absent = it does, or nothing is known. */
  readonly proxied?: true;
  readonly cascade: readonly string[];
  /** Of a collection: `bag`, its rows have neither order nor key, so that taking one out writes all the others anew. */
  readonly collection?: 'bag';
  /** Its rows are a part of this one and are always read with it, as the ORM has it (`OwnsMany`). */
  readonly owned?: true;
  /** Declared lazy, and loaded with the row nevertheless: the row does not tell whether there is one. */
  readonly neverLazy?: true;
  readonly at: SourceRange;
}

/** Two columns that together say which row of which table is meant, as `GenericForeignKey` of Django. */
export interface PolymorphicKey {
  readonly property: string;
  /** The column of the kind, then that of the key. */
  readonly columns: readonly [string, string];
  readonly at: SourceRange;
}

export interface Check {
  readonly name: string | null;
  readonly expression: string;
  readonly at: SourceRange;
}

export interface Inheritance {
  readonly strategy: 'single-table' | 'joined' | 'table-per-class';
  readonly parent: string | null;
  readonly discriminatorColumn: string | null;
  /** Entities that share this table, with their discriminator values. */
  readonly children: readonly { readonly entity: string; readonly value: string | null }[];
}

export interface EnumType {
  readonly name: string;
  readonly namespace: string | null;
  readonly values: readonly string[];
  readonly at: SourceRange;
}
