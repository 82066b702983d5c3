/**
 * The only importer of the tree-sitter runtime. The wasm bytes are injected, because core does no I/O:
 * `load('tree-sitter-typescript.wasm')` is answered by whoever runs core (disk, fetch, an embedded file).
 */
import TreeSitter from '@vscode/tree-sitter-wasm';
import type { Edit, Language, Node, Parser, Tree } from '@vscode/tree-sitter-wasm';

export type SyntaxNode = Node;

/** Grammars shipped with @vscode/tree-sitter-wasm that a reader uses. */
export const grammarFiles = {
  typescript: 'tree-sitter-typescript.wasm',
  tsx: 'tree-sitter-tsx.wasm',
  javascript: 'tree-sitter-javascript.wasm',
} as const;

export type LanguageId = keyof typeof grammarFiles;

/** A parsed text. Call `dispose` when done: trees live in wasm memory that no garbage collector frees. */
export interface ParsedText {
  readonly language: LanguageId;
  readonly text: string;
  readonly root: SyntaxNode;
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
};

/** Language of a path by its extension; null where no grammar is known. */
export function languageOf(path: string): LanguageId | null {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(extensions, extension) ? (extensions[extension] ?? null) : null;
}

export async function createSyntax(load: (wasmFile: string) => Promise<Uint8Array>): Promise<Syntax> {
  // The published types know only `locateFile`; emscripten's loader takes the bytes themselves as well.
  const moduleOptions: object = { wasmBinary: await load('tree-sitter.wasm') };
  await TreeSitter.Parser.init(moduleOptions as Parameters<typeof TreeSitter.Parser.init>[0]);
  const parsers = new Map<LanguageId, Parser>();
  const loading = new Map<LanguageId, Promise<void>>();
  const trees = new WeakMap<ParsedText, Tree>();

  async function loadLanguage(id: LanguageId): Promise<void> {
    const language: Language = await TreeSitter.Language.load(await load(grammarFiles[id]));
    const parser = new TreeSitter.Parser();
    parser.setLanguage(language);
    parsers.set(id, parser);
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
      if (base && previous) base.edit(editBetween(previous.text, text));
      const tree = parser.parse(text, base ?? null);
      base?.delete();
      if (!tree) throw new Error(`The ${language} parser gave no tree.`); // only when cancelled, which nothing here does
      const parsed: ParsedText = { language, text, root: tree.rootNode, dispose: () => tree.delete() };
      trees.set(parsed, tree);
      return parsed;
    },
  };
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
