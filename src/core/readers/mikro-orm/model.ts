/** Entities as their decorators and schemas declare them, before anything is inherited or named. */
import type { Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { Declarations, TypeShape } from '../shared/typescript/declarations.ts';
import type { ClassNode, Result, Scope } from '../shared/typescript/results.ts';

export interface MikroOrmMappings {
  readonly declarations: Declarations;
  readonly places: Readonly<Record<string, SourceRange>>;
  /** The file may declare entities. */
  readonly entities: boolean;
  /** Types are taken from TypeScript itself, so that what is optional there is nullable. */
  readonly tsMorph: boolean;
}

export type PropertyKind = 'scalar' | 'm:1' | '1:1' | '1:m' | 'm:n' | 'embedded';

export interface Property {
  readonly name: string;
  readonly kind: PropertyKind;
  readonly options: Options;
  /** `?` or `| null` in the class. */
  readonly optional: boolean;
  readonly type: TypeShape | null;
  /** Undefined = it has none, or none that can be told. */
  readonly initial: Result;
  /** What an initializer makes that is no plain value: `Date`. */
  readonly made: string | null;
  /** A method or an accessor. */
  readonly computed: boolean;
  readonly scope: Scope | null;
  readonly at: SourceRange;
}

export type Options = ReadonlyMap<string, Result>;

export interface IndexDeclaration {
  readonly properties: readonly string[];
  readonly options: Options;
  readonly unique: boolean;
  readonly at: SourceRange;
}

export interface Entity {
  readonly name: string;
  readonly file: string;
  readonly at: SourceRange;
  /** Null = declared as a schema. */
  readonly class: ClassNode | null;
  /** `entity` has a table, `embeddable` is part of others, `base` hands its properties down. */
  readonly role: 'entity' | 'embeddable' | 'base';
  readonly options: Options;
  readonly properties: ReadonlyMap<string, Property>;
  readonly indexes: readonly IndexDeclaration[];
  readonly checks: readonly { readonly name: string | null; readonly expression: string; readonly at: SourceRange }[];
  readonly base: Entity | null;
}

export interface Settings {
  readonly dialect: Dialect;
  /** Major version; what is done by default differs. */
  readonly major: number;
  readonly naming: Naming;
  readonly tsMorph: boolean;
}

export interface Naming {
  readonly table: (className: string) => string;
  readonly column: (property: string) => string;
  readonly joinKey: (name: string, referenced: string, composite: boolean) => string;
  readonly joinTable: (table: string, property: string) => string;
}
