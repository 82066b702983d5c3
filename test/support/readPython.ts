/** Reads a set of Python texts with one reader as the workspace does, without a workspace. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Fragment,
  LinkContext,
  LinkResult,
  Reader,
  ReadResult,
  SourceFile,
} from '../../src/core/readers/reader.ts';
import { createPythonResolver } from '../../src/core/readers/shared/python/resolution.ts';
import { LineIndex } from '../../src/core/syntax/lineIndex.ts';
import { createSyntax } from '../../src/core/syntax/syntax.ts';
import type { ParsedText, Syntax } from '../../src/core/syntax/syntax.ts';

export type PythonFiles = readonly (readonly [path: string, text: string])[];

const wasm = new URL('../../node_modules/@vscode/tree-sitter-wasm/wasm/', import.meta.url);

export async function loadPython(): Promise<Syntax> {
  const syntax = await createSyntax((file) => Promise.resolve(readFileSync(new URL(file, wasm))));
  await syntax.ensure(['python']);
  return syntax;
}

/** Sorted, with paths relative to the folder. */
export function pythonFiles(folder: string): PythonFiles {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.py'))
    .sort()
    .map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]);
}

export function readPythonFile<Mappings>(
  reader: Reader<Mappings>,
  path: string,
  text: string,
  syntax: Syntax,
): ReadResult<Mappings> {
  let parsed: ParsedText | undefined;
  const file: SourceFile = {
    path,
    text,
    language: 'python',
    lines: new LineIndex(path, text),
    parsed: () => (parsed ??= syntax.parse('python', text)),
  };
  const result = reader.read(file);
  parsed?.dispose();
  // Through JSON, as the cache on disk keeps it.
  return JSON.parse(JSON.stringify(result)) as typeof result;
}

export interface PythonResult extends LinkResult {
  /** Of reading alone; `problems` are those of linking. */
  readonly readProblems: ReadResult['problems'];
}

export function readPython<Mappings>(
  reader: Reader<Mappings>,
  files: PythonFiles,
  syntax: Syntax,
  context: Partial<LinkContext> = {},
): PythonResult {
  const results = files
    .filter(([path, text]) => reader.detect(path, text))
    .map(([path, text]) => readPythonFile(reader, path, text, syntax));
  const fragments: Fragment<Mappings>[] = results.map(({ fragment }) => fragment);
  const linked = reader.link(fragments, {
    root: '',
    dialect: null,
    dataSources: fragments.flatMap(({ facts }) => facts.dataSources),
    resolve: createPythonResolver(new Set(files.map(([path]) => path))),
    ...context,
  });
  return { ...linked, readProblems: results.flatMap(({ problems }) => problems) };
}
