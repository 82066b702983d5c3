/** What Sequelize knows of its models: classes named as in its own sources (`lib/model.js`, `lib/associations`), filled in the same order. */
import type { Dialect } from '../../schema/model.ts';
import type { Problem, SourceRange } from '../../schema/source.ts';
import type { Declarations, Value } from '../shared/typescript/declarations.ts';
import type { CallSite, LocalScope } from '../shared/typescript/callSites.ts';
import type { ClassNode, Result } from '../shared/typescript/results.ts';
import type { DataType } from './dataTypes.ts';

/** What is kept of a file. */
export interface Mappings {
  readonly declarations: Declarations;
  /** Models, associations, and what else is called on models before they are used. */
  readonly calls: readonly CallSite[];
  readonly scopes: readonly LocalScope[];
  /** Names under which models are handed on: `db.users = require('./user')(sequelize, DataTypes)`. */
  readonly aliases: readonly Alias[];
  /** `define` options and schema of each `new Sequelize(…)`. */
  readonly instances: readonly Instance[];
}

export interface Alias {
  readonly name: string;
  readonly module: string;
}

export interface Instance {
  readonly define: Value | null;
  readonly schema: Value | null;
  readonly dialect: Dialect | null;
}

/** Options of a model or an association, by name. */
export type Options = ReadonlyMap<string, Result>;

/** One attribute; what is undefined was not stated. */
export interface Attribute {
  readonly name: string;
  field: string | undefined;
  type: DataType | null;
  allowNull: boolean | undefined;
  primaryKey: boolean;
  autoIncrement: boolean;
  identity: boolean;
  defaultValue: Result;
  unique: string | boolean | undefined;
  references: Reference | undefined;
  onDelete: string | undefined;
  onUpdate: string | undefined;
  comment: string | null;
  /** `index: true`, or the name of the index. */
  readonly index: Result;
  /** Source of its getter and setter. */
  readonly transformer: string | null;
  /** Made by Sequelize, not stated. */
  readonly generated: boolean;
  readonly at: SourceRange;
}

export interface Reference {
  readonly table: string;
  readonly schema: string | null;
  readonly key: string | undefined;
  readonly deferrable: string | null;
}

export interface IndexOptions {
  readonly name: string | null;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly using: string | null;
  readonly type: string | null;
  readonly where: string | null;
  readonly at: SourceRange;
}

/** `name` null = an expression. */
export interface IndexField {
  readonly name: string | null;
  readonly expression: string | null;
  readonly descending: boolean;
}

/** A model as the source states it. */
export interface ModelSource {
  readonly modelName: string;
  /** Class, or name of the model. */
  readonly entity: string;
  readonly file: string;
  readonly class: ClassNode | null;
  /** Variable or member that holds it. */
  readonly variable: string | null;
  readonly attributes: readonly Attribute[];
  readonly options: Options;
  readonly indexes: readonly IndexOptions[];
  readonly at: SourceRange;
}

export type AssociationKind = 'belongsTo' | 'hasOne' | 'hasMany' | 'belongsToMany';

export interface Association {
  readonly kind: AssociationKind;
  readonly source: Model;
  readonly target: Model;
  readonly as: string;
  foreignKey: string;
  /** Of `belongsToMany`. */
  otherKey: string;
  through: Model | null;
  readonly isEnforced: boolean;
  readonly at: SourceRange;
}

/** A model once it is defined. */
export interface Model {
  readonly source: ModelSource | null;
  readonly name: string;
  readonly plural: string;
  readonly singular: string;
  readonly options: Options;
  readonly tableName: string;
  readonly schema: string | null;
  readonly underscored: boolean;
  readonly timestamps: Timestamps;
  readonly attributes: Map<string, Attribute>;
  readonly associations: Association[];
  readonly at: SourceRange;
}

export interface Timestamps {
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly deletedAt: string | null;
  readonly version: string | null;
}

export interface Settings {
  /** `@sequelize/core` (7.0.0-alpha.48) names and relates differently. */
  readonly isVersion7: boolean;
  readonly dialect: Dialect;
  readonly define: Options;
  readonly schema: string | null;
}

export type Report = (problem: Problem) => void;
