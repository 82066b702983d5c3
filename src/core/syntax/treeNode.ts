/**
 * A parsed text as flat arrays, and nodes that are views of them. A node of the tree-sitter runtime costs a call into
 * wasm for each property asked; readers ask millions, so the tree is copied out once, in preorder.
 */

/** Of a grammar, shared by all its trees. */
export interface GrammarNames {
  /** By type id; anonymous tokens have their text as type. */
  readonly types: readonly string[];
  readonly fieldIds: ReadonlyMap<string, number>;
}

/** Every visible node of a tree, tokens included, in preorder. */
export interface NodeTable {
  readonly names: GrammarNames;
  readonly size: number;
  readonly type: Uint16Array;
  /** 1 = a named node, 0 = a token such as `(`. */
  readonly named: Uint8Array;
  /** Field that the node is of its parent; 0 = none. */
  readonly field: Uint8Array;
  /** Offsets in UTF-16 code units. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Index of the parent; -1 for the root. */
  readonly parent: Int32Array;
  /** Index after the last descendant. */
  readonly next: Int32Array;
}

/** Type id of an `ERROR` node, in every grammar. */
export const errorType = 65535;

export function emptyTable(names: GrammarNames, size: number): NodeTable {
  // One piece of memory for all columns: making them one by one shows in the time of small files.
  const buffer = new ArrayBuffer(size * 20);
  return {
    names,
    size,
    start: new Int32Array(buffer, 0, size),
    end: new Int32Array(buffer, size * 4, size),
    parent: new Int32Array(buffer, size * 8, size),
    next: new Int32Array(buffer, size * 12, size),
    type: new Uint16Array(buffer, size * 16, size),
    named: new Uint8Array(buffer, size * 18, size),
    field: new Uint8Array(buffer, size * 19, size),
  };
}

/** Has the names of tree-sitter's own `Node`, as far as readers need them. Stays valid when the tree is disposed of. */
export class TreeNode {
  readonly table: NodeTable;
  readonly index: number;

  constructor(table: NodeTable, index: number) {
    this.table = table;
    this.index = index;
  }

  get type(): string {
    return this.table.names.types[this.table.type[this.index] ?? errorType] ?? 'ERROR';
  }

  get startIndex(): number {
    return this.table.start[this.index] ?? 0;
  }

  get endIndex(): number {
    return this.table.end[this.index] ?? 0;
  }

  get parent(): TreeNode | null {
    const parent = this.table.parent[this.index] ?? -1;
    return parent === -1 ? null : new TreeNode(this.table, parent);
  }

  get namedChildren(): readonly TreeNode[] {
    const { next, named } = this.table;
    const children: TreeNode[] = [];
    const end = next[this.index] ?? 0;
    for (let at = this.index + 1; at < end; at = next[at] ?? end)
      if (named[at] === 1) children.push(new TreeNode(this.table, at));
    return children;
  }

  get firstNamedChild(): TreeNode | null {
    const { next, named } = this.table;
    const end = next[this.index] ?? 0;
    for (let at = this.index + 1; at < end; at = next[at] ?? end)
      if (named[at] === 1) return new TreeNode(this.table, at);
    return null;
  }

  get lastNamedChild(): TreeNode | null {
    const { next, named } = this.table;
    const end = next[this.index] ?? 0;
    let last = -1;
    for (let at = this.index + 1; at < end; at = next[at] ?? end) if (named[at] === 1) last = at;
    return last === -1 ? null : new TreeNode(this.table, last);
  }

  /** The first child that is this field. */
  childForFieldName(name: string): TreeNode | null {
    const { next, field, names } = this.table;
    const id = names.fieldIds.get(name);
    if (id === undefined) return null;
    const end = next[this.index] ?? 0;
    for (let at = this.index + 1; at < end; at = next[at] ?? end)
      if (field[at] === id) return new TreeNode(this.table, at);
    return null;
  }

  /** The smallest node, tokens included, around a range of offsets. */
  descendantForIndex(from: number, to: number): TreeNode {
    const { next, start, end } = this.table;
    let found = this.index;
    let stop = next[found] ?? 0;
    for (let at = found + 1; at < stop;) {
      const after = end[at] ?? 0;
      if (after < to || after <= from) {
        at = next[at] ?? stop;
        continue;
      }
      if (from < (start[at] ?? 0)) break;
      found = at;
      stop = next[at] ?? stop;
      at++;
    }
    return new TreeNode(this.table, found);
  }
}
