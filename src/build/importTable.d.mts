export declare const importTable: Readonly<Record<string, readonly string[]>>;
export declare const packageOwners: readonly {
  readonly packages: readonly string[];
  readonly owners: readonly string[];
}[];
