/** Reads a set of texts with one reader as the workspace does, without a workspace. */
import type { Fragment, LinkContext, LinkResult, Reader, SourceFile } from '../../src/core/readers/reader.ts';
import { createResolver } from '../../src/core/readers/shared/moduleResolution.ts';
import type { Problem } from '../../src/core/schema/source.ts';
import { LineIndex } from '../../src/core/syntax/lineIndex.ts';
import { languageOf } from '../../src/core/syntax/syntax.ts';
import type { ParsedText, Syntax } from '../../src/core/syntax/syntax.ts';

export interface ReadTexts<Mappings> {
  readonly fragments: readonly Fragment<Mappings>[];
  /** Of reading, not of linking. */
  readonly problems: readonly Problem[];
  link(context?: Partial<LinkContext>): LinkResult;
}

export function readTexts<Mappings>(
  reader: Reader<Mappings>,
  texts: ReadonlyMap<string, string>,
  syntax: Syntax,
  /** Fragments of files that have been read before, by path; they count where the text is still that one. */
  known?: ReadonlyMap<string, { readonly text: string; readonly fragment: Fragment<Mappings> }>,
): ReadTexts<Mappings> {
  const problems: Problem[] = [];
  const fragments = [...texts]
    .filter(([path, text]) => reader.detect(path, text))
    .map(([path, text]) => {
      const before = known?.get(path);
      if (before?.text === text) return before.fragment;
      const language = languageOf(path);
      const parses: (ParsedText | undefined)[] = [];
      const file: SourceFile = {
        path,
        text,
        language,
        lines: new LineIndex(path, text),
        parsed() {
          if (language === null) throw new Error(`${path} is read without a grammar`);
          return (parses[0] ??= syntax.parse(language, text));
        },
      };
      const result = reader.read(file);
      for (const parsed of parses) parsed?.dispose();
      problems.push(...result.problems);
      // Through JSON, as the cache on disk keeps it.
      return JSON.parse(JSON.stringify(result.fragment)) as Fragment<Mappings>;
    });
  const resolve = createResolver({ files: new Set(texts.keys()), tsconfigs: [], packages: [] });
  return {
    fragments,
    problems,
    link: (context = {}) =>
      reader.link(fragments, {
        root: '',
        dialect: null,
        versions: {},
        dataSources: fragments.flatMap(({ facts }) => facts.dataSources),
        resolve,
        ...context,
      }),
  };
}
