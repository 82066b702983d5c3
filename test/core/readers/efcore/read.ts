/** Reads C# sources with the reader of EF Core. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { efcoreReader } from '../../../../src/core/readers/efcore/reader.ts';
import type { LinkContext, LinkResult } from '../../../../src/core/readers/reader.ts';
import { createSyntax } from '../../../../src/core/syntax/syntax.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { readTexts } from '../../../support/readTexts.ts';

const wasm = new URL('../../../../node_modules/@vscode/tree-sitter-wasm/wasm/', import.meta.url);

export async function loadCSharp(): Promise<Syntax> {
  const syntax = await createSyntax((file) => Promise.resolve(readFileSync(new URL(file, wasm))));
  await syntax.ensure(['csharp']);
  return syntax;
}

export function readEfCore(
  files: Readonly<Record<string, string>>,
  syntax: Syntax,
  context: Partial<LinkContext> = {},
): LinkResult {
  return readTexts(efcoreReader, new Map(Object.entries(files)), syntax).link(context);
}

/** Sources of a folder by their names. */
export function sourcesIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => /\.(?:cs|csproj|xml)$/u.test(name))
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}
