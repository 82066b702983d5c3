import type { SourceFile } from '../../src/core/readers/reader.ts';
import { createSyntax } from '../../src/core/syntax/syntax.ts';
import type { Syntax } from '../../src/core/syntax/syntax.ts';
import { loadWasm } from './loadWasm.ts';
import { sourceFile } from './sourceFile.ts';

let syntax: Promise<Syntax> | undefined;

/** A text as readers get it. All tests of a process share one parser. */
export async function openSource(path: string, text: string): Promise<SourceFile> {
  return sourceFile(path, text, await (syntax ??= createSyntax(loadWasm)));
}
