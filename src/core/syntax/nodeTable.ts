/**
 * Copies a tree-sitter tree into a `NodeTable`. The runtime's cursor does it by several calls into wasm per node, which
 * takes longer than parsing; so the tree is read where it lies, in the memory of the wasm module. The layout read here is
 * that of tree-sitter 0.25 (`lib/src/subtree.h`, `lib/src/parser.h`), whose wasm file is shipped with us. Should
 * an update change it, a sample tells when the grammar is loaded, and the cursor is used: slower, the same result.
 */
import type { Language, Node, Tree, TreeCursor } from '@vscode/tree-sitter-wasm';
import { emptyTable } from './treeNode.ts';
import type { GrammarNames, NodeTable } from './treeNode.ts';

/** Memory of the wasm module. The views are replaced when it grows: never keep one. */
export interface WasmMemory {
  readonly HEAPU8?: Uint8Array;
  readonly HEAPU16?: Uint16Array;
  readonly HEAPU32?: Uint32Array;
}

/** What reading a grammar's trees from memory takes. */
export interface GrammarLayout {
  readonly names: GrammarNames;
  /** By symbol: the type id that the API gives. */
  readonly publicSymbols: Uint16Array;
  /** By symbol: 1 = named. */
  readonly namedSymbols: Uint8Array;
  /** By production: symbols that stand for those of its children; null where it renames none. */
  readonly aliases: readonly (Uint16Array | null)[];
  /** By production: fields of its children; null where it has none. */
  readonly fields: readonly (Uint8Array | null)[];
}

export function namesOf(language: Language): GrammarNames {
  const fieldIds = new Map<string, number>();
  for (const [id, name] of language.fields.entries()) if (name !== null) fieldIds.set(name, id);
  return { types: language.types, fieldIds };
}

/** Through the API of the runtime. */
export function tableByCursor(tree: Tree, names: GrammarNames): NodeTable {
  const table = emptyTable(names, tree.rootNode.descendantCount);
  const cursor: TreeCursor = tree.walk();
  const open: number[] = [];
  let index = 0;
  for (let more = true; more; index++) {
    table.type[index] = cursor.nodeTypeId;
    table.named[index] = cursor.nodeIsNamed ? 1 : 0;
    table.field[index] = cursor.currentFieldId;
    table.start[index] = cursor.startIndex;
    table.end[index] = cursor.endIndex;
    table.parent[index] = open.at(-1) ?? -1;
    if (cursor.gotoFirstChild()) {
      open.push(index);
      continue;
    }
    table.next[index] = index + 1;
    while (!cursor.gotoNextSibling()) {
      const parent = open.pop();
      if (parent === undefined || !cursor.gotoParent()) {
        more = false;
        break;
      }
      table.next[parent] = index + 1;
    }
  }
  cursor.delete();
  return table;
}

/** Offsets in `TSLanguage`, in bytes. */
const inLanguage = {
  symbolCount: 4,
  aliasCount: 8,
  productionCount: 28,
  maxAliases: 36,
  fieldSlices: 64,
  fieldEntries: 68,
  metadata: 72,
  publicSymbols: 76,
  aliases: 84,
};

/** The tables that the generator wrote for a grammar; null where the module does not show its memory. */
export function layoutOf(language: Language, memory: WasmMemory): GrammarLayout | null {
  const { HEAPU8: bytes, HEAPU16: halves, HEAPU32: words } = memory;
  // The handle is not part of the published types.
  const address = (language as unknown as { readonly 0?: unknown })[0];
  if (!bytes || !halves || !words || typeof address !== 'number') return null;
  const word = (offset: number): number => words[(address + offset) >> 2] ?? 0;
  const symbols = word(inLanguage.symbolCount) + word(inLanguage.aliasCount);
  const productions = word(inLanguage.productionCount);
  const width = halves[(address + inLanguage.maxAliases) >> 1] ?? 0;
  if (symbols > 65535 || productions > 65535 || width > 1000) return null;

  const publicAt = word(inLanguage.publicSymbols) >> 1;
  const metadataAt = word(inLanguage.metadata);
  const aliasesAt = word(inLanguage.aliases) >> 1;
  const slicesAt = word(inLanguage.fieldSlices) >> 1;
  const entriesAt = word(inLanguage.fieldEntries);
  return {
    names: namesOf(language),
    publicSymbols: halves.slice(publicAt, publicAt + symbols),
    namedSymbols: Uint8Array.from({ length: symbols }, (_, symbol) => bytes[metadataAt + symbol * 3 + 1] ?? 0),
    aliases: Array.from({ length: productions }, (_, production) => {
      if (production === 0) return null;
      const sequence = halves.slice(aliasesAt + production * width, aliasesAt + (production + 1) * width);
      return sequence.some((alias) => alias !== 0) ? sequence : null;
    }),
    fields: Array.from({ length: productions }, (_, production) => {
      const first = halves[slicesAt + production * 2] ?? 0;
      const length = halves[slicesAt + production * 2 + 1] ?? 0;
      const fields = new Uint8Array(256);
      // An entry is a field (2 bytes), the index of the child, and whether the field is one of that child's own production.
      for (let entry = entriesAt + first * 4; entry < entriesAt + (first + length) * 4; entry += 4) {
        const child = bytes[entry + 2] ?? 0;
        if (bytes[entry + 3] === 0 && fields[child] === 0) fields[child] = halves[entry >> 1] ?? 0;
      }
      return fields.some((field) => field !== 0) ? fields : null;
    }),
  };
}

/** Deeper trees than anyone writes are left to the cursor, which needs no stack. */
const maxDepth = 1000;

/** Reads the tree where it lies. Null where it is too deep, or not as expected. */
export function tableFromMemory(root: Node, layout: GrammarLayout, memory: WasmMemory): NodeTable | null {
  const { HEAPU16: halves, HEAPU32: words } = memory;
  if (!halves || !words) return null;
  const { publicSymbols, namedSymbols, aliases, fields } = layout;
  const size = root.descendantCount;
  const table = emptyTable(layout.names, size);
  const { type, named, field, start, end, parent, next } = table;
  let count = 1;

  /** Gives false where it is too deep. `tree` is a `SubtreeHeapData`; its children, 8 bytes each, lie in front of it. Offsets are in bytes of UTF-16. */
  function readChildren(tree: number, from: number, owner: number, inherited: number, depth: number): boolean {
    if (depth > maxDepth || !halves || !words) return false;
    const children = words[(tree + 36) >> 2] ?? 0;
    const production = halves[(tree + 66) >> 1] ?? 0;
    const renamed = aliases[production];
    const owned = fields[production];
    let position = from;
    let place = 0;
    for (let at = tree - 8 * children, last = tree; at < last; at += 8) {
      const low = words[at >> 2] ?? 0;
      let flags: number;
      let symbol: number;
      let padding: number;
      let length: number;
      let inner = 0;
      if ((low & 1) === 1) {
        // Small tokens are held in place: flags, symbol, …, padding, size.
        const high = words[(at >> 2) + 1] ?? 0;
        flags = (low >> 1) & 7;
        symbol = (low >> 8) & 255;
        padding = (high >>> 16) & 255;
        length = high >>> 24;
      } else {
        flags = (halves[(low + 44) >> 1] ?? 0) & 7;
        symbol = halves[(low + 40) >> 1] ?? 0;
        padding = words[(low + 4) >> 2] ?? 0;
        length = words[(low + 16) >> 2] ?? 0;
        inner = words[(low + 36) >> 2] ?? 0;
      }
      if (at !== last - 8 * children) position += padding;
      let alias = 0;
      let own = 0;
      // Extras (comments) stand outside of the production.
      if ((flags & 4) === 0) {
        if (renamed) alias = renamed[place] ?? 0;
        own = (owned ? (owned[place] ?? 0) : 0) || inherited;
        place++;
      }
      if (alias !== 0 || (flags & 1) === 1) {
        const index = count++;
        const shown = alias === 0 ? symbol : alias;
        type[index] = publicSymbols[shown] ?? symbol;
        named[index] = alias === 0 ? (flags >> 1) & 1 : (namedSymbols[alias] ?? 0);
        field[index] = own;
        start[index] = position >> 1;
        end[index] = (position + length) >> 1;
        parent[index] = owner;
        if (inner > 0 && !readChildren(low, position, index, 0, depth + 1)) return false;
        next[index] = count;
      } else if (inner > 0 && !readChildren(low, position, owner, own, depth + 1)) return false;
      position += length;
    }
    return true;
  }

  type[0] = root.typeId;
  named[0] = 1;
  start[0] = root.startIndex;
  end[0] = root.endIndex;
  parent[0] = -1;
  if (size > 1) {
    const tree = words[root.id >> 2] ?? 1;
    if ((tree & 1) === 1 || !readChildren(tree, root.startIndex * 2, 0, 0, 0)) return null;
  }
  next[0] = count;
  return count === size ? table : null;
}

/** Exercises fields, renamed and hidden nodes, tokens held in place and not, comments and errors. */
export const layoutSample = `// π
import a, { b as c } from './d';
/* 𝒳 */ export default class A extends B<C> { d = <T,>(e) => e?.f[g]!; get h() { return \`i\${j}k\` } }
for (const l of await m.n(o, ...p)) { if (l.q === 1 || !l.r) continue; else s({ t, u: 'v', ['w']: /x/g }) }
${' '.repeat(300)}let y = z ? (1 + 2) * 3 : function* () { yield -1 }, { n: [m] } = q
switch (k) { case 1: try { f() } catch { } finally { x++ } default: new Y }
) const = ;
`;

export function sameTable(a: NodeTable, b: NodeTable): boolean {
  const columns = ['type', 'named', 'field', 'start', 'end', 'parent', 'next'] as const;
  return a.size === b.size && columns.every((name) => a[name].every((value, index) => b[name][index] === value));
}
