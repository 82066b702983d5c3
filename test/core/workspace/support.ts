import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSyntax } from '../../../src/core/syntax/syntax.ts';
import type { Syntax } from '../../../src/core/syntax/syntax.ts';
import { noCache } from '../../../src/core/workspace/fragmentCache.ts';
import type { FragmentCache, FragmentKey } from '../../../src/core/workspace/fragmentCache.ts';
import { createWorkspace } from '../../../src/core/workspace/workspace.ts';
import type { FileDelta, Workspace } from '../../../src/core/workspace/workspace.ts';
import type { Reader, ReadResult } from '../../../src/core/readers/reader.ts';
import { classReader } from './classReader.ts';

const wasm = new URL('../../../node_modules/@vscode/tree-sitter-wasm/wasm/', import.meta.url);
let syntax: Promise<Syntax> | undefined;

export function testSyntax(): Promise<Syntax> {
  return (syntax ??= createSyntax((file) => readFile(new URL(file, wasm))));
}

export function openWorkspace(
  readers: readonly Reader[] = [classReader()],
  cache: FragmentCache = noCache,
  loadSyntax: () => Promise<Syntax> = testSyntax,
): Workspace {
  return createWorkspace({
    syntax: loadSyntax,
    readers,
    cache,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  });
}

export function filesOf(texts: Readonly<Record<string, string>>): readonly FileDelta[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}

/** Table names per project root. */
export function tablesOf({ snapshot }: Workspace): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(snapshot.projects.map(({ root, schema }) => [root, schema.tables.map(({ name }) => name)]));
}

export function memoryCache(): FragmentCache & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  const name = (key: FragmentKey): string => JSON.stringify(key);
  return {
    entries,
    get(key) {
      const text = entries.get(name(key));
      return text === undefined ? undefined : (JSON.parse(text) as ReadResult);
    },
    set: (key, result, serialized) => void entries.set(name(key), serialized ?? JSON.stringify(result)),
  };
}

/** Mulberry32: the same numbers on every machine, from 0 up to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
