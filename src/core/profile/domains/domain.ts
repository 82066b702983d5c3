/** A field of business, told by the words that instructions and manifests use. */
export interface Domain {
  readonly id: string;
  /** As people call it. */
  readonly label: string;
  /** Name the field itself: one is enough. */
  readonly names: readonly string[];
  /** Things of the field: three different ones are enough, fewer prove nothing. */
  readonly words: readonly string[];
}
