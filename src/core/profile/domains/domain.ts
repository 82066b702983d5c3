/** A field of business, told by the words that instructions and manifests use. */
export interface Domain {
  readonly id: string;
  /** As people call it. */
  readonly label: string;
  /** Name the field itself: one is enough. */
  readonly names: readonly string[];
  /** Things of the field: three different ones are enough, fewer prove nothing. */
  readonly words: readonly string[];
  /** What its databases hold as a rule; absent = nothing that all of them do. */
  readonly expects?: readonly ExpectedStructure[];
}

/** Something that nearly every database of a field has, by the name of one table or by a column. */
export interface ExpectedStructure {
  /** As people call it: `lines of orders`. */
  readonly label: string;
  /** Names of tables, in snake case and without prefix: one that matches is it. */
  readonly table: RegExp;
  /** Such a table has a column of this kind as well; absent = the table is enough. */
  readonly column?: RegExp;
  /** What goes wrong without it, as a sentence. */
  readonly why: string;
}
