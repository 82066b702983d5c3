/** Reads the parsers: all of them from one folder of the installed program; run from source, those with packages of their own from there. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** File → path from the folder of `@vscode/tree-sitter-wasm`. */
const elsewhere: Readonly<Record<string, string>> = {
  'tree-sitter-kotlin.wasm': '../../../@tree-sitter-grammars/tree-sitter-kotlin',
};

/** Rejects where the file is in neither place. */
export async function readGrammar(directory: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(join(directory, file));
  } catch (error) {
    const folder = elsewhere[file];
    if (folder === undefined) throw error;
    return readFile(join(directory, folder, file));
  }
}
