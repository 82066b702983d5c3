import { fileURLToPath } from 'node:url';
import { readGrammar } from '../../src/server/disk/readGrammar.ts';

const folder = fileURLToPath(new URL('../../node_modules/@vscode/tree-sitter-wasm/wasm/', import.meta.url));

/** What `createSyntax` asks for, from the packages. */
export function loadWasm(file: string): Promise<Uint8Array> {
  return readGrammar(folder, file);
}
