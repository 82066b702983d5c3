/** Reads a set of texts as the workspace does, without a workspace. */
import { readFileSync } from 'node:fs';
import { prismaReader } from '../../../../src/core/readers/prisma/reader.ts';
import type { PrismaMappings } from '../../../../src/core/readers/prisma/declarations.ts';
import type { Fragment, LinkResult, ReadResult, SourceFile } from '../../../../src/core/readers/reader.ts';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import { LineIndex } from '../../../../src/core/syntax/lineIndex.ts';
import { createSyntax, languageOf } from '../../../../src/core/syntax/syntax.ts';
import type { ParsedText, Syntax } from '../../../../src/core/syntax/syntax.ts';
import type { PrismaFiles } from './schemaEngine.ts';

const wasm = new URL('../../../../node_modules/@vscode/tree-sitter-wasm/wasm/', import.meta.url);

export async function loadSyntax(): Promise<Syntax> {
  const syntax = await createSyntax((file) => Promise.resolve(readFileSync(new URL(file, wasm))));
  await syntax.ensure(['typescript', 'tsx', 'javascript']);
  return syntax;
}

/** `syntax` is needed for code alone: schemas have a parser of their own. */
export function readText(path: string, text: string, syntax?: Syntax): ReadResult<PrismaMappings> {
  const language = languageOf(path);
  let parsed: ParsedText | undefined;
  const file: SourceFile = {
    path,
    text,
    language,
    lines: new LineIndex(path, text),
    parsed() {
      if (!syntax || language === null) throw new Error(`${path} is read without a grammar`);
      return (parsed ??= syntax.parse(language, text));
    },
  };
  const result = prismaReader.read(file);
  parsed?.dispose();
  // Through JSON, as the cache on disk keeps it.
  return JSON.parse(JSON.stringify(result)) as typeof result;
}

export interface ReadOptions {
  readonly dialect?: Dialect | null;
  readonly versions?: Readonly<Record<string, string>>;
  readonly syntax?: Syntax;
}

export function readPrisma(files: PrismaFiles, options: ReadOptions = {}): LinkResult {
  const fragments: Fragment<PrismaMappings>[] = files
    .filter(([path, text]) => prismaReader.detect(path, text))
    .map(([path, text]) => readText(path, text, options.syntax).fragment);
  return prismaReader.link(fragments, {
    root: '',
    dialect: options.dialect ?? null,
    versions: options.versions ?? {},
    dataSources: [],
    resolve: () => [],
  });
}
