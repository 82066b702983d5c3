/**
 * The only importer of the tree-sitter runtime. The wasm bytes are injected, because core does no I/O:
 * `load('tree-sitter-typescript.wasm')` is answered by whoever runs core (disk, fetch, an embedded file).
 */
import TreeSitter from '@vscode/tree-sitter-wasm';
import type { Edit, Language, Node, Parser, Tree } from '@vscode/tree-sitter-wasm';
import { layoutOf, layoutSample, namesOf, sameTable, tableByCursor, tableFromMemory } from './nodeTable.ts';
import type { WasmMemory } from './nodeTable.ts';
import { parsableText } from './parsableText.ts';
import { TreeNode } from './treeNode.ts';
import type { NodeTable } from './treeNode.ts';

export type SyntaxNode = Node;

/** Grammars that a reader uses, shipped with @vscode/tree-sitter-wasm; Kotlin's with a package of its own. */
export const grammarFiles = {
  typescript: 'tree-sitter-typescript.wasm',
  tsx: 'tree-sitter-tsx.wasm',
  javascript: 'tree-sitter-javascript.wasm',
  python: 'tree-sitter-python.wasm',
  java: 'tree-sitter-java.wasm',
  csharp: 'tree-sitter-c-sharp.wasm',
  kotlin: 'tree-sitter-kotlin.wasm',
} as const;

export type LanguageId = keyof typeof grammarFiles;

/** A parsed text. Call `dispose` when done: trees live in wasm memory that no garbage collector frees. */
export interface ParsedText {
  readonly language: LanguageId;
  readonly text: string;
  readonly root: SyntaxNode;
  /** The same tree copied out of wasm, on first use: far cheaper to read, and what errors it has are not told. */
  readonly tree: TreeNode;
  dispose(): void;
}

export interface Syntax {
  /** Loads grammars; `parse` is synchronous and needs its grammar loaded. */
  ensure(languages: Iterable<LanguageId>): Promise<void>;
  /**
   * Never throws on bad source: errors are `ERROR`/`MISSING` nodes in the tree.
   * With `previous` (same language, older text) only what changed is parsed anew; `previous` stays valid.
   */
  parse(language: LanguageId, text: string, previous?: ParsedText): ParsedText;
}

const extensions: Readonly<Record<string, LanguageId>> = {
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'tsx',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  py: 'python',
  java: 'java',
  cs: 'csharp',
  kt: 'kotlin',
};

/** TypeScript, JavaScript and their JSX forms: what the readers of Node's libraries look into. */
export function isEcmaScript(path: string): boolean {
  const language = languageOf(path);
  return language === 'typescript' || language === 'tsx' || language === 'javascript';
}

/** Language of a path by its extension; null where no grammar is known. */
export function languageOf(path: string): LanguageId | null {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(extensions, extension) ? (extensions[extension] ?? null) : null;
}

export async function createSyntax(load: (wasmFile: string) => Promise<Uint8Array>): Promise<Syntax> {
  // The published types know only `locateFile`; emscripten's loader takes the bytes themselves as well.
  // It also hangs the module's memory on them; when the module is already there, they stay as they are.
  const moduleOptions: WasmMemory & { readonly wasmBinary: Uint8Array } = {
    wasmBinary: await load('tree-sitter.wasm'),
  };
  await TreeSitter.Parser.init(moduleOptions as object as Parameters<typeof TreeSitter.Parser.init>[0]);
  if (moduleOptions.HEAPU32) memory = moduleOptions;
  const parsers = new Map<LanguageId, Parser>();
  const copiers = new Map<LanguageId, (tree: Tree) => NodeTable>();
  const loading = new Map<LanguageId, Promise<void>>();
  const trees = new WeakMap<ParsedText, Tree>();

  async function loadLanguage(id: LanguageId): Promise<void> {
    const language: Language = await TreeSitter.Language.load(await load(grammarFiles[id]));
    const parser = new TreeSitter.Parser();
    parser.setLanguage(language);
    parsers.set(id, parser);
    copiers.set(id, createCopier(language, parser));
  }

  return {
    async ensure(languages) {
      for (const id of languages) {
        let pending = loading.get(id);
        if (!pending) loading.set(id, (pending = loadLanguage(id)));
        await pending;
      }
    },
    parse(language, text, previous) {
      const parser = parsers.get(language);
      if (!parser) throw new Error(`Grammar "${language}" is not loaded: await syntax.ensure(['${language}']) first.`);
      const base = previous ? trees.get(previous)?.copy() : undefined;
      const parsable = parsableText(language, text);
      if (base && previous) base.edit(editBetween(parsableText(language, previous.text), parsable));
      const tree = parser.parse(parsable, base ?? null);
      base?.delete();
      if (!tree) throw new Error(`The ${language} parser gave no tree.`); // only when cancelled, which nothing here does
      const copy = copiers.get(language);
      let copied: TreeNode | null = null;
      const parsed: ParsedText = {
        language,
        text,
        root: tree.rootNode,
        get tree() {
          if (!copy) throw new Error(`Grammar "${language}" is not loaded.`);
          return (copied ??= new TreeNode(copy(tree), 0));
        },
        dispose: () => tree.delete(),
      };
      trees.set(parsed, tree);
      return parsed;
    },
  };
}

/** Of the one wasm module of this process; null until it is loaded, or where the runtime hides it. */
let memory: WasmMemory | null = null;

export function wasmMemory(): WasmMemory | null {
  return memory;
}

/** Copies trees of a grammar: from memory where a sample shows that its layout is the known one, else by the cursor. */
function createCopier(language: Language, parser: Parser): (tree: Tree) => NodeTable {
  const names = namesOf(language);
  const known = memory;
  const layout = known && layoutOf(language, known);
  const sample = layout && parser.parse(layoutSample);
  const fromMemory = sample && tableFromMemory(sample.rootNode, layout, known);
  const trusted = sample && fromMemory && sameTable(fromMemory, tableByCursor(sample, names));
  sample?.delete();
  if (!trusted) return (tree) => tableByCursor(tree, names);
  return (tree) => tableFromMemory(tree.rootNode, layout, known) ?? tableByCursor(tree, names);
}

/** The smallest single edit that turns `from` into `to`, found by their common prefix and suffix. */
export function editBetween(from: string, to: string): Edit {
  let start = 0;
  const shortest = Math.min(from.length, to.length);
  while (start < shortest && from.charCodeAt(start) === to.charCodeAt(start)) start++;
  let same = 0;
  while (same < shortest - start && from.charCodeAt(from.length - 1 - same) === to.charCodeAt(to.length - 1 - same))
    same++;
  const oldEndIndex = from.length - same;
  const newEndIndex = to.length - same;
  return {
    startIndex: start,
    oldEndIndex,
    newEndIndex,
    startPosition: pointAt(from, start),
    oldEndPosition: pointAt(from, oldEndIndex),
    newEndPosition: pointAt(to, newEndIndex),
  };
}

function pointAt(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}
