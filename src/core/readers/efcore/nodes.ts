/** The model of a context with conventions applied: entity types with their properties, navigations, keys and foreign keys. */
import type { Origin } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { PropertyDeclaration } from '../shared/csharp/declarations.ts';
import type { TypeRef } from '../shared/csharp/types.ts';
import type { Attributes } from './annotations.ts';
import type { ScalarType } from '../shared/csharp/clr.ts';
import type { EntityType, IndexSettings, JoinSettings, PropertySettings } from './model.ts';

export interface Property {
  /** Path from the entity; of complex properties `Address.Street`. */
  readonly name: string;
  readonly settings: PropertySettings;
  readonly type: ScalarType;
  nullable: boolean;
  readonly shadow: boolean;
  readonly at: SourceRange;
}

export interface Navigation {
  readonly name: string;
  readonly target: Node;
  readonly many: boolean;
  /** The reference may be null as far as the class says; true for collections. */
  readonly nullable: boolean;
  readonly virtual: boolean;
  readonly attributes: Attributes | null;
  readonly at: SourceRange;
}

export interface ForeignKey {
  readonly dependent: Node;
  readonly principal: Node;
  readonly properties: readonly string[];
  readonly principalProperties: readonly string[];
  readonly unique: boolean;
  readonly required: boolean;
  readonly behavior: string;
  readonly name: string | null;
  readonly ownership: boolean;
  readonly origin: Origin;
  /** Navigations on the dependent and on the principal. */
  readonly toPrincipal: string | null;
  readonly toDependent: string | null;
  /** What loops over the model call it by. */
  readonly id: string;
  readonly at: SourceRange;
}

export interface ManyToMany {
  readonly left: Node;
  readonly right: Node;
  readonly leftNavigation: string | null;
  readonly rightNavigation: string | null;
  readonly settings: JoinSettings | null;
  join: Node | null;
  readonly at: SourceRange;
}

export interface Node {
  readonly type: EntityType;
  base: Node | null;
  readonly derived: Node[];
  readonly properties: Map<string, Property>;
  readonly navigations: Map<string, Navigation>;
  key: { readonly properties: readonly string[]; readonly name: string | null; readonly conventional: boolean } | null;
  readonly alternates: {
    readonly properties: readonly string[];
    readonly name: string | null;
    readonly at: SourceRange;
  }[];
  readonly indexes: IndexSettings[];
  readonly foreignKeys: ForeignKey[];
}

export interface Member {
  readonly name: string;
  readonly type: TypeRef;
  readonly property: PropertyDeclaration;
  readonly attributes: Attributes;
  /** Nullable reference types are on where it is declared. */
  readonly annotated: boolean;
  readonly at: SourceRange;
}

export function rootOf(node: Node): Node {
  let root = node;
  for (let steps = 0; root.base && steps < 40; steps++) root = root.base;
  return root;
}

/** The property of an entity type or of one it derives from. */
export function propertyOf(node: Node, name: string): Property | undefined {
  for (let at: Node | null = node; at; at = at.base) {
    const found = at.properties.get(name);
    if (found) return found;
  }
  return undefined;
}

export function navigationOf(node: Node, name: string): Navigation | undefined {
  for (let at: Node | null = node; at; at = at.base) {
    const found = at.navigations.get(name);
    if (found) return found;
  }
  return undefined;
}

export function keyOf(node: Node): readonly string[] {
  return rootOf(node).key?.properties ?? [];
}

export function isOrDerives(node: Node, base: Node): boolean {
  for (let at: Node | null = node; at; at = at.base) if (at === base) return true;
  return false;
}
