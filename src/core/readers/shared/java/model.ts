/** What a Java file declares, as far as mappings, repositories and endpoints need it. JSON-safe: it is kept in fragments. */
import type { SourceRange } from '../../../schema/source.ts';

export interface JavaFile {
  /** '' = the default package. */
  readonly package: string;
  readonly imports: readonly JavaImport[];
  /** Nested ones too, each on its own: `Order.Status`. */
  readonly classes: readonly JavaClass[];
}

export interface JavaImport {
  /** Without `.*`. */
  readonly name: string;
  readonly static: boolean;
  readonly wildcard: boolean;
  /** The name it has in the file, where that is another one (Kotlin). */
  readonly alias?: string;
}

export interface JavaClass {
  readonly kind: 'class' | 'interface' | 'enum' | 'record' | 'annotation';
  /** With the classes around it, without the package: `Order.Status`. */
  readonly name: string;
  readonly abstract: boolean;
  readonly typeParameters: readonly JavaTypeParameter[];
  readonly extends: JavaType | null;
  /** Of interfaces: those they extend. */
  readonly implements: readonly JavaType[];
  readonly annotations: readonly JavaAnnotation[];
  /** Of records: their components. */
  readonly fields: readonly JavaField[];
  readonly methods: readonly JavaMethod[];
  readonly constants: readonly JavaEnumConstant[];
  /** Holds what a Kotlin file declares outside of classes: its constants are reached without its name. */
  readonly facade?: true;
  /** Of a value class of Kotlin: the type that its objects compile to, where they cannot be null. */
  readonly wraps?: JavaType;
  /** The name in its declaration. */
  readonly at: SourceRange;
}

export interface JavaTypeParameter {
  readonly name: string;
  readonly bound: JavaType | null;
}

export interface JavaType {
  /** As written, without arguments: `List`, `java.util.UUID`; of wildcards their bound, else `Object`. */
  readonly name: string;
  readonly arguments: readonly JavaType[];
  readonly array: boolean;
}

export interface JavaField {
  readonly name: string;
  readonly type: JavaType;
  readonly annotations: readonly JavaAnnotation[];
  readonly static: boolean;
  readonly transient: boolean;
  /** The initial value of constants (`static final`). */
  readonly value: JavaValue | null;
  readonly at: SourceRange;
}

export interface JavaMethod {
  readonly name: string;
  readonly type: JavaType;
  readonly annotations: readonly JavaAnnotation[];
  readonly parameters: readonly JavaParameter[];
  /** Simple names of the exceptions it is declared to throw; absent = none. */
  readonly throws?: readonly string[];
  readonly static: boolean;
  readonly hasBody: boolean;
  /** The name in its declaration. */
  readonly at: SourceRange;
}

export interface JavaParameter {
  readonly name: string;
  readonly type: JavaType;
  readonly annotations: readonly JavaAnnotation[];
}

export interface JavaEnumConstant {
  readonly name: string;
  readonly annotations: readonly JavaAnnotation[];
  readonly arguments: readonly JavaValue[];
}

export interface JavaAnnotation {
  /** Last part of the name: `Column`. */
  readonly name: string;
  /** Package it is imported from or written with; null = not told (a wildcard import, or the same package). */
  readonly package: string | null;
  /** A sole argument without a name is `value`. */
  readonly arguments: readonly { readonly name: string; readonly value: JavaValue }[];
  readonly at: SourceRange;
}

/** An expression of the kinds that annotations and constants hold. */
export type JavaValue =
  | { readonly kind: 'string'; readonly value: string; readonly at: SourceRange }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A constant of a class or an enumeration: `CascadeType.ALL`, `MAX`. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'class'; readonly type: JavaType }
  | { readonly kind: 'list'; readonly items: readonly JavaValue[] }
  | { readonly kind: 'annotation'; readonly annotation: JavaAnnotation }
  /** Two values joined by an operator: `"a" + B`. */
  | { readonly kind: 'binary'; readonly operator: string; readonly left: JavaValue; readonly right: JavaValue }
  | { readonly kind: 'other' };
