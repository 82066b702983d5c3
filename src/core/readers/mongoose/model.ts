/** What Mongoose knows of its schemas and models. */
import type { Problem, SourceRange } from '../../schema/source.ts';
import type { CallSite, LocalScope } from '../shared/typescript/callSites.ts';
import type { Declarations } from '../shared/typescript/declarations.ts';
import type { CallResult, ClassNode, Result } from '../shared/typescript/results.ts';

/** What is kept of a file. */
export interface Mappings {
  readonly declarations: Declarations;
  /** Schemas, models, and what is called on them before they are used. */
  readonly calls: readonly CallSite[];
  readonly scopes: readonly LocalScope[];
  /** Classes that hand a model to their base, and so query it: `super(User, …)`. */
  readonly repositories: readonly Repository[];
}

export interface Repository {
  readonly name: string;
  readonly model: string;
}

export type Options = ReadonlyMap<string, Result>;

/** A path of a schema as `Schema.path` would hold it. */
export interface Field {
  readonly path: string;
  readonly type: FieldType;
  readonly options: Options;
  readonly at: SourceRange;
}

export interface FieldType {
  /** Name of the schema type: `String`, `ObjectId`; `Embedded` for a schema in it. */
  readonly name: string;
  /** How many arrays are around it. */
  readonly depth: number;
  readonly schema: Schema | null;
  /** What elements of an array state themselves: `[{ type: ObjectId, ref: 'User' }]`. */
  readonly element: Options;
}

export interface Schema {
  /** By path; a later one replaces an earlier one. */
  readonly fields: Map<string, Field>;
  readonly options: Map<string, Result>;
  readonly indexes: DeclaredIndex[];
  readonly virtuals: Virtual[];
  /** The class it was made from. */
  readonly class: ClassNode | null;
  readonly at: SourceRange;
}

export interface DeclaredIndex {
  readonly fields: Result;
  readonly options: Options;
  readonly at: SourceRange;
}

/** `schema.virtual('posts', { ref: 'Post', localField: '_id', foreignField: 'author' })` */
export interface Virtual {
  readonly name: string;
  readonly options: Options;
  readonly at: SourceRange;
}

export interface Model {
  readonly name: string;
  readonly schema: Schema;
  readonly collection: string;
  /** Variable or member that holds it. */
  readonly variable: string | null;
  readonly file: string;
  readonly at: SourceRange;
  /** Of a discriminator: the model whose collection it shares. */
  readonly base: Model | null;
  readonly discriminatorValue: string | null;
}

/** A call that gives a schema: `new Schema(…)`, `SchemaFactory.createForClass(…)`. */
export type SchemaCall = CallResult;

export type Report = (problem: Problem) => void;
