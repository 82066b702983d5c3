/** Reads a set of texts as the workspace does, without a workspace. */
import type { Fragment, LinkResult, SourceFile } from '../../../../src/core/readers/reader.ts';
import { createResolver } from '../../../../src/core/readers/shared/moduleResolution.ts';
import type { Declarations } from '../../../../src/core/readers/shared/typescript/declarations.ts';
import { typeormReader } from '../../../../src/core/readers/typeorm/reader.ts';
import type { DataSource } from '../../../../src/core/schema/code.ts';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import { LineIndex } from '../../../../src/core/syntax/lineIndex.ts';
import { createSyntax, grammarFiles, languageOf } from '../../../../src/core/syntax/syntax.ts';
import type { LanguageId, ParsedText, Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadWasm } from '../../../support/loadWasm.ts';

export async function loadSyntax(): Promise<Syntax> {
  const syntax = await createSyntax(loadWasm);
  await syntax.ensure(Object.keys(grammarFiles) as LanguageId[]);
  return syntax;
}

export interface ReadTexts {
  readonly fragments: readonly Fragment<Declarations>[];
  link(
    dialect: Dialect | null,
    dataSources?: readonly DataSource[],
    versions?: Readonly<Record<string, string>>,
  ): LinkResult;
}

export interface ReadOptions {
  readonly tsconfigs?: readonly { readonly path: string; readonly text: string }[];
}

export function readFragment(path: string, text: string, syntax: Syntax): Fragment<Declarations> {
  const language = languageOf(path) ?? 'typescript';
  const parses: ParsedText[] = [];
  const file: SourceFile = {
    path,
    text,
    language,
    lines: new LineIndex(path, text),
    parsed() {
      if (!parses[0]) parses.push(syntax.parse(language, text));
      return parses[0]!;
    },
  };
  const { fragment } = typeormReader.read(file);
  for (const parsed of parses) parsed.dispose();
  // Through JSON, as the cache on disk keeps it.
  return JSON.parse(JSON.stringify(fragment)) as typeof fragment;
}

export function readTexts(texts: ReadonlyMap<string, string>, syntax: Syntax, options: ReadOptions = {}): ReadTexts {
  const fragments = [...texts]
    .filter(([path, text]) => typeormReader.detect(path, text))
    .map(([path, text]) => readFragment(path, text, syntax));
  const resolve = createResolver({ files: new Set(texts.keys()), tsconfigs: options.tsconfigs ?? [], packages: [] });
  return {
    fragments,
    link: (dialect, dataSources = [], versions = {}) =>
      typeormReader.link(fragments, { root: '', dialect, dataSources, versions, resolve }),
  };
}
