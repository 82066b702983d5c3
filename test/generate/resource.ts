/** What the HTTP suite has to know of a resource: sample bodies and what is special about it. No word of the stack behind it. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type Body = Readonly<Record<string, Json>>;

/** The n-th row of another resource, made when it is first asked for. */
export type Parent = (resource: string, n?: number) => Promise<Body>;

export interface Resource {
  readonly name: string;
  /** `/v1/products`. */
  readonly path: string;
  /** Properties of an answer that make its address, in order. */
  readonly key: readonly string[];
  /** A well-formed address that no row has, and one that no row can have. */
  readonly unknownKey: string;
  readonly malformedKey: string;
  /** A valid body, different for every n in what has to be unique. */
  readonly body: (n: number, parent: Parent) => Body | Promise<Body>;
  /** A valid change that makes every row of `body` different. */
  readonly change: Body;
  /** A second change, of other properties than `change`; null where there are none. */
  readonly otherChange: Body | null;
  /** Values that the property must refuse with 400 and name in `errors`. */
  readonly invalid: readonly (readonly [property: string, value: Json])[];
  /** Values that a check constraint of the database refuses: 400, 409 or 422, never 500. */
  readonly checked: readonly (readonly [property: string, value: Json])[];
  /** Properties that must be there. */
  readonly required: readonly string[];
  /** Properties that no body may hold: generated ids, times that the server writes, versions, withheld columns. */
  readonly forbidden: readonly (readonly [property: string, value: Json])[];
  /** Properties that no answer may hold. */
  readonly hidden: readonly string[];
  /** A free text of at least 100 characters, or null. */
  readonly text: string | null;
  /** Properties that no two rows may share; empty = none. */
  readonly unique: readonly string[];
  /** A foreign key, and a value that points nowhere. */
  readonly reference: readonly [property: string, missing: Json] | null;
  /** A filter that takes any text, another that takes only certain values; each with a value that rows of `body` have. */
  readonly textFilter: string | null;
  readonly typedFilter: readonly [property: string, value: string, malformed: string] | null;
  /** Properties that lists can be sorted by. */
  readonly sorts: readonly string[];
  /** A relation that can be loaded along, and how many more statements it may take whatever the number of rows. */
  readonly include: readonly [relation: string, statements: 0 | 1] | null;
  readonly isVersioned: boolean;
  readonly isSoftDeleted: boolean;
  /** The resource whose rows keep one of this from being deleted. */
  readonly heldBy: { readonly resource: string; readonly property: string } | null;
}

const nothingSpecial = {
  key: ['id'],
  unknownKey: '00000000-0000-4000-8000-000000000000',
  malformedKey: 'not-a-key',
  otherChange: null,
  invalid: [],
  checked: [],
  required: [],
  forbidden: [],
  hidden: [],
  text: null,
  unique: [],
  reference: null,
  textFilter: null,
  typedFilter: null,
  sorts: [],
  include: null,
  isVersioned: false,
  isSoftDeleted: false,
  heldBy: null,
} as const satisfies Partial<Resource>;

/** UUID key and nothing special, unless said otherwise. */
export function resource(described: Partial<Resource> & Pick<Resource, 'name' | 'path' | 'body' | 'change'>): Resource {
  return { ...nothingSpecial, ...described };
}
