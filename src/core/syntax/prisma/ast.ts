/**
 * The Prisma schema language as it stands in a file (prisma.io/docs/orm/reference/prisma-schema-reference), not yet understood: names are not
 * resolved, attributes are not checked. Offsets are UTF-16 code units, `end` exclusive.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface PrismaDocument {
  readonly blocks: readonly PrismaBlock[];
  readonly problems: readonly PrismaProblem[];
}

export interface PrismaProblem extends Span {
  /** A sentence for the user. */
  readonly message: string;
}

export type PrismaBlockKind = 'model' | 'view' | 'type' | 'enum' | 'datasource' | 'generator';

export interface PrismaBlock extends Span {
  readonly kind: PrismaBlockKind;
  /** '' where it is not typed yet. */
  readonly name: string;
  /** Key word and name: `model User`. */
  readonly head: Span;
  /** Between the braces; of a block that is not closed, up to where the next one begins. */
  readonly body: Span;
  readonly isClosed: boolean;
  /** Members of models, views, types and enums; values of an enum have no type. */
  readonly fields: readonly PrismaField[];
  /** `@@…` */
  readonly attributes: readonly PrismaAttribute[];
  /** `key = value` of data sources and generators. */
  readonly settings: readonly PrismaSetting[];
  /** Text of the `///` comments above it. */
  readonly documentation: string | null;
}

export interface PrismaField extends Span {
  readonly name: string;
  readonly nameEnd: number;
  /** Null where none is typed yet, and of enum values. */
  readonly type: PrismaType | null;
  readonly attributes: readonly PrismaAttribute[];
  readonly documentation: string | null;
}

export interface PrismaType extends Span {
  /** `String`, `User`, `Unsupported`. */
  readonly name: string;
  /** What `Unsupported("…")` holds. */
  readonly unsupported: string | null;
  readonly list: boolean;
  readonly optional: boolean;
}

export interface PrismaAttribute extends Span {
  /** Without `@`: `id`, `db.VarChar`. */
  readonly name: string;
  readonly arguments: readonly PrismaArgument[];
}

export interface PrismaArgument {
  /** Null = it stands by its place. */
  readonly name: string | null;
  readonly value: PrismaValue;
}

export type PrismaValue = Span &
  (
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'number'; readonly value: string }
    /** A name, dotted where it leads into a composite type: `Cascade`, `true`, `address.street`. */
    | { readonly kind: 'name'; readonly value: string }
    | { readonly kind: 'call'; readonly value: string; readonly arguments: readonly PrismaArgument[] }
    | { readonly kind: 'list'; readonly items: readonly PrismaValue[] }
    | { readonly kind: 'object'; readonly entries: readonly PrismaArgument[] }
  );

export interface PrismaSetting extends Span {
  readonly key: string;
  readonly value: PrismaValue | null;
}
